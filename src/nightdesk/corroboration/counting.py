"""What the quantities of a call note count: people and what befell them, households, vehicles, things.

Belongs here: choosing what a number counts, by the word behind it and the noun beside it (data/counting.toml). An age, a
floor, an ordinal or a share by the head counts nothing. Does not belong here: comparing counts (what_whom.py).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from nightdesk.corroboration.counted import Counted, bare_counts
from nightdesk.corroboration.lexicon import table
from nightdesk.corroboration.portioned import denied, part
from nightdesk.corroboration.scanning import Scanned
from nightdesk.reading.model import Reading, Span

# Commas and stops that are not in a number, and the Korean endings that begin another clause.
_CLAUSE = re.compile(r"[,.](?!\d)|[;:!?，。；：！？、\n]|(?<=[가-힣])(?:고|는데|은데|며) ")
# Before a number: what stands on the other side tells of somebody else (two died and another three were hurt).
_AND = re.compile(
    r"\b(?:and|but|while) (?:(?:another|some|at least|about|around|over|nearly|up to|more than|the other) )?$"
)
_DAYS = re.compile(r"P(\d{1,3})D")
_FEW = "[한두세네석넉서너섯덟홉쉰흔른무]|여섯|일곱"  # how Korean numbers end before what they count
_NATIVE = re.compile(
    "(?:열|스물|스무|서른|마흔|쉰|예순|일흔|여든|아흔)?(?:하나|둘|두|셋|서이|넷|너이|다섯|여섯|일곱|여덟|아홉)?(?:이|은|을)?"
)
_OF_WHOM = re.compile(" ?(?:중|가운데)$")  # 일곱 중: seven, of whom
_OF = re.compile(r" (?:under|of|in|on|with|from|as|at|by) ")
_SAID = re.compile(" ?(대|집|세대|명|마리|개)(?=라고|라는|이라)")
BEFORE, BEHIND = (
    {"ko": 12, "zh": 10, "en": 30},
    {"ko": 14, "zh": 10, "en": 36},
)  # characters in which a word says what befell them
LONGEST = 100  # characters: no clause is looked at further
NOUN = {"ko": 8, "zh": 8}  # characters beside the number in which the noun stands
PERSONS = ("agents", "people")
GENERAL = ("个", "個")


def counts(reading: Reading, told: Scanned) -> Iterator[Counted]:
    """Counted people, households, vehicles, phones and things; days."""
    yield from _days(reading)
    spans = {s.start: s for s in reading.spans if s.kind == "quantity" and "count" in s.value}
    bare = [one for one in bare_counts(told.text, told.lang) if one.start not in spans or not one.number]
    ends = [(s.start, s.end) for s in spans.values() if _counter(s, told)]
    ends += [(one.start, one.end) for one in bare if one.number]
    stops, starts = sorted(stop for _, stop in ends), sorted(at for at, _ in ends)
    for s in spans.values():
        for number in _numbers(s):
            thing = _counted(s, number, told, _alone(s.start, s.end, stops, starts))
            yield from _partly(Counted(s.start, s.end, thing, number), told)
    for one in bare:
        alone = _alone(one.start, one.end, stops, starts)
        befell = _befell(one.start, one.end, told, alone) if one.number else ""
        yield from _partly(one._replace(thing=befell or one.thing), told)


def _partly(one: Counted, told: Scanned) -> Iterator[Counted]:
    """The count under each of its names; of two of the five who died, five people and two dead."""
    harmed = told.lang == "en" and one.number and one.thing in table("counting")["befell"]
    partly = part(told.text, one.start) if harmed and one.thing != "people" else None
    if partly is None:
        yield from (one._replace(thing=name) for name in _names(one.thing))
        return
    number, at = partly
    yield one._replace(thing="people")
    for name in () if number is None else _names(one.thing) if number else (one.thing,):
        yield Counted(at, one.start, name, number or 0)


def _names(thing: str) -> tuple[str, ...]:
    """Who was arrested is told by others without that word."""
    return ("arrested", "people") if thing == "arrested" else (thing,) if thing else ()


def _days(reading: Reading) -> Iterator[Counted]:
    """How many days something took; one day is mostly a rate (하루 만 원)."""
    for s in reading.spans if any(s.kind == "duration" for s in reading.spans) else ():
        days = _DAYS.fullmatch(str(s.value.get("iso8601", ""))) if s.kind == "duration" else None
        if days and days[1] != "1":
            yield Counted(s.start, s.end, "days", int(days[1]))


def _alone(start: int, end: int, stops: Sequence[int], starts: Sequence[int]) -> tuple[int, int]:
    """From the number before [start, end) to the one behind it: what stands beyond another number belongs to that.

    Where all numbers end and begin, each in order: a text of nothing but numbers is gone through once.
    """
    before, behind = bisect_right(stops, start), bisect_left(starts, end)
    left = stops[before - 1] if before else 0
    return left, starts[behind] if behind < len(starts) else start + LONGEST


def _numbers(s: Span) -> Iterable[int]:
    """The number of a quantity, or both of two neighbours (대여섯 명); of what is told wider (수백 명) none."""
    low, high = str(s.value.get("count", "")), str(s.value.get("count_high", ""))
    if not low.isdigit():
        return ()
    if not high.isdigit():
        return (int(low),)
    return (int(low), int(high)) if int(high) == int(low) + 1 else ()


def _counted(s: Span, number: int, told: Scanned, alone: tuple[int, int]) -> str:
    """What a quantity counts, "" for nothing. One of a kind is a count only of those who were harmed or taken."""
    counter = _counter(s, told)
    if not counter or _by_the_head(s, told):
        return ""
    if counter == "dead":
        return counter
    noun = _noun(s, told)
    person = counter == "people" or noun in PERSONS or _harm_in(s, told)
    befell = _befell(s.start, s.end, told, alone) if person else ""
    if number == 1 and befell in ("", "people"):
        return ""
    if befell:
        return befell
    if counter != "people":
        return noun or _thing(s, told) or (counter if counter != "things" else "")
    # In Chinese 个 counts things too.
    other = _thing(s, told) if s.words.endswith(GENERAL) else ""
    return noun if noun in PERSONS else other or "people"


def _harm_in(s: Span, told: Scanned) -> bool:
    """Whether the quantity's own words say what befell (four arrested), as they can in English."""
    _, _, last = s.words.lower().partition(" ")
    return told.lang == "en" and bool(_harm("en")[0].match(last)) and " " not in last


