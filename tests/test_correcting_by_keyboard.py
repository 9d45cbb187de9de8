"""One key corrects a span from a story, in a real browser: never while a syllable is composed, and no word is lost."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from nightdesk.desk.stories.models import PrivateDraft, Story, StoryTerm
from nightdesk.desk.stories.tests.making import make_story, paragraphs

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture
def alice(db: None) -> Any:
    from nightdesk.desk.staff.models import Member

    return Member.objects.create_member("Alice", "five words that nobody guesses", role="editor", byline="A")


@pytest.fixture
def story(alice: Any) -> Story:
    story: Story = make_story(alice, [], [""])
    return story


def typed(page: Page, story: Story, words: str) -> str:
    """The words are in the first paragraph, and read."""
    area = f"text{paragraphs(story)[0].pk}"
    page.locator(f"#{area}").focus()
    page.keyboard.insert_text(words)
    page.locator(f"[data-reads={area}] p.words mark").first.wait_for()
    return area


@pytest.mark.parametrize("key", ["t", "ㅅ"])
def test_a_key_on_a_stretch_leads_to_its_meaning_and_back(
    window: Any, alice: Any, story: Story, key: str
) -> None:
    page = window(alice).opens(story.get_absolute_url())
    area = typed(page, story, "😀 어제 77431 부대 사람이 왔다.")
    mark = page.locator(f"[data-reads={area}] p.words mark[data-kind=unread]")
    mark.focus()
    with page.expect_navigation():
        mark.evaluate(
            "(one, key) => one.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))",
            key,
        )
    marked = page.locator("mark.here").inner_text()
    assert marked in "77431 부대" and PrivateDraft.objects.get().text.endswith("왔다.")
    page.select_option("#kind", "organisation")
    page.fill("#means", "77431부대")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_selector(".notices")
    assert page.url.endswith(story.get_absolute_url())
    row = StoryTerm.objects.get()
    assert row.text[row.start : row.end] == row.words == marked
    assert page.input_value(f"#{area}") == "😀 어제 77431 부대 사람이 왔다."


def test_while_a_syllable_is_composed_nothing_is_corrected(window: Any, alice: Any, story: Story) -> None:
    page = window(alice).opens(story.get_absolute_url())
    area = typed(page, story, "2만 위안을 ")
    ime = page.context.new_cdp_session(page)
    ime.send("Input.imeSetComposition", {"text": "냈", "selectionStart": 1, "selectionEnd": 1})
    page.locator(f"[data-reads={area}] .read-list > summary").evaluate(
        "(one) => one.parentElement.open = true"
    )
    button = page.locator(f"[data-reads={area}] button.teach").first
    button.evaluate("(one) => one.click()")
    page.evaluate(
        "document.querySelector('.reading mark').dispatchEvent(new KeyboardEvent('keydown', { key: 't', isComposing: true, bubbles: true }))"
    )
    page.wait_for_timeout(300)
    assert page.url.endswith(story.get_absolute_url()) and page.input_value(f"#{area}") == "2만 위안을 냈"


def test_a_letter_typed_in_a_field_corrects_nothing(window: Any, alice: Any, story: Story) -> None:
    page = window(alice).opens(story.get_absolute_url())
    area = typed(page, story, "2만 위안 ")
    page.locator(f"#{area}").focus()
    page.keyboard.type("t")
    page.wait_for_timeout(200)
    assert page.input_value(f"#{area}") == "2만 위안 t" and page.url.endswith(story.get_absolute_url())
