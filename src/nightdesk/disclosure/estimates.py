"""The newsroom's group tables, read: until when a row holds, what time it counts, which place it covers.

Belongs here: what one row says by itself. Does not belong here: whom a text describes, and what follows (rules).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from nightdesk.disclosure.ages import band
from nightdesk.disclosure.facts import Fact
from nightdesk.disclosure.model import GroupTable, Interval
from nightdesk.disclosure.parts import ANY, Part
from nightdesk.disclosure.traits import Who
from nightdesk.disclosure.whereabouts import folded, key_of, lies_in
from nightdesk.values.places import gazetteer

SEXES = {"": "", "female": "female", "male": "male"}
PERIOD = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?")


def expired(one: GroupTable, on: date) -> bool:
    """Whether the month of expiry is over; an unreadable one counts as over."""
    last = month(one.expires)
    return last is None or (on.year, on.month) > last


def month(text: str) -> tuple[int, int] | None:
    """YYYY-MM as numbers, None when it is none."""
    match = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])(?:-\d\d)?", text)
    return (int(match.group(1)), int(match.group(2))) if match else None


def sound(one: GroupTable, on: date) -> bool:
    """Whether anything may be concluded from the row: in force, an interval of somebody, a time and a part that can be read."""
    return countable(one, on) and one.high > 0


def countable(one: GroupTable, on: date) -> bool:
    """The same of a row that may count nobody, which says something of the rest."""
    readable = (not one.when or days_of(one.when)) and part_of(one)
    return bool(readable) and 0 <= one.low <= one.high and not expired(one, on)


def part_of(one: GroupTable) -> Part | None:
    """The sex and the ages that the row counts; None when they cannot be read."""
    sex, ages = SEXES.get(one.sex.strip().lower()), band(one.age) if one.age.strip() else ANY
    return None if sex is None or ages is None else Part(sex, ages)


def asked(who: Who) -> Part:
    """The part somebody described is known to be of."""
    return Part(who.sex, who.age or ANY)


def counts(one: GroupTable, who: Who) -> bool:
    """Whether the row counts whoever is described so: one of women says nothing of somebody whose sex is not told."""
    part = part_of(one)
    return part is not None and part.holds(asked(who))


@lru_cache(maxsize=1024)
def days_of(when: str) -> tuple[date, date] | None:
    """First and last day of YYYY, YYYY-MM, YYYY-MM-DD or two of them with a slash; None when it is none of these."""
    ends = [whole(part) for part in when.split("/")]
    if len(ends) > 2 or None in ends:
        return None
    first, last = ends[0], ends[-1]
    return (first[0], last[1]) if first and last and first[0] <= last[1] else None


def whole(part: str) -> tuple[date, date] | None:
    """The days of one year, month or day."""
    match = PERIOD.fullmatch(part.strip())
    if match is None:
        return None
    year, number, day = int(match.group(1)), int(match.group(2) or 0), int(match.group(3) or 0)
    try:
        if day:
            return date(year, number, day), date(year, number, day)
        return date(year, number or 1, 1), date(year, number or 12, monthrange(year, number or 12)[1])
    except ValueError:
        return None


def counted_in(one: GroupTable, dates: Iterable[Fact]) -> tuple[Fact, ...]:
    """The dates that lie wholly in the time the row counts; none when it counts no time of its own."""
    span = days_of(one.when) if one.when else None
    if span is None:
        return ()
    return tuple(fact for fact in dates if fact.data["first"] and fact.data["last"]
                 and span[0] <= fact.data["first"] and fact.data["last"] <= span[1])  # fmt: skip


def inside(place: str, one: GroupTable) -> bool:
    """Whether everybody at `place` (a key) is at the row's place too: the same, or one that lies in it."""
    return folded(place) == key_of(one.place) or lies_in(place, key_of(one.place))


def whole_country(one: GroupTable, country: str) -> bool:
    """Whether the row counts the country the story is about, whose name a reader needs no word for."""
    place = gazetteer().get(key_of(one.place))
    return place is not None and place.level == "country" and place.codes.get("iso3166_1") == country


def interval(one: GroupTable) -> Interval:
    """The row's people, with its basis and age."""
    return Interval(one.low, one.high, basis(one))


def basis(one: GroupTable) -> str:
    """Where a row's numbers come from, and from when."""
    return f"{one.basis}, as of {one.as_of}"


def told(one: GroupTable) -> dict[str, Any]:
    """A row's values for a sentence."""
    values = {"group": one.group, "place": one.place, "low": one.low, "high": one.high, "basis": one.basis,
              "as_of": one.as_of, "expires": one.expires}  # fmt: skip
    return values | {name: said for name in ("when", "sex", "age") if (said := getattr(one, name))}
