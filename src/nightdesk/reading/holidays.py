"""Holidays that move: counted from Easter, the nth weekday of a month, or kept in a table of feasts.

A rule is a few words (data/LANG.toml): "easter -2", "orthodox easter", "4 thu 11" (the fourth Thursday of
November), "last mon 5", "4 thu 11 +1", "feast eid al-fitr", "feast hanukkah 8" (eight days).
Fixed days and lunar festivals do not belong here.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from nightdesk.reading.match import Impossible
from nightdesk.reading.tables import table

Bounds = tuple[date, date]
_RULE = re.compile(
    r"(?P<orthodox>orthodox )?easter(?P<from_easter> [+-]?\d+)?(?: to (?P<until> ?[+-]?\d+))?"
    r"|(?P<nth>\d|last) (?P<weekday>[a-z]{3}) (?P<month>\d+)(?P<shift> [+-]\d+)?"
    r"|feast (?P<feast>[a-z -]+?)(?: (?P<days>\d+)| to (?P<last>[a-z ]+))?"
)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def holiday(rule: str, year: int) -> Bounds:
    """First and last day of the holiday in `year`. Impossible where a table has no such year."""
    found = _RULE.fullmatch(rule)
    if found is None:
        raise ValueError(f"no rule of a holiday: {rule!r}")
    if found["feast"]:
        return _feast(found, year)
    if found["nth"]:
        there = _nth(found, year)
        return there, there
    centre = orthodox_easter(year) if found["orthodox"] else easter(year)
    first = centre + timedelta(days=int(found["from_easter"] or 0))
    return first, centre + timedelta(days=int(found["until"])) if found["until"] else first


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    ell = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * ell) // 451
    month, day = divmod(h + ell - 7 * m + 114, 31)
    return date(year, month, day + 1)


def orthodox_easter(year: int) -> date:
    """Easter of the Julian calendar, as a day of the Gregorian one (Meeus)."""
    a, b, c = year % 4, year % 7, year % 19
    d = (19 * c + 15) % 30
    e = (2 * a + 4 * b - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return date(year, month, day + 1) + timedelta(days=year // 100 - year // 400 - 2)


def _nth(rule: re.Match[str], year: int) -> date:
    month, weekday = int(rule["month"]), _WEEKDAYS.index(rule["weekday"])
    shift = timedelta(days=int(rule["shift"] or 0))
    if rule["nth"] == "last":
        end = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return end - timedelta(days=(end.weekday() - weekday) % 7) + shift
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (int(rule["nth"]) - 1)) + shift


def _feast(rule: re.Match[str], year: int) -> Bounds:
    first = _listed(rule["feast"], year)
    if rule["last"]:
        return first, next(d for y in (year, year + 1) if (d := _listed(rule["last"], y)) > first)
    return first, first + timedelta(days=int(rule["days"] or 1) - 1)


def _listed(feast: str, year: int) -> date:
    found = next((d for d in table("feasts")[feast] if d.startswith(f"{year:04d}")), None)
    if found is None:
        raise Impossible(f"the table of feasts has no year {year}")
    return date.fromisoformat(found)
