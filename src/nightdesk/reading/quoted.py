"""Quotations: what stands between quotation marks, who says it, and marks that never close.

A short name in quotation marks that nobody is said to say (무역회사 "대성 8") is no quotation: it is
unread. The words of telling stand in data/quotations.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from nightdesk.reading.find import Find
from nightdesk.reading.tables import table
from nightdesk.reading.tally import any_of

PAIRS = (("“", "”"), ("‘", "’"), ("「", "」"), ("『", "』"), ("《", "》"), ("«", "»"))
LONGEST = 2000  # a quotation longer than this is a mark left open
UNLISTED = "a name in quotation marks that nobody has listed"
NEAR = 120  # letters: so far from a quotation is looked for who says it
NAME = 20  # nothing longer in quotation marks is a name
_QUOTED = re.compile(
    "|".join(f"{a}[^{a}{b}\\n]{{1,{LONGEST}}}{b}" for a, b in PAIRS)
    + f'|"[^"\\n]{{1,{LONGEST}}}"'
    # Typed with apostrophes: it begins with a capital and ends like a sentence.
    + r"|(?<![A-Za-z0-9])'(?=[A-Z])(?:[^'\n]|(?<=[A-Za-z])'(?=[A-Za-z])){3,400}[.,!?]'"
)
_MARK = re.compile("[" + "".join(a for a, _ in PAIRS) + "\"']")
_OPEN = re.compile("[" + "".join(a for a, _ in PAIRS if a != "‘") + '"]')
_SAID = re.compile(r"[.,!?。，！？…;:、]|다$|오$|요$|까$|라$|자$|지$")
_SENTENCE_END = re.compile(r"[.!?。！？\n][ \t]*")


def finds(text: str, langs: Sequence[str]) -> Iterator[Find]:
    """Each quotation with its words and who says them; a mark that never closes as unread."""
    if not _MARK.search(text):
        return
    covered = 0
    for found in _QUOTED.finditer(text):
        yield from _left_open(text, covered, found.start())
        covered = found.end()
        speaker = _speaker(text, found, langs)
        if speaker is None and _is_name(text, found):
            yield Find(found.start(), found.end(), None, {"words": found[0][1:-1]}, UNLISTED, inside=True)
            continue
        value = {"words": found[0][1:-1]} | ({"speaker": speaker} if speaker else {})
        yield Find(found.start(), found.end(), "quotation", value, inside=True)
    yield from _left_open(text, covered, len(text))


def settled(text: str, finds: Iterable[Find], taken: bytearray) -> Iterator[Find]:
    """The same finds; a name in quotation marks that rules have read to its last letter is a quotation."""
    for find in finds:
        if find.kind is None and find.inside:
            open_ = (i for i in range(find.start, find.end) if text[i].isalnum() and not taken[i])
            named = next(open_, None) is not None
            taken[find.start : find.end] = b"\1" * (find.end - find.start)
            yield find if named else replace(find, kind="quotation")
        else:
            yield find


def _left_open(text: str, start: int, end: int) -> Iterator[Find]:
    for mark in _OPEN.finditer(text, start, end):
        yield Find(mark.start(), mark.end(), None, {}, "a quotation that does not end")


def _is_name(text: str, found: re.Match[str]) -> bool:
    """Few letters, no sentence, nobody near who says it."""
    said = found[0][1:-1].replace("No.", "No")
    if len(said) > NAME or found[0][0] in "《«" or _SAID.search(said) or len(said.split()) > 4:
        return False
    if " " in said and said.isascii() and said.islower():
        return False
    return _joins().match(text, found.end()) is None


@cache
def _joins() -> re.Pattern[str]:
    """What makes the words before it told: "…"고."""
    return re.compile(any_of(table("quotations")["ko"]["joins"]))


def _speaker(text: str, found: re.Match[str], langs: Sequence[str]) -> str | None:
    """Who says it, in the sentence of the quotation; None when nobody is named."""
    before = _before(text, found.start())
    last = min(found.end() + NEAR, len(text))
    stop = _SENTENCE_END.search(
        text, found.end(), last
    )  # no further: a page without a stop was searched from each
    after = text[found.end() : stop.start() if stop else last]
    for lang in langs:
        if lang in _ASKED and (speaker := _ASKED[lang](before, after)):
            return speaker
    return None


def _before(text: str, start: int) -> str:
    """The sentence so far; the one before it where the quotation begins one: 한 주민은 말했다. "…"."""
    low = max(0, start - NEAR)
    ends = [low, *(end.end() for end in _SENTENCE_END.finditer(text, low, start))]
    said = text[ends[-1] : start]
    return said if said.strip() or len(ends) < 2 else text[ends[-2] : ends[-1]].rstrip(" .。\n")


def _first(patterns: Sequence[re.Pattern[str]], said: str, refused: Sequence[str] = ()) -> str | None:
    for pattern in patterns:
        found = pattern.search(said)
        if found and not found["who"].startswith(tuple(refused)):
            return found["who"].strip()
    return None


@cache
def _korean_patterns() -> tuple[list[re.Pattern[str]], list[re.Pattern[str]]]:
    row = table("quotations")["ko"]
    joins, told, subject = any_of(row["joins"]), any_of(row["told"]), any_of(row["subject"])
    who = r"(?P<who>(?:[가-힣0-9]+[ ])?[가-힣]{1,8}?)(?:\([^)\n]{1,12}\))?"
    source = any_of(row["source"])
    return (
        [
            re.compile(rf"^(?:이)?{joins}[ ]{who}{subject}[ ](?:[^\"“”]{{0,40}}){told}"),
            re.compile(
                rf"^(?:이)?{joins}(?: 것이)?[ ]{who}{row['of']} (?:말|설명|주장|얘기|이야기|전언|하소연)"
            ),
            re.compile(rf"^[ ]?[-–—][ ]?{who}(?:{row['of']} 말)?[.]?$"),
        ],
        [
            re.compile(rf"(?:^|[ ]){who}{source}[ :,]*$"),
            re.compile(rf"(?:^|[ ]){who}{subject}(?:[ ][^\"“”.]{{0,60}})?[ :,]*$"),
        ],
    )


def _korean(before: str, after: str) -> str | None:
    behind, ahead = _korean_patterns()
    refused = table("quotations")["ko"]["not_speaker"]
    if (speaker := _first(behind, after, refused)) is not None:
        return speaker
    by_source = _first(ahead[:1], before, refused)
    if by_source or not (_joins().match(after) or _told_before().search(before)):
        return by_source
    return _first(ahead[1:], before, refused)


@cache
def _told_before() -> re.Pattern[str]:
    """A word of telling at the end of what stands before."""
    return re.compile(f"{any_of(table('quotations')['ko']['told'])}[^.]{{0,12}}[:,]?[ ]?$")


@cache
def _chinese_patterns() -> tuple[list[re.Pattern[str]], list[re.Pattern[str]]]:
    row = table("quotations")["zh"]
    told, who = any_of(row["told"]), f"(?P<who>{row['speaker']})"
    return (
        [re.compile(rf"(?:^|[，,。；;]){who}{told}[^，。“”]{{0,6}}[：:，,]?[ ]?$")],
        [re.compile(rf"^[，,]?{who}(?:这样|這樣|在[^，。,]{{0,8}}里|哭着|上午|下午|昨天)?{told}")],
    )


def _chinese(before: str, after: str) -> str | None:
    ahead, behind = _chinese_patterns()
    refused = table("quotations")["zh"]["not_speaker"]
    who = _first(behind, after, refused) or _first(ahead, before, refused)
    return _BARE.sub("", _MANNER.sub("", who)) or None if who else None


_MANNER = re.compile("(?:哭着|笑着|在.{1,6}里|对.{1,6}|向.{1,6}|上午|下午|昨天|今天|昨晚)$")
_BARE = re.compile("^(?:据|據)?(?:.*的)?(?:一位|一名|一个|这位|那位|有位|有个)?")


@cache
def _english_patterns() -> tuple[list[re.Pattern[str]], list[re.Pattern[str]]]:
    told = any_of(table("quotations")["en"]["told"])
    noun = r"(?:(?:[Tt]he|[Aa]n?|[Mm]y|[Oo]ur|[Hh]is|[Hh]er|[Oo]ne|[Tt]heir) (?:[A-Za-z'-]+ ){0,4}?[A-Za-z'-]+|[A-Z][A-Za-z'-]+(?: [A-Z][A-Za-z'-]+)*|[Hh]e|[Ss]he|[Tt]hey|I)"
    who = f"(?P<who>{noun}(?: (?:of|in|from) [A-Z][A-Za-z'-]+)?)"
    return (
        [
            re.compile(rf"^[ ,]*{who} (?:later |then |also )?{told}\b"),
            re.compile(rf"^[ ,]*{told} {who}(?=[ ,.]|$)"),
        ],
        [
            re.compile(rf"(?:^|[ ,]){who} (?:later |then |also )?{told}\b[^\"“”]{{0,60}}$"),
            re.compile(rf"\b[Aa]ccording to {who}[,:]?[ ]$"),
            re.compile(rf"^{who}:[ ]$"),
        ],
    )


def _english(before: str, after: str) -> str | None:
    behind, ahead = _english_patterns()
    return _first(behind, after) or _first(ahead, before)


_ASKED = {"ko": _korean, "zh": _chinese, "en": _english}
