"""English days: one line a way of saying it, and laws where there are some."""

import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.reading import Span, read
from nightdesk.reading.holidays import easter, holiday, orthodox_easter

ON = date(2023, 12, 15)  # a Friday


def only(text: str, kind: str, on: date = ON) -> Span:
    (span,) = [s for s in read(text, "en", on).spans if s.kind == kind]
    return span


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        # a day
        ("They left on the 7th of November, 2021.", "2021-11-07"),
        ("on 9 of October they came", "2023-10-09"),
        ("Saturday, 4 November", "2023-11-04"),
        ("Nov14 was cold", "2023-11-14"),
        ("Oct. 21 , 1998", "1998-10-21"),
        ("nine or ten days ago", "2023-12-05/2023-12-06"),
        ("2-3 days ago", "2023-12-12/2023-12-13"),
        ("in debt until spring", "../2024-05-31"),
        ("in spring they came", "2023-03-01/2023-05-31"),
        ("4 Aug '19", "2019-08-04"),
        ("June 2 (Friday)", "2023-06-02"),
        ("18.4.2016", "2016-04-18"),
        ("2016/Jul/08", "2016-07-08"),
        ("file 20190403.", "2019-04-03"),
        ("26/11", "2023-11-26"),
        ("until 1/8", "2024-01-08"),
        ("the 11th of last month", "2023-11-11"),
        ("May twenty-two, nineteen eighty-five", "1985-05-22"),
        ("9 January two thousand and four", "2004-01-09"),
        ("it came on the night of the 3rd while they slept", "2023-12-03"),
        ("on the morning of the 8th the office sent a man", "2023-12-08"),
        ("the day before yesterday", "2023-12-13"),
        ("ten days ago", "2023-12-05"),
        ("the night before last", "2023-12-13"),
        ("on the eve of Chuseok", "2023-09-28"),
        ("the day after Lunar New Year", "2023-01-23"),
        ("a fortnight ago today", "2023-12-01"),
        ("one year and two months ago", "2022-10-15"),
        ("in 48 hours", "2023-12-17"),
        # a weekday
        ("this past Tuesday", "2023-12-12"),
        ("next Wednesday", "2023-12-20"),
        ("Thursday next week", "2023-12-21"),
        ("last week on Monday", "2023-12-04"),
        ("the Sunday before last", "2023-12-03"),
        ("two Mondays ago", "2023-12-04"),
        ("the third Thursday of October", "2023-10-19"),
        ("the last Monday in August 2020", "2020-08-31"),
        ("Monday the 4th", "2023-12-04"),
        # counted from another day
        ("three days before Christmas 2022", "2022-12-22"),
        ("the day after Easter 2021", "2021-04-05"),
        ("two weeks after 3 March 2020", "2020-03-17"),
        ("a week from Monday", "2023-12-25"),
        ("four months after 31 October 2020", "2021-02-28"),
        # weeks and weekends
        ("the week after next", "2023-12-25/2023-12-31"),
        ("the week of 6 June 2022", "2022-06-06/2022-06-12"),
        ("the end of last week", "2023-12-08/2023-12-10"),
        ("early this week", "2023-12-11/2023-12-13"),
        ("week 12 of 2022", "2022-03-21/2022-03-27"),
        ("next weekend", "2023-12-23/2023-12-24"),
        ("the first weekend of July 2022", "2022-07-02/2022-07-03"),
        # months, quarters, years
        ("in the first half of March", "2023-03-01/2023-03-15"),
        ("Nov/2017", "2017-11"),
        ("2018-09", "2018-09"),
        ("the third month of last year", "2022-03"),
        ("last quarter", "2023-07-01/2023-09-30"),
        ("Q2 2021", "2021-04-01/2021-06-30"),
        ("the second quarter of last year", "2022-04-01/2022-06-30"),
        ("H2 2019", "2019-07-01/2019-12-31"),
        ("earlier this year", "2023-01-01/2023-12-14"),
        ("the rest of the month", "2023-12-15/2023-12-31"),
        ("since nineteen ninety-one", "1991-01-01/.."),
        ("in twenty eleven", "2011"),
        ("the late 1970s", "1977-01-01/1979-12-31"),
        ("the early nineties", "1990-01-01/1993-12-31"),
        ("the 80s", "1980-01-01/1989-12-31"),
        ("the 19th century", "1800-01-01/1899-12-31"),
        ("the turn of the year", "2023-12-15/2024-01-15"),
        # stretches
        ("between Monday and Wednesday", "2023-12-11/2023-12-13"),
        ("from November to February 2021", "2020-11-01/2021-02-28"),
        ("March-May 2019", "2019-03-01/2019-05-31"),
        ("between 2011 and 2014", "2011-01-01/2014-12-31"),
        ("2008-2012", "2008-01-01/2012-12-31"),
        ("3 to 9 July", "2023-07-03/2023-07-09"),
        ("from 2/3 to 2/9", "2023-02-03/2023-02-09"),
        ("for five days from 2 May 2022", "2022-05-02/2022-05-06"),
        ("over the past couple of weeks", "2023-11-27/2023-12-10"),
        ("in the last few days", "2023-12-08/2023-12-14"),
        ("in recent weeks", "2023-11-03/2023-12-15"),
        # one side open
        ("before 2015", "../2014-12-31"),
        ("prior to 3 May 2021", "../2021-05-02"),
        ("after August 2021", "2021-09-01/.."),
        ("since August", "2023-08-01/.."),
        ("2017 or later", "2017-01-01/.."),
        ("by the end of the month", "../2023-12-31"),
        ("before the end of November 2022", "../2022-11-30"),
        ("until the 19th", "2023-12-19"),
        # holidays
        ("Thanksgiving", "2023-11-23"),
        ("Mother's Day 2020", "2020-05-10"),
        ("last Labor Day", "2023-09-04"),
        ("Black Friday 2019", "2019-11-29"),
        ("Good Friday 2022", "2022-04-15"),
        ("Orthodox Easter 2021", "2021-05-02"),
        ("Chinese New Year 2022", "2022-02-01"),
        ("Ramadan 2019", "2019-05-06/2019-06-03"),
        ("Yom Kippur 2021", "2021-09-16"),
        ("the Day of the Shining Star", "2023-02-16"),
    ],
)  # fmt: skip
def test_a_day_is_read_as_english_says_it(text: str, edtf: str) -> None:
    assert only(text, "date").value["edtf"] == edtf


