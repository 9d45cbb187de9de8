"""What no rule explained: figures, number words, capitalised runs. Silence is never green."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from nightdesk.reading import flags
from nightdesk.reading.find import Find
from nightdesk.reading.numerals import any_of, words
from nightdesk.reading.tables import context
from nightdesk.reading.tables import table as whole

Why = Callable[[str], str]

# Every figure of every script counts (Arabic-Indic and others too), with what is glued to it.
_FIGURES = re.compile(r"\d+")
_VAGUE = re.compile(
    r"(?<![가-힣])(?:수십|수백|수천|수만|몇십|몇백|몇천|몇만|몇)(?:여)?|[几幾数數](?=[十百千万个名户台])|数[十百千万]+"
)
_CAPITALS = re.compile(r"(?<![A-Za-z])[A-Z][A-Za-z'’]{1,24}(?:[ -][A-Z][A-Za-z'’]{1,24}){0,5}")
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


def names(text: str, langs: tuple[str, ...], taken: bytearray) -> Iterator[Find]:
    """Names of people by their form alone, Korean and Chinese; English ones are capitals."""
    for lang in langs:
        pattern, not_names = _names(lang)
        for found in pattern.finditer(text) if pattern else ():
            name = next(group for group in range(1, (found.re.groups or 0) + 1) if found[group])
            start, end = found.span(name)
            if found[name] not in not_names and taken.find(1, start, end) < 0:
                taken[start:end] = b"\1" * (end - start)
                yield Find(start, end, None, {}, _why_capitals(found[name]))


@cache
def _names(lang: str) -> tuple[re.Pattern[str] | None, frozenset[str]]:
    """After a title: 보위원 김철수가, 保卫员金哲洙; before a word of address: 김철수 씨. And what only looks so."""
    if lang not in ("ko", "zh"):
        return None, frozenset()
    table = whole(lang)["names"]
    surname, title = f"[{table['surnames']}]", any_of(table["titles"])
    if lang == "zh":
        return re.compile(f"{title}({surname}[一-鿿]{{1,2}})(?=[^一-鿿]|[在向对说被把要和与的])"), frozenset(
            table["not_names"]
        )
    particle, address = any_of(table["particles"]), any_of(table["address"])
    after = f"(?<![가-힣]){title}(?:인|이던)? ({surname}[가-힣]{{2}})(?={particle}(?:[^가-힣]|$))"
    before = f"(?<![가-힣])({surname}[가-힣]{{1,2}}) ?{address}(?=(?:{particle})?(?:[^가-힣]|$))"
    return re.compile(f"{after}|{before}"), frozenset(table["not_names"])


def _rest(start: int, end: int, text: str, taken: bytearray, why: Why) -> Iterator[Find]:
    """Figures of a run of which a rule explained a part."""
    for figure in _FIGURES.finditer(text, start, end):
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
    table, alone = words(lang), set(context(lang)["never_alone"])
    if lang == "ko":
        native = [
            w for name in ("native_tens", "native_ones", "between") for w in table[name] if w not in alone
        ]
        both = f"{any_of(table['native_tens'])} ?{any_of(table['native_ones'])}"
        sino = "[일이삼사오육륙칠팔구]?[십백천만억][일이삼사오육륙칠팔구십백천만억]{1,20}"
        return re.compile(f"(?<![가-힣])(?:{both}|{any_of(native)}|{sino})(?=$|[^가-힣])")
    if lang == "zh":
        unit, digit = "十百千万萬亿億", "".join(table["digit"])
        return re.compile(f"[{digit}]{{0,3}}[{unit}][{digit}{unit}]{{1,20}}|[{digit}][{unit}]")
    small = any_of([w for n in ("digit", "add", "times", "big") for w in table[n] if w not in alone])
    return re.compile(rf"(?<![A-Za-z]){small}(?:[ -]{small}){{0,6}}(?![A-Za-z])", re.IGNORECASE)


def _worth_asking(text: str, found: re.Match[str]) -> bool:
    """A capital at the start of a sentence is no name; nor are weekdays and the like."""
    plain = set(context("en")["capitals_ok"])
    said = re.split(r"[ -]", found[0])
    if _SENTENCE.search(text[max(0, found.start() - 6) : found.start()]):
        said = said[1:]
    return any(word not in plain for word in said)
