"""A rate is of its day or of the latest day before, and a currency without one is refused."""

from datetime import date
from decimal import Decimal

import pytest

from nightdesk.values.money import Money, convert
from nightdesk.values.rates import NoRate, RateTable

FRIDAY, SATURDAY, MONDAY = date(2023, 12, 15), date(2023, 12, 16), date(2023, 12, 18)
TABLE = RateTable(
    {
        "CNY": {FRIDAY: Decimal("7.80"), MONDAY: Decimal("7.70")},
        "USD": {FRIDAY: Decimal("1.10"), MONDAY: Decimal("1.09")},
    }
)


def test_the_rate_of_the_day_is_taken_across_the_euro() -> None:
    rate = TABLE.latest("CNY", "USD", FRIDAY)
    assert (rate.on, rate.source) == (FRIDAY, "European Central Bank")
    assert convert(Money(Decimal(7800), "CNY"), rate).amount.quantize(Decimal("0.01")) == Decimal("1100.00")


def test_a_day_without_a_rate_takes_the_latest_earlier_one_and_its_date() -> None:
    assert TABLE.latest("CNY", "USD", SATURDAY).on == FRIDAY
    assert TABLE.latest("CNY", "USD", date(2024, 1, 5)).on == MONDAY


def test_both_sides_are_of_the_same_day() -> None:
    table = RateTable({"CNY": {FRIDAY: Decimal(8), MONDAY: Decimal(7)}, "USD": {FRIDAY: Decimal(1)}})
    assert table.latest("CNY", "USD", MONDAY).on == FRIDAY


def test_the_euro_needs_no_row() -> None:
    assert TABLE.latest("EUR", "USD", FRIDAY).value == Decimal("1.10")
    assert TABLE.latest("EUR", "EUR", FRIDAY).value == 1


def test_a_currency_without_a_rate_says_what_to_do() -> None:
    with pytest.raises(
        NoRate, match="no European Central Bank rate for KPW; enter the desk's own market rate"
    ):
        TABLE.latest("KPW", "USD", FRIDAY)


def test_a_day_before_the_first_rate_is_refused() -> None:
    with pytest.raises(NoRate, match="on 2001-01-01 or before"):
        TABLE.latest("CNY", "USD", date(2001, 1, 1))