LATER = date(2025, 11, 12)  # a Wednesday


@pytest.mark.parametrize(("text", "edtf"), [
    ("the weekend before Kim Il Sung's birthday", "2025-04-12/2025-04-13"), ("the weekend after Chuseok", "2025-10-11/2025-10-12"),
    ("They took him a week last Thursday.", "2025-10-30"), ("a week ago on Monday", "2025-11-03"), ("a week on Friday", "2025-11-21"),
    ("He goes Monday week.", "2025-11-24"), ("Monday week we go", "2025-11-24"), ("the spring after next", "2027-03-01/2027-05-31"), ("some time between the 4th and the 9th", "2025-11-04/2025-11-09"),
    ("from the 4th to the 9th they searched", "2025-11-04/2025-11-09"), ("between October 20 and 25", "2025-10-20/2025-10-25"),
    ("halfway through September", "2025-09-11/2025-09-20"), ("the summer before last", "2024-06-01/2024-08-31"),
    ("six months or so ago", "2025-05~"), ("Nov 3rd, a Monday", "2025-11-03"), ("the 3rd of November, a Monday", "2025-11-03"),
    ("on 28 last month", "2025-10-28"), ("the winter before last", "2023-12-01/2024-02-29"), ("last winter", "2024-12-01/2025-02-28"),
])  # fmt: skip
def test_a_day_is_read_as_it_is_told_over_the_phone(text: str, edtf: str) -> None:
    assert only(text, "date", LATER).value["edtf"] == edtf


@pytest.mark.parametrize(("text", "at"), [
    ("last night around eleven", "23:00"), ("last night at 11", "23:00"), ("around eleven last night", "23:00"),
    ("Last night at about ten thirty they came.", "22:30"),
])  # fmt: skip
def test_an_hour_of_last_night_leaves_the_night_its_day(text: str, at: str) -> None:
    assert only(text, "date", LATER).value["edtf"] == "2025-11-11"
    assert only(text, "time", LATER).value["at"] == at


@pytest.mark.parametrize("text", ["between the 1st and 2nd floors", "the 1st and the 2nd Division"])
def test_what_is_counted_is_no_stretch_of_days(text: str) -> None:
    assert not [span for span in read(text, "en", LATER).spans if span.kind == "date"]


