"""What the claim's form refuses, with a sentence under the field."""

from __future__ import annotations

import pytest

from nightdesk.desk.claims.forms import ClaimForm

TYPED = {"statement": "x", "act": "fine", "basis": "eyewitness", "currency": "KPW"}


@pytest.mark.parametrize("amount", ["-5", "0"])
def test_a_sum_is_larger_than_nothing(db, amount):
    form = ClaimForm({**TYPED, "amount": amount})
    assert not form.is_valid()
    assert "larger than nothing" in str(form.errors["amount"])


def test_a_sum_that_was_told_is_taken(db):
    assert ClaimForm({**TYPED, "amount": "5"}).is_valid()
