"""A paragraph typed in a real browser: read below it, while the textarea, its Hangul and the page stay where they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from nightdesk.desk.stories import actions
from nightdesk.desk.stories.models import Story
from nightdesk.desk.stories.tests.making import make_story, paragraphs

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
TYPED = "**/typed/"
# Counts what is asked and what changes below the paragraph, from now on.
WATCH = """([reading]) => { window.changes = 0; window.said = [];
  const status = reading.querySelector('[role=status]');
  new MutationObserver(() => { changes += 1; }).observe(reading.querySelector('[data-read]'), { childList: true, subtree: true });
  new MutationObserver(() => said.push(status.textContent)).observe(status, { childList: true, characterData: true, subtree: true });
}"""


@pytest.fixture
def alice(db: None) -> Any:
    from nightdesk.desk.staff.models import Member

    return Member.objects.create_member("Alice", "five words that nobody guesses", role="editor", byline="A")


@pytest.fixture
def story(alice: Any) -> Story:
    story: Story = make_story(alice, [], ["", "둘째 단락."])
    return story


class Editor:
    """The editor's page with the first paragraph in hand."""

    def __init__(self, page: Page, lang: str, story: Story) -> None:
        page.set_default_timeout(60_000)  # the machine may be busy; what is waited for is what is tested
        self.page, row = page, paragraphs(story, lang)[0]
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.area = page.locator(f"#text{row.pk}")
        self.reading = page.locator(f"[data-reads=text{row.pk}]")
        self.words = self.reading.locator("p.words")
        self.area.focus()
        page.evaluate("window.area = document.activeElement")
        self.reading.evaluate(f"(one) => ({WATCH})([one])")

    def composes(self, words: str) -> None:
        """One syllable after another as an input method brings them; the last stays in composition."""
        ime = self.page.context.new_cdp_session(self.page)
        for at in range(1, len(words) + 1):
            ime.send(
                "Input.imeSetComposition", {"text": words[:at], "selectionStart": at, "selectionEnd": at}
            )


@pytest.fixture
def editor(window: Callable[..., Any], alice: Any, story: Story) -> Editor:
    return Editor(window(alice).opens(story.get_absolute_url()), "ko", story)


def test_what_is_read_stands_below_and_nothing_above_it_moves(editor: Editor) -> None:
    button = editor.page.locator("article [data-saves]").first
    before = editor.area.bounding_box(), button.bounding_box()
    editor.page.keyboard.insert_text("어제 2만 위안을 냈다.")
    mark = editor.words.locator("mark[data-kind=money]")
    mark.wait_for()
    assert (editor.area.bounding_box(), button.bounding_box()) == before
    assert mark.get_attribute("data-note") == "CNY 20,000"
    for _ in range(6):  # from the words past the buttons to what is read, value by value
        editor.page.keyboard.press("Tab")
        if editor.page.evaluate("document.activeElement.matches('mark')"):
            break
    note = editor.words.locator("mark").first.get_attribute("data-note")
    assert editor.page.evaluate("getComputedStyle(document.activeElement, '::after').content") == f'"{note}"'
    assert editor.errors == []


def test_while_a_syllable_is_composed_nothing_is_asked_and_nothing_changes(editor: Editor) -> None:
    asked: list[str] = []
    editor.page.on("request", lambda one: asked.append(one.url) if one.url.endswith("/typed/") else None)
    editor.page.evaluate(
        "area.addEventListener('compositionstart', () => { window.begun = true; });"
        "area.addEventListener('compositionend', () => { window.ended = true; });"
    )
    editor.page.keyboard.insert_text("2만 위안을 ")
    expect(editor.words.locator("mark")).to_have_count(1)
    sent, changes = len(asked), editor.page.evaluate("changes")
    editor.composes("냈다")
    editor.page.wait_for_timeout(500)
    assert editor.page.evaluate("begun === true && window.ended === undefined")
    assert (len(asked), editor.page.evaluate("changes")) == (sent, changes)
    assert editor.page.evaluate("area.value") == "2만 위안을 냈다"
    editor.page.context.new_cdp_session(editor.page).send("Input.insertText", {"text": "냈다."})
    expect(editor.words).to_have_text("2만 위안을 냈다.")
    assert editor.page.evaluate("ended === true && area.value") == "2만 위안을 냈다."
    assert editor.page.evaluate("document.activeElement === area && area.isConnected")


