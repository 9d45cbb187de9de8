"""The facts of one account: values that can be compared, and nothing else of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from nightdesk.values.dates import DateSpan

Kind = Literal["act", "campaign", "pattern", "survey", "spam", "nothing"]


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum that changed hands or should have. `role` is '' when the words do not say."""

    amount: Decimal
    currency: str
    role: str = ""

    def __str__(self) -> str:
        return f"{self.currency} {self.amount.normalize():f}"


@dataclass(frozen=True, slots=True)
class Facts:
    """What one account says, in values that can be compared."""

    kind: Kind
    places: frozenset[str] = frozenset()  # gazetteer keys of towns, counties or provinces
    districts: frozenset[str] = frozenset()
    dates: tuple[DateSpan, ...] = ()  # of the event
    deadlines: frozenset[date] = frozenset()
    sums: tuple[Sum, ...] = ()
    acts: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()
    agencies: frozenset[str] = frozenset()
    details: frozenset[str] = frozenset()
    counts: frozenset[tuple[str, int]] = frozenset()
    hearsay: bool = False
    follow_up: bool = False
    tokens: tuple[str, ...] = ()
    shingles: frozenset[str] = field(default=frozenset(), repr=False)
    text: str = field(default="", repr=False)  # lower case: the whole words that tokens come from
