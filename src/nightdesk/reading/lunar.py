"""Lunar days as days of the solar calendar, from tables and nothing else.

lunar.toml has the new years and autumn festivals as both Koreas and China keep them; lunar_years.toml
has every month of the Chinese calendar.
"""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

Bounds = tuple[date, date]


@cache
def _table() -> dict[str, dict[str, date]]:
    return tomllib.loads((files("nightdesk.reading") / "data" / "lunar.toml").read_text("utf-8"))


@cache
def _years() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files("nightdesk.reading") / "data" / "lunar_years.toml").read_text("utf-8"))


def lunar(year: int, month: int, day: int) -> date | None:
    """The solar day of a lunar day of `year`; None where no table has such a day."""
    first = _table().get(f"{month}-1", {}).get(str(year))
    if first is not None:
        return first + timedelta(days=day - 1)
    found = lunar_month(year, month)
    return found[0] + timedelta(days=day - 1) if found and day <= (found[1] - found[0]).days + 1 else None


def lunar_month(year: int, month: int, leap: bool = False) -> Bounds | None:
    """First and last solar day of a lunar month, or of the leap month after it; None where there is none."""
    row = _years().get(str(year))
    if row is None or not 1 <= month <= 12 or (leap and row.get("leap") != month):
        return None
    place = month - 1 + (leap or 0 < row.get("leap", 0) < month)
    lengths = [30 if size == "L" else 29 for size in row["months"]]
    first = row["first"] + timedelta(days=sum(lengths[:place]))
    return first, first + timedelta(days=lengths[place] - 1)