@pytest.mark.parametrize(("text", "edtf"), [
    ("She is in debt until autumn.", "../2025-11-30"), ("The shop is closed until autumn.", "../2025-11-30"),
    ("He was in the camp until autumn.", "../2024-11-30"), ("They stayed until autumn.", "../2024-11-30"),
])  # fmt: skip
def test_a_season_somebody_waits_for_comes_and_one_told_as_past_has_been(text: str, edtf: str) -> None:
    assert only(text, "date", date(2025, 2, 28)).value["edtf"] == edtf


SHIFTED = [
    "ten days ago", "the day before yesterday", "in three days", "two weeks ago today", "tonight", "a fortnight ago",
    "in the last few days", "the last three days", "one week and two days ago",
]  # fmt: skip


@given(st.sampled_from(SHIFTED), st.integers(-4000, 4000))
def test_days_counted_from_the_contact_move_with_it(said: str, days: int) -> None:
    here, there = only(said, "date"), only(said, "date", ON + timedelta(days=days))
    for bound in ("earliest", "latest"):
        moved = date.fromisoformat(there.value[bound]) - date.fromisoformat(here.value[bound])
        assert moved == timedelta(days=days)


WEEKLY = [
    "next Wednesday",
    "the week after next",
    "the end of last week",
    "Sunday before last",
    "next weekend",
]


@given(st.sampled_from(WEEKLY), st.integers(-500, 500))
def test_days_of_the_week_move_by_whole_weeks(said: str, weeks: int) -> None:
    here, there = only(said, "date"), only(said, "date", ON + timedelta(weeks=weeks))
    moved = date.fromisoformat(there.value["earliest"]) - date.fromisoformat(here.value["earliest"])
    assert moved == timedelta(weeks=weeks)


@given(st.integers(1583, 4000))
def test_easter_is_a_sunday_in_its_season_in_both_calendars(said: int) -> None:
    assert easter(said).weekday() == orthodox_easter(said).weekday() == 6
    assert date(said, 3, 22) <= easter(said) <= date(said, 4, 25)
    assert orthodox_easter(said) >= easter(said)


@given(st.integers(1, 9998), st.integers(1, 4), st.integers(1, 12))
def test_the_nth_weekday_of_a_month_stands_in_its_week_of_the_month(said: int, nth: int, month: int) -> None:
    there, _ = holiday(f"{nth} thu {month}", said)
    assert (there.weekday(), there.month, (there.day - 1) // 7 + 1) == (3, month, nth)


def test_the_first_time_in_so_many_years_is_no_day_to_come() -> None:
    found = read("It was the first time in three years.", "en", ON).spans
    assert [(s.kind, s.value["iso8601"]) for s in found] == [("duration", "P3Y")]


@pytest.mark.parametrize("said", ["in her early 40s", "in his mid-forties", "in their late twenties"])
def test_ten_years_of_somebody_s_age_are_no_years_of_the_calendar(said: str) -> None:
    assert [s.kind for s in read(f"A trader {said} was taken.", "en", ON).spans if s.kind == "date"] == []


@pytest.mark.parametrize("said", ["last week's", "last Friday's", "next month's"])
def test_who_fought_over_a_day_is_no_count_of_days(said: str) -> None:
    found = read(f"The two argued over {said} takings.", "en", ON)
    assert [s.kind for s in found.spans] == ["date"]
    assert [u.words for u in found.unread] == ["two"]


def test_a_page_of_hours_alone_is_gone_through_once() -> None:
    def seconds(times: int) -> float:
        start = time.process_time()
        read("a.m. 1 " * times, "en", ON)
        return time.process_time() - start

    seconds(50)
    assert seconds(1200) < 10 * seconds(300) + 0.2


@pytest.mark.parametrize(("said", "stretch"), [
    ("from Monday until Friday", "2023-12-11/2023-12-15"), ("from Friday until Monday", "2023-12-15/2023-12-18"), ("from Tuesday till Thursday", "2023-12-12/2023-12-14"),
])  # fmt: skip
def test_from_a_weekday_until_another_is_of_one_week(said: str, stretch: str) -> None:
    found = read(f"The market was closed {said}.", "en", date(2023, 12, 17)).spans
    assert [s.value["edtf"] for s in found if s.kind == "date"] == [stretch]
