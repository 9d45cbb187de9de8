"""The queue of suggestions by keyboard, in a real browser: what was chosen is what Enter sends, and nothing else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nightdesk.desk import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture
def page(window: Any, db: None) -> Any:
    """Alice before a queue of one dispute."""
    from nightdesk.desk.claims.models import Account, Corroboration
    from nightdesk.desk.reports.models import Report
    from nightdesk.desk.sources.models import Source
    from nightdesk.desk.staff.models import Member

    alice = Member.objects.create_member(
        "Alice", "five words that nobody guesses", role="editor", byline="Alice"
    )
    made = []
    for name in ("crane", "heron"):
        report = Report.objects.create(
            source=Source.objects.create(pseudonym=name, made_on=clock.today()), lang="ko", channel="voice",
            contact_on=date(2023, 12, 15), text="보위원들이 2만 위안을 내라고 했다.", received_at=clock.now(),
        )  # fmt: skip
        made.append(Account.objects.create(report=report, end=len(report.text), compared=True))
    Corroboration.objects.create(
        account=made[1], other=made[0], relation="disputes", score=0.5, why="", doubted=True
    )
    return window(alice).opens("/claims/suggestions/")


def judged() -> list[str]:
    from nightdesk.desk.claims.models import Judgement

    return list(Judgement.objects.values_list("kind", flat=True))


def test_before_anything_is_chosen_enter_sends_nothing_and_leads_to_the_choice(page: Any) -> None:
    assert page.locator(".suggestion button.main").count() == 0
    page.fill("[name=why]", "Another broker.")
    page.press("[name=why]", "Enter")
    assert page.evaluate("document.activeElement.value") == "join"
    assert page.url.endswith("/claims/suggestions/") and judged() == []


def test_n_chooses_shows_it_and_enter_sends_that(page: Any) -> None:
    page.locator(".suggestion").focus()
    page.keyboard.press("n")
    assert page.locator(".suggestion button.main").get_attribute("value") == "apart"
    page.keyboard.type("Another broker.")
    page.keyboard.press("Enter")
    page.wait_for_selector(".notices a")
    assert judged() == ["apart"]


def test_escape_leaves_the_reason_and_y_chooses_anew(page: Any) -> None:
    page.locator(".suggestion").focus()
    page.keyboard.press("n")
    page.keyboard.press("Escape")
    page.keyboard.press("y")
    assert page.locator(".suggestion button.main").get_attribute("value") == "join"
    assert page.input_value("[name=why]") == ""