def test_an_answer_for_older_words_is_dropped_and_one_that_comes_in_a_composition_too(editor: Editor) -> None:
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        held.append(route) if not held else route.fallback()

    editor.page.route(TYPED, hold_the_first)
    with editor.page.expect_request(TYPED):
        editor.page.keyboard.insert_text("2만 위안")
    editor.page.keyboard.insert_text("과 3만 위안")
    expect(editor.words.locator("mark")).to_have_count(2)
    changes = editor.page.evaluate("changes")
    held[0].fulfill(status=200, content_type="text/html", body="<p class=words>older</p>")
    editor.page.wait_for_timeout(200)
    assert editor.page.evaluate("changes") == changes
    held.clear()
    with editor.page.expect_request(TYPED):
        editor.page.keyboard.insert_text(" ")
    editor.composes("ㄴ")
    held[0].fulfill(status=200, content_type="text/html", body="<p class=words>older</p>")
    editor.page.wait_for_timeout(200)
    assert editor.page.evaluate("changes") == changes
    expect(editor.words).to_have_text("2만 위안과 3만 위안")


def test_a_desk_that_does_not_answer_is_said_once_and_taken_back(editor: Editor) -> None:
    editor.page.keyboard.insert_text("2만 위안 ")
    editor.words.wait_for()
    editor.page.route(TYPED, lambda route: route.abort())
    status, tall = editor.reading.get_by_role("status"), editor.reading.bounding_box()
    for word in ("또 ", "한 ", "번 "):
        with editor.page.expect_event("requestfailed"):
            editor.page.keyboard.insert_text(word)
    expect(status).to_have_text("Not read just now.")
    assert editor.page.evaluate("said") == ["Not read just now."]
    assert editor.reading.bounding_box() == tall
    editor.page.unroute(TYPED)
    editor.page.keyboard.insert_text("끝")
    expect(status).to_be_empty()
    assert editor.errors == []


def test_a_part_that_was_closed_stays_closed_and_asks_nothing(editor: Editor) -> None:
    editor.page.keyboard.insert_text("2만 위안")
    editor.words.wait_for()
    editor.reading.locator("summary").first.click()
    asked: list[str] = []
    editor.page.on("request", lambda one: asked.append(one.url) if one.url.endswith("/typed/") else None)
    editor.area.focus()
    editor.page.keyboard.insert_text("과 3만 위안")
    editor.page.wait_for_timeout(400)
    assert asked == [] and not editor.words.is_visible()
    editor.reading.locator("summary").first.click()
    expect(editor.words.locator("mark")).to_have_count(2)


def test_a_list_that_is_open_stays_open_while_typing_goes_on(editor: Editor) -> None:
    editor.page.keyboard.insert_text("2만 위안")
    editor.words.wait_for()
    editor.reading.locator(".read-list summary").click()
    editor.area.focus()
    editor.page.keyboard.insert_text("과 3만 위안")
    expect(editor.words.locator("mark")).to_have_count(2)
    assert editor.reading.locator(".read-list").get_attribute("open") is not None


def test_a_translator_reads_the_english_edition_on_a_telephone(
    window: Callable[..., Any], alice: Any, story: Story
) -> None:
    from nightdesk.desk.staff.models import Member

    actions.save_paragraph(alice, paragraphs(story)[0], "지난주 2만 위안을 냈다.", 1)
    actions.hand_over(alice, story)
    tariq = Member.objects.create_member(
        "Tariq", "five words that nobody guesses", role="translator", byline="T"
    )
    page = window(tariq, width=390, language="ko").opens(f"/translation/{story.pk}/")
    english = Editor(page, "en", story)
    page.keyboard.insert_text(
        "Last week two agents in Hoeryong demanded 20,000 yuan and 77431 of Kilju Sokdo."
    )
    english.reading.locator(".read-list").wait_for()  # the words stand above twice: the list alone is shown
    assert english.words.get_attribute("lang") == "en" and not english.words.is_visible()
    kinds = {one.get_attribute("data-kind") for one in english.words.locator("mark").all()}
    assert {"date", "quantity", "place", "money", "unread"} <= kinds
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert english.errors == []


def test_a_headline_is_read_while_it_is_typed(editor: Editor) -> None:
    editor.page.locator("#title").focus()
    editor.page.keyboard.press("Control+a")
    editor.page.keyboard.insert_text("보위부, 2만 위안 요구")
    editor.page.locator("[data-reads=title] p.words mark[data-kind=money]").wait_for()
    assert editor.page.evaluate("document.activeElement.id") == "title" and editor.errors == []
