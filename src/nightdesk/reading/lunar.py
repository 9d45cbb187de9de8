"""Lunar festivals as days of the solar calendar, from a table and nothing else."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from functools import cache
from importlib.resources import files


@cache
def _table() -> dict[str, dict[str, date]]:
    return tomllib.loads((files("nightdesk.reading") / "data" / "lunar.toml").read_text("utf-8"))


def lunar(year: int, month: int, day: int) -> date | None:
    """The solar day of a lunar festival of `year`; None where the table has no such year."""
    first = _table().get(f"{month}-1", {}).get(str(year))
    return first + timedelta(days=day - 1) if first else None
