"""Money as a decimal with a currency, and how the house writes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in major units (yuan, not fen) of an ISO 4217 currency, or of a scheme that says so."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Rate:
    """One unit of `currency` is `value` units of `to` on day `on`, according to `source`."""

    currency: str
    to: str
    value: Decimal
    on: date
    source: str


def convert(money: Money, rate: Rate) -> Money:
    """The sum in the rate's target currency, unrounded.

    Raises ValueError when the rate is for another currency.
    """
    if money.currency != rate.currency:
        raise ValueError(f"a rate for {rate.currency} cannot convert {money.currency}")
    return Money(money.amount * rate.value, rate.to)


def round_significant(amount: Decimal, figures: int) -> Decimal:
    """`amount` to `figures` significant figures, halves away from zero: 2804 to two is 2800."""
    if amount == 0:
        return amount
    quantum = Decimal(1).scaleb(amount.adjusted() - figures + 1)
    return Decimal(int((amount / quantum).quantize(Decimal(1), ROUND_HALF_UP))) * quantum
