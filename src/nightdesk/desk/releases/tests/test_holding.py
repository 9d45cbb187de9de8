"""A story held until a day: it does not leave before unless somebody says so, and comes back as work on its day."""

from __future__ import annotations

import re
from datetime import date, datetime, time

import pytest
from django.urls import reverse

from nightdesk.desk.care import purging
from nightdesk.desk.courier import actions as courier
from nightdesk.desk.courier import parcels
from nightdesk.desk.custody.models import CustodyEntry
from nightdesk.desk.errors import DeskError, NotAllowed
from nightdesk.desk.line import Asked
from nightdesk.desk.releases import actions, files, held, holds, scheduling
from nightdesk.desk.releases import waiting as to_release
from nightdesk.desk.releases.models import HoldUntil, Release, Scheduled
from nightdesk.desk.review import waiting as to_review
from nightdesk.desk.review.standing import standing_of
from nightdesk.desk.review.tests import making
from nightdesk.desk.sources.models import Source

DAY = date(2023, 12, 27)  # the clock of the tests stands on 18 December 2023
AT = datetime.fromisoformat("2023-12-18T18:30:00+00:00")


def on_its_day():
    return datetime.fromisoformat("2023-12-27T09:00:00+00:00")


def after_its_day():
    return datetime.fromisoformat("2023-12-29T09:00:00+00:00")


@pytest.fixture(autouse=True)
def no_site(monkeypatch):
    """The press itself has tests of its own."""
    monkeypatch.setattr(files, "run", lambda *a: files.Pressed(True, ""))


@pytest.fixture
def kept(story, alice, keyring):
    """The story, held until the 27th."""
    holds.hold(alice, story, DAY, None, "state media")
    return story


def verbs(story):
    entries = CustodyEntry.objects.filter(subject=f"story:{story.pk}").order_by("pk")
    return [
        (entry.verb, entry.note)
        for entry in entries
        if "h" in entry.verb and "hold" in entry.verb + entry.note
    ]


# --- the verbs -------------------------------------------------------------------------------------------------


def test_a_story_is_held_moved_and_let_go(story, alice):
    row = holds.hold(alice, story, DAY, time(18), "  state   media ")
    assert (row.until, row.hour, row.why, row.set_by) == (DAY, time(18), "state media", alice)
    assert holds.hold(alice, story, DAY, time(18), "state media").pk == row.pk
    holds.hold(alice, story, date(2023, 12, 29))
    assert HoldUntil.objects.get().stamp == "2023-12-29"
    holds.unhold(alice, story)
    assert not HoldUntil.objects.exists()
    assert verbs(story) == [("hold", ""), ("hold", "moved"), ("unhold", "")], "the log says no day"
    with pytest.raises(DeskError, match="not held"):
        holds.unhold(alice, story)


@pytest.mark.parametrize(("until", "said"), [
    ("2023-12-17", "That day is over"), ("2023-12-18", "Today needs no hold"), ("2025-01-01", "more than a year ahead"),
])  # fmt: skip
def test_a_day_that_is_none_to_wait_for_is_refused_with_what_to_do(story, alice, until, said):
    with pytest.raises(DeskError, match=said) as refused:
        holds.hold(alice, story, date.fromisoformat(until))
    assert "Nothing was changed" in str(refused.value.remedy) and not HoldUntil.objects.exists()


def test_a_long_reason_is_refused_and_not_cut(story, alice):
    with pytest.raises(DeskError, match="60 characters"):
        holds.hold(alice, story, DAY, None, "x" * 61)


def test_who_does_not_release_holds_nothing_and_sees_no_hold(kept, bob, tariq, alice):
    for member in (bob, tariq):
        for verb in (lambda who: holds.hold(who, kept, DAY), lambda who: holds.unhold(who, kept)):
            with pytest.raises(NotAllowed):
                verb(member)
        assert held.listed(Asked(member)) == [] and held.held_of(member, kept) is None
        assert held.form_of(member, standing_of(kept)) is None
    assert [one.row.story for one in held.listed(Asked(alice))] == [kept]


def test_what_readers_have_is_not_held_but_its_correction_is(released, alice):
    with pytest.raises(DeskError, match="Readers have this story already"):
        holds.hold(alice, released, DAY)
    assert held.form_of(alice, standing_of(released)) is None
    actions.correct(alice, released, {"ko": "고쳤다.", "en": "Mended."})
    holds.hold(alice, released, DAY)
    released.refresh_from_db()
    actions.give_up(alice, released)
    assert HoldUntil.objects.get().fallen_for == "given up"


