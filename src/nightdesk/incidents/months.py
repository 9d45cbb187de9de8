"""Counts by year and month, with the reporting effort beside them, and what they cannot say.

An act whose bounds span several months is counted once, in its earliest month, and flagged: the
month is then a choice of ours, not a fact. An act without a first day is counted nowhere, and said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

YearMonth = tuple[int, int]


class Bounded(Protocol):
    """What is counted: an act, or its two days alone."""

    @property
    def earliest(self) -> date | None: ...
    @property
    def latest(self) -> date | None: ...


# Three years at one event a month show a real year-end rise in fewer than four of ten cases
# when we measured it: below these, the honest word is "cannot tell".
FEWEST_YEARS = 5
FEWEST_ACTS = 60


@dataclass(frozen=True, slots=True)
class MonthTable:
    """Acts by (year, month). `spread`: of those, how many have bounds in more than that month."""

    years: tuple[int, ...]
    counts: Mapping[YearMonth, int]
    spread: Mapping[YearMonth, int]
    undated: int
    effort: Mapping[YearMonth, int] = field(default_factory=dict)  # reports received, same keys

    def row(self, year: int) -> tuple[int, ...]:
        """The twelve counts of one year, January first."""
        return tuple(self.counts.get((year, month), 0) for month in range(1, 13))

    @property
    def total(self) -> int:
        """Acts counted in some month."""
        return sum(self.counts.values())


def month_table(
    acts: Iterable[Bounded] | Mapping[Bounded, int], reports_by_month: Mapping[YearMonth, int] | None = None
) -> MonthTable:
    """Acts counted by the month of their earliest day; `reports_by_month` is the effort beside them.

    Of acts that were counted by their days before, a mapping says how many have each.
    """
    counts: Counter[YearMonth] = Counter()
    spread: Counter[YearMonth] = Counter()
    undated = 0
    for act, n in acts.items() if isinstance(acts, Mapping) else ((act, 1) for act in acts):
        if act.earliest is None:
            undated += n
            continue
        month = (act.earliest.year, act.earliest.month)
        counts[month] += n
        spread[month] += n * _spans_months(act)
    effort = dict(sorted((reports_by_month or {}).items()))
    return MonthTable(_years(counts, effort), dict(sorted(counts.items())), dict(+spread), undated, effort)


def _spans_months(act: Bounded) -> bool:
    if act.earliest is None:
        return False
    # No last day: it may have been any later month.
    return act.latest is None or (act.latest.year, act.latest.month) != (
        act.earliest.year,
        act.earliest.month,
    )


def _years(counts: Mapping[YearMonth, int], effort: Mapping[YearMonth, int]) -> tuple[int, ...]:
    named = [year for year, _ in (*counts, *effort)]
    return tuple(range(min(named), max(named) + 1)) if named else ()


def seasonality_note(table: MonthTable) -> str:
    """What may be said of a season, as a key: the desk has the sentence in each language.

    cannot_tell_years, cannot_tell_acts: too few; cannot_tell_effort: no count of reports beside the
    acts, so that a month with many acts may only be a month with many calls; compare_with_effort.
    """
    if len({year for year, _ in table.counts}) < FEWEST_YEARS:
        return "cannot_tell_years"
    if table.total < FEWEST_ACTS:
        return "cannot_tell_acts"
    if any(month not in table.effort for month in table.counts):
        return "cannot_tell_effort"
    return "compare_with_effort"
