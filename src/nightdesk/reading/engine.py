"""`read`: every rule of every language the text is written in, then one reading a stretch.

The longest explanation wins; between equals the kind and rule that stand first. A quotation, and the
place inside a unit, may lie around or within another span; nothing else overlaps.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from nightdesk.reading import (
    calendar,
    clock,
    counts,
    distance,
    labels,
    named,
    people,
    prices,
    quoted,
    ranges,
    sums,
    unread,
)  # fmt: skip
from nightdesk.reading.find import Find
from nightdesk.reading.match import Impossible, Match, Setting, Value, match
from nightdesk.reading.model import Kind, Reading, ReadingError, Span, Unread
from nightdesk.reading.normal import Normal, normal
from nightdesk.reading.tables import start
from nightdesk.values.languages import language

RESOLVERS = {
    "calendar": calendar.calendar,
    "ago": distance.ago,
    "ahead": distance.ahead,
    "fuzzy": distance.fuzzy,
    "stretch": distance.stretch,
    "day_range": calendar.day_range,
    "month_and_day": calendar.month_and_day,
    "this_time": distance.this_time,
    "decade": distance.decade,
    "figures": distance.figures,
    "duration": distance.duration,
    "every": distance.every,
    "clock": clock.clock,
    "clock_range": clock.clock_range,
    "day_part": clock.day_part,
    "money_sum": sums.money_sum,
    "money_range": sums.money_range,
    "money_mixed": sums.money_mixed,
    "counted": counts.counted,
    "counted_noun": counts.counted_noun,
    "measured": counts.measured,
    "contact": lambda m: {"contact": m.get("contact")},
}
# Between two explanations of the same length, the kind that is dearer to miss.
RANK = {
    "money": 0,
    "recurrence": 1,
    "date": 2,
    "time": 3,
    "organisation": 4,
    "place": 5,
    "person": 5,
    "duration": 6,
    "quantity": 7,
}
_SCRIPTS = (
    ("ko", re.compile("[가-힣]")),
    ("zh", re.compile("[\u3400-\u9fff]")),
    ("en", re.compile("[A-Za-z]")),
)
# "May 14", "November 5, 2023": letters, then the day; what a rule of days made of them.
_DAY_OF_MONTH = re.compile(
    r"(?:[A-Za-z]{3,9},? )?[A-Za-z]{3,9}\.? (?:the )?\d{1,2}(?:st|nd|rd|th)?(?:,? \d{4})?"
)
_IN = re.compile(r"\b(?:in|during|of|last|this)[ ]$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Term:
    """A desk's own addition: words that have a kind and a value here (a market, a unit, a currency)."""

    words: str
    kind: Kind
    value: Value


def read(
    text: str,
    lang: str | None,
    on: date | None,
    country: str | None = None,
    terms: Sequence[Term] = (),
    names: labels.Names | None = None,
) -> Reading:
    """Everything `text` says in values, and the words no rule could read.

    `on` is the day of the contact; without it relative dates are unread. `country` (ISO 3166-1, as
    "KP") decides between currencies that share a word. `lang` None: by the letters. `names`: what tells
    Korean names that no table holds (docs/formats/reading.md, Names); it must be pure too.
    Raises ReadingError for a language nobody reads.
    """
    seen = normal(text)
    tongue = _language(lang, seen.text)
    langs = _languages(tongue, seen.text)
    listed = [find for code in langs if code != "shared" for find in named.finds(seen.text, code)]
    setting = Setting(seen.text, on, country, _countries(listed))
    listed += [find for code in langs if code != "shared" for find in people.finds(seen.text, code)]
    offered = list(_candidates(langs, setting, terms, listed))
    kept, taken = _settle(_without_days_counted(offered, seen.text), len(seen.text))
    if names is not None and "ko" in langs and labels.unexplained(seen.text, taken):
        kept = labels.labelled(seen.text, kept, names(seen.text, kept), taken)
    kept.extend(unread.finds(seen.text, langs, taken))
    kept.sort(key=lambda f: (f.start, -f.end))
    return _reading(
        tongue, text, seen, tuple(prices.priced(seen.text, tuple(ranges.joined(seen.text, kept))))
    )


