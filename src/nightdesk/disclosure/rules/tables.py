"""The newsroom's tables themselves: contradictory, impossible to date, or read by no rule. Never used in silence.

Belongs here: what is wrong with a table whatever the story says. Does not belong here: whom it counts (groups).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from datetime import date
from functools import cache, lru_cache
from itertools import combinations, islice
from typing import Any

from nightdesk.disclosure.case import Case
from nightdesk.disclosure.counting import PARTS, alike, laid
from nightdesk.disclosure.describing import described, groups
from nightdesk.disclosure.estimates import days_of, expired, month, part_of, told
from nightdesk.disclosure.findings import finding
from nightdesk.disclosure.lookup import Lookup
from nightdesk.disclosure.model import Finding, GroupTable
from nightdesk.disclosure.parts import Cell, covered, packed
from nightdesk.disclosure.rules.judging import table_names, tables_of
from nightdesk.disclosure.whereabouts import key_of, same_place
from nightdesk.disclosure.words import table
from nightdesk.values.places import gazetteer

NAMED = 5  # tables that a sentence lists


def tables_sound(case: Case) -> Iterator[Finding]:
    """What is wrong with the tables by themselves, then those that this story should have been judged by."""
    yield from wrong(case.lookup, case.on)
    for group in sorted(told_of(case)):
        yield from parts(tables_of(case, group), case.on)
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
            yield finding("small group", "amber", key, (), for_="subject", **said_of(one, key))


def said_of(one: GroupTable, key: str) -> dict[str, Any]:
    """A row's values for the sentence; a part that cannot be read is no part's name."""
    values = told(one)
    if key == "group_part_unclear":
        values |= {"part": ", ".join(values.pop(name) for name in ("sex", "age") if name in values)}
    return values


def doubt(one: GroupTable, on: date) -> str:
    """Why a table is not to be relied on, by the key of the sentence; '' when nothing speaks against it."""
    since, until = month(one.as_of), month(one.expires)
    if until is None:
        return "group_expiry_unclear"
    if one.when and days_of(one.when) is None:
        return "group_when_unclear"
    if part_of(one) is None:
        return "group_part_unclear"
    if since is None or since > until or since > (on.year, on.month):
        return "group_age_unclear"
    # None of a part is worth a row: it says something of the rest.
    return "group_nobody" if one.high == 0 and not (one.sex or one.age) else ""


def disagreeing(tables: tuple[GroupTable, ...], on: date) -> Iterator[Finding]:
    """Two tables in force that count the same people and share no number: one of them is wrong."""
    ends: dict[Hashable, tuple[GroupTable, GroupTable]] = {}  # the highest low end, and the lowest high end
    for one in sorted(tables, key=lambda one: (one.high, one.low, one.basis)):
        if one.low > one.high or expired(one, on):
            continue
        same = (
            one.group.lower(),
            key_of(one.place),
            days_of(one.when) or one.when,
            part_of(one) or (one.sex, one.age),
        )
        above, below = ends.get(same, (one, one))
        other = above if one.high < above.low else below
        if one.high < other.low or other.high < one.low:
            yield finding("small group", "red", "group_disagree", (), for_="subject", **told(one),
                          other_low=other.low, other_high=other.high)  # fmt: skip
        ends[same] = one if one.low > above.low else above, one if one.high < below.high else below


def told_of(case: Case) -> set[str]:
    """Every group the story describes somebody of: what is wrong with parts of others judges nobody here."""
    return {one.group for passage in case.passages for lang, said in passage.said.items()
            for one in described(said.paragraph.text, lang) if not groups()[one.group].get("actor")}  # fmt: skip


@lru_cache(maxsize=64)
def parts(rows: tuple[GroupTable, ...], on: date) -> tuple[Finding, ...]:
    """Parts by sex and age that do not go with each other or with their whole; too many of them. Kept, as above."""
    if not any(one.sex or one.age for one in rows):
        return ()
    return tuple(found for same in alike(rows, on).values() for found in of_parts(same, laid(same)))


def of_parts(rows: Sequence[GroupTable], cells: Sequence[Cell]) -> Iterator[Finding]:
    """The same of one group, place and time: of several contradictions the first, for the next may go with it."""
    if len(cells) > PARTS:
        yield finding("small group", "amber", "group_too_many_parts", (), for_="subject", group=rows[0].group,
                      place=rows[0].place, count=len(cells), most=PARTS)  # fmt: skip
        return
    yield from islice(against_wholes(rows, cells), 1)
    yield from overlapping(rows[0], cells)


def against_wholes(rows: Sequence[GroupTable], cells: Sequence[Cell]) -> Iterator[Finding]:
    """A whole that its parts do not leave room for, or do not fill."""
    for whole in cells:
        others = [one for one in cells if one != whole]
        inside = packed([one for one in others if whole.part.holds(one.part)])
        over = covered(others, whole.part)
        if inside.value > whole.high:
            yield finding("small group", "red", "group_parts_more", (), for_="subject", **told(rows[whole.high_by]),
                          other_low=inside.value)  # fmt: skip
        elif over is not None and over.value < whole.low:
            yield finding("small group", "red", "group_parts_fewer", (), for_="subject", **told(rows[whole.low_by]),
                          other_high=over.value)  # fmt: skip


def overlapping(row: GroupTable, cells: Sequence[Cell]) -> Iterator[Finding]:
    """Bands of one sex that share years though neither holds the other."""
    for one, other in combinations(sorted({cell.part for cell in cells}), 2):
        if one.sex == other.sex and one.ages.low < other.ages.low <= one.ages.high < other.ages.high:
            yield finding("small group", "note", "group_ages_overlap", (), for_="subject", group=row.group,
                          place=row.place, sex=one.sex, ages=[str(one.ages), str(other.ages)])  # fmt: skip


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
