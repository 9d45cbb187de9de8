"""An hour before a held day: the hold stands until readers have the story, for the hour may fall through."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from nightdesk.desk.custody.models import CustodyEntry
from nightdesk.desk.errors import DeskError
from nightdesk.desk.line import Asked
from nightdesk.desk.releases import actions, files, held, holds, scheduling
from nightdesk.desk.releases.models import HoldUntil, Release, Scheduled
from nightdesk.desk.review.tests import making
from nightdesk.desk.stories.models import Paragraph

DAY = date(2023, 12, 27)  # the clock of the tests stands on 18 December 2023
AT = datetime.fromisoformat("2023-12-18T18:30:00+00:00")


def after_the_hour():
    return datetime.fromisoformat("2023-12-18T18:30:20+00:00")


@pytest.fixture
def passing(story, alice, erin, keyring, monkeypatch):
    """The story, held until the 27th, cleared today and ticked to leave at half past six."""
    monkeypatch.setattr(files, "run", lambda *a: files.Pressed(True, ""))
    holds.hold(alice, story, DAY)
    making.cleared(alice, erin, story)
    scheduling.schedule(alice, story, AT, "2023-12-27")
    return story


def test_an_hour_that_is_taken_back_leaves_the_hold_as_it_was(passing, alice):
    scheduling.unschedule(alice, passing)
    with pytest.raises(DeskError, match="held until 27 December 2023"):
        actions.release(alice, passing)
    assert [one.row.story for one in held.listed(Asked(alice))] == [passing]


def test_an_hour_that_falls_through_leaves_the_hold_as_it_was(passing):
    Paragraph.objects.filter(edition__story=passing).update(text="Another text.")
    scheduling.keep_hours()
    assert not Scheduled.objects.exists() and HoldUntil.objects.get().until == DAY


def test_at_its_hour_it_leaves_and_the_hold_is_over(passing, settings):
    settings.NIGHTDESK_CLOCK = f"{__name__}.after_the_hour"
    assert scheduling.keep_hours() == 1
    assert Release.objects.exists() and not HoldUntil.objects.exists()


def test_until_its_hour_screens_say_the_hour_and_not_the_day(passing, alice, signed_in):
    client = signed_in(alice)
    for at in ("/", "/stories/", "/review/", "/releases/", f"/releases/{passing.pk}/"):
        page = client.get(at).content.decode()
        assert "Signed: it leaves at 18:30 (UTC)" in page and "27 December 2023" not in page, at


def test_the_log_says_that_it_was_let_go_before_its_day_and_not_which(passing):
    note = CustodyEntry.objects.get(subject=f"story:{passing.pk}", verb="schedule").note
    assert note == "release v1 at 18:30 UTC, before its day"
