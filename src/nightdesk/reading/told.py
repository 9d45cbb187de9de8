"""Days told of by pointing back: 이날, 전날, 다음 날, the Monday following, the year after, since then.

The day meant is the last single day said before it, the year the last whole year, the season the one after the last
stretch of days. Belongs here: which earlier day a word points at. Does not belong here: words, and days that can be
counted from the contact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from nightdesk.reading import calendar, seasons
from nightdesk.reading.bounds import value, year_of
from nightdesk.reading.find import Find
from nightdesk.reading.match import Match, Value
from nightdesk.reading.stretches import bounds_of

POINTS = "points"  # where from the day told before; in a value only until `pointed` has run
DAY = timedelta(days=1)
Step = tuple[str, Any]  # what is counted, and how far


def pointing(m: Match) -> Value:
    """이날: some day up to the contact, until an earlier one is found that it points at."""
    if (wanted := m.get("weekday")) is not None:
        back = m.get("before") is not None
        there = calendar.nearest_weekday(m, wanted)
        return {**value(there, there), POINTS: ("weekday before" if back else "weekday", wanted)}
    return {**value(None, m.setting.day()), POINTS: _step(m)}


def _step(m: Match) -> Step:
    if m.get("since") is not None:
        return "since", 0
    if (what := m.get("year") or m.get("period")) is not None:
        return str(what), -1 if m.get("before") is not None else 1
    if (season := m.get("season_name")) is not None:
        return "season", season
    return "day", int(m.get("told"))


def pointed(finds: Iterable[Find]) -> Iterator[Find]:
    """The same finds; words that point back take the day they point at, and stay open where there is none."""
    before = _Told()
    for find in finds:
        if find.kind != "date":
            yield find
            continue
        if (step := find.value.get(POINTS)) is not None:
            there = _there(before, *step)
            if there is None and step[0] == "since":
                continue
            find = replace(find, value=there or {key: v for key, v in find.value.items() if key != POINTS})
        before.say(find.value)
        yield find


@dataclass(slots=True)
class _Told:
    """The last single day, the last whole year and the last day of all that was told so far."""

    day: date | None = None
    year: int | None = None
    end: date | None = None

    def say(self, said: Value) -> None:
        if not said["earliest"] or not said["latest"]:
            return
        first, self.end = date.fromisoformat(said["earliest"]), date.fromisoformat(said["latest"])
        self.day = first if first == self.end else self.day
        self.year = first.year if (first, self.end) == year_of(first.year) else self.year


def _there(told: _Told, what: str, step: Any) -> Value | None:
    """What is pointed at; None where nothing was told that it could point at."""
    try:
        if what == "year":
            return None if told.year is None else value(*year_of(told.year + step))
        if what in ("week", "month"):
            return None if told.end is None else value(*bounds_of(what, told.end, step))
        if what == "season":
            return None if told.end is None else value(*_season_after(told.end, step))
        return None if told.day is None else _from_day(told.day, what, step)
    except (OverflowError, ValueError):
        return None


def _from_day(last: date, what: str, step: int) -> Value:
    if what == "since":
        return value(last, None)
    if what == "weekday":
        there = last + ((step - last.weekday() - 1) % 7 + 1) * DAY
    elif what == "weekday before":
        there = last - ((last.weekday() - step - 1) % 7 + 1) * DAY
    else:
        there = last + step * DAY
    return value(there, there)


def _season_after(end: date, name: str) -> tuple[date, date]:
    """The first such season that begins after a day."""
    this = seasons.season(name, end.year)
    return this if this[0] > end else seasons.season(name, end.year + 1)
