"""Forms as a browser meets them: another language asked for in the middle, a refusal, an answer that takes long."""

from __future__ import annotations

from typing import Any

import pytest

from nightdesk.desk import clock
from nightdesk.desk.sources.models import Source

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def member(name: str, role: str = "editor") -> Any:
    from nightdesk.desk.staff.models import Member

    return Member.objects.create_member(name, "five words that nobody guesses", role=role, byline=name)


@pytest.fixture
def source(db: None) -> Source:
    return Source.objects.create(pseudonym="crane", made_on=clock.today())


def test_choosing_a_language_asks_before_typed_words_are_lost_and_only_then(
    window: Any, source: Source
) -> None:
    page = window(member("Alice")).opens(f"/care/source/{source.pk}/contact/")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.fill("[name=note]", "Short of breath.")
    page.click(".languages button")
    assert len(asked) == 1 and "not saved" in asked[0]
    assert page.input_value("[name=note]") == "Short of breath."
    page.fill("[name=note]", "")
    page.click(".languages button")
    page.wait_for_selector("html[lang=ko]")
    assert len(asked) == 1


def test_a_refused_form_shows_its_line_and_puts_the_keyboard_on_it(window: Any, source: Source) -> None:
    page = window(member("Alice"), width=390).opens(f"/care/source/{source.pk}/contact/")
    page.fill("[name=window]", "yesterday")
    page.locator("main form[method=post] button.main").first.click()
    page.wait_for_selector(".refused")
    line = page.locator(".refused")
    assert line.bounding_box()["y"] < 900
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#id_window"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "id_window"


def test_while_a_purge_works_its_button_says_so(window: Any, source: Source) -> None:
    from nightdesk.desk.care import purging

    purging.ask(member("Alice"), source, [], "it has to go")
    seat = window(member("Erin"), language="ko")
    page = seat.opens(f"/care/source/{source.pk}/purge/")
    page.on("dialog", lambda dialog: dialog.accept())
    page.evaluate("document.addEventListener('submit', (event) => event.preventDefault())")
    page.click("button[value=confirm]")
    page.wait_for_selector("button[value=confirm][disabled]")
    assert page.inner_text("button[value=confirm]") == "삭제하는 중… 화면을 닫지 마십시오."
