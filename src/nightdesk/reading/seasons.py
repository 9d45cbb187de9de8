"""Parts of a year that data/intervals.toml gives bounds: seasons, quarters, the turn of the year.

Belongs here: which days they are in a year, and which one "last" and "this" mean. Does not belong here: the year of one
that stands alone (calendar.py).
"""

from __future__ import annotations

from datetime import date

from nightdesk.reading.bounds import Bounds, day, last_day
from nightdesk.reading.tables import table


def season(name: str, year: int) -> Bounds:
    """First and last day of a season, a quarter or another part of a year (data/intervals.toml), of the year it begins in."""
    a, b, c, d = table("intervals")["season"][name]
    ends = year + (c < a)
    return day(year, a, b), day(
        ends, c, min(d, last_day(ends, c)) if (c, d) != (2, 28) else last_day(ends, 2)
    )


def stepped(on: date, part: str, step: int) -> Bounds:
    """last summer, 이번 겨울: this one is the one we are in, or the nearest of this year."""
    this = on.year - 1 if season(part, on.year - 1)[1] >= on else on.year
    if step == 0:
        return season(part, this)
    if step > 0:
        return season(part, on.year + step - (season(part, on.year)[0] > on))
    last = next(y for y in range(on.year, on.year - 3, -1) if season(part, y)[1] < on)
    return season(part, last + min(0, step + 1))  # of the summer before last, -2, one more
