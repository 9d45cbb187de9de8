"""Feasts of the Chinese calendar: by the moon and by the sun's terms.

The tables say which: "lunar 1 15", "lunar 1 1 -1" (the day before), "term 15" (degrees of the sun), "solstice 105" (days
after the winter solstice before: 한식), "dog 1" (the dog days 초복, 중복, 말복).
Days fixed by date stand in the tables, those counted from Easter or a weekday in holidays.py.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from nightdesk.reading.lunar import lunar
from nightdesk.reading.solar_terms import solar_term

SUMMER_SOLSTICE, AUTUMN_BEGINS, WINTER_SOLSTICE = 90, 135, 270  # degrees of the sun
LAST_DOG_DAY = 3
GENG = (
    date(2024, 7, 15).toordinal() % 10
)  # a day of 庚, the seventh of the ten stems, which come again every ten days


class NoTable(ValueError):
    """No table has such a year; the message says which."""


@lru_cache(maxsize=4096)  # the nearest year of a feast is sought among the same few each time
def feast(rule: str, year: int) -> date:
    """The day of `year` that the words of a table mean. NoTable where no table reaches."""
    how, *figures = rule.split()
    return _HOW[how](year, *map(int, figures))


def _solstice(year: int, days: int) -> date:
    return solar_term(year - 1, WINTER_SOLSTICE) + timedelta(days=days)


def _dog_day(year: int, which: int) -> date:
    """초복 and 중복 are the third and fourth day of 庚 from the summer solstice on, 말복 the first from 立秋 on."""
    first, steps = (AUTUMN_BEGINS, 0) if which == LAST_DOG_DAY else (SUMMER_SOLSTICE, which + 1)
    there = solar_term(year, first)
    return there + timedelta(days=(GENG - there.toordinal()) % 10 + 10 * steps)


def _lunar(year: int, month: int, day: int, add: int = 0) -> date:
    """The lunar day that falls into `year`: 腊月 mostly belongs to the lunar year before."""
    days = [lunar(said, month, day) for said in (year, year - 1)] if month > 10 else [lunar(year, month, day)]
    there = next((d for d in days if d is not None and d.year == year), days[0])
    if there is None:
        raise NoTable(f"the table of lunar dates has no year {year}")
    return there + timedelta(days=add)


_HOW: dict[str, Callable[..., date]] = {
    "lunar": _lunar,
    "term": solar_term,
    "solstice": _solstice,
    "dog": _dog_day,
}
OF_THE_SKY = tuple(_HOW)
