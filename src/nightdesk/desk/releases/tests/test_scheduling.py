"""A release with an hour: let out then, never before, and taken off when anything behind it changes."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.urls import reverse

from nightdesk.desk import beginning, keys
from nightdesk.desk.care import consent, danger, purging
from nightdesk.desk.care.consent import Said
from nightdesk.desk.courier import actions as courier
from nightdesk.desk.courier import parcels
from nightdesk.desk.custody.models import CustodyEntry
from nightdesk.desk.errors import DeskError
from nightdesk.desk.releases import actions, files, scheduling
from nightdesk.desk.releases.models import Fallen, Release, Scheduled
from nightdesk.desk.review.tests import making, stencil
from nightdesk.desk.sources.models import Source
from nightdesk.desk.stories.models import Paragraph
from nightdesk.seal.parcel import MANIFEST, verify_parcel
from nightdesk.seal.signing import unpack

AT = datetime.fromisoformat("2023-12-18T18:30:00+00:00")


def after_the_hour():
    return datetime.fromisoformat("2023-12-18T18:30:20+00:00")


def days_later():
    return datetime.fromisoformat("2023-12-21T08:00:00+00:00")


@pytest.fixture(autouse=True)
def no_site(monkeypatch):
    """The press itself has tests of its own; here its files are looked at."""
    monkeypatch.setattr(files, "run", lambda *a: files.Pressed(True, ""))


@pytest.fixture
def waiting(request, keyring, settings, tmp_path):
    """The story, cleared for today and scheduled for half past six, with a courier sent out."""
    settings.NIGHTDESK_COURIER_DIR = str(tmp_path / "courier")
    stencil.put("waiting", lambda: _wait(*map(request.getfixturevalue, ("story", "alice", "erin"))))
    return request.getfixturevalue("story")


def _wait(story, alice, erin):
    courier.prepare(alice, 2)
    making.cleared(alice, erin, story)
    scheduling.schedule(alice, story, AT)


def in_parcel(keyring):
    found = verify_parcel(
        *unpack((parcels.folder() / MANIFEST).read_bytes()), keyring.identity_public, AT.date()
    )
    return [(item.name.rpartition(".")[2], item.at) for item in found.items if item.kind == "release"]


def test_before_its_hour_nothing_leaves_and_the_parcel_carries_it(waiting, keyring):
    assert scheduling.keep_hours() == 0
    assert not Release.objects.exists() and not files.releases_dir().exists()
    assert sorted(in_parcel(keyring)) == [("json", AT), ("sig", AT)]


def test_at_its_hour_the_desk_lets_it_out_with_the_very_bytes_that_were_signed(waiting, keyring, settings):
    signed = bytes(Scheduled.objects.get().document)
    settings.NIGHTDESK_CLOCK = f"{__name__}.after_the_hour"
    assert scheduling.keep_hours() == 1
    row = Release.objects.get()
    assert bytes(row.document) == signed and row.released_at == AT and row.written_at
    assert not Scheduled.objects.exists() and in_parcel(keyring) == []
    assert (files.releases_dir() / f"{waiting.public_id}.v1.json").read_bytes() == signed
    assert scheduling.keep_hours() == 0


def test_a_desk_unlocked_days_later_counts_it_as_released_then(waiting, settings):
    settings.NIGHTDESK_CLOCK = f"{__name__}.days_later"
    assert scheduling.keep_hours() == 1
    assert Release.objects.get().released_at == AT


def test_taken_off_before_its_hour_it_is_no_version_and_in_no_parcel(waiting, alice, keyring, settings):
    scheduling.unschedule(alice, waiting)
    assert in_parcel(keyring) == [] and not Scheduled.objects.exists()
    verbs = CustodyEntry.objects.filter(subject=f"story:{waiting.pk}").values_list("verb", flat=True)
    assert [verb for verb in verbs if "schedule" in verb] == ["schedule", "unschedule"]
    assert actions.release(alice, waiting).version == 1


def test_after_its_hour_it_is_not_taken_off_any_more(waiting, alice, settings):
    settings.NIGHTDESK_CLOCK = f"{__name__}.after_the_hour"
    with pytest.raises(DeskError):
        scheduling.unschedule(alice, waiting)


def test_a_changed_text_takes_it_off_and_out_of_the_parcel(waiting, keyring):
    Paragraph.objects.filter(edition__lang="en").last().delete()
    assert scheduling.keep_hours() == 0
    assert not Scheduled.objects.exists() and in_parcel(keyring) == []


def test_a_danger_takes_it_off_and_at_its_hour_nothing_leaves(waiting, alice, keyring, settings):
    danger.mark(alice, Source.objects.get(pseudonym="crane"), "Nobody has heard from her.")
    settings.NIGHTDESK_CLOCK = f"{__name__}.after_the_hour"
    assert scheduling.keep_hours() == 0
    assert not Release.objects.exists() and in_parcel(keyring) == []


def carried():
    return [path for path in parcels.folder().iterdir() if path.name.startswith("release-")]


def test_a_danger_takes_it_off_at_once_and_not_with_the_next_round(
    waiting, alice, keyring, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        danger.mark(alice, Source.objects.get(pseudonym="crane"), "Nobody has heard from her.")
    assert not Scheduled.objects.exists() and in_parcel(keyring) == [] and carried() == []


def test_a_consent_that_is_withdrawn_takes_it_off_at_once(
    waiting, bob, keyring, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        consent.withdraw(bob, Source.objects.get(pseudonym="crane"), Said(said_on=AT.date(), asked_by=bob))
    assert not Scheduled.objects.exists() and in_parcel(keyring) == []


def test_a_danger_is_marked_though_nothing_can_be_signed_and_the_files_go_all_the_same(
    waiting, alice, keyring, django_capture_on_commit_callbacks
):
    assert carried()
    keys.hold(None)
    with django_capture_on_commit_callbacks(execute=True):
        danger.mark(alice, Source.objects.get(pseudonym="crane"), "Nobody has heard from her.")
    assert not Scheduled.objects.exists() and carried() == []
    keys.hold(keyring)


def test_what_a_cut_left_in_the_parcel_goes_with_the_next_round(waiting, keyring):
    Scheduled.objects.all().delete()
    assert carried() and scheduling.keep_hours() == 0
    assert carried() == [] and in_parcel(keyring) == []


def test_a_parcel_that_is_over_keeps_no_release_that_fell(waiting, settings):
    Scheduled.objects.all().delete()
    settings.NIGHTDESK_CLOCK = f"{__name__}.days_later"
    scheduling.keep_hours()
    assert carried() == []


def purged(alice, erin, source, *names):
    asked = purging.ask(alice, source, list(names), "She asked to be forgotten.")
    found = purging.look(source, list(names))
    return found, purging.confirm(erin, asked.pk)


def test_a_purge_takes_it_off_and_out_of_the_parcel_at_once(waiting, alice, erin, keyring):
    found, done = purged(alice, erin, Source.objects.get(pseudonym="crane"))
    assert found.rows["scheduled releases"] == done.taken["scheduled releases"] == 1 and done.done_at
    assert not Scheduled.objects.exists() and in_parcel(keyring) == [] and carried() == []
    assert CustodyEntry.objects.filter(subject=f"story:{waiting.pk}", verb="unschedule").exists()


def test_a_name_in_signed_words_that_wait_is_found_though_the_draft_has_it_no_more(waiting, alice, erin):
    word = Paragraph.objects.filter(edition__lang="ko").order_by("position").first().text.split()[0]
    Paragraph.objects.update(text="다른 말.", translated_text="다른 말.")
    other = Source.objects.create(pseudonym="kestrel", made_on=AT.date())
    found, _done = purged(alice, erin, other, word)
    assert found.rows["scheduled releases"] == 1
    assert not Scheduled.objects.exists() and carried() == []


def test_what_a_courier_laid_before_the_press_outlives_a_purge_as_the_version_it_is(
    waiting, alice, erin, settings
):
    row = Scheduled.objects.get()
    files.releases_dir().mkdir()
    files.path_of(row).write_bytes(bytes(row.document))
    settings.NIGHTDESK_CLOCK = f"{__name__}.after_the_hour"
    _found, done = purged(alice, erin, Source.objects.get(pseudonym="crane"))
    assert Release.objects.get().version == 1 and "scheduled releases" not in done.taken


def test_what_a_courier_laid_before_the_press_counts_though_the_text_changed_since(waiting, settings):
    row = Scheduled.objects.get()
    files.releases_dir().mkdir()
    files.path_of(row).write_bytes(bytes(row.document))
    Paragraph.objects.filter(edition__lang="en").last().delete()
    settings.NIGHTDESK_CLOCK = f"{__name__}.after_the_hour"
    assert scheduling.keep_hours() == 1
    assert Release.objects.get().version == 1


def test_a_story_that_waits_for_its_hour_is_not_released_or_scheduled_besides(waiting, alice):
    with pytest.raises(DeskError, match="waits for its hour"):
        actions.release(alice, waiting)
    with pytest.raises(DeskError, match="waits for its hour"):
        scheduling.schedule(alice, waiting, AT)


@pytest.mark.parametrize("at", ["2023-12-18T08:00:00+00:00", "2023-12-19T07:00:00+00:00"])
def test_an_hour_that_is_over_or_on_another_day_is_refused(story, alice, erin, keyring, at):
    making.cleared(alice, erin, story)
    with pytest.raises(DeskError, match="later today"):
        scheduling.schedule(alice, story, datetime.fromisoformat(at))


def test_an_uncleared_text_gets_no_hour(story, alice, keyring):
    with pytest.raises(DeskError):
        scheduling.schedule(alice, story, AT)


def test_a_correction_with_an_hour_keeps_its_note(released, alice, erin, settings):
    actions.correct(alice, released, {"ko": "고쳤다.", "en": "Mended."})
    Paragraph.objects.filter(edition__lang="ko").order_by("position").first()
    making.cleared(alice, erin, released)
    scheduling.schedule(alice, released, AT)
    settings.NIGHTDESK_CLOCK = f"{__name__}.after_the_hour"
    assert scheduling.keep_hours() == 1
    row = Release.objects.order_by("-version").first()
    assert (row.version, row.kind, row.note) == (2, "correction", {"ko": "고쳤다.", "en": "Mended."})


def test_a_desk_keeps_its_hours_as_soon_as_it_is_unlocked(waiting, settings):
    settings.NIGHTDESK_CLOCK = f"{__name__}.after_the_hour"
    beginning.begin()
    assert Release.objects.get().released_at == AT


def test_by_its_screen_it_is_given_an_hour_and_taken_off(story, alice, erin, keyring, signed_in):
    making.cleared(alice, erin, story)
    client, at = signed_in(alice), {"at": "18:30"}
    page = client.post(reverse("releases:schedule", args=[story.pk]), at, follow=True).content.decode()
    assert "Leaves at 18:30 (UTC)" in page
    assert client.post(reverse("releases:schedule", args=[story.pk]), {"at": "soon"}).status_code == 400
    page = client.post(reverse("releases:unschedule", args=[story.pk]), follow=True).content.decode()
    assert "Leaves at" not in page and not Scheduled.objects.exists()


def test_the_hours_of_others_are_offered_so_that_several_leave_together(
    waiting, bob, tariq, alice, erin, signed_in
):
    other = making.story(bob, tariq, "second")
    making.cleared(alice, erin, other)
    assert scheduling.hours_taken(waiting) == [] and scheduling.hours_taken(other) == [("18:30", 1)]
    client, address = signed_in(alice), reverse("releases:story", args=[other.pk])
    page = client.get(address).content.decode()
    assert "Sign now, release at 18:30 with 1 other story" in page
    client.post(reverse("releases:schedule", args=[other.pk]), {"at": "18:30"})
    assert {row.at for row in Scheduled.objects.all()} == {AT}


def test_an_hour_that_is_over_is_offered_to_nobody(waiting, bob, tariq, settings):
    other = making.story(bob, tariq, "second")
    settings.NIGHTDESK_CLOCK = f"{__name__}.after_the_hour"
    assert scheduling.hours_taken(other) == []


def test_without_a_courier_the_screen_says_that_the_desk_must_be_unlocked(
    story, alice, erin, keyring, settings, tmp_path, signed_in
):
    making.cleared(alice, erin, story)
    client, page = signed_in(alice), reverse("releases:story", args=[story.pk])
    assert "the desk must be unlocked at that hour" in client.get(page).content.decode()
    settings.NIGHTDESK_COURIER_DIR = str(tmp_path / "courier")  # a folder, and nothing prepared in it
    said = client.post(
        reverse("releases:schedule", args=[story.pk]), {"at": "18:30"}, follow=True
    ).content.decode()
    assert "No courier is prepared for it." in said and "waits until somebody unlocks it" in said
    assert "its courier if it is not" not in said and "has its own copy" not in said


def test_with_a_courier_sent_out_the_screen_says_that_it_lets_the_release_out(waiting, alice, signed_in):
    said = signed_in(alice).get(reverse("releases:story", args=[waiting.pk])).content.decode()
    assert "its courier if it is not" in said and "No courier is prepared" not in said


@pytest.mark.parametrize(
    ("happens", "why"),
    [
        ("danger", "a source is in danger"),
        ("consent", "a consent was withdrawn"),
        ("text", "the text or its clearance changed"),
    ],
)
def test_what_the_desk_took_off_is_said_until_it_is_scheduled_again(
    waiting, alice, erin, keyring, signed_in, happens, why, django_capture_on_commit_callbacks
):
    source = Source.objects.get(pseudonym="crane")
    with django_capture_on_commit_callbacks(execute=True):
        if happens == "danger":
            danger.mark(alice, source, "Nobody has heard from her.")
        elif happens == "consent":
            consent.withdraw(alice, source, Said(AT.date(), alice))
        else:
            Paragraph.objects.filter(edition__story=waiting).update(text="Another text.")
    scheduling.keep_hours()
    said = f"The release scheduled for 18:30 (UTC) was taken off ({why}). Schedule it again."
    client = signed_in(alice)
    for page in (client.get("/"), client.get(f"/releases/{waiting.pk}/")):
        assert said in page.content.decode()
    client.post(f"/releases/{waiting.pk}/seen-unscheduled/")
    for page in (client.get("/"), client.get(f"/releases/{waiting.pk}/")):
        assert said not in page.content.decode()
    assert client.post(f"/releases/{waiting.pk}/seen-unscheduled/").status_code == 400


def test_who_takes_it_off_by_hand_is_told_nothing_more_and_a_new_hour_ends_the_notice(waiting, alice):
    scheduling.unschedule(alice, waiting)
    assert not Fallen.objects.exists()
    Fallen.objects.create(story=waiting, at=AT, why="changed", fallen_at=AT)
    scheduling.schedule(alice, waiting, AT)
    assert not Fallen.objects.exists()


def test_a_release_at_once_ends_the_notice_too(waiting, alice):
    scheduling.unschedule(alice, waiting)
    Fallen.objects.create(story=waiting, at=AT, why="changed", fallen_at=AT)
    actions.release(alice, waiting)
    assert not Fallen.objects.exists()