def _counter(s: Span, told: Scanned) -> str:
    """The kind of the word a number is counted with: people, households, vehicles, things; "" where it counts nothing."""
    words = _OF_WHOM.sub("", s.words.strip())
    if told.lang == "en":
        return "things"
    if told.lang == "ko" and _NATIVE.fullmatch(words):
        said = _SAID.match(told.text, s.end)  # 서른다섯 대라고
        return _kinds("ko")[said[1]] if said else "people"
    found = _counters(told.lang).search(words)
    return _kinds(told.lang)[found[1]] if found else ""


@cache
def _kinds(lang: str) -> dict[str, str]:
    return {
        word: kind for kind, rows in reversed(table("counting")["counters"].items()) for word in rows[lang]
    }


@cache
def _counters(lang: str) -> re.Pattern[str]:
    """A counter at the end; in Korean straight behind a number, not at the end of a longer word (4층집)."""
    words = "|".join(map(re.escape, sorted(_kinds(lang), key=len, reverse=True)))
    left = rf"(?:[\d\s]|{_FEW})" if lang == "ko" else ""
    return re.compile(rf"{left}({words})$")


def _by_the_head(s: Span, told: Scanned) -> bool:
    """Whether it goes by the head, or is a rate: one a household, 두 장씩, 每户一个."""
    words = table("counting")["by_the_head"][told.lang]
    beside = told.text[max(0, s.start - 6) : s.start], told.text[s.end : s.end + 3]
    if told.lang == "ko":
        return beside[1].lstrip().startswith(tuple(words)) or s.words.endswith("당")
    return any(word in beside[0] for word in words)


