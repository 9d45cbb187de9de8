"""A day that cannot be taken brings the form back: what was typed, why, and which days there are."""

from __future__ import annotations

import re
from datetime import date, datetime, time

import pytest

from nightdesk.desk.courier import actions as courier
from nightdesk.desk.courier.models import Parcel
from nightdesk.desk.releases import actions, carried, files, holds, scheduling
from nightdesk.desk.releases.models import HoldUntil
from nightdesk.desk.review.standing import standing_of
from nightdesk.desk.review.tests import making
from nightdesk.desk.staff.models import Member

DAY = date(2023, 12, 27)  # the clock of the tests stands on 18 December 2023
AT = datetime.fromisoformat("2023-12-18T18:30:00+00:00")


def days_later():
    return datetime.fromisoformat("2023-12-21T08:00:00+00:00")


@pytest.mark.parametrize(("sent", "said", "field"), [
    ({"until": "2023-12-01"}, "That day is over.", "until"),
    ({"until": "2023-12-18"}, "Today needs no hold.", "until"),
    ({"until": "2026-01-01"}, "That day is more than a year ahead.", "until"),
    ({"until": ""}, "A day is written as 2026-12-29", "until"),
    ({"until": "2023-12-29", "at": "noon"}, "An hour is written as 07:30.", "hold-hour"),
    ({"until": "2023-12-29", "reason": "x" * 61}, "at most 60 characters", "hold-why"),
])  # fmt: skip
def test_the_form_comes_back_with_what_was_typed_why_and_the_days_there_are(
    story, alice, signed_in, sent, said, field
):
    wish = {"reason": "after the call", **sent}
    answer = signed_in(alice).post(f"/releases/{story.pk}/hold/", wish)
    page = answer.content.decode()
    assert answer.status_code == 400 and not HoldUntil.objects.exists()
    assert said in page and "It can be held until any day from 19 December 2023 to 18 December 2024." in page
    assert f'value="{sent["until"]}"' in page and f'value="{wish["reason"]}"' in page
    assert page.count('aria-invalid="true"') == 1
    assert 'aria-invalid="true"' in page.split(f'id="{field}"')[1].split(">")[0]
    assert "Releases of" in page and f'data-again="/releases/{story.pk}/#hold"' in page


@pytest.mark.parametrize("sent", [
    {"until": "soon"}, {"until": "2023-02-30"}, {"until": "2023-12-29", "at": "25:00"}, {"until": "2023-12-29", "at": "noon"},
])  # fmt: skip
def test_what_no_calendar_or_clock_has_is_said_beside_the_field_that_cannot_show_it(
    story, alice, signed_in, sent
):
    page = signed_in(alice).post(f"/releases/{story.pk}/hold/", sent).content.decode()
    assert f"What you typed: <q>{list(sent.values())[-1]}</q>" in page


def test_beside_a_finding_it_comes_back_there_with_the_days_on_offer(story, alice, signed_in):
    client = signed_in(alice)
    client.get(f"/review/{story.pk}/")
    key = next(j.finding.key for j in standing_of(story).judged if j.finding.data["wait"])
    page = client.post(f"/releases/{story.pk}/hold/", {"until": "2023-12-01", "back": key}).content.decode()
    assert "That day is over." in page and "Let it wait" in page and f'name="back" value="{key}"' in page
    assert "The review offers each day from 24 December 2023 to 31 December 2023." in page
    assert f'data-again="/review/{story.pk}/?finding={key}#finding"' in page
    steps = re.findall(r'(?:href|hx-get)="([^"?]*)\?finding=', page)
    assert len(steps) > 4 and set(steps) == {f"/review/{story.pk}/"}, "not steps of the door it was sent to"


def test_whoever_releases_and_may_not_review_is_shown_no_finding(story, alice, signed_in, monkeypatch):
    """Roles are a table that a newsroom may write anew."""
    client = signed_in(alice)
    client.get(f"/review/{story.pk}/")
    key = next(j.finding.key for j in standing_of(story).judged if j.finding.data["wait"])
    may = Member.may
    monkeypatch.setattr(Member, "may", lambda member, verb: verb != "review" and may(member, verb))
    page = client.post(f"/releases/{story.pk}/hold/", {"until": "2023-12-01", "back": key}).content.decode()
    assert "That day is over." in page and "Let it wait" not in page and "Releases of" in page


def test_a_hold_that_is_there_stays_and_the_form_to_move_it_is_open(story, alice, signed_in):
    holds.hold(alice, story, DAY, time(18), "state media")
    page = signed_in(alice).post(f"/releases/{story.pk}/hold/", {"until": "2023-12-01"}).content.decode()
    assert "Held until 27 December 2023, 18:00 (UTC)" in page and HoldUntil.objects.get().until == DAY
    assert "<details open><summary>Move it to another day" in page


def test_what_is_not_held_at_all_has_no_day_to_offer(released, alice, signed_in):
    answer = signed_in(alice).post(f"/releases/{released.pk}/hold/", {"until": "2023-12-29"})
    assert answer.status_code == 400 and "Readers have this story already" in answer.content.decode()


# --- a parcel from before --------------------------------------------------------------------------------------


@pytest.fixture
def signed(story, alice, erin, keyring, settings, tmp_path, monkeypatch):
    """The story, cleared and signed for half past six, with a courier sent out for two days."""
    monkeypatch.setattr(files, "run", lambda *a: files.Pressed(True, ""))
    settings.NIGHTDESK_COURIER_DIR = str(tmp_path / "courier")
    courier.prepare(alice, 2)
    making.cleared(alice, erin, story)
    scheduling.schedule(alice, story, AT)
    return story


def test_the_form_says_that_an_older_parcel_elsewhere_may_still_let_the_story_out(signed, alice, signed_in):
    assert carried.carried_until(signed) is None, "it waits for its hour"
    scheduling.unschedule(alice, signed)
    assert carried.carried_until(signed) == date(2023, 12, 20)
    client, said = signed_in(alice), "lets it out at that hour, until 20 December 2023, whatever is held here"
    assert said in client.get(f"/releases/{signed.pk}/").content.decode()
    holds.hold(alice, signed, DAY)
    assert said in client.get(f"/releases/{signed.pk}/").content.decode()


def test_a_parcel_that_is_over_or_was_made_afterwards_lets_nothing_out(signed, alice, settings):
    scheduling.unschedule(alice, signed)
    settings.NIGHTDESK_CLOCK = f"{__name__}.days_later"
    courier.prepare(alice, 2)
    assert carried.carried_until(signed) is None


def test_without_a_parcel_or_after_a_release_there_is_nothing_to_fear(signed, alice):
    scheduling.unschedule(alice, signed)
    actions.release(alice, signed)
    assert carried.carried_until(signed) is None
    Parcel.objects.all().delete()
    assert carried.carried_until(signed) is None
