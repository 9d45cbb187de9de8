"""Days that come every year: by their date, by the moon, by the sun, by Easter, or as the nth weekday.

The tables say which: [12, 25], "lunar 1 15", "lunar 1 1 -1" (the day before), "term 15" (degrees of
the sun), "easter -2", "orthodox 0", "nth 5 6 2" (month, weekday from 0, the second; -1 the last).
"""

from __future__ import annotations

import calendar as almanac
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from nightdesk.reading.lunar import lunar
from nightdesk.reading.solar_terms import solar_term


class NoTable(ValueError):
    """No table has such a year; the message says which."""


def feast(rule: str, year: int) -> date:
    """The day of `year` that the words of a table mean. NoTable where no table reaches."""
    how, *figures = rule.split()
    return _HOW[how](year, *map(int, figures))


def easter(year: int, add: int = 0) -> date:
    """Easter Sunday of the western churches (the anonymous Gregorian computation), and `add` days."""
    century, golden = year // 100, year % 19
    skipped = century - century // 4 - (8 * century + 13) // 25
    epact = (19 * golden + skipped + 15) % 30
    epact -= epact // 28 * (1 - epact // 28 * (29 // (epact + 1)) * ((21 - golden) // 11))
    sunday = (year + year // 4 + epact + 2 - century + century // 4) % 7
    march = epact - sunday + 28
    return date(year, 3, 1) + timedelta(days=march - 1 + add)


def orthodox_easter(year: int, add: int = 0) -> date:
    """Easter Sunday of the eastern churches (Meeus's Julian computation), thirteen days on until 2099."""
    moon = (19 * (year % 19) + 15) % 30
    sunday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + sunday + 114, 31)
    return date(year, month, day + 1) + timedelta(days=13 + add)


def nth_weekday(year: int, month: int, weekday: int, nth: int, add: int = 0) -> date:
    """The nth such weekday of a month, the last for -1, and `add` days."""
    size = almanac.monthrange(year, month)[1]
    if nth < 0:
        last = date(year, month, size)
        return last - timedelta(days=(last.weekday() - weekday) % 7 - add)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1) + add)


def _lunar(year: int, month: int, day: int, add: int = 0) -> date:
    """The lunar day that falls into `year`: 腊月 mostly belongs to the lunar year before."""
    days = [lunar(said, month, day) for said in (year, year - 1)] if month > 10 else [lunar(year, month, day)]
    there = next((d for d in days if d is not None and d.year == year), days[0])
    if there is None:
        raise NoTable(f"the table of lunar dates has no year {year}")
    return there + timedelta(days=add)


_HOW: Mapping[str, Callable[..., date]] = {
    "lunar": _lunar,
    "term": solar_term,
    "easter": easter,
    "orthodox": orthodox_easter,
    "nth": nth_weekday,
}
