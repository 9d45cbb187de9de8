"""The facts of one account: values that can be compared, and nothing else of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from nightdesk.corroboration.words import Words
from nightdesk.values.dates import DateSpan

NO_WORDS = Words()
AGE = "years of age"  # what is counted in the ages a written report tells
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
    denies: frozenset[str] = frozenset()  # fields in which the teller sets right what others have said
    wrong: frozenset[str] = frozenset()  # values that the teller calls wrong, as `denied.known` writes them
    hearsay: bool = False
    again: bool = False  # says of itself that it brings nothing new
    follow_up: bool = False
    document: bool = False  # a written report: compared by its words, names and day
    words: Words = NO_WORDS
    shingles: tuple[int, ...] = ()
