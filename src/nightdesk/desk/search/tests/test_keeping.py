"""The index follows what happens to rows, is made anew, and says where it disagrees."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import connection

from nightdesk.desk import clock
from nightdesk.desk.claims import actions as claiming
from nightdesk.desk.reports.models import Report
from nightdesk.desk.search import documents, index, keeping
from nightdesk.desk.search.tests.saying import TEXT, claimed, found, told
from nightdesk.desk.sources.models import Source
from nightdesk.desk.stories import actions, arranging, versions
from nightdesk.desk.stories.tests.making import make_story, paragraphs
from nightdesk.desk.translation import actions as translating

pytestmark = pytest.mark.django_db


def test_changes_of_a_story_reach_the_index_whoever_makes_them(alice, bob, tariq):
    story = make_story(alice, [claimed(bob, told("crane", bob))], ["회령 하나", "무산 둘"])
    first, second = paragraphs(story)
    korean = [story.editions.get().pk]
    assert found(alice, "회령", "edition") == korean and found(alice, '"하나 무산"', "edition") == []
    removed = second.pk
    version = arranging.remove_paragraph(alice, second)
    assert found(alice, "무산", "edition") == []
    arranging.put_back(alice, version, removed)
    assert found(alice, "무산", "edition") == korean
    actions.save_paragraph(alice, first, "청진 하나", first.revision)
    assert found(alice, "회령", "edition") == [] and found(alice, "청진", "edition") == korean
    actions.restore(alice, version)
    assert found(alice, "청진", "edition") == [] and found(alice, "회령 무산", "edition") == korean
    edition = story.editions.get()
    actions.save_heading(alice, edition, "새 제목", "요약", edition.title_revision)
    assert found(alice, "새 제목 요약", "edition") == korean
    actions.hand_over(alice, story)
    english = story.editions.get(lang="en")
    translating.translate_heading(tariq, english, "Headline", "", english.title_revision)
    assert found(alice, "headline", "edition") == [english.pk]
    arranging.move_paragraph(alice, paragraphs(story)[0], 1)
    versions.keep_version(story, "x", alice)
    assert keeping.faults() == []


def test_rows_changed_behind_the_index_do_not_keep_anybody_from_saving(alice):
    story = make_story(alice, [], ["회령"])
    row = paragraphs(story)[0]
    story.editions.get().paragraphs.update(text="몰래 바뀐 긴 말 " * 50)
    actions.save_paragraph(alice, row, "무산", row.revision)
    assert found(alice, "무산", "edition") and not found(alice, "회령", "edition")
    assert keeping.faults() == []


def test_a_change_that_fails_leaves_the_index_as_it_was(alice):
    story = make_story(alice, [], ["회령 하나"])
    with pytest.raises(RuntimeError), documents.changing_story(story.pk):
        story.editions.get().paragraphs.update(text="무산")
        raise RuntimeError
    assert found(alice, "회령", "edition") and not found(alice, "무산", "edition")
    assert keeping.faults() == []


def test_a_claim_corrected_is_found_by_its_new_words_alone(alice, bob):
    claim = claimed(bob, told("crane", bob), party="브로커")
    claiming.change(bob, claim, {"party": "송금업자"})
    assert found(bob, "송금업자", "claim") == [claim.pk] and found(bob, "브로커", "claim") == []


def test_eyes_only_words_are_never_in_the_shared_index(bob):
    """Whatever carries the mark stays out, with any claim of it."""
    report = told("crane", bob)
    claimed(bob, report)
    Report.objects.filter(pk=report.pk).update(eyes_only=True)
    keeping.rebuild()
    assert [index.count(kind) for kind in ("report", "claim")] == [0, 0]
    assert keeping.faults() == []


def test_check_says_what_the_index_lacks_holds_too_much_or_says_wrongly_and_reindexing_mends_it(bob):
    rows = [told("crane", bob, text=f"회령 {number}") for number in range(3)]
    assert keeping.faults() == []
    rows[0].text = "바뀐 말"
    rows[0].save()
    assert "other words" in keeping.faults()[0]
    told_of = documents.report_document(rows[1])
    index.remove("report", [(told_of.pk, told_of.terms)])
    assert "lacks 1 reports" in keeping.faults()[0]
    index.add("report", [(99, ["x"])])
    assert any("still holds 1 reports" in fault for fault in keeping.faults())
    ticks = []
    assert keeping.rebuild(ticks.append) == 3 == sum(ticks)
    assert keeping.faults() == []


def test_a_desk_that_had_reports_before_it_had_an_index_catches_up_at_its_start(bob):
    report = told("crane", bob)
    index.clear("report")
    keeping.catch_up()
    assert found(bob, "회령") == [report.pk]


def test_an_index_cut_by_an_older_version_is_made_anew_at_the_next_start(bob):
    """Terms of three syllables were not in it: a question for one would have found nothing."""
    report = told("crane", bob)
    index.clear("report")
    index.add("report", [(report.pk, ["보위", "위부", documents.of_source(report.source_id)])])
    assert found(bob, "보위부") == []
    import_module("nightdesk.desk.search.migrations.0002_threes").empty(
        None, SimpleNamespace(connection=connection)
    )
    keeping.catch_up()
    assert found(bob, "보위부") == [report.pk] and keeping.faults() == []


def test_many_reports_at_once_are_all_found(alice, bob):
    source = Source.objects.create(pseudonym="many", made_on=clock.today())
    rows = Report.objects.bulk_create(
        Report(source=source, lang="ko", contact_on=date(2023, 1, 1), channel="drop", text=f"{TEXT} {n}", received_at=clock.now())
        for n in range(2000)
    )  # fmt: skip
    made = map(documents.report_document, rows)
    index.add("report", ((each.pk, each.terms) for each in made))
    assert found(alice, "회령")[0] == rows[-1].pk
    assert index.count("report") >= 2000
