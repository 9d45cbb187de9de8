"""Clearing: only a text with nothing open, and only that text."""

import pytest

from nightdesk.desk.errors import DeskError, NotAllowed, Stale
from nightdesk.desk.review import actions, keeping
from nightdesk.desk.review.changes import since_cleared
from nightdesk.desk.review.standing import blockers, standing_of
from nightdesk.desk.review.state import state_of
from nightdesk.desk.review.tests import making
from nightdesk.desk.stories.models import Edition, Paragraph


def test_a_text_with_open_findings_is_not_cleared(story, alice):
    actions.review(alice, story)
    with pytest.raises(DeskError):
        making.clear(alice, story)


def test_kept_reds_without_a_second_person_are_not_enough(story, alice):
    actions.review(alice, story)
    for judged in standing_of(story).open:
        actions.keep(alice, story, judged.finding.key, "Known all over the town.")
    assert standing_of(story).open
    with pytest.raises(DeskError):
        making.clear(alice, story)


def test_an_edit_after_clearing_reopens_it_and_says_what_changed(story, alice, erin):
    making.cleared(alice, erin, story)
    assert state_of(story).key == "cleared"
    row = Paragraph.objects.filter(edition__lang="en").last()
    row.text = row.text.replace("money", "cash")
    row.save()
    assert state_of(story).key == "draft"
    [change] = since_cleared(standing_of(story))
    assert change.lang == "en"
    assert {piece.kind for piece in change.pieces} == {"same", "out", "in"}


@pytest.mark.parametrize("part", ["title", "summary"])
def test_a_changed_heading_reopens_it_too(story, alice, erin, part):
    making.cleared(alice, erin, story)
    Edition.objects.filter(story=story, lang="en").update(**{part: "Other words"})
    assert not standing_of(story).clearance_holds


def test_a_row_let_into_the_record_after_clearing_reopens_it(story, alice, erin):
    making.cleared(alice, erin, story)
    token = next(iter(standing_of(story).laid.draft.editions["ko"][2].claims))
    keeping.let_into_record(
        alice, story, token, {"ko": "보위원들", "en": "agents"}, {"ko": "브로커", "en": "a broker"}
    )
    assert not standing_of(story).clearance_holds


def test_a_clearance_is_for_its_day(story, alice, erin, settings):
    making.cleared(alice, erin, story)
    settings.NIGHTDESK_CLOCK = f"{__name__}.day_after"
    one = standing_of(story)
    assert one.clearance_holds
    assert not one.cleared_today
    assert state_of(story).key == "draft"


def day_after():
    from datetime import UTC, datetime

    return datetime(2023, 12, 19, 9, 0, tzinfo=UTC)


def test_a_stale_or_missing_translation_is_named_before_clearing(story, alice, erin):
    Paragraph.objects.filter(edition__lang="en", position=4).update(translated_text="older", text="Said.")
    Paragraph.objects.filter(edition__lang="en", position=3).update(text="")
    making.decide_everything(alice, erin, story)
    assert len(blockers(standing_of(story))) == 2
    with pytest.raises(DeskError):
        making.clear(alice, story)


def test_a_chip_of_nothing_stands_in_the_way(story, alice, erin):
    row = Paragraph.objects.filter(edition__lang="en").last()
    Paragraph.objects.filter(pk=row.pk).update(text=row.text + " {money:c99999}")
    making.decide_everything(alice, erin, story)
    with pytest.raises(DeskError):
        making.clear(alice, story)


def test_what_somebody_did_not_see_is_not_cleared(story, alice, erin):
    making.decide_everything(alice, erin, story)
    with pytest.raises(Stale):
        actions.clear(alice, story, seen="another text")


def test_a_reporter_clears_nothing(story, alice, erin, bob):
    making.decide_everything(alice, erin, story)
    with pytest.raises(NotAllowed):
        making.clear(bob, story)
