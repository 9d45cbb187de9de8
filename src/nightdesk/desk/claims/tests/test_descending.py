"""The picture of an event: every node can be read and told from every other."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nightdesk.desk.claims import actions
from nightdesk.desk.claims.descending import LETTERS, broken, fitting
from nightdesk.desk.claims.models import Event
from nightdesk.desk.claims.tests.conftest import BROKER
from nightdesk.desk.reports.models import Report
from nightdesk.desk.reports.naming import tell_apart


@pytest.mark.parametrize(("name", "lines"), [
    ("crane", ["crane"]), ("relay-longjing-two", ["relay-longjing-", "two"]), ("a heron of the river", ["a heron of the", "river"]),
    ("x" * 20, ["x" * 16, "xxxx"]), ("x" * 40, ["x" * 16, "x" * 15 + "…"]), ("두만강의 두루미 한 마리", ["두만강의 두루미", "한 마리"]),
    ("", [""]),
])  # fmt: skip
def test_a_name_stands_in_two_lines_that_fit(name, lines):
    assert broken(name) == lines
    assert all(fitting(line.rstrip("…")) == line.rstrip("…") for line in lines) and LETTERS == 16


@pytest.fixture
def twice(db, alice, bob, told):
    """Two reports of one source on one day, and an earlier one of it: one event."""
    rows = [
        told("crane", bob, text=f"{BROKER} {n}", on=date(2023, 12, day)) for n, day in enumerate((14, 15, 15))
    ]
    actions.corroborate(alice)
    return rows


def test_reports_of_one_source_and_day_are_told_apart_wherever_they_stand(alice, bob, twice, signed_in):
    first, second, third = (row.report for row in twice)
    client = signed_in(bob)
    page = client.get(Event.objects.get(accounts=twice[0]).get_absolute_url()).text
    picture = page[page.index("<svg") : page.index("</svg>")]
    assert picture.count(">15 December 2023<") == 2 and picture.count(">14 December 2023<") == 1
    for row in (second, third):
        assert f">no. {row.pk}<" in picture and f"crane 15 December 2023 (no. {row.pk})" in page
    assert f"no. {first.pk}" not in page
    for address in ("/reports/", "/", second.source.get_absolute_url(), second.get_absolute_url()):
        assert f"no. {second.pk}" in client.get(address).text, address
    for name in ("custody:log", "care:keep_report", "care:purge_report", "reports:teach"):
        shown = signed_in(alice).get(reverse(name, args=[second.pk])).text
        assert f"15 December 2023 (no. {second.pk})" in shown, name
    assert f"15일 ({second.pk}번)" in client.get("/", headers={"accept-language": "ko"}).text


def test_a_number_tells_of_no_report_that_the_member_may_not_read(alice, bob, twice):
    second, third = (row.report for row in twice[1:])
    Report.objects.filter(pk=third.pk).update(eyes_only=True)  # sealed to nobody here
    tell_apart(bob, [second])
    assert str(second) == "crane 15 December 2023"
    Report.objects.filter(pk=third.pk).update(eyes_only=False)
    tell_apart(bob, [second])
    assert str(second) == f"crane 15 December 2023 (no. {second.pk})"


def test_who_shares_a_name_is_answered_from_an_index(alice, twice):
    """Fifty sources of two thousand reports each were read whole: 45 ms of a page."""
    with CaptureQueriesContext(connection) as asked:
        tell_apart(alice, [row.report for row in twice])
    assert len(asked) == 1
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + asked[0]["sql"])
        assert any("reports_of_a_day" in str(row) for row in cursor.fetchall())
