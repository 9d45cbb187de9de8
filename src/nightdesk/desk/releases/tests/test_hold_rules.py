"""Which day may be asked for, which suits a wait, on which others leave: plain values, no rows."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.desk.releases import rules
from nightdesk.desk.releases.rules import Week

TODAY = date(2023, 12, 18)
WEEK = Week(date(2023, 12, 24), date(2023, 12, 31))
days = st.dates(date(2023, 11, 1), date(2024, 2, 28))


@pytest.mark.parametrize(("until", "wrong"), [
    ("2023-12-17", "over"), ("2023-12-18", "today"), ("2023-12-19", ""), ("2024-12-18", ""), ("2024-12-20", "far"),
])  # fmt: skip
def test_a_story_is_held_until_a_day_after_today_and_a_year_ahead_at_most(until, wrong):
    assert rules.fault(date.fromisoformat(until), TODAY) == wrong


def test_the_day_on_which_most_others_leave_is_proposed_and_the_earliest_of_equals():
    held = {date(2023, 12, 25): 1, date(2023, 12, 29): 3, date(2023, 12, 30): 3, date(2024, 1, 5): 9}
    assert rules.proposed(WEEK, held, TODAY, 0) == date(2023, 12, 29)


def test_without_others_a_day_of_the_week_is_drawn_so_that_not_every_story_waits_as_long():
    drawn = {rules.proposed(WEEK, {}, TODAY, number) for number in range(8)}
    assert drawn == set(WEEK.after(TODAY)) and len(drawn) == 8


def test_where_the_review_says_nothing_of_waiting_no_day_is_proposed():
    assert rules.proposed(None, {date(2023, 12, 25): 4}, TODAY, 3) is None
    assert rules.proposed(WEEK, {}, WEEK.last, 3) is None, "the days on offer are over"


@given(days, days, st.dictionaries(days, st.integers(1, 9)), days, st.integers(0, 10**6))
def test_a_proposed_day_always_suits_the_wait_and_can_be_asked_for(first, last, held, today, drawn):
    week = Week(first, last)
    day = rules.proposed(week, held, today, drawn)
    assert (day is None) == (not week.after(today))
    if day is not None:
        assert day in week and rules.fault(day, today) == ""
        assert held.get(day, 0) == max(held.get(each, 0) for each in week.after(today))


def test_several_waits_are_suited_by_the_days_they_share():
    other = Week(date(2023, 12, 28), date(2024, 1, 4))
    assert rules.shared([WEEK, other]) == Week(date(2023, 12, 28), date(2023, 12, 31))
    assert rules.shared([WEEK, Week(date(2024, 2, 1), date(2024, 2, 8))]) is None and rules.shared([]) is None


def test_a_release_is_early_until_the_first_minute_of_the_day_or_its_hour():
    day = date(2023, 12, 29)
    midnight = datetime(2023, 12, 29, tzinfo=UTC)
    assert rules.is_early(day, None, midnight - timedelta(seconds=1)) and not rules.is_early(
        day, None, midnight
    )
    assert rules.is_early(day, time(18), midnight + timedelta(hours=17, minutes=59))
    assert not rules.is_early(day, time(18), midnight + timedelta(hours=18))
    assert rules.is_due(day, day) and rules.is_due(day, day + rules.DAY) and not rules.is_due(day, TODAY)
