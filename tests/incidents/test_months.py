"""Counts by month, and when they can say nothing of a season."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from nightdesk.incidents import Act, month_table, seasonality_note


def on(earliest, latest=None):
    return Act("t", "extortion", "accepted", "hoeryong", earliest, latest or earliest, "", "", "")


def open_ended(earliest):
    return Act("t", "extortion", "accepted", "hoeryong", earliest, None, "", "", "")


def many(years, per_month):
    return [on(date(y, m, 1 + n)) for y in years for m in range(1, 13) for n in range(per_month)]


def test_an_act_is_counted_in_the_month_it_happened():
    table = month_table([on(date(2023, 12, 8)), on(date(2023, 12, 9)), on(date(2022, 1, 1))])
    assert table.years == (2022, 2023)
    assert table.row(2023)[11] == 2 and table.row(2022)[0] == 1
    assert table.spread == {}


def test_an_act_over_two_months_is_counted_in_the_first_and_flagged():
    table = month_table([on(date(2023, 12, 28), date(2024, 1, 3))])
    assert table.counts == {(2023, 12): 1}
    assert table.spread == {(2023, 12): 1}


def test_an_act_without_a_last_day_is_flagged_too():
    assert month_table([open_ended(date(2023, 12, 1))]).spread == {(2023, 12): 1}


def test_an_act_without_a_first_day_is_counted_as_undated():
    undated = Act("t", "extortion", "open", "", None, date(2023, 12, 1), "", "", "")
    table = month_table([undated])
    assert (table.undated, table.total, table.years) == (1, 0, ())


def test_years_without_acts_stand_in_the_table_as_empty_rows():
    table = month_table([on(date(2020, 5, 1)), on(date(2022, 5, 1))])
    assert table.years == (2020, 2021, 2022)
    assert table.row(2021) == (0,) * 12


def test_effort_stands_beside_the_counts():
    table = month_table([on(date(2023, 12, 8))], {(2023, 12): 14, (2023, 11): 3})
    assert table.effort == {(2023, 11): 3, (2023, 12): 14}


def test_three_years_cannot_tell_of_a_season():
    assert seasonality_note(month_table(many((2021, 2022, 2023), 4))) == "cannot_tell_years"


def test_a_handful_of_acts_cannot_tell_either():
    acts = [on(date(y, 12, 8)) for y in range(2015, 2024)]
    assert seasonality_note(month_table(acts)) == "cannot_tell_acts"


def test_without_the_number_of_reports_no_month_can_be_compared():
    assert seasonality_note(month_table(many(range(2018, 2024), 1))) == "cannot_tell_effort"


def test_with_years_acts_and_effort_the_counts_may_be_compared():
    effort = {(y, m): 10 for y in range(2018, 2024) for m in range(1, 13)}
    assert seasonality_note(month_table(many(range(2018, 2024), 1), effort)) == "compare_with_effort"


def test_an_empty_record_says_so():
    assert seasonality_note(month_table([])) == "cannot_tell_years"


@given(st.lists(st.tuples(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(0, 90))))
def test_every_act_is_counted_exactly_once_in_any_order(days):
    acts = [on(first, first + timedelta(days=length)) for first, length in days]
    table = month_table(acts)
    assert table.total == len(acts)
    assert table == month_table(acts[::-1])
    assert all(table.spread[m] <= table.counts[m] for m in table.spread)
