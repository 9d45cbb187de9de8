"""Exchange rates of a day, from the European Central Bank's reference rates (units per euro).

The tables are given by the caller (the desk loads them); nothing here reads a file or a clock. A
currency without a rate is refused aloud: the desk enters its own market rate instead of a guess.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from itertools import chain

from nightdesk.values.money import Rate

BASE = "EUR"
SOURCE = "European Central Bank"


class NoRate(LookupError):
    """There is no rate to convert with; the message says what to do."""


class RateTable:
    """Reference rates per euro by currency and day."""

    def __init__(self, per_euro: Mapping[str, Mapping[date, Decimal]], source: str = SOURCE) -> None:
        """`per_euro[currency][day]` is how many units one euro was worth. EUR itself is not needed."""
        self._days = {code: sorted(rates) for code, rates in per_euro.items()}
        self._rates = {code: dict(rates) for code, rates in per_euro.items()}
        self.source = source

    def latest(self, currency: str, to: str, on: date) -> Rate:
        """The rate of `on`, or of the latest earlier day that both currencies have, dated with that day.

        Raises NoRate for a currency that the table does not have, and for a day before its first.
        """
        for code in (currency, to):
            self._known(code)
        day = self._last_common(currency, to, on)
        return Rate(currency, to, self._per_euro(to, day) / self._per_euro(currency, day), day, self.source)

    def _known(self, code: str) -> None:
        if code != BASE and not self._days.get(code):
            raise NoRate(f"no {self.source} rate for {code}; enter the desk's own market rate")

    def _last_common(self, currency: str, to: str, on: date) -> date:
        sides = [self._days[code] for code in {currency, to} if code != BASE]
        day = on
        while sides:
            found = [_at_or_before(days, day) for days in sides]
            if None in found:
                raise NoRate(
                    f"no {self.source} rate for {currency} in {to} on {on.isoformat()} or before; "
                    "enter the desk's own market rate"
                )
            earliest = min(d for d in found if d is not None)
            if all(d == earliest for d in found):
                return earliest
            day = earliest
        return on  # euro to euro: one, on any day

    def _per_euro(self, code: str, day: date) -> Decimal:
        return Decimal(1) if code == BASE else self._rates[code][day]

    def days(self) -> tuple[date, ...]:
        """Every day with a rate, in order."""
        return tuple(sorted(set(chain.from_iterable(self._days.values()))))


def _at_or_before(days: list[date], on: date) -> date | None:
    place = bisect_right(days, on)
    return days[place - 1] if place else None
