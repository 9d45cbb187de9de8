"""The rule of waiting: it grows, it ends, it tells nothing."""

from __future__ import annotations

import pytest

from nightdesk.desk.staff.pacing import Tries, faded, failed, wait_of_desk, wait_of_name


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0), (2, 0), (3, 1), (4, 2), (5, 4), (8, 32), (9, 60), (5000, 60)]
)
def test_the_wait_doubles_up_to_a_minute_and_no_further(failures, seconds):
    assert wait_of_name(Tries(failures, 1000.0), 1000.0) == seconds


def test_a_wait_ends_by_itself_however_many_failures_there_were():
    assert wait_of_name(Tries(10**6, 1000.0), 1000.0 + 60) == 0


def test_after_an_hour_old_failures_make_nobody_wait():
    stale = Tries(50, 0.0)
    assert wait_of_name(stale, 3601.0) == 0


def test_a_clock_that_was_set_back_makes_no_wait_longer_than_a_minute():
    assert wait_of_name(Tries(50, 10_000.0), 0.0) <= 60


def test_many_names_tried_at_once_slow_the_desk_by_seconds_at_most():
    tries = Tries()
    for _each in range(500):
        tries = failed(faded(tries, 1000.0), 1000.0)
    assert wait_of_desk(tries, 1000.0) == 5
    assert wait_of_desk(tries, 1005.0) == 0


def test_the_desk_forgets_with_time():
    assert faded(Tries(31, 0.0), 60.0).count == 29
