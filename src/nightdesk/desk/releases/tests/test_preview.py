"""The preview: the press's pages of an uncleared text, for reviewers, from one folder and no other."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from nightdesk.desk import clock
from nightdesk.desk.releases import closedfiles, previews
from nightdesk.desk.releases.models import Release


@pytest.fixture
def built(story, alice):
    previews.preview(alice, story)
    return story


def test_a_preview_shows_the_uncleared_text_watermarked_and_signs_nothing(built, alice, signed_in):
    answer = signed_in(alice).get(reverse("releases:preview_file", args=[built.pk, f"en/{built.slug}/"]))
    page = answer.content.decode()
    assert "Security officials" in page
    assert "watermark" in page
    assert "script" not in answer["Content-Security-Policy"].replace("default-src 'none'", "")
    assert not Release.objects.exists()


@pytest.mark.parametrize(
    "path", ["../../../newsroom.json", "%2e%2e/%2e%2e/x", ".nightdesk", "en/../../1.json", "/etc/passwd"]
)
def test_nothing_outside_the_preview_is_served(built, alice, signed_in, path):
    url = reverse("releases:preview", args=[built.pk]) + f"pages/{path}"
    assert signed_in(alice).get(url).status_code == 404
    assert previews.find(built, path) is None


def test_a_preview_of_yesterday_is_removed(built, alice, settings):
    old = previews.folder_of(built)
    assert old.is_dir()
    settings.NIGHTDESK_CLOCK = f"{__name__}.next_day"
    previews.preview(alice, built)
    assert not old.exists()
    assert previews.folder_of(built).is_dir()


def next_day():
    return datetime(2023, 12, 19, 9, 0, tzinfo=UTC)


def test_the_screen_frames_the_page_of_the_language_asked_for(built, alice, signed_in):
    page = signed_in(alice).get(reverse("releases:preview", args=[built.pk]) + "?lang=ko").content.decode()
    assert f"ko/{built.slug}/" in page
    assert clock.today().isoformat() in str(previews.folder_of(built))


def test_no_page_lies_plain_on_the_disk_and_the_room_of_the_press_is_gone(built, alice):
    files = [path for path in previews.folder_of(built).parent.rglob("*") if path.is_file()]
    assert files and not any(b"Security officials" in path.read_bytes() for path in files)
    assert not any("html" in path.name or built.slug in path.name for path in files)
    assert not list(closedfiles._room().glob("*")) and not list(
        previews.folder_of(built).parent.glob("*.json")
    )


def test_at_the_start_previews_of_an_ended_process_and_what_a_killed_press_left_are_erased(built):
    with closedfiles.plain_room() as room:
        (room / "draft.json").write_text("plain")
        previews.remove_all()
        assert not room.exists()
    assert previews.find(built, "static/press.css") is None and not previews.folder_of(built).exists()


def test_styles_are_served_with_their_type(built, alice, signed_in):
    answer = signed_in(alice).get(reverse("releases:preview_file", args=[built.pk, "static/press.css"]))
    assert answer["Content-Type"].startswith("text/css")
