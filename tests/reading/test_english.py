"""English times, lengths, recurrences and sums: one line a way of saying it, and laws where there are some."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.reading import Span, read
from nightdesk.reading.numerals import number
from nightdesk.reading.years import year

ON = date(2023, 12, 15)  # a Friday


def only(text: str, kind: str, on: date = ON) -> Span:
    (span,) = [s for s in read(text, "en", on).spans if s.kind == kind]
    return span


def kinds(text: str) -> set[str]:
    return {s.kind for s in read(text, "en", ON).spans}


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("at 4 in the morning", "04:00", "04:00"),
        ("7:40pm", "19:40", "19:40"),
        ("7.40 pm", "19:40", "19:40"),
        ("615 a.m.", "06:15", "06:15"),
        ("16h45", "16:45", "16:45"),
        ("at 0630 hours", "06:30", "06:30"),
        ("2100 hrs", "21:00", "21:00"),
        ("eleven twenty-five pm", "23:25", "23:25"),
        ("ten past eight", "08:10", "08:10"),
        ("a quarter to noon", "11:45", "11:45"),
        ("twenty minutes to five pm", "16:40", "16:40"),
        ("half past nine in the evening", "21:30", "21:30"),
        ("six o'clock in the evening", "18:00", "18:00"),
        ("from 8am to 3", "08:00", "15:00"),
        ("2-4pm", "14:00", "16:00"),
        ("11-1:30 pm", "11:00", "13:30"),
        ("between 6 and 8 in the evening", "18:00", "20:00"),
        ("from 10 pm for three hours", "22:00", "01:00"),
        ("before 11 am", None, "11:00"),
        ("after 9 pm", "21:00", None),
        ("at midnight", "00:00", "00:00"),
        ("late afternoon", "15:00", "18:00"),
    ],
)
def test_a_time_is_read_as_english_says_it(text: str, begin: str | None, end: str | None) -> None:
    value = only(text, "time").value
    assert (value["from"], value["to"]) == (begin, end)


@pytest.mark.parametrize(
    ("text", "day", "at"),
    [
        ("tonight at 9", "2023-12-15", "21:00"),
        ("at 5 tomorrow afternoon", "2023-12-16", "17:00"),
        ("Monday morning at 7", "2023-12-11", "07:00"),
        ("this afternoon at 2:15", "2023-12-15", "14:15"),
        ("8 pm on Thursday", "2023-12-14", "20:00"),
    ],
)
def test_a_clock_beside_a_part_of_the_day_stands_in_that_part(text: str, day: str, at: str) -> None:
    assert only(text, "date").value["edtf"] == day
    assert only(text, "time").value["at"] == at


def test_words_for_a_day_and_a_part_of_it_say_both() -> None:
    assert only("last night", "date").value == {
        "edtf": "2023-12-14", "earliest": "2023-12-14", "latest": "2023-12-14",
        "part": "tonight", "from": "18:00", "to": "24:00",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("two and a half years", "P2.5Y"), ("an hour and a half", "PT1.5H"), ("3 hours and 20 minutes", "PT3H20M"),
        ("half a day", "PT12H"), ("three quarters of an hour", "PT45M"), ("90 mins", "PT90M"), ("a couple of weeks", "P2W"),
        ("ten-day", "P10D"), ("the whole week", "P1W"), ("a dozen years", "P12Y"), ("2h 15min", "PT2H15M"),
    ],
)  # fmt: skip
def test_a_length_is_read_as_english_says_it(text: str, iso: str) -> None:
    assert only(text, "duration").value["iso"] == iso


def test_a_few_of_them_have_a_shortest_and_a_longest_length() -> None:
    value = only("for several months", "duration").value
    assert (value["iso"], value["longest"]) == ("P2M", "P8M")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("every other Tuesday", {"every": "P2W", "weekday": 2}),
        ("every three months", {"every": "P3M"}),
        ("twice a week", {"every": "P1W", "times": 2}),
        ("four times a year", {"every": "P1Y", "times": 4}),
        ("on Sundays", {"every": "P1W", "weekday": 7}),
        ("quarterly", {"every": "P3M"}),
        ("every evening", {"every": "P1D"}),
    ],
)
def test_what_comes_again_is_read_as_english_says_it(text: str, value: dict) -> None:
    assert only(text, "recurrence").value == value


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("$7k", "7000", "USD"),
        ("US$40", "40", "USD"),
        ("40 USD", "40", "USD"),
        ("€2,345.60", "2345.6", "EUR"),
        ("2.345,60 EUR", "2345.6", "EUR"),
        ("CHF 1'250.50", "1250.5", "CHF"),
        ("Rs 3,45,000", "345000", "INR"),
        ("3½ million yuan", "3500000", "CNY"),
        ("one and a half million dollars", "1500000", "USD"),
        ("a million and a half euros", "1500000", "EUR"),
        ("three quarters of a billion won", "750000000", "KRW"),
        ("six hundred bucks", "600", "USD"),
        ("7 grand", "7000", "USD"),
        ("a dollar twenty-five", "1.25", "USD"),
        ("four pounds and thirty pence", "4.3", "GBP"),
        ("75 cents", "0.75", "USD"),
        ("a penny", "0.01", "GBP"),
        ("30 MUSD", "30000000", "USD"),
        ("two kuai and five mao", "2.5", "CNY"),
        ("a $6 million deal", "6000000", "USD"),
        ("6 hryvnias 40 kopiykas", "6.4", "UAH"),
        ("900 Kenyan shillings", "900", "KES"),
        ("₦5,000", "5000", "NGN"),
        ("80 million French francs", "80000000", "FRF"),
        ("a couple of hundred zlotys", "200", "PLN"),
        ("US$3 and fourteen", "3.14", "USD"),
        ("$20 43", "20.43", "USD"),
        ("won 500 million", "500000000", "KRW"),
        ("one kuai and five mao five", "1.55", "CNY"),
    ],
)
def test_a_sum_is_read_as_english_says_it(text: str, amount: str, currency: str) -> None:
    value = only(text, "money").value
    assert (value["amount"], value["currency"]) == (amount, currency)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("four to six thousand yuan", "4000", "6000"),
        ("$3-5k", "3000", "5000"),
        ("between $20 and $35", "20", "35"),
        ("2-3 million euros", "2000000", "3000000"),
        ("6-8 lakh rupees", "600000", "800000"),
        ("from 200 yuan to 300 yuan", "200", "300"),
    ],
)
def test_a_scale_said_once_counts_for_both_ends(text: str, low: str, high: str) -> None:
    value = only(text, "money").value
    assert (value["amount"], value["amount_high"]) == (low, high)


def test_a_word_of_several_countries_says_which_it_may_be() -> None:
    value = only("400 pesos", "money").value
    assert value["currency"] == "MXN"
    assert "PHP" in value["also"]
    (span,) = [s for s in read("400 pesos", "en", ON, "PH").spans if s.kind == "money"]
    assert span.value == {"amount": "400", "currency": "PHP"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("six pounds of rice", {"amount": "6", "unit": "lb", "of": "rice"}),
        ("12 per cent", {"amount": "12", "unit": "%"}),
        ("aged 52", {"amount": "52", "unit": "year", "of": "age"}),
        ("a 9-year-old girl", {"amount": "9", "unit": "year", "of": "age"}),
        ("5 hectares", {"amount": "5", "unit": "ha"}),
    ],
)
def test_a_measure_is_read_as_english_says_it(text: str, value: dict) -> None:
    assert only(text, "quantity").value == value


@pytest.mark.parametrize(
    "text",
    [
        "They may march on, and the sun sat low.",
        "All the men try to top that, said Bob.",
        "He was the first in line and the second to speak.",
        "The couple in the second row went to school.",
        "Sun Li had a ruling in the third case.",
    ],
)
def test_everyday_words_are_no_days_and_no_sums(text: str) -> None:
    assert not kinds(text) & {"date", "time", "money", "duration", "recurrence"}


def test_codes_that_are_words_count_in_capitals_only() -> None:
    assert "money" not in kinds("all 500 people try 20 doors")
    assert only("TRY 20", "money").value["currency"] == "TRY"


@given(st.integers(1, 10**9))
def test_figures_read_the_same_however_they_are_grouped(n: int) -> None:
    spaced = f"{n:,}"
    for mark in ("'", "\u202f", "\u00a0"):
        assert number(spaced.replace(",", mark), "en").low == n
    assert number(spaced.replace(",", ".") + ",50", "en").low * 2 == 2 * n + 1 or n < 1000


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("nineteen ninety-eight", 1998), ("nineteen hundred", 1900), ("nineteen oh five", 1905), ("two thousand", 2000),
        ("two thousand and nine", 2009), ("twenty twenty-three", 2023), ("seventeen hundred and six", 1706), ("'87", 87),
    ],
)  # fmt: skip
def test_a_year_in_words_is_its_number(said: str, meant: int) -> None:
    assert year(said) == meant


def test_each_code_has_the_figures_behind_it() -> None:
    assert [s.value["amount"] for s in read("rmb 10 usd 20", "en", ON).spans] == ["10", "20"]
    assert [s.value["amount"] for s in read("pay $20 43 people", "en", ON).spans if s.kind == "money"] == [
        "20"
    ]


@pytest.mark.parametrize(
    ("text", "at"),
    [("8 tonight", "20:00"), ("10 tomorrow morning", "10:00"), ("9, tomorrow evening", "21:00")],
)
def test_a_bare_hour_before_a_part_of_a_day_is_an_hour(text: str, at: str) -> None:
    (hour,) = [s for s in read(text, "en", ON).spans if s.kind == "time"]
    assert hour.value["at"] == at


def test_a_colon_behind_a_span_of_days_ends_it() -> None:
    (days, _) = read("Holiday from February 16 to 18: three days", "en", ON).spans
    assert (days.value["earliest"], days.value["latest"]) == ("2023-02-16", "2023-02-18")


@pytest.mark.parametrize(("text", "of"), [
    ("one detector", "detector"), ("one man died", "man"), ("one dead", "dead"), ("six injured", "injured"),
])  # fmt: skip
def test_one_counts_before_what_can_be_counted(text: str, of: str) -> None:
    (count,) = read(text, "en", ON).spans
    assert count.value["of"] == of


def test_one_that_is_a_pronoun_counts_nothing() -> None:
    assert not read("one of them said no one came and this one left", "en", ON).spans
