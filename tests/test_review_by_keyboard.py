"""The review by keyboard, in a real browser: keys of either layout, and a key pressed twice decides once."""

from __future__ import annotations

import re
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture
def seat(window: Any, db: None) -> Any:
    """Alice before a story with findings."""
    from nightdesk.desk.review.tests import making
    from nightdesk.desk.staff.models import Member

    def member(name: str, role: str) -> Member:
        return Member.objects.create_member(name, "five words that nobody guesses", role=role, byline=name)

    making.hold_keys()
    story = making.story(member("Bob", "reporter"), member("Tariq", "translator"))
    at = window(member("Alice", "editor"))
    at.page = at.opens(f"/review/{story.pk}/")
    return at


def hits(page: Any, key: str, **more: Any) -> None:
    """A key of a Korean keyboard: Playwright's own knows Latin letters alone."""
    page.evaluate(
        "(said) => document.body.dispatchEvent(new KeyboardEvent('keydown', said))",
        {"key": key, "bubbles": True, "cancelable": True, **more},
    )


def stands_at(page: Any, number: int) -> None:
    """Waits until this finding is shown."""
    page.locator(".finding .head > .muted", has_text=re.compile(rf"^{number}/")).wait_for()


def test_hangul_keys_walk_through_findings_and_lead_to_the_reason(seat: Any) -> None:
    page = seat.page
    stands_at(page, 1)
    hits(page, "ㅜ")
    stands_at(page, 2)
    hits(page, "ㅔ")
    stands_at(page, 1)
    hits(page, "ㅏ", shiftKey=True)
    assert page.evaluate("document.activeElement.matches('[data-reason]')")


def test_hangul_keys_lead_along_the_line_as_latin_ones_do(seat: Any) -> None:
    hits(seat.page, "ㅎ")
    hits(seat.page, "ㅗ")
    seat.page.wait_for_selector(".board")


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
