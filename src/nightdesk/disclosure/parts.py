"""Parts of a group by sex and age, and sums of numbers given for parts: the most they hold together, the least that covers.

Belongs here: adding up bounds of parts that are apart, and of parts that cover another. Does not belong here: what
that proves (cells), where the numbers come from (estimates).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from nightdesk.disclosure.ages import OLDEST, Ages

ANY = Ages(0, OLDEST)


class Part(NamedTuple):
    """People of one sex ('' for either) and of these ages."""

    sex: str = ""
    ages: Ages = ANY

    def holds(self, other: Part) -> bool:
        """Whether everybody of `other` is of this part."""
        return self.sex in ("", other.sex) and other.ages.within(self.ages)

    def apart(self, other: Part) -> bool:
        """Whether nobody can be of both."""
        sexes = bool(self.sex and other.sex and self.sex != other.sex)
        return sexes or self.ages.high < other.ages.low or other.ages.high < self.ages.low


class Cell(NamedTuple):
    """At least and at most so many of a part, with the numbers of the rows that say either."""

    part: Part
    low: int
    high: int
    low_by: int = 0
    high_by: int = 0


class Bound(NamedTuple):
    """A sum, the rows whose numbers were added, and these numbers."""

    value: int = 0
    rows: tuple[int, ...] = ()
    terms: tuple[int, ...] = ()

    def plus(self, other: Bound) -> Bound:
        """Both together."""
        if not other.rows:
            return self
        return Bound(self.value + other.value, self.rows + other.rows, self.terms + other.terms)


def single(value: int, row: int) -> Bound:
    """One row's number."""
    return Bound(value, (row,), (value,))


Spanned = tuple[
    int, int, Bound
]  # a band by the numbers of its first end and of the one behind it, with its number


def largest(found: Iterable[Bound]) -> Bound:
    """The largest, of equals the one from fewest rows; the same in whatever order they come."""
    return max(found, key=lambda one: (one.value, -len(one.rows), [-row for row in one.rows]))


def smallest(found: Iterable[Bound | None]) -> Bound | None:
    """The smallest, of equals the one from fewest rows; None when there is none."""
    return min(
        (one for one in found if one), key=lambda one: (one.value, len(one.rows), one.rows), default=None
    )


def packed(cells: Sequence[Cell]) -> Bound:
    """The most people that some of these cells, no two with a person in common, have together at least."""
    ends = ends_of(one.part for one in cells)
    last = len(ends) - 1
    both = spanned(cells, "", ends)
    women, men = (runs(spanned(cells, sex, ends), last) for sex in ("female", "male"))
    best = [Bound()]
    for end in range(1, last + 1):
        ways = [best[start].plus(women[start][end]).plus(men[start][end]) for start in range(end)]
        ways += [best[start].plus(one) for start, until, one in both if until == end]
        best.append(largest(ways))
    return best[-1]


def spanned(cells: Iterable[Cell], sex: str, ends: list[int]) -> list[Spanned]:
    """Low ends of the cells of one sex that count somebody, with their bands."""
    return [(*band_in(one.part, ends), single(one.low, one.low_by))
            for one in cells if one.part.sex == sex and one.low > 0]  # fmt: skip


def runs(bands: Sequence[Spanned], last: int) -> list[list[Bound]]:
    """For every start and end the most that bands of one sex between them hold."""
    table = []
    for begin in range(last + 1):
        row = [Bound()] * (last + 1)
        for end in range(begin + 1, last + 1):
            ways = [row[start].plus(one) for start, until, one in bands if until == end and start >= begin]
            row[end] = largest([row[end - 1], *ways])
        table.append(row)
    return table


def covered(cells: Sequence[Cell], asked: Part, spared: Part | None = None) -> Bound | None:
    """The fewest people that cells which cover `asked`, but for whoever is `spared`, have at most; None: no cover."""
    only = [one for one in cells if not one.part.apart(asked)]
    ends = ends_of([asked, *(one.part for one in only), *([spared] if spared else [])])
    last = len(ends) - 1
    need = {sex: [lacking(Part(sex, Ages(ends[n], ends[n + 1] - 1)), asked, spared) for n in range(last)]
            for sex in ("female", "male")}  # fmt: skip
    women, men = (ways_over(topped(only, sex, ends), need[sex], last) for sex in need)
    best: list[Bound | None] = [Bound(), *[None] * last]
    for start in range(last):
        here = best[start]
        if here is None:
            continue
        for end in range(start + 1, last + 1):
            one, other = women[start][end], men[start][end]
            best[end] = smallest([best[end], here.plus(one).plus(other) if one and other else None])
        further(best, start, topped(only, "", ends))
    return best[last]


def topped(cells: Iterable[Cell], sex: str, ends: list[int]) -> list[Spanned]:
    """High ends of the cells of one sex, with their bands."""
    return [(*band_in(one.part, ends), single(one.high, one.high_by)) for one in cells if one.part.sex == sex]


def ways_over(bands: Sequence[Spanned], need: Sequence[bool], last: int) -> list[list[Bound | None]]:
    """For every start and end the cheapest cover, by bands of one sex, of what is needed between them."""
    table = []
    for begin in range(last + 1):
        row: list[Bound | None] = [None] * (last + 1)
        row[begin] = Bound()
        for at in range(begin, last):
            if row[at] is not None:
                if not need[at]:
                    row[at + 1] = smallest([row[at + 1], row[at]])
                further(row, at, bands)
        table.append(row)
    return table


def further(row: list[Bound | None], at: int, bands: Iterable[Spanned]) -> None:
    """Covers that go on from here with one more band."""
    here = row[at]
    for start, until, one in bands:
        if here is not None and start <= at < until:
            for end in range(at + 1, until + 1):
                row[end] = smallest([row[end], here.plus(one)])


def lacking(atom: Part, asked: Part, spared: Part | None) -> bool:
    """Whether these people have to be covered."""
    return asked.holds(atom) and not (spared and spared.holds(atom))


def ends_of(parts: Iterable[Part]) -> list[int]:
    """Where a band begins, or the one behind it would, in order."""
    return sorted({end for one in parts for end in (one.ages.low, one.ages.high + 1)})


def band_in(part: Part, ends: list[int]) -> tuple[int, int]:
    """A band by the numbers of its ends."""
    return bisect_left(ends, part.ages.low), bisect_left(ends, part.ages.high + 1)
