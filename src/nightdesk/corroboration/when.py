"""A date value of a reading as bounds. The bounds are authoritative; EDTF is read when they are left out."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Any

from nightdesk.values.dates import DateSpan

_PART = re.compile(r"(\d{4})(?:-(\d{2}|XX))?(?:-(\d{2}|XX))?[~?%]?$")


def bounds(value: Mapping[str, Any]) -> DateSpan | None:
    """First and last day of a reading's date value; None when it has neither bounds nor a usable EDTF."""
    edtf = str(value.get("edtf") or "")
    if value.get("earliest") or value.get("latest"):
        return DateSpan(_day(value.get("earliest")), _day(value.get("latest")), edtf)
    first, _, last = edtf.partition("/")
    start, end = _stretch(first), _stretch(last or first)
    if start is None and end is None:
        return None
    return DateSpan(start[0] if start else None, end[1] if end else None, edtf)


def _day(value: object) -> date | None:
    if isinstance(value, date):
        return value
    return date.fromisoformat(str(value)[:10]) if value else None


def _stretch(label: str) -> tuple[date, date] | None:
    match = _PART.match(label.split("T")[0])
    if not match:
        return None
    year, month, day = int(match[1]), match[2], match[3]
    if month in (None, "XX"):
        return date(year, 1, 1), date(year, 12, 31)
    if day in (None, "XX"):
        return date(year, int(month), 1), date(year, int(month), monthrange(year, int(month))[1])
    return (exact := date(year, int(month), int(day))), exact
