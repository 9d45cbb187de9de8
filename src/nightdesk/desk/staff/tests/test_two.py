"""Who counts as one person: the pure rule."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.desk.staff.rules import are_two, root, to_vouch_for

UNDER = st.dictionaries(st.integers(1, 6), st.integers(1, 6), max_size=6)
WHO = st.integers(1, 6)


@pytest.mark.parametrize(("first", "second", "under", "two"), [
    (1, 2, {}, True), (1, 1, {}, False),
    (1, 2, {2: 1}, False), (1, 2, {1: 2}, False), (1, 2, {2: 3}, True),
    (2, 3, {2: 1, 3: 1}, False), (1, 3, {3: 2, 2: 1}, False), (3, 4, {3: 1, 4: 2}, True),
    (1, 2, {1: 2, 2: 1}, False), (1, 3, {1: 2, 2: 1, 3: 1}, False), (4, 3, {1: 2, 2: 1, 3: 1}, True),
])  # fmt: skip
def test_members_count_as_one_who_stand_under_one_another_or_under_one_and_the_same(
    first, second, under, two
):
    assert are_two(first, second, under) is two


@given(UNDER, WHO)
def test_a_root_is_found_whatever_circles_there_are_and_is_its_own(under, member):
    found = root(member, under)
    assert root(found, under) == found


@given(UNDER, WHO, WHO)
def test_the_order_of_two_does_not_matter(under, first, second):
    assert are_two(first, second, under) is are_two(second, first, under)


@given(UNDER, WHO)
def test_whoever_was_brought_in_counts_as_who_did_it(under, member):
    assert all(not are_two(one, by, under) for one, by in under.items())


@given(UNDER, WHO, WHO)
def test_vouching_for_whom_the_refusal_names_ends_in_two(under, first, second):
    steps = 0
    while (waits := to_vouch_for(first, second, under)) is not None:
        assert waits in under
        under, steps = {one: by for one, by in under.items() if one != waits}, steps + 1
    assert steps <= 2 and (first == second or are_two(first, second, under))
