"""The field of a reply counts what is left of its cell, in a real browser."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def seat(window: Any, db: None) -> Any:
    """Bob before a report whose teller asked for a reply."""
    from nightdesk.desk.reports.tests.test_reports import told
    from nightdesk.desk.staff.models import Member

    bob = Member.objects.create_member("Bob", "five words that nobody guesses", role="reporter", byline="Bob")
    report = told("crane", bob)
    report.reply_secret = "5a" * 32
    report.save()
    return window(bob), report


def test_what_is_left_is_counted_in_bytes_and_letters_and_too_much_is_not_sent(seat: Any) -> None:
    at, report = seat
    page = at.opens(report.get_absolute_url())
    left = page.locator("#reply-left")
    room = int(page.get_attribute("#reply-text", "data-room"))
    assert left.inner_text() == f"{room} bytes are left: about {room // 3} Korean letters."
    page.fill("#reply-text", '가나다\n"')
    assert f"{room - 13} bytes are left" in left.inner_text()
    page.fill("#reply-text", "가" * (room // 3 + 1))
    assert "Too long by" in left.inner_text()
    page.click("text=Put it on the board")
    assert page.evaluate("!document.querySelector('#reply-text').checkValidity()")
    assert page.url.endswith(report.get_absolute_url())
    page.fill("#reply-text", "가" * (room // 3))
    page.click("text=Put it on the board")
    page.wait_for_load_state()
    assert "가" * (room // 3) in page.inner_text("#replies .said")
