"""What rows of one group, place and time prove about a part of it by sex and age, and nothing beyond.

Everybody counted is female or male, and of one age: so the parts of a row cannot hold more people than the row, and
a whole holds no more than parts that cover it. Bounds are sums and differences of bounds somebody gave; another row
only adds ways to reach one, so it never widens an interval, and the order of rows does not matter. Belongs here: what
follows from the numbers. Does not belong here: whom a story describes (traits), which rows are in force (estimates).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from nightdesk.disclosure.parts import Bound, Cell, Part, covered, packed


class Proven(NamedTuple):
    """An end of an interval: its value, the rows behind it, and the reckoning (12 − 9) where there is one."""

    value: int
    rows: tuple[int, ...]
    how: str = ""


def cells_of(rows: Iterable[Cell]) -> tuple[Cell, ...]:
    """One cell a part, with the highest low end and the lowest high end that any row gives it."""
    found: dict[Part, Cell] = {}
    for one in sorted(rows):
        known = found.setdefault(one.part, one)
        if one.low > known.low:
            known = known._replace(low=one.low, low_by=one.low_by)
        if one.high < known.high:
            known = known._replace(high=one.high, high_by=one.high_by)
        found[one.part] = known
    return tuple(sorted(found.values()))


def most(cells: Sequence[Cell], asked: Part) -> Proven | None:
    """The fewest people that the part is shown to have at most; None where nothing shows it."""
    ways = []
    if all_of := covered(cells, asked):
        ways.append(
            Proven(
                all_of.value, all_of.rows, " + ".join(f"{one:,}" for one in all_of.terms[1:] and all_of.terms)
            )
        )
    for whole in cells:
        if whole.part.holds(asked):
            rest = packed([one for one in cells if whole.part.holds(one.part) and one.part.apart(asked)])
            ways.append(left(whole.high, whole.high_by, rest))
    return min(ways, key=lambda way: (way.value, len(way.rows), way.rows), default=None)


def least(cells: Sequence[Cell], asked: Part) -> Proven:
    """The most people that the part is shown to have at least: 0 where nothing shows more."""
    inside = packed([one for one in cells if asked.holds(one.part)])
    ways = [Proven(inside.value, inside.rows)]
    for whole in cells:
        if whole.part.holds(asked) and whole.low > inside.value:
            rest = covered(cells, whole.part, asked)
            if rest is not None:
                ways.append(left(whole.low, whole.low_by, rest))
    return max(ways, key=lambda way: (way.value, -len(way.rows), [-row for row in way.rows]))


def left(whole: int, by: int, rest: Bound) -> Proven:
    """What the rest leaves of a whole."""
    if not rest.rows:
        return Proven(whole, (by,))
    return Proven(max(0, whole - rest.value), (by, *rest.rows), f"{whole:,} − {rest.value:,}")
