"""The newsroom's tables themselves: contradictory, impossible to date, or read by no rule. Never used in silence.

Belongs here: what is wrong with a table whatever the story says. Does not belong here: whom it counts (groups).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from datetime import date
from functools import cache, lru_cache

from nightdesk.disclosure.case import Case
from nightdesk.disclosure.estimates import days_of, expired, month, told
from nightdesk.disclosure.findings import finding
from nightdesk.disclosure.lookup import Lookup
from nightdesk.disclosure.model import Finding, GroupTable
from nightdesk.disclosure.rules.groups import table_names
from nightdesk.disclosure.whereabouts import key_of, same_place
from nightdesk.disclosure.words import table
from nightdesk.values.places import gazetteer

NAMED = 5  # tables that a sentence lists


def tables_sound(case: Case) -> Iterator[Finding]:
    """What is wrong with the tables by themselves, then those that this story should have been judged by."""
    yield from wrong(case.lookup, case.on)
    unused = [one for one in odd(case.lookup) if concerns(case, one)]
    if unused:
        named = list(dict.fromkeys(f"{one.group} ({one.place})" for one in unused))
        yield finding("small group", "note", "tables_unread", (), for_="subject", count=len(named),
                      tables=named[:NAMED])  # fmt: skip


@lru_cache(maxsize=4)
def wrong(lookup: Lookup, on: date) -> tuple[Finding, ...]:
    """The same on one day for any story; kept, because tables do not change while one types."""
    return (*contradictory(lookup.tables, on), *disagreeing(lookup.tables, on))


def contradictory(tables: tuple[GroupTable, ...], on: date) -> Iterator[Finding]:
    """Rows that cannot be right by themselves."""
    for one in tables:
        if one.low > one.high or one.low < 0:
            yield finding("small group", "red", "group_contradiction", (), for_="subject", **told(one))
        elif key := doubt(one, on):
            yield finding("small group", "amber", key, (), for_="subject", **told(one))


def doubt(one: GroupTable, on: date) -> str:
    """Why a table is not to be relied on, by the key of the sentence; '' when nothing speaks against it."""
    since, until = month(one.as_of), month(one.expires)
    if until is None:
        return "group_expiry_unclear"
    if one.when and days_of(one.when) is None:
        return "group_when_unclear"
    if since is None or since > until or since > (on.year, on.month):
        return "group_age_unclear"
    return "group_nobody" if one.high == 0 else ""


def disagreeing(tables: tuple[GroupTable, ...], on: date) -> Iterator[Finding]:
    """Two tables in force that count the same people and share no number: one of them is wrong."""
    ends: dict[Hashable, tuple[GroupTable, GroupTable]] = {}  # the highest low end, and the lowest high end
    for one in tables:
        if one.low > one.high or expired(one, on):
            continue
        same = one.group.lower(), key_of(one.place), days_of(one.when) or one.when
        above, below = ends.get(same, (one, one))
        other = above if one.high < above.low else below
        if one.high < other.low or other.high < one.low:
            yield finding("small group", "red", "group_disagree", (), for_="subject", **told(one),
                          other_low=other.low, other_high=other.high)  # fmt: skip
        ends[same] = one if one.low > above.low else above, one if one.high < below.high else below


@lru_cache(maxsize=4)
def odd(lookup: Lookup) -> tuple[GroupTable, ...]:
    """Rows of a place that is in no gazetteer, or of a group that no description belongs to."""
    known = read_groups()
    return tuple(
        one for one in lookup.tables if one.group.lower() not in known or key_of(one.place) not in gazetteer()
    )


def concerns(case: Case, one: GroupTable) -> bool:
    """Whether such a row should have judged this story: at a place of it, or at one nobody can find."""
    key = key_of(one.place)
    if key not in gazetteer():
        return key not in case.places
    return any(same_place(key, place) for place in case.places)


@cache
def read_groups() -> frozenset[str]:
    """Every name under which a table is looked for, in lower case."""
    rows = table("groups").values()
    names = [name for row in rows for name in row.get("tables", ())]
    wider = [str(row["broader"]["table"]) for row in rows if "broader" in row]
    return frozenset(
        name.lower() for name in [*names, *(one for group in wider for one in table_names(group))]
    )
