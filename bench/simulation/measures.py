"""Rates with their bounds. Belongs here: arithmetic. Does not belong here: anything that knows a story."""

from __future__ import annotations

from math import comb


def upper(missed: int, of: int, level: float = 0.95) -> float:
    """The upper end of the two-sided Clopper-Pearson interval."""
    if not of or missed >= of:
        return 1.0
    low, high = missed / of, 1.0
    for _ in range(40):
        middle = (low + high) / 2
        tail = sum(comb(of, n) * middle**n * (1 - middle) ** (of - n) for n in range(missed + 1))
        low, high = (middle, high) if tail > (1 - level) / 2 else (low, middle)
    return high
