"""A save that was refused ends nothing: its words stay, why stands below them, and the next save is sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from nightdesk.desk import unlocking
from nightdesk.desk.errors import DeskError
from nightdesk.desk.stories import actions, pairs

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
WORDS = "회령에서 단속이 다시 시작되었다."
Refusal = Callable[[Any, Any], Callable[[], None]]


def _locked(window: Any, _patch: Any) -> Callable[[], None]:
    unlocking.ready.clear()
    return unlocking.ready.set


def _off(window: Any, _patch: Any) -> Callable[[], None]:
    window.down = True
    return lambda: setattr(window, "down", False)


def _signed_out(window: Any, _patch: Any) -> Callable[[], None]:
    member = window.member
    window.client.session.flush()
    return lambda: window.client.force_login(member)


def _raising(error: Exception) -> Refusal:
    def begin(_window: Any, patch: Any) -> Callable[[], None]:
        def refuse(*_given: Any, **_more: Any) -> None:
            raise error

        for module, name in (
            ("nightdesk.desk.stories.actions", "save_paragraph"),
            ("nightdesk.desk.translation.actions", "translate"),
        ):
            patch.setattr(f"{module}.{name}", refuse)
        return patch.undo

    return begin


REFUSALS: dict[str, Refusal] = {
    "locked": _locked,
    "off": _off,
    "signed out": _signed_out,
    "refused": _raising(DeskError("No.", "Wait.")),
    "broken": _raising(ZeroDivisionError()),
}


@pytest.fixture
def alice(db: None) -> Any:
    from nightdesk.desk.staff.models import Member

    return Member.objects.create_member("Alice", "five words that nobody guesses", role="editor", byline="A")


@pytest.fixture
def story(alice: Any) -> Any:
    made = actions.draft(alice, "연말 단속", "ko", [])
    row = pairs.source_edition(made).paragraphs.first() or _added(alice, made)
    actions.save_paragraph(alice, row, "처음 글.", row.revision)
    actions.hand_over(alice, made)
    return made


def _added(alice: Any, made: Any) -> Any:
    from nightdesk.desk.stories import arranging

    return arranging.add_paragraph(alice, pairs.source_edition(made))


def paragraph(story: Any, lang: str) -> str:
    row = story.editions.get(lang=lang).paragraphs.first()
    return str(row.text) if row else ""


@pytest.mark.parametrize("why", REFUSALS)
@pytest.mark.parametrize("room", ["stories", "translation"])
def test_after_a_refusal_the_words_stay_and_the_next_save_is_sent(
    window: Any, alice: Any, story: Any, monkeypatch: Any, why: str, room: str
) -> None:
    seat, lang = window(alice), {"stories": "ko", "translation": "en"}[room]
    seat.member = alice
    page = seat.opens(f"/{room}/{story.pk}/")
    area = page.locator("textarea[name=text]").first
    with monkeypatch.context() as patch:
        over = REFUSALS[why](seat, patch)
        area.fill(WORDS)
        page.keyboard.press("Control+s")
        page.wait_for_selector(".under .notice.error")
        over()
    assert area.input_value() == WORDS and paragraph(story, lang) != WORDS
    page.keyboard.press("Control+s")
    page.wait_for_selector(".under .ok")
    assert area.input_value() == WORDS and paragraph(story, lang) == WORDS


def test_handing_over_while_locked_leaves_neither_the_page_nor_the_words(
    window: Any, alice: Any, story: Any
) -> None:
    seat = window(alice)
    page = seat.opens(f"/stories/{story.pk}/")
    area = page.locator("textarea[name=text]").first
    area.fill(WORDS)
    unlocking.ready.clear()
    try:
        page.on("dialog", lambda dialog: dialog.accept())
        page.click("form[action$='/hand-over/'] button")
        page.wait_for_selector(".under .notice.error")
    finally:
        unlocking.ready.set()
    assert page.url.endswith(f"/stories/{story.pk}/") and area.input_value() == WORDS


def test_three_escapes_ask_nothing_even_after_a_refused_save(window: Any, alice: Any, story: Any) -> None:
    seat = window(alice)
    page = seat.opens(f"/stories/{story.pk}/")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    unlocking.ready.clear()
    try:
        page.locator("textarea[name=text]").first.fill(WORDS)
        page.keyboard.press("Control+s")
        page.wait_for_selector(".under .notice.error")
        for _ in range(3):
            page.keyboard.press("Escape")
        page.wait_for_url(lambda url: "/stories/" not in url)  # a function in the page would need eval
    finally:
        unlocking.ready.set()
    assert asked == []
