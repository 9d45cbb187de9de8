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
    """A sum that changed hands or should have. `role` is '' when the words do not say.

    Where two ends are told (20,000 to 30,000; several hundred), `amount` is the lower one and `high` the other.
    """

    amount: Decimal
    currency: str
    role: str = ""
    high: Decimal | None = None

    @property
    def most(self) -> Decimal:
        """The upper end; of a sum told exactly the sum itself."""
        return self.amount if self.high is None else self.high

    def overlaps(self, other: Sum) -> bool:
        """Whether both can be one amount, whatever the currency."""
        return max(self.amount, other.amount) <= min(self.most, other.most)

    def __str__(self) -> str:
        ends = (self.amount,) if self.high is None else (self.amount, self.high)
        return f"{self.currency} {'–'.join(f'{end.normalize():f}' for end in ends)}"


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
    informed: bool = False  # says who told it that was nearer to it
    again: bool = False  # says of itself that it brings nothing new
    follow_up: bool = False
    document: bool = False  # a written report: compared by its words, names and day
    words: Words = NO_WORDS
    shingles: tuple[int, ...] = ()
