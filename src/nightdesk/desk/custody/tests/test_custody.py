"""The log of one report is exact and chained; the audit names weeks and verbs and nobody."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from nightdesk.desk import clock
from nightdesk.desk.custody import words
from nightdesk.desk.custody.actions import record
from nightdesk.desk.custody.models import AuditWeek, CustodyEntry
from nightdesk.desk.custody.reading import broken_chain, broken_link
from nightdesk.desk.reports.models import Report
from nightdesk.desk.sources.models import Source

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(bob):
    source = Source.objects.create(pseudonym="crane", made_on=clock.today())
    source.cleared.add(bob)
    row = Report.objects.create(
        source=source,
        lang="ko",
        contact_on=date(2023, 12, 15),
        channel="voice",
        text="말.",
        received_at=clock.now(),
    )
    for verb in ("open", "read", "confirm"):
        record(row, verb, bob)
    return row


def test_the_log_names_who_did_what_and_holds(bob, report, signed_in):
    page = signed_in(bob).get(f"/custody/report/{report.pk}/").text
    assert "Bob" in page and "confirm" in page and "The chain holds" in page


@pytest.mark.parametrize("change", [{"verb": "doubt"}, {"note": "x"}, {"previous": "0" * 64}])
def test_a_changed_entry_breaks_the_chain_and_the_page_says_so(bob, report, signed_in, change):
    entry = CustodyEntry.objects.filter(subject=f"report:{report.pk}")[1]
    CustodyEntry.objects.filter(pk=entry.pk).update(**change)
    assert broken_link(report) == entry
    assert "The chain breaks" in signed_in(bob).get(f"/custody/report/{report.pk}/").text


def test_an_entry_left_out_breaks_the_chain(report):
    CustodyEntry.objects.filter(subject=f"report:{report.pk}")[1].delete()
    assert broken_chain(f"report:{report.pk}") is not None


def test_the_audit_counts_verbs_by_week_and_names_nobody(alice, report, signed_in):
    page = signed_in(alice).get("/custody/audit/").text
    assert "2023, week 51" in page and "confirm" in page
    assert "Bob" not in page and "crane" not in page and f"report:{report.pk}" not in page


@pytest.mark.parametrize("who", ["bob", "charlie", "tariq"])
def test_only_members_with_the_tables_see_the_audit(request, who, signed_in):
    assert signed_in(request.getfixturevalue(who)).get("/custody/audit/").status_code == 403


def test_an_action_on_two_rows_counts_once_in_the_audit(bob, report):
    record(report, "doubt", bob)
    record(report, "doubt", bob, counted=False)
    assert AuditWeek.objects.get(verb="doubt").count == 1
    assert broken_link(report) is None


def test_the_audit_lists_the_steps_as_the_line_goes_and_says_the_week_in_korean(
    alice, bob, report, signed_in
):
    for verb in ("claim", "accept", "draft"):
        record(report, verb, bob)
    answer = signed_in(alice).get("/custody/audit/", headers={"accept-language": "ko"})
    assert [verb for verb, _ in answer.context["rows"]] == [
        "open",
        "confirm",
        "read",
        "claim",
        "accept",
        "draft",
    ]
    assert "2023년 51주" in answer.text


@pytest.mark.parametrize(
    ("verb", "note", "english", "korean"),
    [
        ("ask for card", "look: She did not answer.", "read or change the card: She did not answer.", "카드 열람 또는 수정: She did not answer."),
        ("ask for card", "end two: Too slow.", "end “needs two”: Too slow.", "‘두 사람 필요’ 해제: Too slow."),
        ("ask for card", "maybe: he said", "maybe: he said", "maybe: he said"),
        ("seal", "by the sender, entered on opening", "by the sender, entered on opening", "보낸 사람이 봉함, 열 때 적음"),
        ("receive", "by the drop on 2023-12-16, entered on opening", "by the drop on 16 December 2023, entered on opening", "2023년 12월 16일 제보함이 받음, 열 때 적음"),
        ("clear", "story 3", "story 3", "기사 3"),
    ],
)  # fmt: skip
def test_a_page_says_what_the_log_notes_in_its_own_language(verb, note, english, korean):
    entry = CustodyEntry(verb=verb, note=note)
    for lang, said in (("en", english), ("ko", korean)):
        with translation.override(lang):
            assert words.said(entry) == said


def test_clearing_a_member_for_a_source_is_not_called_as_clearing_a_text():
    with translation.override("ko"):
        assert words.step_of(CustodyEntry(subject="source:1", verb="clear")) == "열람 허가"
        assert (
            words.step_of(CustodyEntry(subject="story:1", verb="clear")) == words.step("clear") != "열람 허가"
        )