def _noun(s: Span, told: Scanned) -> str:
    """The row of [things] whose word stands beside the number: the nearest, and the longest of those."""
    found = [hit[1] for hit in _nouns(told.lang).finditer(_beside(s, told))]
    last = -1 if told.lang == "ko" else 0
    return _row(told.lang)[found[last]] if found else ""


def _beside(s: Span, told: Scanned) -> str:
    """Where the noun of a number stands: before it in Korean, in it in English, behind it in Chinese."""
    if told.lang == "en":
        return f" {_OF.split(told.text[s.start : s.end])[0]} "
    left, right = clause(told, s.start, s.end, NOUN[told.lang], NOUN[told.lang])
    if told.lang == "ko":
        return f"{told.text[left : s.start]}{s.words}"
    return told.text[s.start : right]


@cache
def _row(lang: str) -> dict[str, str]:
    """By a word of [things], with what stands before it in the pattern, its row; the first row wins."""
    rows = table("counting")["things"].items()
    lead = " " if lang == "en" else ""
    return {lead + word: thing for thing, words in reversed(rows) for word in words.get(lang, ())}


@cache
def _nouns(lang: str) -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(_row(lang), key=len, reverse=True)))
    return re.compile(rf"({words})(?:s|es)?(?=\W)" if lang == "en" else f"({words})")


def _thing(s: Span, told: Scanned) -> str:
    """A thing of data/concepts.toml that stands straight beside the number, by its name there."""
    if told.lang == "en":
        near = told.within("concepts", s.start, s.start + len(_OF.split(s.words)[0]))
        return min(near, key=lambda thing: (-near[thing], thing), default="")
    behind = told.within("concepts", s.end, s.end + 6) if told.lang == "zh" else {}
    before = told.within("concepts", max(0, s.start - 6), s.start, first=False)
    beside = [thing for thing, at in behind.items() if at == s.end]
    if not s.words.endswith(GENERAL):
        gap = 0 if told.lang == "zh" else 2
        beside += [thing for thing, stop in before.items() if s.start - stop <= gap]
    return next(iter(beside), "")


def clause(told: Scanned, start: int, end: int, before: int, behind: int) -> tuple[int, int]:
    """The part of [start - before, end + behind) in one clause with [start, end): another tells of something else."""
    left, right = max(0, start - before), min(len(told.text), end + behind)
    for mark in _CLAUSE.finditer(told.text, left, right):
        if mark.end() <= start:
            left = mark.end()
        elif mark.start() >= end:
            return left, min(mark.end(), right)
    return left, right


def _befell(start: int, end: int, told: Scanned, alone: tuple[int, int]) -> str:
    """What happened to people who are counted: the row of [befell] whose word stands nearest to the number."""
    left, right = clause(told, start, end, BEFORE[told.lang], BEHIND[told.lang])
    if told.lang == "en" and _AND.search(told.text[left:start]):
        left = start
    pattern, rows = _harm(told.lang)
    near = min(
        pattern.finditer(told.text, max(left, alone[0]), min(right, alone[1])),
        key=lambda hit: max(hit.start() - end, start - hit.end(), 0),
        default=None,
    )
    if near and told.lang == "en" and denied(told.text, near.start()):
        return "people"
    return rows[near[0]] if near else ""


@cache
def _harm(lang: str) -> tuple[re.Pattern[str], dict[str, str]]:
    rows = {word: thing for thing, words in table("counting")["befell"].items() for word in words[lang]}
    longest = sorted(rows, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest))), rows
