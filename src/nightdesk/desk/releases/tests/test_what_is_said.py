"""What the screens say of a text between its readers and its next version."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from nightdesk.desk.releases import actions, previews
from nightdesk.desk.releases.tests.test_correcting import NOTES, REASONS, corrected
from nightdesk.desk.review.evidence import evidence_of
from nightdesk.desk.review.past import Released
from nightdesk.desk.review.standing import standing_of
from nightdesk.desk.review.state import state_of
from nightdesk.desk.review.tests import making
from nightdesk.desk.review.tests.test_photo import WORDS
from nightdesk.desk.stories import photos
from nightdesk.desk.stories.models import Version
from nightdesk.desk.stories.templatetags.story_words import version_label
from nightdesk.desk.stories.tests.test_photos import jpeg
from nightdesk.release.codec import from_bytes


def page(client, name, story):
    return client.get(reverse(name, args=[story.pk])).content.decode()


def later():
    return datetime(2024, 1, 5, 9, 0, tzinfo=UTC)


def test_after_a_release_the_notice_and_the_page_link_to_every_language(
    story, alice, erin, keyring, signed_in, settings
):
    settings.NIGHTDESK_SITE_URL = "https://tumen.example"
    making.cleared(alice, erin, story)
    client = signed_in(alice)
    said = client.post(reverse("releases:release", args=[story.pk]), follow=True).content.decode()
    for lang in ("ko", "en"):
        assert said.count(f'href="https://tumen.example/{lang}/{story.slug}/"') == 2
    assert page(client, "releases:story", story).count(f'/en/{story.slug}/"') == 1


def test_nothing_is_linked_before_readers_have_it(story, alice, signed_in):
    assert "Where readers find it" not in page(signed_in(alice), "releases:story", story)


def test_a_begun_correction_says_so_leads_to_the_text_and_names_what_readers_have(released, alice, signed_in):
    client = signed_in(alice)
    before = page(client, "releases:story", released)
    assert "Begin a correction" in before and "Readers still have" not in before
    actions.correct(alice, released, NOTES)
    said = page(client, "releases:story", released)
    assert "Begin a correction" not in said and "Change the note" in said and NOTES["en"] in said
    assert f'href="{released.get_absolute_url()}">Change the text' in said
    for name in ("releases:story", "review:story", "stories:story"):
        assert "Readers still have version 1" in page(client, name, released)


def test_a_note_readers_have_already_begins_no_other_correction(released, alice, erin):
    corrected(alice, erin, released)
    row = released.editions.get(lang="ko").paragraphs.first()
    type(row).objects.filter(pk=row.pk).update(text="다른 말")
    released.refresh_from_db()
    assert not standing_of(released).begun and state_of(released).readers == 2
    actions.correct(alice, released, {**NOTES, "en": "Another note."})
    assert standing_of(released).begun


def test_nothing_of_the_photo_is_evidence_of_a_withdrawal(released, alice, bob):
    photos.place_photo(bob, released, jpeg(), WORDS, 0)
    released.refresh_from_db()
    assert evidence_of(released).files
    actions.withdraw(alice, released, REASONS)
    released.refresh_from_db()
    assert not evidence_of(released).files


def test_a_preview_of_a_cleared_text_says_so_and_an_older_one_that_it_is_older(story, alice, erin, signed_in):
    client = signed_in(alice)
    making.decide_everything(alice, erin, story)
    previews.preview(alice, story)
    assert "Nobody has cleared this text." in page(client, "releases:preview", story)
    making.clear(alice, story)
    said = page(client, "releases:preview", story)
    assert "Nobody has cleared" not in said and "Build it once more" in said
    previews.preview(alice, story)
    said = page(client, "releases:preview", story)
    assert "Alice cleared exactly this text for today" in said and "Build it once more" not in said
    url = reverse("releases:preview_file", args=[story.pk, f"en/{story.slug}/"])
    assert "Preview – cleared, not signed" in client.get(url).content.decode()


def test_a_version_is_kept_at_clearing_and_at_every_release(released, alice, erin):
    names = list(Version.objects.filter(story=released).order_by("pk").values_list("name", flat=True))
    assert names == ["Cleared for release", "Released as version 1"]
    corrected(alice, erin, released)
    newest = Version.objects.filter(story=released).first()
    assert newest.name == "Released as version 2" and len(newest.content["editions"][0]["paragraphs"]) == 3


@pytest.mark.parametrize(
    ("name", "korean"),
    [("Released as version 2", "2차 공개본으로 공개"), ("Cleared for release", "공개 승인"), ("Before a version was restored: Released as version 1", "판본으로 되돌리기 전: 1차 공개본으로 공개")],
)  # fmt: skip
def test_the_names_the_desk_gives_are_said_in_the_language_of_the_page(name, korean):
    from django.utils.translation import override

    with override("en"):
        assert version_label(name) == name
    with override("ko"):
        assert version_label(name).endswith(korean.rpartition(": ")[2])


def test_a_version_shows_sums_as_readers_saw_them_and_the_list_what_changed(released, alice, erin, signed_in):
    corrected(alice, erin, released)
    client, first = signed_in(alice), Version.objects.get(story=released, name="Released as version 1")
    said = client.get(reverse("stories:version", args=[released.pk, first.pk])).content.decode()
    assert (
        "{money:" not in said
        and "RMB 20,000 (around USD 2,800)" in said
        and "18 December 2023, 09:00" in said
    )
    listed = page(client, "stories:versions", released)
    assert "KO: removed: 1; EN: removed: 1" in listed and "nothing changed since the one before" in listed


def test_a_correction_keeps_the_rate_of_the_first_release(released, alice, erin, settings, keyring):
    settings.NIGHTDESK_CLOCK = f"{__name__}.later"
    row = corrected(alice, erin, released)
    said = from_bytes(bytes(row.document))
    sums = [run for e in said.editions for p in e.paragraphs for run in p.runs if hasattr(run, "rate_on")]
    assert said.released_on.isoformat() == "2024-01-05" and sums
    assert {run.rate_on.isoformat() for run in sums} == {"2023-12-18"}


def test_the_history_names_an_earlier_story_by_its_headline_and_says_that_it_was_withdrawn(
    released, alice, erin, bob, tariq
):
    from nightdesk.desk.releases.tests.test_correcting import withdrawn
    from nightdesk.desk.review import actions as review

    other = making.story(bob, tariq, "another-story")
    withdrawn(alice, erin, released)
    assert Released(other).told_of("crane", "hoeryong").latest.id == f"“{making.TITLES['ko']}”"
    found = [row for row in review.review(alice, other).findings.all() if row.kind == "history"]
    assert found
    for row in found:
        assert f"(“{making.TITLES['ko']}”, 18 December 2023, withdrawn since)" in row.data["why"]["en"]
        assert f"(“{making.TITLES['ko']}”, 2023년 12월 18일, 그 뒤 철회)" in row.data["why"]["ko"]
        assert released.public_id not in str(row.data)
