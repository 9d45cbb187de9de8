"""What the claim's form refuses, with a sentence under the field."""

from __future__ import annotations

import pytest

from nightdesk.desk.claims.forms import ClaimForm

TYPED = {"statement": "x", "act": "fine", "basis": "eyewitness", "currency": "KPW", "sum_role": "paid"}


@pytest.mark.parametrize("amount", ["-5", "0"])
def test_a_sum_is_larger_than_nothing(db, amount):
    form = ClaimForm({**TYPED, "amount": amount})
    assert not form.is_valid()
    assert "larger than nothing" in str(form.errors["amount"])


def test_a_sum_that_was_told_is_taken(db):
    assert ClaimForm({**TYPED, "amount": "5"}).is_valid()


def test_a_sum_says_what_it_was(db):
    form = ClaimForm({**TYPED, "amount": "5", "sum_role": ""})
    assert not form.is_valid() and "demanded, paid" in str(form.errors["sum_role"])


def test_a_currency_the_house_cannot_write_is_refused_aloud(db):
    form = ClaimForm({**TYPED, "amount": "5", "currency": "ZZZ"})
    assert not form.is_valid() and "ZZZ" in str(form.errors["currency"])


def test_every_list_of_the_form_begins_with_the_same_dash(db):
    assert "---" not in str(ClaimForm())


def test_a_sentence_of_several_lines_becomes_one_and_is_measured_then(db):
    form = ClaimForm({**TYPED, "amount": "5", "statement": "They asked\r\n\r\n  for money.\n" + "가\r\n" * 130})
    assert form.is_valid() and form.cleaned_data["statement"].startswith("They asked for money. 가 가")
    assert not ClaimForm({**TYPED, "amount": "5", "statement": " \n "}).is_valid()
    assert not ClaimForm({**TYPED, "amount": "5", "statement": "가" * 301}).is_valid()