def test_a_release_that_waits_for_an_hour_is_not_held_besides(story, alice, erin, keyring):
    making.cleared(alice, erin, story)
    scheduling.schedule(alice, story, AT)
    with pytest.raises(DeskError, match="waits for its hour"):
        holds.hold(alice, story, DAY)


# --- nothing leaves before its day -----------------------------------------------------------------------------


def test_before_its_day_a_cleared_story_leaves_neither_at_once_nor_at_an_hour(kept, alice, erin):
    making.cleared(alice, erin, kept)
    for leave in (lambda: actions.release(alice, kept), lambda: scheduling.schedule(alice, kept, AT),
                  lambda: actions.release(alice, kept, "2023-12-28")):  # fmt: skip
        with pytest.raises(DeskError, match="held until 27 December 2023"):
            leave()
    assert not Release.objects.exists() and not Scheduled.objects.exists()
    assert to_release.waiting(alice) == [] and HoldUntil.objects.get().fallen_at is None


def test_who_ticks_that_it_may_leave_before_ends_the_hold_aloud_in_the_log(kept, alice, erin):
    making.cleared(alice, erin, kept)
    assert actions.release(alice, kept, "2023-12-27").version == 1
    assert not HoldUntil.objects.exists() and ("unhold", "released before its day") in verbs(kept)


def test_an_hour_of_today_can_be_given_to_it_with_the_same_tick(kept, alice, erin):
    making.cleared(alice, erin, kept)
    scheduling.schedule(alice, kept, AT, "2023-12-27")
    assert Scheduled.objects.get().at == AT and HoldUntil.objects.exists(), (
        "it ends when readers have the story"
    )


def test_on_its_day_it_leaves_once_it_is_cleared_and_the_hold_is_over(kept, alice, erin, settings):
    settings.NIGHTDESK_CLOCK = f"{__name__}.on_its_day"
    making.cleared(alice, erin, kept)
    assert actions.release(alice, kept).version == 1 and not HoldUntil.objects.exists()


def test_on_its_day_it_waits_for_its_hour_too(story, alice, erin, keyring, settings):
    holds.hold(alice, story, DAY, time(18))
    settings.NIGHTDESK_CLOCK = f"{__name__}.on_its_day"
    making.cleared(alice, erin, story)
    with pytest.raises(DeskError, match=r"held until 27 December 2023, 18:00 \(UTC\)"):
        actions.release(alice, story)
    with pytest.raises(DeskError, match="held until"):
        scheduling.schedule(alice, story, datetime.fromisoformat("2023-12-27T17:00:00+00:00"))
    scheduling.schedule(alice, story, datetime.fromisoformat("2023-12-27T18:00:00+00:00"))
    assert HoldUntil.objects.exists(), "it ends when readers have the story"


def test_a_clearance_of_before_lets_nothing_out_on_its_day(kept, alice, erin, settings):
    making.cleared(alice, erin, kept)
    settings.NIGHTDESK_CLOCK = f"{__name__}.on_its_day"
    with pytest.raises(DeskError, match="not cleared for today"):
        actions.release(alice, kept)


def test_neither_a_release_nor_the_couriers_folder_tells_of_a_hold(
    story, alice, erin, keyring, settings, tmp_path
):
    settings.NIGHTDESK_COURIER_DIR = str(tmp_path / "courier")
    courier.prepare(alice, 2)
    holds.hold(alice, story, date(2024, 7, 13), None, "kestrelword")
    parcels.refresh()
    making.cleared(alice, erin, story)
    scheduling.schedule(alice, story, AT, "2024-07-13")
    carried = b"".join(path.read_bytes() for path in parcels.folder().iterdir() if path.is_file())
    document = bytes(Scheduled.objects.get().document)
    assert document in carried
    for told in (b"2024-07-13", b"kestrelword"):
        assert told not in carried and told not in document
    # In half a million random letters of what is sealed these four stood by chance, once in thirty runs.
    assert b"hold" not in document and b"hold" not in re.sub(rb"[\w+/-]{40,}", b"", carried)


# --- it falls aloud --------------------------------------------------------------------------------------------


