"""Days told of by pointing back: 이날, 전날, 다음 날. The day meant is the last single day said before it.

Belongs here: which earlier day a word points at. Does not belong here: words, and days that can be
counted from the contact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from nightdesk.reading.bounds import value
from nightdesk.reading.find import Find
from nightdesk.reading.match import Match, Value

POINTS = "points"  # how far from the day told before; in a value only until `pointed` has run


def pointing(m: Match) -> Value:
    """이날: some day up to the contact, until an earlier one is found that it points at."""
    return {**value(None, m.setting.day()), POINTS: int(m.get("told"))}


def pointed(finds: Iterable[Find]) -> Iterator[Find]:
    """The same finds; words that point back take the day they point at, and stay open where there is none."""
    last: date | None = None
    for find in finds:
        if find.kind != "date":
            yield find
            continue
        if (away := find.value.get(POINTS)) is not None:
            find = replace(find, value=_there(find.value, last, int(away)))
        last = _single(find.value) or last
        yield find


def _single(said: Value) -> date | None:
    """The day of a date that is one day."""
    return (
        date.fromisoformat(said["earliest"])
        if said["earliest"] and said["earliest"] == said["latest"]
        else None
    )


def _there(said: Value, last: date | None, away: int) -> Value:
    if last is not None:
        try:
            there = last + timedelta(days=away)
        except OverflowError:
            there = last
        return value(there, there)
    return {key: v for key, v in said.items() if key != POINTS}
