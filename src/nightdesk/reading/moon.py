"""Days said by the lunar calendar: 正月初五, 农历八月, 腊月二十三, 大年初三.

Belongs here: which lunar day or month is meant. The calendar itself stands in lunar.py and its tables.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from nightdesk.reading import calendar
from nightdesk.reading.bounds import Bounds, value
from nightdesk.reading.lunar import lunar_month
from nightdesk.reading.match import Impossible, Match, Value


def lunar_date(m: Match) -> Value | None:
    """A lunar day or month: of the lunar year that is said, or the last one that has come."""
    month = _first(m, "lunar_month", "lunar_any", "any2", "any3") or 1
    number = _first(m, "lunar_day", "day2", "day3", "lunar_early", "early2")
    year = calendar._year(m)
    year = year if year is not None else m.whole("y2")
    if year is None and (shift := m.get("rel_year2")) is not None:
        year = m.setting.day().year + shift
    if year is not None:
        return value(*_day(_month(year, month, m), number))
    on = m.setting.day()
    if _first(m, "leap", "leap2", "leap3") is not None:
        return value(*_day(_last_leap(on, month), number))
    if (coming := _coming(m, month, number)) is not None:
        return value(*coming)
    gone = _day(_month(on.year, month, m), number)
    return value(*(gone if gone[0] <= on else _day(_month(on.year - 1, month, m), number)))


def _coming(m: Match, month: int, number: int | None) -> Bounds | None:
    """The next such day or month for a deadline, or where it is at hand and its sentence is not of the past."""
    on, planned = m.setting.day(), m.future()
    for step in (-1, 0, 1):
        found = _day(_month(on.year + step, month, m), number) if step < 1 or planned else None
        if found is not None and found[1] >= on and (planned or found[0] > on):
            at_hand = found[0] - on <= calendar.AT_HAND and not m.told_past()
            return found if planned or at_hand else None
    return None


def lunar_day_alone(m: Match) -> Value | None:
    """初三闹翻, 初八放炮: the last such lunar day, or the one at hand where its sentence is not of the past."""
    on, number = m.setting.day(), m.get("lunar_early")
    months = (lunar_month(year, month) for year in (on.year - 1, on.year) for month in range(1, 13))
    days = sorted(_day(found, number)[0] for found in months if found is not None)
    gone, coming = max(d for d in days if d <= on), min((d for d in days if d > on), default=None)
    soon = coming is not None and coming - on <= calendar.DAYS_AT_HAND and not m.told_past()
    return value(*(coming if coming and (soon or m.future()) else gone,) * 2)


def _last_leap(on: date, month: int) -> Bounds:
    """The last leap month of that number that has begun; it comes every few decades."""
    for year in range(on.year, on.year - 60, -1):
        found = lunar_month(year, month, leap=True)
        if found is not None and found[0] <= on:
            return found
    raise Impossible(f"the table of lunar dates has no year {on.year}")


def _first(m: Match, *names: str) -> Any:
    return next((m.get(name) for name in names if m.get(name) is not None), None)


def _month(year: int, month: int, m: Match) -> Bounds:
    found = lunar_month(year, month, _first(m, "leap", "leap2", "leap3") is not None)
    if found is None:
        raise Impossible(f"the table of lunar dates has no year {year}")
    return found


def _day(month: Bounds, number: int | None) -> Bounds:
    """The day of the month, or the whole month. Impossible for a thirtieth that this one does not have."""
    if number is None:
        return month
    there = month[0].toordinal() + number - 1
    if there > month[1].toordinal():
        raise Impossible(f"no month has a day {number}")
    return (month[0].fromordinal(there),) * 2