def test_a_purge_takes_the_hold_off_aloud_with_its_reason(kept, alice, erin, signed_in):
    source = Source.objects.get(pseudonym="crane")
    asked = purging.ask(alice, source, [], "She asked to be forgotten.")
    assert purging.look(source, []).rows["held stories"] == 1
    assert purging.confirm(erin, asked.pk).taken["held stories"] == 1
    row = HoldUntil.objects.get()
    assert (row.fallen_for, row.why) == ("purge", "") and held.listed(Asked(alice)) == []
    assert row.until == row.fallen_at.date() != DAY and row.hour is None, "the day says when somebody called"
    client = signed_in(alice)
    said = "The hold fell (a source was purged)"
    for page in ("/", f"/releases/{kept.pk}/"):
        assert said in client.get(page).content.decode()
    client.post(f"/releases/{kept.pk}/seen-unheld/")
    assert said not in client.get("/").content.decode() and not HoldUntil.objects.exists()
    assert client.post(f"/releases/{kept.pk}/seen-unheld/").status_code == 400


def test_a_name_in_the_reason_is_taken_out_of_every_hold(story, alice, erin):
    holds.hold(alice, story, DAY, None, "after Kim Okja called")
    other = Source.objects.create(pseudonym="kestrel", made_on=DAY)
    asked = purging.ask(alice, other, ["Kim Okja"], "She asked to be forgotten.")
    purging.confirm(erin, asked.pk)
    row = HoldUntil.objects.get()
    assert row.why == "after […] called" and row.fallen_at is None, "another story's hold stands"


def test_a_withdrawal_that_is_begun_takes_the_hold_off_and_is_not_held(released, alice):
    notes = {"ko": "고쳤다.", "en": "Mended."}
    actions.correct(alice, released, notes)
    holds.hold(alice, released, DAY)
    actions.withdraw(alice, released, {"ko": "거두어들인다.", "en": "Taken back."})
    assert HoldUntil.objects.get().fallen_for == "withdrawal"
    with pytest.raises(DeskError, match="A withdrawal is not held"):
        holds.hold(alice, released, DAY)


def test_to_hold_it_again_ends_what_is_said_of_a_hold_that_fell(kept, alice):
    holds.fall([kept.pk], "purge")
    holds.hold(alice, kept, DAY)
    assert held.fallen(alice) == [] and len(held.listed(Asked(alice))) == 1


# --- work ------------------------------------------------------------------------------------------------------


def test_a_held_story_asks_for_nothing_until_its_day_and_then_stands_first(kept, bob, tariq, alice, settings):
    other = making.story(bob, tariq, "second")
    assert [url for _t, _a, url in to_review.waiting(alice)] == [reverse("review:story", args=[other.pk])]
    settings.NIGHTDESK_CLOCK = f"{__name__}.on_its_day"
    asked = to_review.waiting(alice)
    assert asked[0][1:] == ("Due today: review and clear.", reverse("review:story", args=[kept.pk]))
    assert len(asked) == 2
    settings.NIGHTDESK_CLOCK = f"{__name__}.after_its_day"
    assert to_review.waiting(alice)[0][1] == "Due since 27 December 2023: review and clear."


def test_cleared_on_its_day_it_waits_among_the_releases(kept, alice, erin, settings):
    settings.NIGHTDESK_CLOCK = f"{__name__}.on_its_day"
    making.cleared(alice, erin, kept)
    assert to_review.waiting(alice) == [] and len(to_release.waiting(alice)) == 1


def test_the_first_screen_says_what_is_held_and_what_is_due(kept, alice, bob, signed_in, settings):
    assert "held until 27 December 2023" in signed_in(alice).get("/").content.decode()
    assert "27 December 2023" not in signed_in(bob).get("/").content.decode()
    settings.NIGHTDESK_CLOCK = f"{__name__}.on_its_day"
    client = signed_in(alice)
    for page in ("/", "/releases/"):
        assert "due today: review and clear" in client.get(page).content.decode()


# --- screens ---------------------------------------------------------------------------------------------------


def test_by_its_screen_it_is_held_moved_and_let_go(story, alice, keyring, signed_in):
    client, at = signed_in(alice), reverse("releases:story", args=[story.pk])
    assert "No other story is held until a day to come." in client.get(at).content.decode()
    wish = {"until": "2023-12-27", "at": "18:00", "reason": "state media"}
    page = client.post(f"{at}hold/", wish, follow=True).content.decode()
    assert (
        "Held until 27 December 2023, 18:00 (UTC). It comes back as work" in page and "Move the hold" in page
    )
    assert 'value="2023-12-27"' in page and 'value="18:00"' in page and "<q>state media</q>" in page
    page = client.post(f"{at}unhold/", follow=True).content.decode()
    assert "The hold is off" in page and "Held until" not in page


