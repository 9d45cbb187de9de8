"""The photo on its way to readers: signed by its hash, written beside the Release, nothing of its file with it."""

import re
from hashlib import sha256

import pytest
from django.urls import reverse

from nightdesk.desk.errors import DeskError
from nightdesk.desk.releases import actions, files, previews
from nightdesk.desk.releases.models import Release
from nightdesk.desk.review.actions import review
from nightdesk.desk.review.models import Finding
from nightdesk.desk.review.standing import standing_of
from nightdesk.desk.review.tests import making
from nightdesk.desk.stories import photos
from nightdesk.desk.stories.models import Photo
from nightdesk.desk.stories.tests.test_photos import CANARY, jpeg, picture, saved
from nightdesk.release.codec import from_bytes

WORDS = photos.Words("Dana", "CC BY 4.0", {"ko": "눈 덮인 강", "en": "A river under snow"}, {})
PYONGYANG = {1: "N", 2: (39.0, 1.0, 0.0), 3: "E", 4: (125.0, 45.0, 0.0)}


@pytest.fixture
def pictured(story, bob):
    photos.place_photo(bob, story, jpeg(), WORDS, 0)
    return story


def found_of(story) -> str:
    """What the findings of every review of the story say of its photo."""
    found = Finding.objects.filter(review__story=story, kind="photo or file")
    return " ".join(row.data["why"]["en"] for row in found)


@pytest.fixture
def out(pictured, alice, erin, keyring):
    """The story with its photo, released."""
    making.cleared(alice, erin, pictured)
    actions.release(alice, pictured)
    return pictured


def test_the_release_names_the_photo_and_its_file_lies_beside_it(out):
    said = from_bytes(bytes(Release.objects.get().document)).photo
    assert (said.credit, said.licence, said.alt["en"]) == ("Dana", "CC BY 4.0", "A river under snow")
    file = files.releases_dir() / f"{said.sha256}.jpg"
    assert sha256(file.read_bytes()).hexdigest() == said.sha256


def test_where_and_when_it_was_taken_goes_at_the_release(pictured, alice, erin, keyring):
    making.cleared(alice, erin, pictured)
    assert Photo.objects.get().taken == {"near": "hoeryong", "low": 0, "high": 10, "on": "2023-12-15"}
    release = actions.release(alice, pictured)
    assert Photo.objects.get().taken == {}
    assert b'"near"' not in bytes(release.document) and standing_of(pictured).clearance_holds


@pytest.fixture
def contradicted(story, bob):
    """The story with a photo of another town and month than it tells."""
    photos.place_photo(bob, story, jpeg(gps=PYONGYANG, day="2023:11:20 07:41:00"), WORDS, 0)
    return story


def test_no_finding_goes_on_saying_where_and_when_after_the_release(contradicted, alice, erin, keyring):
    making.cleared(alice, erin, contradicted)
    assert "20 November 2023" in found_of(contradicted) and "middle of Pyongyang" in found_of(contradicted)
    actions.release(alice, contradicted)
    assert "November" not in found_of(contradicted) and "Pyongyang" not in found_of(contradicted)
    assert standing_of(contradicted).clearance_holds


@pytest.mark.parametrize("another", [True, False])
def test_no_finding_goes_on_saying_it_of_a_picture_that_is_gone(contradicted, alice, another):
    review(alice, contradicted)
    assert "20 November 2023" in found_of(contradicted)
    if another:
        photos.place_photo(alice, contradicted, saved(picture(), "PNG"), WORDS, 1)
    else:
        photos.remove_photo(alice, contradicted, 1)
    assert "November" not in found_of(contradicted) and "Pyongyang" not in found_of(contradicted)


def test_words_alone_keep_what_was_found(contradicted, alice):
    review(alice, contradicted)
    photos.place_photo(alice, contradicted, None, WORDS, 1)
    assert "20 November 2023" in found_of(contradicted)


def test_the_site_shows_it_in_both_languages_and_holds_nothing_of_the_file(out):
    pressed = files.press()
    assert pressed.ok, pressed.said
    site = files.site_dir()
    [media] = (site / "media").iterdir()
    for lang, alt in WORDS.alt.items():
        page = (site / lang / out.slug / "index.html").read_text("utf-8")
        assert f'alt="{alt}"' in page and media.name in page and "CC BY 4.0" in page
    everything = [
        p.read_bytes() for folder in (site, files.releases_dir()) for p in folder.rglob("*") if p.is_file()
    ]
    assert len(everything) > 10
    for trace in (CANARY.encode(), b"Exif", b"GPS", b"2023:12:15", b"http://ns.adobe.com"):
        assert not [data for data in everything if trace in data], trace


def test_a_file_changed_on_the_disk_stops_the_press_and_it_says_which(out):
    assert files.press().ok
    [file] = files.releases_dir().glob("*.jpg")
    file.write_bytes(jpeg())
    pressed = files.press()
    assert not pressed.ok and file.name in pressed.said
    assert b"Exif" not in next((files.site_dir() / "media").iterdir()).read_bytes()


def test_a_lost_file_can_be_written_again_after_the_photo_was_replaced(out, alice):
    photos.place_photo(alice, out, jpeg((50, 30)), WORDS, 1)
    [file] = files.releases_dir().glob("*.jpg")
    file.unlink()
    Release.objects.update(written_at=None)
    assert files.press().ok and file.is_file()


def test_a_picture_that_is_not_the_cleared_one_is_not_signed(pictured, alice, erin, keyring):
    making.cleared(alice, erin, pictured)
    Photo.objects.update(image=b"\xff\xd8other")
    with pytest.raises(DeskError):
        actions.release(alice, pictured)
    assert not Release.objects.exists()


def test_a_withdrawal_takes_the_photo_off_the_site(out, alice, erin):
    assert files.press().ok
    actions.withdraw(alice, out, {"ko": "사실과 달라 철회한다.", "en": "It was not so."})
    out.refresh_from_db()
    making.cleared(alice, erin, out)
    row = actions.release(alice, out)
    assert files.press().ok
    assert from_bytes(bytes(row.document)).photo is None and not bytes(row.photo)
    assert not (files.site_dir() / "media").exists()


def test_a_preview_shows_the_photo_and_leaves_no_copy_beside_it(pictured, alice, signed_in):
    previews.preview(alice, pictured)
    client = signed_in(alice)
    page = client.get(
        reverse("releases:preview_file", args=[pictured.pk, f"ko/{pictured.slug}/"])
    ).content.decode()
    [src] = re.findall(r'<img src="\.\./\.\./(media/[^"]+)"', page)
    answer = client.get(reverse("releases:preview_file", args=[pictured.pk, src]))
    assert answer["Content-Type"] == "image/jpeg" and answer.content == bytes(Photo.objects.get().image)
    assert not list(previews.folder_of(pictured).parent.glob("*.jpg"))


def test_a_preview_of_a_photo_without_words_says_what_is_missing(pictured, alice):
    Photo.objects.update(alt={"ko": "강"})
    with pytest.raises(DeskError, match=r"no pages"):
        previews.preview(alice, pictured)


def test_an_english_edition_that_is_not_there_yet_does_not_stop_the_preview(pictured, alice):
    pictured.editions.get(lang="en").delete()
    assert previews.preview(alice, pictured).photo.alt == {"ko": "눈 덮인 강"}
