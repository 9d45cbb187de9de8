"""The review by keyboard, in a real browser: keys of either layout, and a key pressed twice decides once."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def long_after() -> datetime:
    """A day that does not end while a test runs: a review is of its day, and at midnight it is made afresh."""
    return datetime(2026, 11, 26, 9, tzinfo=UTC)


@pytest.fixture
def seat(settings: Any, window: Any, db: None) -> Any:
    """Alice before a story with findings. The keys are let go of again: other tests are of a desk that holds none."""
    from nightdesk.desk import keys
    from nightdesk.desk.review.tests import making
    from nightdesk.desk.staff.models import Member

    def member(name: str, role: str) -> Member:
        return Member.objects.create_member(name, "five words that nobody guesses", role=role, byline=name)

    settings.NIGHTDESK_CLOCK = f"{__name__}.long_after"
    making.hold_keys()
    story = making.story(member("Bob", "reporter"), member("Tariq", "translator"))
    at = window(member("Alice", "editor"))
    at.page = at.opens(f"/review/{story.pk}/")
    yield at
    keys.hold(None)


def hits(page: Any, key: str, **more: Any) -> None:
    """A key of a Korean keyboard: Playwright's own knows Latin letters alone."""
    page.evaluate(
        "(said) => document.body.dispatchEvent(new KeyboardEvent('keydown', said))",
        {"key": key, "bubbles": True, "cancelable": True, **more},
    )


def stands_at(page: Any, number: int) -> None:
    """Waits until this finding is shown."""
    page.locator(".finding .head > .muted", has_text=re.compile(rf"^{number} of ")).wait_for()


def test_hangul_keys_walk_through_findings_and_lead_to_the_reason(seat: Any) -> None:
    page = seat.page
    stands_at(page, 1)
    hits(page, "ㅜ")
    stands_at(page, 2)
    hits(page, "ㅔ")
    stands_at(page, 1)
    hits(page, "j")
    stands_at(page, 2)
    hits(page, "ㅏ")
    stands_at(page, 1)
    hits(page, "ㅏ", shiftKey=True)
    assert page.evaluate("document.activeElement.matches('[data-reason]')")


def test_caps_lock_is_no_shift_and_a_key_held_down_takes_no_offer(seat: Any) -> None:
    from nightdesk.desk.review.models import Decision

    page = seat.page
    stands_at(page, 1)
    hits(page, "N")
    stands_at(page, 2)
    hits(page, "P")
    stands_at(page, 1)
    hits(page, "a", repeat=True)
    hits(page, "A", repeat=True, shiftKey=True)
    hits(page, "n")
    stands_at(page, 2)
    assert not Decision.objects.exists()


def test_a_reason_of_one_word_is_refused_on_the_page_and_a_longer_one_is_taken(seat: Any) -> None:
    from nightdesk.desk.review.models import Decision

    page = seat.page
    hits(page, "K", shiftKey=True)
    page.keyboard.type("ok")
    page.keyboard.press("Control+Enter")
    told = page.evaluate("document.activeElement.validationMessage")
    assert told == "A decision needs a reason of a few words." and not Decision.objects.exists()
    page.keyboard.type(" as it stands")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assert Decision.objects.get().reason == "ok as it stands"


def test_a_key_leads_to_the_day_and_enter_holds_the_story_until_then(settings: Any, seat: Any) -> None:
    from nightdesk.desk.releases.models import HoldUntil

    settings.NIGHTDESK_CLOCK = "nightdesk.desk.conftest.newsroom_day"  # a day after the last contact
    page = seat.opens("/review/" + seat.page.url.split("/review/")[1])
    for _ in range(40):
        if page.locator("[data-hold]").count():
            break
        before = page.locator(".finding .head > .muted").inner_text()
        page.keyboard.press("n")
        page.locator(".finding .head > .muted", has_not_text=before).wait_for()
    hits(page, "ㅗ")
    assert page.evaluate("document.activeElement.matches('[data-hold]')")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_selector(".notices")
    row = HoldUntil.objects.get()
    assert "2023-12-24" <= row.stamp <= "2023-12-31" and row.set_by.username == "Alice"
    assert "Held until" in page.locator("#finding h3").first.inner_text()


def test_one_key_leads_from_any_finding_to_the_day(settings: Any, seat: Any) -> None:
    settings.NIGHTDESK_CLOCK = "nightdesk.desk.conftest.newsroom_day"
    page = seat.opens("/review/" + seat.page.url.split("/review/")[1])
    assert page.locator("[data-hold]").count() == 0, "another finding comes first"
    hits(page, "ㅗ")
    page.locator("[data-hold]:focus").wait_for()
    assert page.locator("#waiting").count() == 1


def test_without_days_on_offer_the_key_leads_to_the_page_of_its_releases(seat: Any) -> None:
    from nightdesk.desk.review.models import Finding

    for found in Finding.objects.all():
        if found.data.get("wait"):
            found.data["wait"] = []
            found.save()
    number = seat.page.url.split("/review/")[1].strip("/")
    page = seat.opens(f"/review/{number}/")
    with page.expect_navigation():
        hits(page, "h")
    assert page.url.endswith(f"/releases/{number}/#hold")


