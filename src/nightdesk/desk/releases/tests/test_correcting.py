"""Corrections and withdrawals: through review like everything else, and out in both languages at once."""

import pytest

from nightdesk.desk.errors import DeskError
from nightdesk.desk.incidents.models import Act
from nightdesk.desk.releases import actions, files
from nightdesk.desk.releases.models import Release
from nightdesk.desk.review.draft import draft_of
from nightdesk.desk.review.models import Clearance
from nightdesk.desk.review.past import Released
from nightdesk.desk.review.standing import standing_of
from nightdesk.desk.review.state import state_of
from nightdesk.desk.review.tests import making
from nightdesk.desk.stories.models import Paragraph
from nightdesk.desk.stories.settling import touched
from nightdesk.release.codec import from_bytes

NOTES = {"ko": "날짜를 바로잡았다.", "en": "A date was corrected."}
REASONS = {"ko": "내용을 더는 확인할 수 없다.", "en": "It can no longer be confirmed."}


def newest(story):
    return from_bytes(bytes(Release.objects.filter(story=story).latest("version").document))


def corrected(alice, erin, story):
    actions.correct(alice, story, NOTES)
    Paragraph.objects.filter(edition__lang="en").last().delete()
    row = Paragraph.objects.filter(edition__lang="ko").last()
    row.delete()
    story.refresh_from_db()
    making.cleared(alice, erin, story)
    return actions.release(alice, story)


def withdrawn(alice, erin, story):
    actions.withdraw(alice, story, REASONS)
    story.refresh_from_db()
    making.cleared(alice, erin, story)
    return actions.release(alice, story)


def test_a_correction_is_a_new_version_with_its_note(released, alice, erin):
    assert corrected(alice, erin, released).version == 2
    said = newest(released)
    assert said.kind == "correction"
    assert [note.words for note in said.notes] == [NOTES]
    assert {len(edition.paragraphs) for edition in said.editions} == {3}


def test_a_note_is_reviewed_with_the_text(released, alice):
    from nightdesk.desk.clock import today

    actions.correct(alice, released, NOTES)
    released.refresh_from_db()
    assert draft_of(released, today()).editions["en"][-1].id == "note"
    assert state_of(released).key == "draft"
    with pytest.raises(DeskError):
        actions.release(alice, released)


def test_a_correction_without_a_note_in_every_language_is_refused(released, alice):
    with pytest.raises(DeskError):
        actions.correct(alice, released, {"en": "Only English."})


def without_its_last_paragraph(story):
    """Past the actions, which would refuse; like them it says that the story was touched."""
    for lang in ("en", "ko"):
        Paragraph.objects.filter(edition__lang=lang).last().delete()
    touched(story.pk)


def test_a_released_text_changes_only_by_a_correction(released, alice, erin):
    without_its_last_paragraph(released)
    with pytest.raises(DeskError, match="cannot be cleared"):
        making.cleared(alice, erin, released)
    with pytest.raises(DeskError):
        actions.release(alice, released)
    assert released.releases.count() == 1


def test_a_correction_readers_have_is_over_and_its_note_goes_out_once(released, alice, erin):
    actions.correct(alice, released, NOTES)
    released.refresh_from_db()
    making.cleared(alice, erin, released)
    actions.release(alice, released)
    released.refresh_from_db()
    without_its_last_paragraph(released)
    with pytest.raises(DeskError):
        making.cleared(alice, erin, released)
    assert released.releases.count() == 2


def test_clearing_twice_is_one_clearance_and_a_released_text_is_not_cleared_again(
    story, alice, erin, keyring
):
    first = making.cleared(alice, erin, story)
    assert making.clear(alice, story) == first and Clearance.objects.count() == 1
    actions.release(alice, story)
    with pytest.raises(DeskError, match="already"):
        making.clear(alice, story)
    with pytest.raises(DeskError, match="already"):
        actions.release(alice, story)


def test_a_correction_given_up_leaves_readers_what_they_have(released, alice):
    actions.correct(alice, released, NOTES)
    actions.give_up(alice, released)
    released.refresh_from_db()
    assert state_of(released).key == "released"


def test_only_the_notes_of_a_withdrawal_are_reviewed(released, alice):
    actions.withdraw(alice, released, REASONS)
    released.refresh_from_db()
    editions = standing_of(released).laid.draft.editions
    assert {lang: [p.text for p in row] for lang, row in editions.items()} == {
        lang: [words] for lang, words in REASONS.items()
    }


