"""Which of the values a reading found belong to the event itself.

Not the deadline, not the next call, not a price, not what happened a year ago, not the relay's town.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from nightdesk.corroboration import lexicon
from nightdesk.corroboration.facts import Sum
from nightdesk.corroboration.when import bounds
from nightdesk.reading.model import Reading, Span
from nightdesk.values.dates import DateSpan, span
from nightdesk.values.places import ancestors, gazetteer

RECENT = timedelta(days=62)  # older dates are what the event is compared with, unless nothing newer is said
VAGUE = timedelta(days=93)  # a season
NEAR = 14  # characters behind a sum in which a Korean word says what part it plays
BEFORE = 24  # the same before it, for English and Chinese


def places(reading: Reading, country: str) -> tuple[frozenset[str], frozenset[str]]:
    """Finest towns or provinces named in `country` (a top key of the gazetteer), and districts by name."""
    values = [s.value for s in reading.spans if s.kind in ("place", "organisation")]
    districts = {str(v["name"]) for v in values if v.get("level") == "district" and v.get("name")}
    named = {key for v in values if (key := _town(v))}
    above = {up for key in named for up in ancestors(key)}
    inside = named - above
    at_home = {key for key in inside if country in ancestors(key)}
    # A relay's town across the border is where the words came through, not where it happened.
    return frozenset(at_home or inside), frozenset(districts)


def _town(value: Mapping[str, Any]) -> str | None:
    """The gazetteer key a place, or a unit in its place, points at: never a whole country."""
    found = (value.get(name) for name in ("key", "place", "parent"))
    key = next((str(k) for k in found if k in gazetteer()), None)
    return key if key and gazetteer()[key].level != "country" else None


def dates(
    reading: Reading, text: str, lang: str, on: date | None
) -> tuple[frozenset[date], tuple[DateSpan, ...]]:
    """Deadlines (their last day), and the days the event may have been on."""
    deadlines: set[date] = set()
    recent: list[DateSpan] = []
    older: list[DateSpan] = []
    for s in reading.spans:
        when = bounds(s.value) if s.kind == "date" else None
        if when is None or _vague(when):
            continue
        role = part(s, text, lang)
        if role == "deadline" and when.latest:
            deadlines.add(when.latest)
        elif role != "contact" and not _ahead(when, on) and role != "deadline":
            when = span(when.earliest, on or when.latest) if role == "start" else when
            (recent if _recent(when, on) else older).append(when)
    return frozenset(deadlines), tuple(recent) or tuple(_not_background(older, on))


def part(s: Span, text: str, lang: str) -> str:
    """The part a date plays: deadline, contact, start or event."""
    if "contact" in lexicon.mentions("dates", _sentence(text, s.start, s.end), lang):
        return "contact"
    # The word stands beside the day, behind it in Korean and Chinese; further off it belongs to something else.
    beside = text[max(0, s.start - 9) : s.end] if lang == "en" else text[s.start : s.end + 4]
    close = lexicon.mentions("dates", beside, lang)
    return "deadline" if "deadline" in close else "start" if "start" in close else "event"


def _sentence(text: str, start: int, end: int) -> str:
    left = max(text.rfind(mark, 0, start) for mark in ".。!?！？\n")
    right = min((i for mark in ".。!?！？\n" if (i := text.find(mark, end)) >= 0), default=len(text))
    return text[left + 1 : right]


def _vague(when: DateSpan) -> bool:
    # "This year" overlaps with everything in it and so says nothing.
    return bool(when.earliest and when.latest and when.latest - when.earliest > VAGUE)


def _ahead(when: DateSpan, on: date | None) -> bool:
    return bool(on and when.earliest and when.earliest > on)


def _recent(when: DateSpan, on: date | None) -> bool:
    last = when.latest or on
    return on is None or last is None or last >= on - RECENT


def _not_background(older: list[DateSpan], on: date | None) -> list[DateSpan]:
    # "This time last year" and "half a year ago" (vague by weeks) are what the event is told against.
    return [w for w in older if w.earliest and w.latest and (w.latest - w.earliest).days <= 31]


def sums(reading: Reading, text: str, lang: str) -> Iterator[Sum]:
    """Sums that changed hands or should have, with the part each plays. Prices are left out."""
    for s in reading.spans:
        if s.kind != "money" or s.value.get("per") or s.value.get("amount") is None:
            continue
        try:
            yield Sum(Decimal(str(s.value["amount"])), str(s.value.get("currency", "")), _role(s, text, lang))
        except InvalidOperation:
            continue  # a reading without an amount (an unknown sum) compares with nothing


def _role(s: Span, text: str, lang: str) -> str:
    around = text[s.end : s.end + NEAR] if lang == "ko" else text[max(0, s.start - BEFORE) : s.start]
    # Nearest word wins: behind the sum in Korean, before it in English and Chinese.
    found = lexicon.mentions("sums", around, lang) if lang == "ko" else _last("sums", around, lang)
    if not found:
        return ""
    return (
        min(found, key=lambda k: (found[k], k)) if lang == "ko" else max(found, key=lambda k: (found[k], k))
    )


def _last(section: str, text: str, lang: str) -> dict[str, int]:
    rows = lexicon.patterns(section, lang)
    return {key: hits[-1].end() for key, pattern in rows if (hits := list(pattern.finditer(text)))}


def parties(text: str, lang: str) -> frozenset[str]:
    """Kinds of party named; the more particular one where one word stands inside another."""
    found = lexicon.mentions("parties", text, lang)
    retired = lexicon.patterns("retired", lang)[0][1]
    if "broker" in found and any(_beside(hit.start(), text, lang) for hit in retired.finditer(text)):
        found["retired_broker"] = found["broker"]
    if "retired_broker" in found:
        found.pop("broker", None)
    if len(found) > 1:
        found.pop("household", None)  # "a broker's household" is the broker
    return frozenset(found)


def _beside(at: int, text: str, lang: str) -> bool:
    reach = 30 if lang == "en" else 12
    return "broker" in lexicon.mentions("parties", text[max(0, at - reach) : at + reach], lang)


def counts(reading: Reading, lang: str) -> Iterator[tuple[str, int]]:
    """Counted people, households, phones and teams, by the words of the quantity."""
    for s in reading.spans:
        number = s.value.get("count")
        if s.kind == "quantity" and isinstance(number, int | str) and str(number).isdigit():
            told = f"{s.value.get('of') or ''} {s.words}".lower()
            yield from ((thing, int(number)) for thing in list(lexicon.mentions("counts", told, lang))[:1])