def test_hangul_keys_lead_along_the_line_as_latin_ones_do(seat: Any) -> None:
    hits(seat.page, "ㅎ")
    hits(seat.page, "ㅗ")
    # The review has a board of its own: the address tells.
    seat.page.wait_for_url(lambda address: urlsplit(address).path == "/")


def test_an_offer_taken_with_two_presses_is_taken_once_and_nothing_is_refused(seat: Any) -> None:
    page = seat.page
    at = 1
    while not page.locator("[data-first-offer]").count():
        at += 1
        page.keyboard.press("n")
        stands_at(page, at)
    with page.expect_navigation():
        page.evaluate(
            "() => { for (const _ of 'aa') document.body.dispatchEvent("
            "new KeyboardEvent('keydown', { key: 'a', bubbles: true })) }"
        )
    page.wait_for_selector(".notices")
    posts = [(path, status) for method, path, status in seat.sent if method == "POST"]
    assert len(posts) == 1 and posts[0][0].endswith("/generalise/") and posts[0][1] == 302


# --- a whole review --------------------------------------------------------------------------------------


REASON = "Known all over the town."


class Hands:
    """One member's hands on the keys: counts keys that are no letters of a reason, letters, and pages that were drawn."""

    def __init__(self, at: Any, address: str) -> None:
        self.at, self.page, self.keys, self.letters = at, at.opens(address), 0, 0

    def press(self, key: str) -> None:
        self.keys += 1
        self.page.keyboard.press(key)

    def sends(self, *keys: str) -> None:
        """Keys of which the last sends a form; waits for the page that follows it."""
        for key in keys[:-1]:
            self.press(key)
        with self.page.expect_navigation():
            self.press(keys[-1])
        self.page.wait_for_selector(".notices")

    def reasons(self, *before: str) -> None:
        """The reason under the finding, sent without leaving the keys."""
        for key in (*before, "Shift+K"):
            self.press(key)
        self.letters += len(REASON)
        self.page.keyboard.type(REASON)
        self.sends("Control+Enter")

    def sees(self, selector: str) -> bool:
        return bool(self.page.locator(selector).count())

    @property
    def screens(self) -> int:
        return len(
            [
                1
                for method, path, status in self.at.sent
                if method == "GET" and status == 200 and "/review/" in path
            ]
        )


def thrice(story: Any) -> None:
    """A page: twelve paragraphs in each edition."""
    from nightdesk.desk.stories.models import Paragraph

    for turn in (4, 8):
        for row in list(Paragraph.objects.filter(edition__story=story, edition__lang="ko", position__lte=4)):
            english = Paragraph.objects.get(translates=row)
            made = Paragraph.objects.create(edition=row.edition, position=row.position + turn, text=row.text)
            made.claims.set(row.claims.all())
            Paragraph.objects.create(
                edition=english.edition, position=made.position, text=english.text, translates=made, translated_text=made.text
            )  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("paragraphs", "most"), [(4, 45), (12, 75)])
def test_a_whole_review_is_done_by_keys_alone_and_by_few(
    seat: Any, window: Any, paragraphs: int, most: int
) -> None:
    """Reds that have an offer take it wherever the same words stand, but for the sums: those are kept and seconded. Ambers are kept, a class at once."""
    from nightdesk.desk.review.models import Clearance, Decision
    from nightdesk.desk.review.tests import making
    from nightdesk.desk.staff.models import Member
    from nightdesk.desk.stories.models import Story

    story = Story.objects.get()
    if paragraphs > 4:
        thrice(story)
    making.tables()
    seat.sent.clear()
    erin = Member.objects.create_member(
        "Erin", "five words that nobody guesses", role="editor", byline="Erin"
    )
    first = Hands(seat, f"/review/{story.pk}/")
    while first.sees("form.keep"):
        red, a_sum = (
            first.sees(".finding h2 .chip.red"),
            "exact sum" in first.page.locator(".finding h2").inner_text(),
        )
        if red and not a_sum and first.sees("[data-first-offer]"):
            first.sends("Shift+A" if first.sees("[data-first-offer] [data-everywhere]") else "a")
        else:
            first.reasons(*["t"] * first.sees("details.alike"))
    second = Hands(window(erin), f"/review/{story.pk}/")
    while second.sees("form[action$='/second/']"):
        second.reasons()
    first.page = first.at.opens(f"/review/{story.pk}/")
    while first.sees("form.stale button"):
        first.sends("f", "Enter")
    first.sends("c", "Enter")
    assert Clearance.objects.filter(story=story).exists()
    found = {
        hand: (who.keys, who.letters, who.screens) for hand, who in (("first", first), ("second", second))
    }
    print(
        f"\n{paragraphs} paragraphs, {Decision.objects.count()} decisions; (keys, letters, screens): {found}"
    )
    assert first.keys + second.keys <= most
