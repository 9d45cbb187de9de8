"""What no rule explained: figures, number words, capitalised runs. Silence is never green."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from nightdesk.reading import flags
from nightdesk.reading.find import Find
from nightdesk.reading.tables import context, table
from nightdesk.reading.tally import any_of, words

Why = Callable[[str], str]

# Every figure of every script counts (Arabic-Indic and others too), with the tens and thousands glued to it: 1만5천, 3.5万; 6,200
# and 14.5 are one each.
_UNIT = "[십백천만억조十百千万萬亿億]{1,3}"
_FIGURES = re.compile(
    rf"(?=\d)(?:(?<![\d,])[1-9]\d{{0,2}}(?>(?:,\d{{3}})+)(?!,?\d)|(?<![\d.,])\d{{1,9}}\.\d{{1,2}}(?![\d.,]*\d)|\d+)(?:(?:\.\d+)?{_UNIT}(?:\d+{_UNIT})*)?"
)
_DIGITS = re.compile(r"\d+")
_VAGUE = re.compile(
    r"(?=[수몇几幾数數])(?:(?<![가-힣])(?:수십|수백|수천|수만|몇십|몇백|몇천|몇만|몇)(?:여)?|[几幾数數](?=[十百千万个名户台])|数[十百千万]+)"
)
# Latin letters with their marks too: José, Yŏng-ae, Trần.
_LETTER, _GREAT = (
    "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ",
    "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĶĹĻĽĿŁŃŅŇŊŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽƠƯ",
)
_NAME = rf"[{_GREAT}][{_LETTER}'’]{{1,24}}"
_CAPITALS = re.compile(rf"(?<![{_LETTER}]){_NAME}(?:[ -]{_NAME}){{0,5}}")
_SENTENCE = re.compile(r"(?:^|[.!?:;。！？\n\"“‘(])\s{0,3}$")


def finds(text: str, langs: tuple[str, ...], taken: bytearray) -> Iterator[Find]:
    """Stretches outside `taken` that a careful reader would want explained, marking them taken."""
    for pattern, why in _patterns(langs):
        for found in pattern.finditer(text):
            if taken.find(1, found.start(), found.end()) >= 0:
                yield from _rest(found.start(), found.end(), text, taken, why)
            elif pattern is not _CAPITALS or _worth_asking(text, found):
                taken[found.start() : found.end()] = b"\1" * (found.end() - found.start())
                yield Find(found.start(), found.end(), None, {}, why(found[0]))


def _rest(start: int, end: int, text: str, taken: bytearray, why: Why) -> Iterator[Find]:
    """Figures of a run of which a rule explained a part."""
    for figure in _DIGITS.finditer(text, start, end):
        at = figure.start()
        while at < figure.end():
            if taken[at]:
                at += 1
                continue
            stop = taken.find(1, at, figure.end())
            stop = figure.end() if stop < 0 else stop
            taken[at:stop] = b"\1" * (stop - at)
            yield Find(at, stop, None, {}, why(text[at:stop]))
            at = stop


def _always(why: str) -> Why:
    return lambda said: why


def _why_figures(said: str) -> str:
    return "a number too long to be one" if len(said) > 30 else "a number that no rule explains"


def _why_words(said: str) -> str:
    return "a number in words that no rule explains"


def _why_vague(said: str) -> str:
    return "a number without bounds"


def _why_capitals(said: str) -> str:
    return "a name nobody has listed"


@cache
def _patterns(langs: tuple[str, ...]) -> tuple[tuple[re.Pattern[str], Why], ...]:
    """What to look for, in the languages the text is written in."""
    found: list[tuple[re.Pattern[str], Why]] = [
        (pattern, _always(why)) for lang in langs for pattern, why in flags.patterns(lang)
    ]
    found += [(_FIGURES, _why_figures), (_VAGUE, _why_vague)]
    found += [(_number_words(lang), _why_words) for lang in langs if lang != "shared"]
    return (*found, (_CAPITALS, _why_capitals)) if "en" in langs else tuple(found)


@cache
def _number_words(lang: str) -> re.Pattern[str]:
    """Number words that stand alone; those that are also other words do not count alone."""
    known, alone = words(lang), set(context(lang)["never_alone"])
    if lang == "ko":
        return _korean_words(known, alone)
    if lang == "zh":
        unit, digit = "十百千万萬亿億", "".join(known["digit"])
        return re.compile(f"[{digit}]{{0,3}}[{unit}][{digit}{unit}]{{1,20}}|[{digit}]{{1,3}}[{unit}]")
    small = any_of([w for n in ("digit", "add", "times", "big") for w in known[n] if w not in alone])
    return re.compile(rf"(?<![A-Za-z]){small}(?:[ -]{small}){{0,6}}(?![A-Za-z])", re.IGNORECASE)


def _korean_words(known: Any, alone: set[str]) -> re.Pattern[str]:
    """One word of them, and a particle or an end behind it: 천이백은, 서른이."""
    row = table("unread")["ko"]["number_nouns"]
    native = [w for name in ("native_tens", "native_ones", "between") for w in known[name] if w not in alone]
    both = f"{any_of(known['native_tens'])} ?{any_of(known['native_ones'])}"
    unit, digit = "십백천만억", "일이삼사오육륙칠팔구"
    sino = f"(?:[{digit}][{unit}]|[{unit}][{digit}{unit}])[{digit}{unit}]{{0,20}}?"
    tail = f"(?:{any_of(row['tails'])}|{context('ko')['particles']})?(?:[^가-힣]|$)"
    first = "".join(sorted({word[0] for word in (*native, *known["native_tens"])})) + digit + unit
    return re.compile(
        f"(?=[{first}])(?<![가-힣])(?!{any_of(row['not_numbers'])}{tail})(?:{both}|{any_of(native)}|{sino})(?={tail})"
    )


def _worth_asking(text: str, found: re.Match[str]) -> bool:
    """A capital at the start of a sentence is no name; nor are weekdays and the like."""
    said = re.split(r"[ -]", found[0])
    if _SENTENCE.search(text[max(0, found.start() - 6) : found.start()]):
        said = said[1:]
    return not _no_names().issuperset(said)


@cache
def _no_names() -> frozenset[str]:
    return frozenset(context("en")["capitals_ok"])
