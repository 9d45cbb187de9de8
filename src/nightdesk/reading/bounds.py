"""Days, months and years that exist, with their bounds, and the value of a date. Pure arithmetic.

Belongs here: the calendar itself. Does not belong here: which day the words mean (calendar.py).
"""

from __future__ import annotations

import calendar as almanac
from datetime import date, timedelta
from functools import lru_cache

from nightdesk.reading.match import Impossible, Value
from nightdesk.reading.tables import table
from nightdesk.values.dates import span

Bounds = tuple[date, date]


@lru_cache(maxsize=1024)  # of the few months that a report speaks of
def last_day(year: int, month: int) -> int:
    """The number of days of a month."""
    return almanac.monthrange(year, month)[1]


def day(year: int, month: int, number: int) -> date:
    """A day that exists. Impossible names the one that does not."""
    try:
        return date(year, month, number)
    except ValueError as error:
        raise Impossible(f"there is no day {year:04d}-{month:02d}-{number:02d}") from error


def month_of(year: int, month: int) -> Bounds:
    """First and last day of a month; months may run over (13 is January of the next year)."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    if not 1 <= year <= 9999:
        raise Impossible(f"the year {year} is outside the calendar")
    return date(year, month, 1), date(year, month, last_day(year, month))


def year_of(year: int) -> Bounds:
    """First and last day of a year."""
    if not 1 <= year <= 9999:
        raise Impossible(f"the year {year} is outside the calendar")
    return date(year, 1, 1), date(year, 12, 31)


def value(earliest: date | None, latest: date | None, label: str = "") -> Value:
    """The value of a date: bounds and EDTF label, the shortest that says the same."""
    return {
        "edtf": label or _label(earliest, latest),
        "earliest": earliest.isoformat() if earliest else None,
        "latest": latest.isoformat() if latest else None,
    }


def _label(earliest: date | None, latest: date | None) -> str:
    if earliest and latest and earliest.day == 1 and latest.day == last_day(latest.year, latest.month):
        if (earliest.year, earliest.month) == (latest.year, latest.month):
            return earliest.isoformat()[:7]
        if earliest.year == latest.year and (earliest.month, latest.month) == (1, 12):
            return earliest.isoformat()[:4]
    return span(earliest, latest).edtf


def share_of(week: Bounds | None, part: str | None) -> Bounds | None:
    """지난주 초: the days the table gives of a week; all of it where no part is said."""
    if week is None or part is None:
        return week
    begin, end = table("intervals")["share_of_week"][part]
    return week[0] + timedelta(days=begin - 1), week[0] + timedelta(days=end - 1)
