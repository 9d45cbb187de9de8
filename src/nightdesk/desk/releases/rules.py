"""The rules of holding, on plain values: which day may be asked for, which suits a wait, on which others leave.

A hold is an intention to wait until a day, and no signed document. Belongs here: days. No clock, no chance and no
rows: they are arguments. Does not belong here: how long a contact should lie behind (disclosure.rules.lag), who may
hold (holds.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

DAY = timedelta(days=1)
YEAR = timedelta(days=366)  # the furthest a story is held: a day typed wrongly is further off


@dataclass(frozen=True, slots=True)
class Week:
    """The days on which a release suits everybody behind a story, as the review offers them; both ends included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def after(self, today: date) -> list[date]:
        """Its days that can still be waited for."""
        days = (self.last - self.first).days + 1
        return [day for n in range(days) if (day := self.first + n * DAY) > today]


def shared(weeks: Iterable[Week]) -> Week | None:
    """The days that lie in every week; None without a week, or when they have no day in common."""
    every = list(weeks)
    if not every:
        return None
    first, last = max(one.first for one in every), min(one.last for one in every)
    return Week(first, last) if first <= last else None


def proposed(week: Week | None, held: Mapping[date, int], today: date, drawn: int) -> date | None:
    """The day of the week on which most others leave, the earliest of equals; without others, one that is drawn.

    `held`: how many other stories are held until each day. `drawn`: any whole number. Where every story left on the
    first day on offer, that many days before it would be the day of a call: so the day is drawn, and `drawn` must be
    nothing that readers are told.
    """
    days = week.after(today) if week else []
    if not days:
        return None
    most = max(held.get(day, 0) for day in days)
    if most:
        return next(day for day in days if held.get(day, 0) == most)
    return days[drawn % len(days)]


def fault(until: date, today: date) -> str:
    """Why a story cannot be held until that day: `over`, `today`, `far`; empty when it can."""
    if until <= today:
        return "today" if until == today else "over"
    return "far" if until - today > YEAR else ""


def is_early(until: date, hour: time | None, at: datetime) -> bool:
    """Whether `at` lies before the held day, or before the hour of it (UTC)."""
    return at < datetime.combine(until, hour or time.min, UTC)


def is_due(until: date, today: date) -> bool:
    """Whether its day has come: from its first minute on (UTC), whatever the hour, there is a text to clear."""
    return until <= today
