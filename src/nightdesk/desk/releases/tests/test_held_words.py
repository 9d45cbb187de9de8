"""What screens say of a story that is cleared and held: never that it may leave today."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from nightdesk.desk.line import Asked
from nightdesk.desk.releases import held, holds
from nightdesk.desk.releases import waiting as to_release
from nightdesk.desk.review.standing import standing_of
from nightdesk.desk.review.tests import making

DAY = date(2023, 12, 27)  # the clock of the tests stands on 18 December 2023
TODAY = "it may be released today"


def on_its_day():
    return datetime.fromisoformat("2023-12-27T09:00:00+00:00")


def screens(story):
    return f"/stories/{story.pk}/", "/stories/", "/review/", f"/review/{story.pk}/", f"/releases/{story.pk}/"


@pytest.fixture
def kept(story, alice, erin, keyring):
    """The story, held until the 27th and cleared today."""
    holds.hold(alice, story, DAY)
    making.cleared(alice, erin, story)
    return story


def test_every_screen_says_until_when_a_cleared_story_is_held(kept, alice, signed_in):
    client = signed_in(alice)
    for at in screens(kept):
        page = client.get(at).content.decode()
        assert "Cleared; held until 27 December 2023." in page and TODAY not in page, at


def test_whoever_does_not_release_is_told_neither_the_day_nor_that_it_may_leave(kept, bob, signed_in):
    client = signed_in(bob)
    for at in screens(kept)[:2]:
        page = client.get(at).content.decode()
        assert "Cleared, and held: it does not leave yet." in page and TODAY not in page, at
        assert "27 December 2023" not in page, at


def test_to_clear_a_held_story_does_not_promise_today(story, alice, erin, keyring, signed_in):
    holds.hold(alice, story, DAY)
    making.decide_everything(alice, erin, story)
    seen = {"fingerprint": standing_of(story).laid.fingerprint}
    page = signed_in(alice).post(f"/review/{story.pk}/clear/", seen, follow=True).content.decode()
    assert "It is held until 27 December 2023 all the same" in page and "may be released today" not in page


def test_on_its_day_it_may_be_released_today_but_not_before_its_hour(
    story, alice, erin, keyring, signed_in, settings
):
    holds.hold(alice, story, DAY, time(18))
    settings.NIGHTDESK_CLOCK = f"{__name__}.on_its_day"
    making.cleared(alice, erin, story)
    assert to_release.waiting(alice)[0][1] == "Cleared; held until 27 December 2023, 18:00 (UTC)."
    assert TODAY not in signed_in(alice).get("/stories/").content.decode()
    holds.hold(alice, story, date(2023, 12, 28))
    holds.unhold(alice, story)
    assert held.waits(alice) == {} and held.listed(Asked(alice)) == []
    assert TODAY in signed_in(alice).get("/stories/").content.decode()
