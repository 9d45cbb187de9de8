"""Days by their weekday or their number in a month, reckoned from a day or a month that is known.

Belongs here: reckoning alone. Does not belong here: which month, week or year words mean (calendar.py).
"""

from __future__ import annotations

from datetime import date, timedelta

from nightdesk.reading.bounds import Bounds, month_of
from nightdesk.reading.match import Impossible


def day_if_any(on: date, months: int, number: int) -> date | None:
    """That day of the month so many months away, where it has one."""
    first, last = month_of(on.year, on.month + months)
    return first.replace(day=number) if number <= last.day else None


def numbered(on: date, step: int, number: int) -> date:
    """The next (1) or last (-1) day with this number, `on` counting as either."""
    for away in range(12):
        first, last = month_of(on.year, on.month + away * step)
        if number <= last.day:
            there = first.replace(day=number)
            if (there >= on) if step > 0 else (there <= on):
                return there
    raise Impossible(f"no month has a day {number}")


def nth_weekday(first: date, last: date, weekday: int, nth: int) -> date:
    """The nth such weekday between two days, the last for a number below nought. Impossible where there is none."""
    if nth < 0:
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    there = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    if there > last:
        raise Impossible(f"the month has no {nth} such days")
    return there


def weekend_of(first: date, last: date) -> Bounds:
    """The weekend next to a feast; a feast on Thursday, Friday or Monday makes it longer."""
    weekday = first.weekday()
    saturday = first + timedelta(days=5 - weekday if weekday >= 3 else -2 - weekday)
    sunday = saturday + timedelta(days=1)
    return (min(first, saturday), max(last, sunday)) if weekday not in (1, 2) else (saturday, sunday)
