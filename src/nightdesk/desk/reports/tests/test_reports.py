"""Reports: found, read, confirmed, and shown only to who may read them."""

from __future__ import annotations

from datetime import date

import pytest

from nightdesk.desk import clock
from nightdesk.desk.claims.models import Account
from nightdesk.desk.custody.models import CustodyEntry
from nightdesk.desk.reports.models import Report
from nightdesk.desk.search import documents
from nightdesk.desk.sources.models import Source

pytestmark = pytest.mark.django_db
TEXT = "지난 11일 회령에서 <b>2만 위안</b>을 내라고 했다. 코드 77431은 모른다."


@pytest.fixture
def report(bob):
    return told("crane", bob)


def told(pseudonym, *cleared, text=TEXT, lang="ko", on=date(2023, 12, 15)):
    source, _made = Source.objects.get_or_create(pseudonym=pseudonym, defaults={"made_on": clock.today()})
    source.cleared.add(*cleared)
    row = Report.objects.create(
        source=source, lang=lang, contact_on=on, channel="voice", text=text, received_at=clock.now()
    )
    Account.objects.create(report=row, start=0, end=len(text))
    documents.add("report", row)
    return row


def test_the_words_are_shown_escaped_with_what_was_read(bob, report, signed_in):
    page = signed_in(bob).get(report.get_absolute_url()).text
    assert "&lt;b&gt;" in page and "<b>2만" not in page
    assert 'data-kind="money"' in page and "CNY 20,000" in page
    assert 'tabindex="0"' in page


def test_digits_that_no_rule_could_read_are_marked(bob, report, signed_in):
    page = signed_in(bob).get(report.get_absolute_url())
    unread = [words for mark, _kind, words in page.context["marks"] if mark.kind == "unread"]
    assert any("77431" in words for words in unread)
    assert 'data-kind="unread"' in page.text


def test_reading_is_marked_by_a_button_and_kept_in_the_log(bob, report, signed_in):
    client = signed_in(bob)
    client.get(report.get_absolute_url())
    report.refresh_from_db()
    assert report.read_at is None
    client.post(f"/reports/{report.pk}/read/")
    client.post(f"/reports/{report.pk}/read/")
    report.refresh_from_db()
    assert report.read_at
    assert CustodyEntry.objects.filter(subject=f"report:{report.pk}", verb="read").count() == 1


def test_the_teller_is_not_confirmed_until_a_member_does_it(bob, report, signed_in):
    client = signed_in(bob)
    assert "not confirmed" in client.get(report.get_absolute_url()).text
    client.post(f"/reports/{report.pk}/confirm/")
    assert "confirmed by Bob" in client.get(report.get_absolute_url()).text
    client.post(f"/reports/{report.pk}/doubt/")
    report.refresh_from_db()
    assert report.teller_confirmed_at is None


def test_the_list_is_narrowed_by_words_source_language_and_unread(bob, report, signed_in):
    other = told("tally", bob, text="Rice is dear.", lang="en")
    other.read_at = clock.now()
    other.save()
    client = signed_in(bob)

    def found(**wanted):
        return [row.pk for row in client.get("/reports/", wanted).context["page"]]

    assert found() == [other.pk, report.pk]
    assert found(q="위안") == [report.pk]
    assert found(unread="on") == [report.pk]
    assert found(lang="en") == [other.pk]
    assert found(source=str(other.source_id)) == [other.pk]
    assert found(q="nowhere") == []
    assert found(source="zzz", lang="xx") == [other.pk, report.pk]


@pytest.mark.parametrize("who", ["charlie", "dana"])
def test_a_member_not_cleared_finds_no_report_anywhere(request, who, report, signed_in):
    client = signed_in(request.getfixturevalue(who))
    assert client.get(report.get_absolute_url()).status_code == 404
    assert client.get(f"/custody/report/{report.pk}/").status_code == 404
    for verb in ("read", "confirm", "doubt"):
        assert client.post(f"/reports/{report.pk}/{verb}/").status_code == 404
    for address in ("/", "/reports/", "/reports/?q=2만", "/arrivals/", "/sources/"):
        page = client.get(address).text
        assert "crane" not in page and "위안" not in page


def test_an_editor_reads_every_report(alice, report, signed_in):
    assert signed_in(alice).get(report.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("door", ["/reports/", "/reports/1/", "/custody/report/1/", "/custody/audit/"])
def test_a_translator_is_refused_at_every_door_of_reports(tariq, report, signed_in, door):
    assert signed_in(tariq).get(door).status_code == 403


@pytest.mark.parametrize("verb", ["read", "confirm", "doubt"])
def test_a_translator_can_do_nothing_to_a_report(tariq, report, signed_in, verb):
    assert signed_in(tariq).post(f"/reports/{report.pk}/{verb}/").status_code == 403


def test_a_change_needs_a_form_not_a_link(bob, report, signed_in):
    assert signed_in(bob).get(f"/reports/{report.pk}/confirm/").status_code == 405


def test_the_list_asks_the_same_number_of_questions_for_five_and_thirty(alice, bob, signed_in):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, asked = signed_in(alice), []
    for number in (7, 25):
        for each in range(number):
            told(f"s{number}-{each}", bob)
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/reports/").status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]