@pytest.mark.parametrize(("sent", "said"), [
    ({"until": "soon"}, "A day is written as 2026-12-29"), ({"until": ""}, "A day is written as 2026-12-29"),
    ({"until": "20231227"}, "A day is written as 2026-12-29"), ({"until": "2023-02-30"}, "A day is written as 2026-12-29"),
    ({"until": "2023-12-01"}, "That day is over"), ({"until": "2023-12-27", "at": "noon"}, "An hour is written as 07:30"),
    ({"until": "2023-12-27", "at": "18:00+09:00"}, "An hour is written as 07:30"),
])  # fmt: skip
def test_a_wish_that_cannot_be_read_is_given_back_with_what_to_do(story, alice, signed_in, sent, said):
    answer = signed_in(alice).post(f"/releases/{story.pk}/hold/", {**sent, "reason": "after the call"})
    page = answer.content.decode()
    assert answer.status_code == 400 and said in page and not HoldUntil.objects.exists()
    assert "after the call" in page and "Why, in a word (optional)" in page


def test_beside_a_finding_about_waiting_the_day_is_filled_in_and_leads_back(
    story, alice, bob, tariq, signed_in
):
    """heron called on the 17th: the review offers the 24th to the 31st, and one other leaves on the 29th."""
    other = making.story(bob, tariq, "second")
    holds.hold(alice, other, date(2023, 12, 29))
    client, at = signed_in(alice), reverse("review:story", args=[story.pk])
    client.get(at)
    found = next(j.finding for j in standing_of(story).judged if j.finding.data["wait"])
    assert found.data["wait"] == ["2023-12-24", "2023-12-31"]
    page = client.get(f"{at}?finding={found.key}").content.decode()
    assert (
        'value="2023-12-29"' in page
        and "29 December 2023, with 1 other story" in page
        and "suits the wait" in page
    )
    assert "There is no offer for this one" not in page
    answer = client.post(f"/releases/{story.pk}/hold/", {"until": "2023-12-29", "back": found.key})
    assert answer.headers["Location"] == f"{at}?finding={found.key}#finding"
    page = client.get(answer.headers["Location"]).content.decode()
    assert "Held until 29 December 2023" in page and "Move the hold" in page


def test_where_to_go_back_is_never_taken_from_a_form_as_an_address(story, alice, signed_in):
    answer = signed_in(alice).post(
        f"/releases/{story.pk}/hold/", {"until": "2023-12-27", "back": "//evil.example"}
    )
    assert answer.headers["Location"] == reverse("review:story", args=[story.pk])


def test_clearing_for_today_says_that_the_story_is_held(kept, alice, erin, signed_in):
    making.decide_everything(alice, erin, kept)
    client, at = signed_in(alice), reverse("review:story", args=[kept.pk])
    page = client.get(at).content.decode()
    assert "It is held until 27 December 2023: cleared today, it stays here all the same" in page
    seen = {"fingerprint": standing_of(kept).laid.fingerprint}
    page = client.post(f"{at}clear/", seen, follow=True).content.decode()
    assert "It is held until 27 December 2023 all the same" in page
    assert "Cleared for today, held until 27 December 2023" in page
    assert 'name="early" value="2023-12-27" required' in page
    assert client.post(f"/releases/{kept.pk}/release/").status_code == 400
    page = client.post(f"/releases/{kept.pk}/release/", {"early": "2023-12-27"}, follow=True).content.decode()
    assert "Signed: version 1." in page


def test_many_days_of_others_are_cut_and_counted(story, alice, bob, tariq):
    for number in range(14):
        other = making.story(bob, tariq, f"other-{number}") if number < 2 else _bare(bob, number)
        HoldUntil.objects.create(story=other, until=date(2023, 12, 20 + number % 11), set_by=alice, set_at=AT)
    form = held.form_of(alice, standing_of(story))
    assert len(form.days) == 11 and form.more == 0 and sum(day.others for day in form.days) == 14


def _bare(bob, number):
    from nightdesk.desk.stories.models import Story

    return Story.objects.create(slug=f"bare-{number}", public_id=f"bare-{number}", begun_by=bob, begun_at=AT)