def test_a_withdrawal_leaves_no_words_and_the_story_does_not_come_back(released, alice, erin):
    assert Act.objects.get().cleared_at is not None
    withdrawn(alice, erin, released)
    said = newest(released)
    assert (said.kind, said.editions, said.acts) == ("withdrawal", (), ())
    released.refresh_from_db()
    assert state_of(released).key == "withdrawn"
    assert Act.objects.get().cleared_at is None
    for again in (actions.release, lambda member, story: actions.correct(member, story, NOTES)):
        with pytest.raises(DeskError):
            again(alice, released)


def test_earlier_releases_are_the_next_storys_history_withdrawn_ones_too(released, alice, erin, bob, tariq):
    other = making.story(bob, tariq, "another-story")
    withdrawn(alice, erin, released)
    for source in ("crane", "heron", "millet"):
        hits = Released(other).told_of(source, "hoeryong")
        assert hits and hits.count == 1 and hits.latest.withdrawn
        assert Released(released).told_of(source, "hoeryong") is None


def test_the_press_takes_a_withdrawn_story_out_in_both_languages(released, alice, erin):
    assert files.press().ok
    site = files.site_dir()
    pages = [site / lang / released.slug / "index.html" for lang in ("ko", "en")]
    assert "회령" in pages[0].read_text("utf-8")
    assert "Hoeryong" in pages[1].read_text("utf-8")
    assert "extortion" in (site / "data" / "acts.csv").read_text("utf-8")
    withdrawn(alice, erin, released)
    assert files.press().ok
    built = "".join(
        p.read_text("utf-8") for p in site.rglob("*") if p.suffix in (".html", ".xml", ".json", ".csv")
    )
    assert making.TITLES["en"] not in built
    assert making.TITLES["ko"] not in built
    assert "two agents" not in built
    assert all(page.exists() for page in pages)


def test_a_press_that_fails_says_why_and_leaves_the_site(released, alice, signed_in):
    from django.urls import reverse

    assert files.press().ok
    before = (files.site_dir() / "index.html").read_text("utf-8")
    (files.releases_dir() / f"{released.public_id}.v1.sig").write_bytes(b"damaged")
    answer = signed_in(alice).post(reverse("releases:press"), follow=True)
    assert "stands as it was" in answer.content.decode()
    assert (files.site_dir() / "index.html").read_text("utf-8") == before


def test_a_correction_keeps_the_rates_readers_saw_whatever_the_tables_say_later(
    released, alice, erin, monkeypatch
):
    from dataclasses import replace
    from decimal import Decimal

    from nightdesk.desk.stories import rates

    before = [
        run for e in newest(released).editions for p in e.paragraphs for run in p.runs if hasattr(run, "rate")
    ]
    assert before and released.first_rates["CNY"]["value"] == str(before[0].rate)
    old = rates.bank_rate
    monkeypatch.setattr(rates, "bank_rate", lambda *asked: replace(old(*asked), value=Decimal("0.5")))
    assert standing_of(released).is_released
    corrected(alice, erin, released)
    after = [
        run for e in newest(released).editions for p in e.paragraphs for run in p.runs if hasattr(run, "rate")
    ]
    assert {run.rate for run in after} == {before[0].rate}


def test_a_note_readers_have_is_refused_aloud(released, alice, erin):
    corrected(alice, erin, released)
    with pytest.raises(DeskError, match="this very note"):
        actions.correct(alice, released, NOTES)


@pytest.mark.parametrize(
    ("begin", "said"),
    [(actions.correct, "A correction is begun."), (actions.withdraw, "A withdrawal is begun.")],
)
def test_what_is_just_begun_is_said_so_and_not_that_somebody_changed_the_text(released, alice, begin, said):
    begin(alice, released, NOTES)
    released.refresh_from_db()
    text = state_of(released).text
    assert text.startswith(said) and "Changed since it was cleared" not in text


def test_a_correction_that_was_cleared_and_changed_again_is_said_to_have_changed(released, alice, erin):
    actions.correct(alice, released, NOTES)
    released.refresh_from_db()
    making.cleared(alice, erin, released)
    Paragraph.objects.filter(edition__lang="en", edition__story=released).last().delete()
    assert state_of(released).text.startswith("Changed since it was cleared.")
