"""Which of the values a reading found belong to the event itself.

Not the deadline, not the next call, not a price, not what happened a year ago, not the relay's town.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from nightdesk.corroboration import elsewhere, kinds
from nightdesk.corroboration.facts import Sum
from nightdesk.corroboration.scanning import Scanned
from nightdesk.corroboration.when import bounds
from nightdesk.corroboration.words import CONCEPT
from nightdesk.reading.model import Reading, Span
from nightdesk.values.dates import DateSpan, span
from nightdesk.values.places import ancestors, gazetteer
from nightdesk.values.sounds import skeleton

RECENT = timedelta(days=62)  # older dates are what the event is compared with, unless nothing newer is said
GOING_ON = timedelta(days=183)  # what began longer ago is no event of these days
VAGUE = timedelta(days=93)  # a season
NEAR = 14  # characters behind a sum in which a Korean word says what part it plays
BEFORE = 24  # the same before it, for English and Chinese


def places(reading: Reading, told: Scanned, country: str) -> tuple[frozenset[str], frozenset[str]]:
    """Finest towns or provinces named in `country` (a top key of the gazetteer), and districts by name."""
    spans = [s for s in reading.spans if s.kind in ("place", "organisation")]
    districts = {
        str(s.value["name"]) for s in spans if s.value.get("level") == "district" and s.value.get("name")
    }
    keys = [(s, key) for s in spans if (key := town(s.value))]
    places = elsewhere.happened([s for s, _ in keys], told)
    named = {key for s, key in keys if s in places}
    above = {up for key in named for up in ancestors(key)}
    inside = named - above
    at_home = {key for key in inside if country in ancestors(key)}
    # A relay's town across the border is where the words came through, not where it happened.
    over = frozenset() if at_home else elsewhere.across({key for _, key in keys} | above, told)
    return frozenset(at_home or inside) | over, frozenset(districts)


def town(value: Mapping[str, Any]) -> str | None:
    """The gazetteer key a place, or a unit in its place, points at: never a whole country."""
    found = (value.get(name) for name in ("key", "place", "parent"))
    key = next((str(k) for k in found if k in gazetteer()), None)
    return key if key and gazetteer()[key].level != "country" else None


def dates(reading: Reading, told: Scanned, on: date | None) -> tuple[frozenset[date], tuple[DateSpan, ...]]:
    """Deadlines (their last day), and the days the event may have been on."""
    deadlines: set[date] = set()
    said = Days([], [], [])
    for s in reading.spans:
        when = bounds(s.value) if s.kind == "date" else None
        if when is None or _vague(when) or kinds.is_no_day(s, told):
            continue
        role = part(s, told)
        if role == "deadline" and when.latest:
            deadlines.add(when.latest)
        elif role not in ("contact", "deadline") and not _ahead(when, on):
            _take(when, role, kinds.is_present(s, told.lang), on, said)
    # "It is burning now, at half past eight" tells a day; "she is now in the camp" tells how it stands.
    present = said.present if any(s.kind == "time" and s.value.get("at") for s in reading.spans) else []
    return frozenset(deadlines), tuple(said.recent or present or _not_background(said.older, on))


class Days(NamedTuple):
    """Days that the event may have been on: recent ones, those of a state that goes on, older ones."""

    recent: list[DateSpan]
    present: list[DateSpan]
    older: list[DateSpan]


def _take(when: DateSpan, role: str, present: bool, on: date | None, said: Days) -> None:
    if role == "start" and (on is None or when.earliest is None or when.earliest >= on - GOING_ON):
        when = span(when.earliest, on or when.latest)
    elif when.earliest is None:
        return  # that day, the next morning: of a day that is told elsewhere or not at all
    if present:
        said.present.append(when)
    else:
        (said.recent if _recent(when, on) else said.older).append(when)


def part(s: Span, told: Scanned) -> str:
    """The part a date plays: deadline, contact, start or event."""
    if "contact" in told.within("dates", *sentence(told.text, s.start, s.end)):
        return "contact"
    # The word stands beside the day, behind it in Korean and Chinese; further off it belongs to something else.
    beside = (max(0, s.start - 9), s.end) if told.lang == "en" else (s.start, s.end + 4)
    close = told.within("dates", *beside)
    if "deadline" in close and "start" in close and s.value.get("earliest") and s.value.get("latest"):
        return "event"  # from the 5th to the 20th: how long it goes on
    return "deadline" if "deadline" in close else "start" if "start" in close else "event"


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    left = max(text.rfind(mark, 0, start) for mark in ".。!?！？\n")
    right = min((i for mark in ".。!?！？\n" if (i := text.find(mark, end)) >= 0), default=len(text))
    return left + 1, right


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


KILOGRAMS = {"kg": Decimal(1), "g": Decimal("0.001"), "t": Decimal(1000)}


def weights(reading: Reading) -> Iterator[Sum]:
    """Weights of things, in kilograms: they are compared as sums are. A tonne and 200 kilos are one weight."""
    end, whole = -1, None
    for s in reading.spans:
        unit = KILOGRAMS.get(str(s.value.get("unit") or "")) if s.kind == "quantity" else None
        if unit is None or (weight := _weight(s, unit)) is None:
            continue
        if whole is not None and s.start == end and weight.amount < whole.amount:
            weight = Sum(whole.amount + weight.amount, "kg")
        elif whole is not None:
            yield whole
        end, whole = s.end, weight
    if whole is not None:
        yield whole


def _weight(s: Span, unit: Decimal) -> Sum | None:
    try:
        return _sum(s, "kg", unit=unit) if s.value.get("amount") is not None else None
    except InvalidOperation:
        return None


def sums(reading: Reading, told: Scanned) -> Iterator[Sum]:
    """Sums that changed hands or should have, with the part each plays. Prices are left out."""
    for s in reading.spans:
        if (
            s.kind != "money"
            or s.value.get("per")
            or s.value.get("amount") is None
            or kinds.is_price(s, told)
        ):
            continue
        try:
            yield _sum(s, str(s.value.get("currency", "")), _role(s, told))
        except InvalidOperation:
            continue  # a reading without an amount (an unknown sum) compares with nothing


def _sum(s: Span, currency: str, role: str = "", unit: Decimal = Decimal(1)) -> Sum:
    low, high = (
        Decimal(str(s.value[end])) if s.value.get(end) is not None else None
        for end in ("amount", "amount_high")
    )
    assert low is not None
    return Sum(low * unit, currency, role, high * unit if high is not None and high > low else None)


def _role(s: Span, told: Scanned) -> str:
    # Nearest word wins: behind the sum in Korean, before it in English and Chinese.
    if told.lang == "ko":
        found = told.within("sums", s.end, s.end + NEAR)
        return min(found, key=lambda k: (found[k], k), default="")
    last = told.within("sums", max(0, s.start - BEFORE), s.start, first=False)
    return max(last, key=lambda k: (last[k], k), default="")


def parties(told: Scanned) -> frozenset[str]:
    """Kinds of party named; the more particular one where one word stands inside another."""
    found = dict(told.first("parties"))
    reach = 30 if told.lang == "en" else 12
    if "broker" in found and any(
        "broker" in told.within("parties", max(0, hit.start - reach), hit.start + reach)
        for hit in told.hits("retired")
    ):
        found["retired_broker"] = found["broker"]
    if "retired_broker" in found:
        found.pop("broker", None)
    if len(found) > 1:
        found.pop("household", None)  # "a broker's household" is the broker
    return frozenset(found)


def signs(reading: Reading, told: Scanned) -> Iterator[str]:
    """Tokens that are the same in every language: numbers however spelled, ages, hours, districts, things."""
    for s in reading.spans:
        number = s.value.get("count") or s.value.get("amount") if s.kind in ("quantity", "money") else None
        if isinstance(number, int | str) and (plain := _plain(str(number))):
            yield f"{CONCEPT}age {plain}" if s.value.get("of") in YEARS else plain
        if s.kind == "time" and s.value.get("at"):
            yield f"{CONCEPT}hour {str(s.value['at'])[:2]}"
        if s.value.get("level") == "district" and (sound := skeleton(str(s.value.get("name") or ""))):
            yield f"{CONCEPT}place {sound}"
    yield from (f"{CONCEPT}{concept}" for concept in told.first("concepts"))


YEARS = frozenset({"살", "세", "岁", "歲", "years old", "year old", "years of age"})


def _plain(number: str) -> str:
    try:
        whole = Decimal(number)
        return str(int(whole)) if whole == int(whole) else ""
    except (InvalidOperation, ValueError, OverflowError):
        return ""
