"""Rows of the newsroom's tables read together: how many fit a description of a sex and an age, place by place.

Only rows of one group under one name, one place, one time and one edition are reckoned with each other: what is said of
nurses proves nothing of doctors, a town's row nothing of another's parts, and the men of March nothing of the women of
November, for people come and go. Kept, because tables do not change while one
types. Belongs here: from rows to rows. Does not belong here: what a story tells (facts, traits), how grave it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import combinations

from nightdesk.disclosure.cells import Proven, cells_of, least, most
from nightdesk.disclosure.estimates import asked, basis, countable, days_of, month, part_of
from nightdesk.disclosure.model import GroupTable
from nightdesk.disclosure.parts import ANY, Cell, Part
from nightdesk.disclosure.traits import Who
from nightdesk.disclosure.whereabouts import key_of

PARTS = 60  # of one group, place and time: more are not reckoned with each other, and `rules.tables` says so


@lru_cache(maxsize=256)
def fitting(rows: tuple[GroupTable, ...], on: date, who: Who) -> tuple[GroupTable, ...]:
    """A row a place and time, with what all of them prove together; more where sex or age narrow it.

    Each names in `sex` and `age` what of `who` it needs. Nothing of a part that the tables say nobody is of.
    """
    found: list[GroupTable] = []
    for same in alike(rows, on).values():
        found += narrowing(same, who)
    return tuple(found)


def alike(rows: Iterable[GroupTable], on: date) -> dict[Hashable, list[GroupTable]]:
    """Rows in force by group, place, time and edition, in an order of their own."""
    found: dict[Hashable, list[GroupTable]] = defaultdict(list)
    for one in rows:
        if countable(one, on):
            found[one.group.lower(), key_of(one.place), days_of(one.when) or "", edition(one)].append(one)
    for same in found.values():
        same.sort(key=lambda one: (one.high, one.low, basis(one), one.expires, one.sex, one.age))
    return found


def edition(one: GroupTable) -> tuple[int, int] | str:
    """The month whose people a row counts; '' of a time that was over when they were counted, for it stays as it was."""
    counted, span = month(one.as_of), days_of(one.when) if one.when else None
    if counted and span and (span[1].year, span[1].month) < counted:
        return ""
    return counted or one.as_of


def narrowing(rows: Sequence[GroupTable], who: Who) -> Iterator[GroupTable]:
    """What these rows prove of anybody, of the sex, of the age, of both: each where it is fewer than by less."""
    fewest: dict[Who, int] = {}
    for known in subsets(who):
        row = proven(rows, known)
        wider = [high for less, high in fewest.items() if implied(less, known)]
        if row is not None and row.high < min(wider, default=row.high + 1):
            fewest[known] = row.high
            yield row


def subsets(who: Who) -> Iterator[Who]:
    """Nothing of what is said, one of both, all of it."""
    told = [name for name in ("sex", "age") if getattr(who, name)]
    for count in range(len(told) + 1):
        for names in combinations(told, count):
            yield Who(**{name: getattr(who, name) for name in names})


def implied(less: Who, more: Who) -> bool:
    """Whether `more` says all of `less`."""
    return less.sex in ("", more.sex) and less.age in (None, more.age)


def proven(rows: Sequence[GroupTable], who: Who) -> GroupTable | None:
    """One row of whom `who` says, with the interval that these rows prove; None where they prove no high end."""
    cells = laid(rows)
    if len(cells) > PARTS:
        holding = [one for one in cells if one.part.holds(asked(who))]
        cells = (min(holding, key=lambda one: (one.high, one.part)),) if holding else ()
    high = most(cells, asked(who))
    if high is None:
        return None
    low = least(cells, asked(who))
    if (
        high.value < low.value
    ):  # the rows contradict each other, which is a finding of its own: nothing shows a low end
        same = [rows[number].low for number in high.rows if part_of(rows[number]) == asked(who)]
        low = Proven(min(same, default=0), high.rows)
    return joined(rows, low, high, who)


def laid(rows: Sequence[GroupTable]) -> tuple[Cell, ...]:
    """Rows as cells, by their numbers."""
    return cells_of(Cell(part_of(one) or Part("", ANY), one.low, one.high, number, number)
                    for number, one in enumerate(rows))  # fmt: skip


def joined(rows: Sequence[GroupTable], low: Proven, high: Proven, who: Who) -> GroupTable:
    """A row with the proven interval, every basis behind it, the oldest month and the first expiry."""
    behind = [rows[number] for number in dict.fromkeys((*high.rows, *low.rows))]
    own = {"sex": who.sex, "age": str(who.age) if who.age else ""}
    of = "; ".join(dict.fromkeys(one.basis for one in behind)) + (f" ({high.how})" if high.how else "")
    return replace(behind[0], low=low.value, high=high.value, basis=of, as_of=min(one.as_of for one in behind),
                   expires=min(one.expires for one in behind), **own)  # fmt: skip