def _language(lang: str | None, text: str) -> str:
    if lang is not None:
        try:
            return language(lang)
        except ValueError as error:
            raise ReadingError(str(error)) from error
    return next((code for code, script in _SCRIPTS if script.search(text)), "en")


def _languages(main: str, text: str) -> tuple[str, ...]:
    """The text's own language first, then every other whose letters stand in it."""
    others = [code for code, script in _SCRIPTS if code != main and script.search(text)]
    return (main, *others, "shared")


def _countries(names: Iterable[Find]) -> dict[str, int]:
    """Where the text first names each country that has a won of its own, by a place in it."""
    first: dict[str, int] = {}
    for find in names:
        country = find.value.get("country")
        if country in ("KP", "KR"):
            first[country] = min(find.start, first.get(country, find.start))
    return first


def _candidates(
    langs: Iterable[str], setting: Setting, terms: Sequence[Term], names: Iterable[Find]
) -> Iterator[tuple[int, Find]]:
    """Every explanation any rule has, with the rule's rank."""
    for term in terms:
        for found in re.finditer(re.escape(normal(term.words).text), setting.text):
            yield -1, Find(found.start(), found.end(), term.kind, term.value)
    for find in quoted.finds(setting.text):
        yield 0, find
    for find in names:
        yield RANK[str(find.kind)], find
    for lang in langs:
        yield from _by_rules(lang, setting)


def _by_rules(lang: str, setting: Setting) -> Iterator[tuple[int, Find]]:
    """Each rule of the language, tried only where it can begin."""
    begin, text = start(lang), setting.text
    for place in begin.places.finditer(text):
        at = place.start()
        for rule in begin.rules[text[at]]:
            found = rule.regex.match(text, at)
            made = match(rule, found, setting) if found else None
            if made is not None and (find := _resolve(RESOLVERS[rule.resolver], made)) is not None:
                yield RANK.get(rule.kind, 8), find


def _resolve(resolver: Any, made: Match) -> Find | None:
    try:
        value = resolver(made)
    except Impossible as error:
        return Find(made.start, made.end, None, {}, str(error))
    return None if value is None else Find(made.start, made.end, made.rule.kind, value)


def _without_days_counted(candidates: Sequence[tuple[int, Find]], text: str) -> Iterator[tuple[int, Find]]:
    """All but counts that begin with the day of a date: in "May 14 inspectors came" the day is the 14th.

    After "in" the month is whole: "in May 14 inspectors came" counts fourteen.
    """
    dated = bytearray(len(text) + 1)
    for _, find in candidates:
        day = find.kind in ("date", None) and _DAY_OF_MONTH.fullmatch(text, find.start, find.end)
        if day and not _IN.search(text[max(0, find.start - 8) : find.start]):
            dated[find.start + 1 : find.end] = b"\1" * (find.end - find.start - 1)
    return (c for c in candidates if c[1].kind != "quantity" or not dated[c[1].start])


def _settle(candidates: Iterable[tuple[int, Find]], length: int) -> tuple[list[Find], bytearray]:
    """One reading a stretch: the desk's own terms, then the longest, then the dearest kind."""
    taken, kept = bytearray(length), []
    ordered = sorted(
        enumerate(candidates),
        key=lambda c: (c[1][0] >= 0, -(c[1][1].end - c[1][1].start), c[1][0], c[1][1].start, c[0]),
    )
    for _, (_, find) in ordered:
        if find.inside:
            kept.append(find)
        elif taken.find(1, find.start, find.end) < 0:
            taken[find.start : find.end] = b"\1" * (find.end - find.start)
            kept.append(find)
    return kept, taken


def _reading(lang: str, text: str, seen: Normal, finds: Iterable[Find]) -> Reading:
    spans, missed = [], []
    for find in finds:
        start, end = seen.back(find.start, find.end)
        if find.kind is None:
            missed.append(Unread(start, end, text[start:end], find.why))
        else:
            spans.append(Span(start, end, text[start:end], find.kind, find.value))
    return Reading(lang, tuple(spans), tuple(missed))
