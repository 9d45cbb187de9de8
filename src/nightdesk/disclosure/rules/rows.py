"""Rows of a public table: small cells, what is left when they are taken from a total, and what changed since."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from nightdesk.disclosure.case import Case
from nightdesk.disclosure.findings import finding
from nightdesk.disclosure.model import DatasetRow, Finding, FindingClass

SMALL = 5  # fewer people than that in a cell know each other's names
NEARLY = 2
CHANGED = 3  # so few rows that changed stand alone beside the last release
TOTAL = frozenset(["total", "all", "합계", "전체", "总计", "全部"])


def rows(case: Case) -> Iterator[Finding]:
    """All that the rows tell, alone and beside what readers have."""
    now, before = case.evidence.rows, case.evidence.rows_before
    yield from small_cells(now)
    yield from complements(now)
    if before:
        yield from moved(now, before)
        yield from appeared(now, before)


def numbers(row: DatasetRow) -> dict[str, int]:
    """Columns that count; a year is none."""
    return {name: value for name, value in row.values.items()
            if isinstance(value, int) and not name.lower().endswith("year")}  # fmt: skip


def described(row: DatasetRow) -> dict[str, str]:
    """Columns that say of what."""
    return {
        name: str(value)
        for name, value in row.values.items()
        if name not in numbers(row) and value is not None
    }


def small_cells(now: Sequence[DatasetRow]) -> Iterator[Finding]:
    """Counts from one to four."""
    for row in now:
        for column, value in numbers(row).items():
            if 0 < value < SMALL:
                yield of_row("small group", "row_small", row, column, value=value)


def complements(now: Sequence[DatasetRow]) -> Iterator[Finding]:
    """A total whose published parts leave one to four: the part that was held back can be counted."""
    for total in now:
        for name, word in described(total).items():
            if word.lower() not in TOTAL:
                continue
            others = {k: v for k, v in described(total).items() if k != name}
            parts = [row for row in now if row is not total and name in described(row)
                     and {k: v for k, v in described(row).items() if k != name} == others]  # fmt: skip
            for column, value in numbers(total).items() if parts else ():
                rest = value - sum(numbers(row).get(column, 0) for row in parts)
                if 0 < rest < SMALL:
                    yield of_row("small group", "row_complement", total, column, value=rest)


def moved(now: Sequence[DatasetRow], before: Sequence[DatasetRow]) -> Iterator[Finding]:
    """A number that is one or two away from what readers have for the same row."""
    known = {tuple(sorted(described(row).items())): row for row in before} | {row.id: row for row in before}
    for row in now:
        old = known.get(tuple(sorted(described(row).items()))) or known.get(row.id)
        for column, value in numbers(row).items() if old else ():
            was = numbers(old).get(column) if old else None
            if was is not None and 0 < abs(value - was) <= NEARLY:
                yield of_row("history", "row_moved", row, column, then=was, now=value)


def appeared(now: Sequence[DatasetRow], before: Sequence[DatasetRow]) -> Iterator[Finding]:
    """Few rows that are new or gone: whoever lays both tables side by side sees these alone."""
    old, new = {row.id for row in before}, {row.id for row in now}
    changed = sorted(old ^ new)
    if 0 < len(changed) <= CHANGED:
        yield finding(
            "history", "amber", "row_appeared", (), for_="subject", reader="later reader", words=changed
        )


def of_row(class_: FindingClass, why_key: str, row: DatasetRow, column: str, **values: Any) -> Finding:
    """The finding of one number in one row."""
    return finding(class_, "red", why_key, (), for_="subject", reader="later reader", row=row.id, column=column,
                   **values)  # fmt: skip
