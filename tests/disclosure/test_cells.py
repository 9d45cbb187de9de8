"""What rows by sex and age prove together: never less than the truth, never wider for a row more, in any order."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nightdesk.disclosure.ages import OLDEST, Ages, band
from nightdesk.disclosure.counting import PARTS, fitting, proven
from nightdesk.disclosure.model import GroupTable
from nightdesk.disclosure.traits import Who

ON = date(2023, 12, 18)
ENDS = (0, 18, 30, 40, 50, 60, OLDEST + 1)
WHOS = (
    Who(),
    Who("female"),
    Who("male"),
    Who(age=Ages(40, 49)),
    Who("female", Ages(45, 45)),
    Who("male", Ages(18, 59)),
)


def row(low: int, high: int, sex: str = "", age: str = "", basis: str = "desk", **more: str) -> GroupTable:
    return GroupTable("nurses", "Hyesan", low, high, basis, "2023-01", "2024-06", sex=sex, age=age, **more)


def ends(who: Who, *rows: GroupTable) -> tuple[int, int] | None:
    found = proven(rows, who)
    return found and (found.low, found.high)


@st.composite
def truths(draw: st.DrawFn) -> tuple[list[tuple[str, int]], list[GroupTable]]:
    """People, and rows that are right about them."""
    people = draw(
        st.lists(st.tuples(st.sampled_from(("female", "male")), st.sampled_from((20, 35, 42, 45, 55, 70))))
    )
    rows = []
    for _ in range(draw(st.integers(1, 7))):
        sex = draw(st.sampled_from(("", "female", "male")))
        first, last = sorted((draw(st.integers(0, 5)), draw(st.integers(1, 6))))
        low, high = ENDS[first], ENDS[max(last, first + 1)] - 1
        age = draw(st.sampled_from(("", str(Ages(low, high)))))
        counted = sum((not sex or one == sex) and (not age or low <= years <= high) for one, years in people)
        rows.append(row(max(0, counted - draw(st.integers(0, 2))), counted + draw(st.integers(0, 2)), sex, age,
                        f"b{len(rows)}"))  # fmt: skip
    return people, rows


def counted(people: list[tuple[str, int]], who: Who) -> int:
    return sum((not who.sex or sex == who.sex) and (who.age is None or who.age.low <= years <= who.age.high)
               for sex, years in people)  # fmt: skip


@given(truths(), st.sampled_from(WHOS))
@settings(max_examples=150, deadline=None)
def test_what_right_rows_prove_is_true(truth, who) -> None:
    people, rows = truth
    found = proven(rows, who)
    assert found is None or found.low <= counted(people, who) <= found.high


@given(truths(), st.sampled_from(WHOS), st.integers(0, 99))
@settings(max_examples=120, deadline=None)
def test_a_row_more_widens_nothing_and_the_order_of_rows_does_not_matter(truth, who, seed) -> None:
    _, rows = truth
    fewer, all_of = proven(rows[:-1], who) if rows[1:] else None, proven(rows, who)
    assert fewer is None or (all_of is not None and fewer.low <= all_of.low and all_of.high <= fewer.high)
    shuffled = Random(seed).sample(rows, len(rows))
    assert fitting(tuple(shuffled), ON, who) == fitting(tuple(rows), ON, who)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.sampled_from(("", "female", "male")),
                          st.sampled_from(("", "30-49", "40-49", "45-60", "60+")))), st.sampled_from(WHOS))  # fmt: skip
@settings(max_examples=120, deadline=None)
def test_rows_that_contradict_each_other_raise_no_high_end_and_break_nothing(numbers, who) -> None:
    rows = tuple(row(min(a, b), max(a, b), sex, age) for a, b, sex, age in numbers)
    for count in range(1, len(rows) + 1):
        fewer, more = proven(rows[: count - 1], who) if count > 1 else None, proven(rows[:count], who)
        assert fewer is None or (more is not None and 0 <= more.low <= more.high <= fewer.high)


def test_what_the_men_leave_of_all_are_women() -> None:
    assert ends(Who("female"), row(10, 12), row(9, 9, "male")) == (1, 3)
    assert (
        proven((row(10, 12), row(9, 9, "male", basis="roster")), Who("female")).basis
        == "desk; roster (12 − 9)"
    )


def test_what_other_ages_leave_of_all_are_this_age() -> None:
    assert ends(Who(age=Ages(45, 45)), row(10, 12), row(4, 4, age="18-39"), row(5, 6, age="60+")) == (0, 3)


def test_women_of_other_ages_and_men_are_taken_off_together() -> None:
    rows = row(20, 30), row(8, 9, "male"), row(5, 5, "female", "18-39"), row(6, 7, "female", "50+")
    assert ends(Who("female", Ages(40, 49)), *rows) == (0, 11)


def test_bands_that_overlap_are_not_taken_off_together() -> None:
    rows = row(10, 12), row(5, 5, age="18-39"), row(5, 5, age="30-44")
    assert ends(Who(age=Ages(60, 69)), *rows) == (0, 7)


def test_women_and_men_make_all() -> None:
    assert ends(Who(), row(3, 5, "female"), row(4, 6, "male")) == (7, 11)
    assert ends(Who(), row(3, 5, "female")) is None


def test_a_row_of_women_in_their_forties_counts_neither_all_nor_all_women_nor_some_age_across_its_end() -> (
    None
):
    forties = row(2, 4, "female", "40-49")
    for who in (
        Who(),
        Who("female"),
        Who(age=Ages(45, 45)),
        Who("female", Ages(45, 54)),
        Who("male", Ages(45, 45)),
    ):
        assert ends(who, forties) is None
    assert ends(Who("female", Ages(45, 49)), forties) == (0, 4)


def test_rows_of_another_name_place_or_time_take_nothing_off() -> None:
    men = row(9, 9, "male")
    for other in (replace(men, group="doctors"), replace(men, place="Musan"), replace(men, when="2023")):
        found = fitting((row(10, 12), other), ON, Who("female"))
        assert [
            one.high for one in found if one.place == "Hyesan" and not one.when and one.group == "nurses"
        ] == [12]


def test_a_row_that_expired_takes_nothing_off() -> None:
    old = replace(row(9, 9, "male"), expires="2023-11")
    assert [one.high for one in fitting((row(10, 12), old), ON, Who("female"))] == [12]


def test_a_row_of_march_is_not_taken_off_one_of_november() -> None:
    march = replace(row(9, 9, "male", basis="march"), as_of="2023-03")
    november = replace(row(10, 12, basis="november"), as_of="2023-11")
    found = fitting((november, march), ON, Who("female"))
    assert [(one.low, one.high, one.basis) for one in found] == [(10, 12, "november")], (
        "some may have left or come since"
    )
    same = fitting((november, replace(march, as_of="2023-11")), ON, Who("female"))
    assert [one.high for one in same] == [12, 3]


def test_women_of_march_and_men_of_november_make_no_whole() -> None:
    women, men = replace(row(3, 5, "female"), as_of="2023-03"), replace(row(4, 6, "male"), as_of="2023-11")
    assert fitting((women, men), ON, Who()) == ()
    assert [one.high for one in fitting((women, replace(men, as_of="2023-03")), ON, Who())] == [11]


def test_rows_of_a_time_that_was_over_when_both_were_counted_are_of_the_same_people() -> None:
    whole = replace(row(10, 12, when="2022"), as_of="2023-01")
    men = replace(row(9, 9, "male", when="2022"), as_of="2023-09")
    assert [one.high for one in fitting((whole, men), ON, Who("female"))] == [12, 3]
    early = replace(men, as_of="2022-12")
    assert [one.high for one in fitting((whole, early), ON, Who("female"))] == [12], "the year was not over"


def test_the_same_part_of_two_months_is_said_by_each_for_itself() -> None:
    march, november = replace(row(4, 6), as_of="2023-03"), replace(row(10, 12), as_of="2023-11")
    assert sorted((one.low, one.high, one.as_of) for one in fitting((march, november), ON, Who())) == [
        (4, 6, "2023-03"), (10, 12, "2023-11")]  # fmt: skip


def test_the_oldest_month_and_the_first_expiry_are_said() -> None:
    whole = replace(row(10, 12), when="2020")
    men = replace(row(9, 9, "male"), as_of="2021-05", expires="2024-01", when="2020")
    found = fitting((whole, men), ON, Who("female"))[-1]
    assert (found.as_of, found.expires, found.sex) == ("2021-05", "2024-01", "female")


@pytest.mark.parametrize(
    ("text", "ages"),
    [("40-49", (40, 49)), ("45", (45, 45)), ("60+", (60, OLDEST)), ("40–49", (40, 49)), ("49-40", None), ("old", None),
     ("40-", None), ("400", None), ("", None), ("４０", None)],
)  # fmt: skip
def test_ages_of_a_table(text, ages) -> None:
    assert band(text) == ages and (ages is None or band(str(band(text))) == ages)


def test_many_parts_of_one_place_take_no_minute() -> None:
    rows = tuple(
        row(n % 7, 40 + n, ("", "female", "male")[n % 3], f"{n % 60}-{n % 60 + 1 + n % 9}")
        for n in range(PARTS - 2)
    )
    start = time.process_time()
    assert fitting((*rows, row(50, 900)), ON, Who("female", Ages(45, 45)))
    assert time.process_time() - start < 5
    crowd = tuple(row(1, 40 + n, "female", f"{n % 100}-{100 + n % 20}") for n in range(1000))
    start = time.process_time()
    assert fitting((*crowd, row(50, 900)), ON, Who("female", Ages(105, 105)))
    assert time.process_time() - start < 5


def test_of_rows_that_contradict_each_other_no_single_number_is_shown() -> None:
    assert ends(Who(), row(100, 200, basis="a"), row(10, 20, basis="b")) == (10, 20)
    women = row(30, 40, "female", basis="women")
    assert ends(Who("female"), women, row(10, 20, basis="all")) == (0, 20)


def test_a_part_of_nobody_is_a_basis_too_where_a_low_end_rests_on_it() -> None:
    men = replace(row(0, 0, "male", basis="men"), as_of="2020-05", expires="2023-12")
    found = proven([row(12, 20, basis="all"), men, row(0, 15, "female", basis="women")], Who("female"))
    assert found is not None and (found.low, found.high, found.as_of, found.expires) == (
        12,
        15,
        "2020-05",
        "2023-12",
    )
    assert "men" in found.basis.split("; ")
