"""The rules of care, asked without a database."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.desk.care.rules import (
    CheckIn,
    Given,
    Met,
    allows,
    is_due,
    is_frozen,
    keep_until,
    next_check_in,
)

DAY = date(2023, 12, 18)
days = st.dates(date(2023, 11, 1), date(2024, 2, 1))


def test_a_check_in_is_overdue_the_day_after_its_own():
    agreed = CheckIn(DAY, "21:00")
    assert [agreed.overdue(date(2023, 12, day)) for day in (17, 18, 19)] == [False, False, True]
    assert agreed.days_late(date(2023, 12, 21)) == 3


def test_nothing_agreed_on_is_never_overdue():
    assert next_check_in([]) is None
    assert next_check_in([Met(DAY)]) is None


def test_a_contact_on_the_agreed_day_meets_it():
    assert next_check_in([Met(date(2023, 12, 1), DAY), Met(DAY)]) is None


def test_a_contact_before_the_agreed_day_leaves_it_standing():
    assert next_check_in([Met(date(2023, 12, 1), DAY), Met(date(2023, 12, 5))]) == CheckIn(DAY)


def test_what_was_agreed_on_last_counts():
    later = date(2023, 12, 28)
    assert next_check_in([Met(date(2023, 12, 1), DAY), Met(date(2023, 12, 5), later)]) == CheckIn(later)


def test_a_second_window_of_the_same_day_is_met_by_a_second_contact():
    assert next_check_in([Met(DAY, DAY, "23:00")]) == CheckIn(DAY, "23:00")
    assert next_check_in([Met(DAY, DAY, "23:00"), Met(DAY)]) is None


@given(st.lists(st.builds(Met, days), max_size=6), st.lists(st.builds(Met, days, days), max_size=6))
def test_a_late_contact_without_a_new_day_settles_everything(plain, agreeing):
    told = [*plain, *(met for met in agreeing if met.next_on >= met.on)]
    assert next_check_in([*told, Met(date(2024, 3, 1))]) is None


@pytest.mark.parametrize(("kind", "frozen"), [("release", True), ("correction", True), ("withdrawal", False)])
def test_a_danger_freezes_everything_but_a_withdrawal(kind, frozen):
    assert is_frozen(kind, True) is frozen
    assert not is_frozen(kind, False)


def test_a_consent_says_what_it_lacks_and_only_a_withdrawn_one_stops():
    full = Given(frozenset({"words", "data"}), worst_case=True)
    assert allows(full, ("words", "data")).key == "given"
    assert allows(Given(frozenset({"words"})), ("words", "data")).lacking == ("data",)
    assert allows(Given(frozenset({"words"}), "not the town"), ("words",)).key == "limited"
    assert allows(None, ("words",)).key == "missing"
    back = allows(Given(frozenset({"words"}), withdrawn=True), ("words",))
    assert (back.key, back.stops) == ("withdrawn", True)
    assert not any(allows(one, ("data",)).stops for one in (None, full, Given(frozenset())))


@given(st.sets(st.sampled_from(["words", "data", "courts"])), st.sets(st.sampled_from(["words", "data"])))
def test_what_was_not_agreed_to_is_always_said(agreed, uses):
    assert set(allows(Given(frozenset(agreed)), sorted(uses)).lacking) == uses - agreed


def test_a_chosen_date_goes_before_the_table():
    assert keep_until(None, DAY, 10) == date(2023, 12, 28)
    assert keep_until(date(2023, 12, 20), DAY, 10) == date(2023, 12, 20)


def test_something_is_due_when_its_last_day_is_over_and_soon_within_the_days_ahead():
    assert not is_due(DAY, DAY)
    assert is_due(DAY, date(2023, 12, 19))
    assert is_due(date(2024, 1, 1), DAY, ahead=14)
    assert not is_due(date(2024, 1, 2), DAY, ahead=14)
