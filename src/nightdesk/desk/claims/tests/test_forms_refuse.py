"""What the claim's form refuses, with a sentence under the field."""

from __future__ import annotations

from decimal import Decimal

import pytest

from nightdesk.desk.claims.forms import ClaimForm

TYPED = {"statement": "x", "act": "fine", "basis": "eyewitness", "currency": "KPW", "sum_role": "paid"}


@pytest.mark.parametrize("amount", ["-5", "0"])
def test_a_sum_is_larger_than_nothing(db, amount):
    form = ClaimForm({**TYPED, "amount": amount})
    assert not form.is_valid()
    assert "larger than nothing" in str(form.errors["amount"])


@pytest.mark.parametrize(("typed", "amount"), [
    ("20000", "20000"), ("20,000", "20000"), ("2만", "20000"), (" 2만 ", "20000"), ("1만5천", "15000"), ("二万", "20000"),
    ("3.5万", "35000"), ("2 만", "20000"), ("약 2만", "20000"), ("2만여", "20000"), ("about 20,000", "20000"), ("20k", "20000"), ("twenty thousand", "20000"), ("12.50", "12.5"), ("천오백", "1500"),
])  # fmt: skip
def test_a_sum_is_typed_in_figures_or_words(db, typed, amount):
    form = ClaimForm({**TYPED, "amount": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["amount"] == Decimal(amount)


@pytest.mark.parametrize(("typed", "code"), [
    ("2만 위안", "CNY"), ("20,000 yuan", "CNY"), ("2万元", "CNY"), ("50달러", "USD"), ("$50", "USD"), ("2만 위안씩", "CNY"), ("5천 원", "KPW"),
])  # fmt: skip
def test_a_currency_typed_beside_the_amount_is_taken(db, typed, code):
    form = ClaimForm({**TYPED, "amount": typed, "currency": ""}, country="KP")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["currency"] == code


def test_two_currencies_are_not_guessed_between(db):
    form = ClaimForm({**TYPED, "amount": "2만 위안", "currency": "USD"})
    assert not form.is_valid()
    assert "CNY" in str(form.errors["currency"]) and "USD" in str(form.errors["currency"])


@pytest.mark.parametrize(
    "typed", ["1,5", "much", "쌀", "2만 위안을 냈다", "5 달러 6 원", "1e5", "NaN", "Infinity", "2만 2만"]
)
def test_what_is_no_sum_is_refused_with_an_example(db, typed):
    form = ClaimForm({**TYPED, "amount": typed})
    assert not form.is_valid()
    assert "such as 20,000" in str(form.errors["amount"])


@pytest.mark.parametrize("typed", ["2만~3만 위안", "두세 만", "20,000-30,000 yuan"])
def test_of_two_sums_one_is_asked_for(db, typed):
    form = ClaimForm({**TYPED, "amount": typed})
    assert not form.is_valid()
    assert "amount" in form.errors


@pytest.mark.parametrize("typed", ["20.000", "1.500", "1.234.567"])
def test_a_dot_before_three_figures_is_asked_about(db, typed):
    form = ClaimForm({**TYPED, "amount": typed})
    assert not form.is_valid() and "20 or 20,000" in str(form.errors["amount"])


@pytest.mark.parametrize("typed", ["9" * 15, "1억억", "9" * 400, "0.00001"])
def test_more_digits_than_the_record_holds_are_refused(db, typed):
    form = ClaimForm({**TYPED, "amount": typed})
    assert not form.is_valid() and "amount" in form.errors


def test_a_refused_form_keeps_what_was_typed(db):
    assert "2만 위안을" in str(ClaimForm({**TYPED, "amount": "2만 위안을 냈다"})["amount"])


def test_a_sum_that_was_told_is_taken(db):
    assert ClaimForm({**TYPED, "amount": "5"}).is_valid()


def test_a_sum_says_what_it_was(db):
    form = ClaimForm({**TYPED, "amount": "5", "sum_role": ""})
    assert not form.is_valid() and "demanded, paid" in str(form.errors["sum_role"])


def test_a_currency_the_house_cannot_write_is_refused_aloud(db):
    form = ClaimForm({**TYPED, "amount": "5", "currency": "ZZZ"})
    assert not form.is_valid() and "ZZZ" in str(form.errors["currency"])


@pytest.mark.parametrize(("said", "code"), [
    ("위안", "CNY"), ("元", "CNY"), ("yuan", "CNY"), ("rmb", "CNY"), ("달러", "USD"), ("딸라", "USD"), ("dollars", "USD"),
    ("국돈", "KPW"), ("북한 돈", "KPW"), ("조선돈", "KPW"), ("중국 돈", "CNY"), ("eur", "EUR"),
])  # fmt: skip
def test_a_currency_is_taken_by_any_of_its_words(db, said, code):
    form = ClaimForm({**TYPED, "amount": "5", "currency": said})
    assert form.is_valid() and form.cleaned_data["currency"] == code


@pytest.mark.parametrize("said", ["원", "won"])
def test_whose_won_it_is_the_country_says_and_else_the_form_asks(db, said):
    typed = {**TYPED, "amount": "5", "currency": said}
    for country, code in (("KP", "KPW"), ("KR", "KRW")):
        form = ClaimForm(typed, country=country)
        assert form.is_valid() and form.cleaned_data["currency"] == code
    for country in ("CN", None):
        form = ClaimForm(typed, country=country)
        assert not form.is_valid() and "KRW, KPW" in str(form.errors["currency"])


@pytest.mark.parametrize("said", ["cents", "전", "조개껍데기", "USDT"])
def test_what_is_no_currency_of_three_letters_is_refused_with_an_example(db, said):
    form = ClaimForm({**TYPED, "amount": "5", "currency": said})
    assert not form.is_valid() and "such as yuan" in str(form.errors["currency"])


def test_every_list_of_the_form_begins_with_the_same_dash(db):
    assert "---" not in str(ClaimForm())


def test_a_sentence_of_several_lines_becomes_one_and_is_measured_then(db):
    form = ClaimForm(
        {**TYPED, "amount": "5", "statement": "They asked\r\n\r\n  for money.\n" + "가\r\n" * 130}
    )
    assert form.is_valid() and form.cleaned_data["statement"].startswith("They asked for money. 가 가")
    assert not ClaimForm({**TYPED, "amount": "5", "statement": " \n "}).is_valid()
    assert not ClaimForm({**TYPED, "amount": "5", "statement": "가" * 301}).is_valid()


def test_a_missing_currency_is_named_beside_other_faults(db):
    form = ClaimForm({**TYPED, "act": "", "amount": "5", "currency": ""})
    assert set(form.errors) == {"act", "currency"}


def test_a_refused_currency_or_amount_is_named_once(db):
    assert set(ClaimForm({**TYPED, "amount": "5", "currency": "shells"}).errors) == {"currency"}
    assert set(ClaimForm({**TYPED, "amount": "-5", "currency": "KPW"}).errors) == {"amount"}
