"""Periods between a day and an age: quarters, decades, centuries, and several months or years in a row.

Belongs here: periods said by their number, and two ends said with one word (3~4월, 27~28일). Does not
belong here: single days and months (calendar), lengths of time (distance).
"""

from __future__ import annotations

from datetime import date, timedelta

from nightdesk.reading.bounds import day, month_of, value, year_of
from nightdesk.reading.calendar import day_of, year_said
from nightdesk.reading.lunar import lunar
from nightdesk.reading.match import Impossible, Match, Value
from nightdesk.reading.tables import table

_THIRDS = {"early": (0, 3), "middle": (4, 6), "late": (7, 9)}  # years of a decade
_AGES = {"early": (0, 32), "middle": (33, 65), "late": (66, 99)}  # years of a century
CENTURIES = range(1, 100)


def _part(m: Match) -> str | None:
    found = m.get("month_part")
    return str(found) if found is not None else None


def decade(m: Match) -> Value | None:
    """90년대, 80년대 말: ten years, or the first, middle or last of them."""
    said = m.whole("y")
    if said is None or said % 10 or not (said < 100 or said >= 1000):
        return None
    first = said if said >= 1000 else said + (1900 if said >= 30 else 2000)
    begin, end = _THIRDS.get(_part(m) or "", (0, 9))
    return value(year_of(first + begin)[0], year_of(first + end)[1])


def century(m: Match) -> Value | None:
    """21세기, 19세기 말: a hundred years, or a third of them."""
    said = m.whole("century")
    if said is None or said not in CENTURIES:
        return None
    begin, end = _AGES.get(_part(m) or "", (0, 99))
    first = said * 100 - 99
    return value(year_of(first + begin)[0], year_of(first + end)[1])


def quarter(m: Match) -> Value:
    """이번 분기, 지난 반기: the one we are in, or as many before or after it."""
    on, size = m.setting.day(), int(m.get("quarter"))
    first = (on.month - 1) // size * size + 1 + size * int(m.get("rel"))
    return value(month_of(on.year, first)[0], month_of(on.year, first + size - 1)[1])


def months(m: Match) -> Value | None:
    """3~4월, 지난 7∼8월, 2023년 3~5월: from the first day of one to the last of the other."""
    low, high = m.whole("m"), m.whole("m2")
    if (pair := m.get("month_pair")) is not None:
        low, high = (int(x) for x in str(pair).split())
    if low is None or high is None or not (1 <= low <= 12 and 1 <= high <= 12) or low == high:
        return None
    over = 12 if high < low else 0
    year = year_said(m, lambda y: (month_of(y, low)[0], month_of(y, high + over)[1]))
    return value(month_of(year, low)[0], month_of(year, high + over)[1])


def years(m: Match) -> Value | None:
    """2005~2015년."""
    low, high = m.whole("y"), m.whole("y2")
    if low is None or high is None or not low < high:
        return None
    return value(year_of(low)[0], year_of(high)[1])


def days(m: Match) -> Value | None:
    """27~28일, 이달 10~11일, 8, 9일: both ends; the first may lie in the month before."""
    low, high = m.whole("d"), m.whole("d2")
    if low is None or high is None or not (1 <= low <= 31 and 1 <= high <= 31) or low == high:
        return None
    if m.get("list") is not None and high != low + 1:
        return None  # 8, 12일 are two days, and no stretch
    last = day_of(m, high)
    first = day(last.year, last.month, low) if low < high else _before(last, low)
    return value(first, last)


def lunar_day(m: Match) -> Value:
    """음력 8월 15일: the solar day, of the year said or the last one there was."""
    month, number = m.whole("m") or 0, m.whole("d") or m.get("last_day") or 15
    number = 30 if number < 0 else number

    def there(year: int) -> date:
        found = lunar(year, month, number)
        if found is None:
            raise Impossible(f"the table of lunar dates has no year {year}")
        return found

    found = there(year_said(m, lambda year: (there(year),) * 2))
    return value(found, found)


def _before(last: date, number: int) -> date:
    """The last such day of a month before `last`."""
    there = last - timedelta(days=1)
    while there.day != number:
        there -= timedelta(days=1)
    return there


def few(m: Match) -> Value:
    """며칠간, 몇 시간, 수년 동안: a length between the two ends of data/intervals.toml."""
    low, high, letter = table("intervals")["few"][m.get("some")]
    before = "PT" if letter in "HS" or m.get("some") == "minutes" else "P"
    iso = f"{before}{low}{letter}"
    return {"iso8601": iso, "iso": iso, "longest": f"{before}{high}{letter}"}
