"""A claim's fields from what was read in the marked words, or else near them.

Belongs here: choosing among spans. Does not belong here: reading (nightdesk.reading) and deciding:
everything filled in is a suggestion in a form that a person sends.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from nightdesk.desk.claims.sumrole import role_of
from nightdesk.desk.reports.values import office
from nightdesk.reading.model import Reading, Span
from nightdesk.values.dates import span
from nightdesk.values.grades import BASES
from nightdesk.values.places import gazetteer

Facts = dict[str, Any]


def fill(reading: Reading, told: str, start: int, end: int, sentence: tuple[int, int], basis: str) -> Facts:
    """Initial values for the form: each field from the words of `told` at start..end, else from their sentence."""
    inside = _within(reading.spans, start, end)
    near = _within(reading.spans, *sentence)
    facts: Facts = {"basis": basis if basis in BASES else "unknown"}
    for find in (_dates, _place, _actor):
        facts |= find(inside) or find(near)
    if its := _money(inside) or _money(near):
        facts |= {"amount": _decimal(its.value["amount"]), "currency": its.value.get("currency", "")}
        facts["sum_role"] = role_of(told, reading.lang, its, reading.spans, sentence)
    return facts


def _within(spans: Iterable[Span], start: int, end: int) -> list[Span]:
    return [each for each in spans if start < each.end and each.start < end]


def _money(spans: list[Span]) -> Span | None:
    """The first sum whose amount is known."""
    sums = (each for each in spans if each.kind == "money")
    return next((each for each in sums if _decimal(each.value.get("amount")) is not None), None)


def _dates(spans: list[Span]) -> Facts:
    for each in spans:
        if each.kind == "date":
            earliest, latest = _day(each.value.get("earliest")), _day(each.value.get("latest"))
            if earliest or latest:
                return {"earliest": earliest, "latest": latest}
    return {}


def _place(spans: list[Span]) -> Facts:
    """The first place, of a ward its town; a country only where nothing finer is named: 중국 손전화 is no place."""
    named = (each.value for each in spans if each.kind in ("place", "organisation"))
    keys = [key for value in named if (key := place_key(value) or _town(value))]
    finer = (key for key in keys if gazetteer()[key].level != "country")
    return {"place": next(finer, keys[0])} if keys else {}


def _town(value: Mapping[str, Any]) -> str:
    """The town that a ward or a village lies in, as its text has it; '' without one."""
    return str(value["parent"]) if value.get("parent") in gazetteer() else ""


def _actor(spans: list[Span]) -> Facts:
    units = [
        office(each.value) if each.value.get("unit") else each.words
        for each in spans
        if each.kind == "organisation"
    ]
    return {"actor": units[0][:120]} if units else {}


def place_key(value: Mapping[str, Any]) -> str:
    """The gazetteer key of a span's place, by its key, its codes or its English name; '' when unknown."""
    for name in ("key", "place"):
        if value.get(name) in gazetteer():
            return str(value[name])
    for key, place in gazetteer().items():
        if "geonames" in value and place.codes.get("geonames") == value["geonames"]:
            return key
        if "geonames" not in value and value.get("name") in place.names.get("en", ()):
            return key
    return ""


def label_of(reading: Reading, earliest: date | None, latest: date | None) -> str:
    """The EDTF label for bounds: as a span with the same bounds has it, else from the bounds alone."""
    if earliest is None and latest is None:
        return ""
    for each in reading.spans:
        bounds = _day(each.value.get("earliest")), _day(each.value.get("latest"))
        if each.kind == "date" and bounds == (earliest, latest) and each.value.get("edtf"):
            return str(each.value["edtf"])[:40]
    return span(earliest, latest).edtf


def _decimal(value: object) -> Decimal | None:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
