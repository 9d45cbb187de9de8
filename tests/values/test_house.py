"""How the house writes sums and days."""

from datetime import date
from decimal import Decimal

import pytest

from nightdesk.values.dates import DateSpan, span
from nightdesk.values.house import house_date, house_money, scheme
from nightdesk.values.money import Money

YUAN = Money(Decimal(20000), "CNY")
DOLLARS = Money(Decimal("2804.11"), "USD")


@pytest.mark.parametrize(
    ("lang", "alone", "with_dollars"),
    [
        ("en", "RMB 20,000", "RMB 20,000 (around USD 2,800)"),
        ("ko", "2만 위안", "2만 위안(약 2800달러)"),
        ("zh", "2万元人民币", "2万元人民币（约2800美元）"),
    ],
)
def test_a_sum_is_written_in_house_style(lang: str, alone: str, with_dollars: str) -> None:
    assert house_money(YUAN, None, lang) == alone
    assert house_money(YUAN, DOLLARS, lang) == with_dollars


@pytest.mark.parametrize(
    ("amount", "currency", "lang", "said"),
    [
        ("5800", "KPW", "en", "KPW 5,800"),
        ("5800", "KPW", "ko", "5800원"),
        ("15000", "CNY", "ko", "1만5천 위안"),
        ("230000000", "KPW", "ko", "2억3000만원"),
        ("0.05", "BTC", "en", "0.05 BTC"),
        ("12.50", "USD", "en", "USD 12.5"),
        ("0", "USD", "ko", "0달러"),
        ("1E+6", "KPW", "en", "KPW 1,000,000"),
    ],
)
def test_figures_are_grouped_as_each_language_does(amount: str, currency: str, lang: str, said: str) -> None:
    assert house_money(Money(Decimal(amount), currency), None, lang) == said


def test_the_converted_sum_has_as_many_figures_as_asked() -> None:
    assert house_money(YUAN, DOLLARS, "en", figures=3) == "RMB 20,000 (around USD 2,800)"
    assert house_money(YUAN, Money(Decimal("2846"), "USD"), "en", figures=3).endswith("USD 2,850)")


def test_an_unknown_currency_or_language_is_refused() -> None:
    with pytest.raises(ValueError, match="XAU"):
        house_money(Money(Decimal(1), "XAU"), None, "en")
    with pytest.raises(ValueError, match="fr"):
        house_money(YUAN, None, "fr")


def test_a_currency_says_its_scheme() -> None:
    assert scheme("CNY") == "ISO 4217"
    assert scheme("BTC") == "not ISO 4217"


@pytest.mark.parametrize(
    ("first", "last", "en", "ko", "zh"),
    [
        ((2023, 12, 15), (2023, 12, 15), "15 December 2023", "2023년 12월 15일", "2023年12月15日"),
        ((2023, 12, 1), (2023, 12, 31), "December 2023", "2023년 12월", "2023年12月"),
        ((2023, 1, 1), (2023, 12, 31), "2023", "2023년", "2023年"),
        ((2023, 12, 4), (2023, 12, 10), "4–10 December 2023", "2023년 12월 4~10일", "2023年12月4日至10日"),
    ],
)
def test_days_are_written_as_short_as_they_are_exact(first, last, en, ko, zh) -> None:
    days = span(date(*first), date(*last))
    assert [house_date(days, lang) for lang in ("en", "ko", "zh")] == [en, ko, zh]


def test_an_open_side_and_an_unknown_day_say_so() -> None:
    assert house_date(span(date(2023, 12, 22), None), "ko") == "2023년 12월 22일 이후"
    assert house_date(span(None, date(2023, 12, 20)), "en") == "until 20 December 2023"
    assert house_date(DateSpan(None, None, "../.."), "en") == "at an unknown time"
    assert house_date(span(date(9999, 12, 1), date.max), "en") == "December 9999"
