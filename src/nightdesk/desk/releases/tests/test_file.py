"""A document or recording on its way to readers: signed by its hash, written beside the Release, gone with the story."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.urls import reverse
from tests import samples
from tests.samples import CANARY, lacking

from nightdesk.cleaning import Cleaned, clean
from nightdesk.desk import clock
from nightdesk.desk.errors import DeskError
from nightdesk.desk.releases import actions, files, previews
from nightdesk.desk.releases.models import Release, Scheduled
from nightdesk.desk.releases.scheduling import schedule
from nightdesk.desk.review.tests import making
from nightdesk.desk.stories import attachments, cleaning
from nightdesk.desk.stories.models import Attachment
from nightdesk.release.codec import from_bytes

SOUND = samples.mp3(tagged=False)
TITLE = {"ko": "검문하는 소리", "en": "The check, recorded"}


@pytest.fixture
def heard(story, bob, monkeypatch):
    monkeypatch.setattr(cleaning, "clean_file", lambda _data: Cleaned(SOUND, "audio/mpeg", ("author",)))
    attachments.place_attachment(bob, story, b"x", TITLE, 0)
    return story


@pytest.fixture
def out(heard, alice, erin, keyring):
    """The story with its recording, released."""
    making.cleared(alice, erin, heard)
    actions.release(alice, heard)
    return heard


def test_the_release_names_the_file_which_lies_beside_it(out):
    said = from_bytes(bytes(Release.objects.get().document)).attachment
    assert (said.title, said.media_type, said.size) == (TITLE, "audio/mpeg", len(SOUND))
    assert (files.releases_dir() / f"{said.sha256}.mp3").read_bytes() == SOUND


def test_the_site_links_to_it_in_both_languages_under_its_hash(out):
    pressed = files.press()
    assert pressed.ok, pressed.said
    site = files.site_dir()
    assert [path.read_bytes() for path in (site / "files").iterdir()] == [SOUND]
    for lang, title in TITLE.items():
        page = (site / lang / out.slug / "index.html").read_text("utf-8")
        assert title in page and f"files/{sha256(SOUND).hexdigest()}.mp3" in page


@pytest.mark.skipif(bool(lacking()), reason=lacking())
def test_a_real_document_goes_all_the_way_without_a_word_about_itself(story, bob, alice, erin, keyring):
    attachments.place_attachment(bob, story, samples.pdf(), {"ko": "7호 공고", "en": "Notice 7"}, 0)
    making.cleared(alice, erin, story)
    actions.release(alice, story)
    pressed = files.press()
    assert pressed.ok, pressed.said
    places = (files.site_dir(), files.releases_dir())
    everything = [path.read_bytes() for place in places for path in place.rglob("*") if path.is_file()]
    assert [data for data in everything if data.startswith(b"%PDF")]
    assert not [data for data in everything if CANARY.encode() in data or b"20231215" in data]
    assert clean(bytes(Attachment.objects.get().file)).dropped == ()


def test_a_file_that_is_not_the_cleared_one_is_not_signed(heard, alice, erin, keyring):
    making.cleared(alice, erin, heard)
    Attachment.objects.update(file=samples.mp3())
    with pytest.raises(DeskError):
        actions.release(alice, heard)
    assert not Release.objects.exists()


def test_a_lost_file_can_be_written_again_after_it_was_replaced(out, alice, monkeypatch):
    monkeypatch.setattr(cleaning, "clean_file", lambda _data: Cleaned(SOUND * 2, "audio/mpeg", ()))
    attachments.place_attachment(alice, out, b"x", TITLE, 1)
    [file] = files.releases_dir().glob("*.mp3")
    file.unlink()
    Release.objects.update(written_at=None)
    assert files.press().ok and file.read_bytes() == SOUND


def test_a_file_changed_on_the_disk_stops_the_press_and_it_says_which(out):
    assert files.press().ok
    [file] = files.releases_dir().glob("*.mp3")
    file.write_bytes(samples.mp3())
    pressed = files.press()
    assert not pressed.ok and file.name in pressed.said
    assert next((files.site_dir() / "files").iterdir()).read_bytes() == SOUND


def test_a_withdrawal_takes_it_off_the_site(out, alice, erin):
    assert files.press().ok
    actions.withdraw(alice, out, {"ko": "사실과 달라 철회한다.", "en": "It was not so."})
    out.refresh_from_db()
    making.cleared(alice, erin, out)
    row = actions.release(alice, out)
    assert files.press().ok
    assert from_bytes(bytes(row.document)).attachment is None and not bytes(row.attachment)
    assert not (files.site_dir() / "files").exists()


def test_a_preview_has_it_sealed_on_the_disk_and_serves_it_to_be_saved(heard, alice, signed_in):
    previews.preview(alice, heard)
    path = f"files/{sha256(SOUND).hexdigest()}.mp3"
    answer = signed_in(alice).get(reverse("releases:preview_file", args=[heard.pk, path]))
    assert answer.content == SOUND and answer["Content-Type"] == "audio/mpeg"
    assert answer["Content-Disposition"] == "attachment" and answer["X-Content-Type-Options"] == "nosniff"
    folder = previews.folder_of(heard)
    assert not [one for one in folder.rglob("*") if one.is_file() and SOUND in one.read_bytes()]


def test_an_hour_keeps_the_file_as_it_was_signed(heard, alice, erin, keyring):
    making.cleared(alice, erin, heard)
    schedule(alice, heard, clock.now() + timedelta(hours=1))
    row = Scheduled.objects.get()
    assert bytes(row.attachment) == SOUND and actions.read_signed(row).attachment == SOUND
