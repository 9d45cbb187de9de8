"""The retention clock: a date from the table, changed with a reason; editors see what is due; nothing is destroyed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nightdesk.desk import clock
from nightdesk.desk.care import retention
from nightdesk.desk.care.models import KeepUntil
from nightdesk.desk.care.tables import KEEP_DAYS
from nightdesk.desk.custody.reading import lines
from nightdesk.desk.errors import DeskError, NotAllowed
from nightdesk.desk.reports.models import Report
from nightdesk.desk.sources.models import Contact, Source

pytestmark = pytest.mark.django_db
TODAY = date(2023, 12, 18)
WHY = "The court wants it until then."


def source(name="crane", made=TODAY):
    return Source.objects.create(pseudonym=name, made_on=made)


def report(of, received=TODAY):
    moment = datetime(received.year, received.month, received.day, 23, 59, tzinfo=UTC)
    return Report.objects.create(
        source=of, lang="ko", contact_on=received, channel="voice", text="말", received_at=moment
    )


def long_ago(kind, *, left):
    """A day so that something of that kind is kept `left` more days."""
    return TODAY - timedelta(days=KEEP_DAYS[kind] - left)


def test_without_a_choice_the_table_decides(alice):
    row = report(source())
    assert retention.kept(row, TODAY).until == TODAY + timedelta(days=KEEP_DAYS["report"])
    assert retention.kept(row.source, TODAY).until == TODAY + timedelta(days=KEEP_DAYS["source"])


def test_the_clock_of_a_source_starts_again_when_something_is_heard_of_it():
    quiet = source(made=date(2015, 1, 1))
    assert retention.since(quiet) == date(2015, 1, 1)
    report(quiet, date(2020, 5, 5))
    Contact.objects.create(source=quiet, on=date(2021, 6, 6), channel="voice")
    assert retention.since(quiet) == date(2021, 6, 6)


@pytest.mark.parametrize(("left", "over", "soon"), [(-1, 1, 0), (0, 0, 1), (14, 0, 1), (15, 0, 0)])
def test_what_is_past_its_day_and_what_comes_within_fourteen_days_is_counted(alice, left, over, soon):
    report(source(), long_ago("report", left=left))
    assert retention.due_count(alice, TODAY) == (over, soon)
    assert len(retention.due(alice, TODAY).reports) == over + soon
    assert len(retention.purge_due(alice, TODAY).reports) == over


@pytest.mark.parametrize(("left", "over", "soon"), [(-1, 1, 0), (0, 0, 1), (14, 0, 1), (15, 0, 0)])
def test_sources_are_counted_the_same_way(alice, left, over, soon):
    source(made=long_ago("source", left=left))
    assert retention.due_count(alice, TODAY) == (over, soon)
    assert [one.left for one in retention.due(alice, TODAY).sources] == ([left] if over + soon else [])


def test_a_chosen_date_goes_before_the_table_and_the_newest_counts(alice):
    row = report(source(), long_ago("report", left=-5))
    retention.keep(alice, row, TODAY + timedelta(days=400), WHY)
    assert retention.due(alice, TODAY).count == 0
    retention.keep(alice, row, TODAY + timedelta(days=3), "She asked to be forgotten.")
    assert [one.left for one in retention.due(alice, TODAY).reports] == [3]
    assert KeepUntil.objects.count() == 2
    assert [line.note for line in lines(f"report:{row.pk}", verb="keep until")] == [
        "2025-01-21",
        "2023-12-21",
    ]


def test_a_date_that_is_over_or_out_of_reach_or_without_a_reason_is_refused(alice):
    row = source()
    for until, why in ((TODAY - timedelta(days=1), WHY), (date(2999, 1, 1), WHY), (TODAY, "")):
        with pytest.raises(DeskError):
            retention.keep(alice, row, until, why)
    assert not KeepUntil.objects.exists()


def test_editors_find_it_on_the_first_screen_and_the_list_says_that_nothing_is_destroyed(alice, signed_in):
    row = report(source(), long_ago("report", left=-1))
    assert reverse("care:due") in signed_in(alice).get("/").text
    page = signed_in(alice).get(reverse("care:due")).text
    assert "Nothing is destroyed by a date alone" in page and row.get_absolute_url() in page
    assert Report.objects.filter(pk=row.pk).exists()


def test_reporters_and_charlie_are_told_of_no_date(bob, charlie, signed_in):
    row = report(source(), long_ago("report", left=-1))
    row.source.cleared.add(bob)
    for member in (bob, charlie):
        assert reverse("care:due") not in signed_in(member).get("/").text
        assert retention.due(member, TODAY).count == 0
        with pytest.raises(NotAllowed):
            retention.keep(member, row, TODAY, WHY)


def test_a_date_is_changed_on_the_screen_with_a_reason(alice, signed_in):
    row = report(source())
    url = reverse("care:keep_report", args=[row.pk])
    answer = signed_in(alice).post(url, {"until": "2024-03-01", "reason": "no"})
    assert answer.status_code == 400 and 'value="2024-03-01"' in answer.text
    assert signed_in(alice).post(url, {"until": "2024-03-01", "reason": WHY}).status_code == 302
    assert "1 March 2024" in signed_in(alice).get(row.get_absolute_url()).text
    signed_in(alice).post(
        reverse("care:keep_source", args=[row.source_id]), {"until": "2024-04-01", "reason": WHY}
    )
    assert "1 April 2024" in signed_in(alice).get(row.source.get_absolute_url()).text


def test_the_list_asks_the_same_number_of_questions_of_many_rows(alice, django_assert_num_queries):
    def more(count):
        for number in range(count):
            one = source(f"s{number}-{count}", long_ago("source", left=-1))
            report(one, long_ago("report", left=-1))
            retention.keep(alice, source(f"t{number}-{count}"), TODAY, WHY)

    more(1)
    with CaptureQueriesContext(connection) as few:
        retention.due(alice, clock.today())
    more(6)
    with django_assert_num_queries(len(few)):
        assert retention.due(alice, clock.today()).count >= 14
