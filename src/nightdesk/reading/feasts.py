"""Feasts of the Chinese calendar: by the moon and by the sun's terms.

The tables say which: "lunar 1 15", "lunar 1 1 -1" (the day before), "term 15" (degrees of the sun).
Days fixed by date stand in the tables, those counted from Easter or a weekday in holidays.py.
"""

from __future__ import annotations

from datetime import date, timedelta

from nightdesk.reading.lunar import lunar
from nightdesk.reading.solar_terms import solar_term


class NoTable(ValueError):
    """No table has such a year; the message says which."""


def feast(rule: str, year: int) -> date:
    """The day of `year` that the words of a table mean. NoTable where no table reaches."""
    how, *figures = rule.split()
    return solar_term(year, int(figures[0])) if how == "term" else _lunar(year, *map(int, figures))


def _lunar(year: int, month: int, day: int, add: int = 0) -> date:
    """The lunar day that falls into `year`: 腊月 mostly belongs to the lunar year before."""
    days = [lunar(said, month, day) for said in (year, year - 1)] if month > 10 else [lunar(year, month, day)]
    there = next((d for d in days if d is not None and d.year == year), days[0])
    if there is None:
        raise NoTable(f"the table of lunar dates has no year {year}")
    return there + timedelta(days=add)
