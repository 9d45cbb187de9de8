"""Pages as eyes meet them: nothing hidden behind an edge, nothing too small to read, on a telephone too."""

from __future__ import annotations

from typing import Any

import pytest

from nightdesk.desk import clock
from nightdesk.desk.claims.models import Account
from nightdesk.desk.reports.models import Report
from nightdesk.desk.sources.models import Source

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
TEXT = "지난 11일 회령시 보위부가 혜산시장에서 브로커 두 명에게 2만 위안을 요구했다. 무산군 안전부는 5천 원을 받았다. "


@pytest.fixture
def alice(db: None) -> Any:
    from nightdesk.desk.staff.models import Member

    return Member.objects.create_member("Alice", "five words that nobody guesses", role="editor", byline="A")


def reported(pseudonym: str, text: str = TEXT) -> Report:
    source, _made = Source.objects.get_or_create(pseudonym=pseudonym, defaults={"made_on": clock.today()})
    report = Report.objects.create(
        source=source,
        lang="ko",
        contact_on=clock.today(),
        channel="voice",
        text=text,
        received_at=clock.now(),
    )
    Account.objects.create(report=report, start=0, end=len(text))
    return report


def test_all_that_was_read_in_a_report_stands_on_the_page_without_a_scroll_of_its_own(
    window: Any, alice: Any
) -> None:
    page = window(alice).opens(reported("crane", TEXT * 3).get_absolute_url())
    panel = page.locator("main aside")
    whole, seen = panel.evaluate("(one) => [one.scrollHeight, one.clientHeight]")
    assert whole > 900 and whole <= seen


def test_the_picture_of_an_event_keeps_its_letters_on_a_telephone_and_scrolls(
    window: Any, alice: Any
) -> None:
    from nightdesk.desk.claims import actions

    reports = [
        reported(name, f"{TEXT} {name}")
        for name in ("crane", "heron", "a name of many letters", "ferry", "millet")
    ]
    actions.corroborate(alice)
    event = reports[0].accounts.get().event
    page = window(alice, width=390).opens(event.get_absolute_url())
    drawn, words = page.locator(".descent .drawn"), page.locator(".descent text")
    assert min(one.bounding_box()["height"] for one in words.all()) >= 12
    assert drawn.evaluate("(one) => one.scrollWidth > one.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    drawn.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)
    assert drawn.evaluate("(one) => one.scrollLeft") > 0


def test_by_keyboard_alone_a_sentence_becomes_a_claim_on_a_korean_keyboard_too(
    window: Any, alice: Any
) -> None:
    page = window(alice, language="ko").opens(reported("crane", TEXT * 2).get_absolute_url())
    page.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'ㅊ', bubbles: true, cancelable: true }))"
    )
    assert page.evaluate("document.activeElement.name") == "words"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector("#id_statement")
    page.keyboard.type("보위부가 돈을 요구했다")
    assert page.input_value("#id_statement") == "보위부가 돈을 요구했다"


@pytest.mark.parametrize("language", ["ko", "en"])
def test_whom_a_table_counts_is_read_and_typed_on_a_telephone(window: Any, alice: Any, language: str) -> None:
    from nightdesk.desk.review.models import GroupTable

    row = {"group": "nurses", "place": "Hyesan", "low": 4, "high": 9, "basis": "desk", "as_of": "2023-11"}
    GroupTable.objects.create(**row, expires="2024-05", sex="female", age="40-49")
    page = window(alice, width=390, language=language).opens("/review/tables/")
    said = page.locator("table.stacked td", has_text="40–49")
    assert said.bounding_box()["x"] + said.bounding_box()["width"] <= 390
    assert ("여성" if language == "ko" else "women") in said.inner_text()
    page.locator("main details summary").first.click()
    form = page.locator("details", has=page.locator("#id_sex"))
    form.locator("#id_sex").select_option("male")
    form.locator("#id_age").fill("60+")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for name, words in {**row, "high": 7, "expires": "2024-05"}.items():
        form.locator(f"#id_{name}").fill(str(words))
    form.locator("#id_expires").press("Enter")
    page.wait_for_selector(".stacked >> text=60")
    assert GroupTable.objects.filter(sex="male", age="60+", high=7).exists()


def test_on_a_telephone_a_paragraph_stands_twice_in_translation_and_what_is_read_is_a_list(
    window: Any, alice: Any
) -> None:
    from nightdesk.desk.stories import actions
    from nightdesk.desk.stories.tests.making import make_story

    story = make_story(alice, [], ["어제 2만 위안을 냈다."])
    actions.hand_over(alice, story)
    page = window(alice, width=390).opens(f"/translation/{story.pk}/")
    area = page.locator("article textarea")
    area.fill("Yesterday he paid 20,000 yuan.")
    summary = page.locator(".rendering .read-list > summary")
    summary.wait_for()
    words = page.locator(".rendering .words")
    assert [one.is_visible() for one in words.all()] == [True, False]
    summary.click()
    assert "20,000" in page.locator(".rendering .values").inner_text()
    area.focus()
    page.locator("[data-saves]").first.click()
    page.wait_for_selector("article .under:not(:empty)")
    row = story.editions.get(lang="ko").paragraphs.get()
    actions.save_paragraph(alice, row, "어제 3만 위안을 냈다.", row.revision)
    page = window(alice, width=390).opens(f"/translation/{story.pk}/")
    assert page.locator(".rendering .difference").is_visible()
    assert not page.locator(".rendering .said > .words").is_visible()


def test_on_a_telephone_every_month_of_the_record_is_ruled_and_its_counts_stand_inside(
    window: Any, alice: Any
) -> None:
    from nightdesk.desk.incidents.models import Act

    day = clock.today()
    Act.objects.create(
        claim_token="a" * 24, act="extortion", earliest=day, latest=day, status="open", coded_at=clock.now()
    )
    page = window(alice, width=390).opens("/record/")
    cells = page.locator(".heat tbody tr:last-child > td:not(:last-child)")
    lines = cells.evaluate_all(
        "(all) => all.map((one) => [getComputedStyle(one).borderBottomWidth, one.scrollHeight <= one.clientHeight])"
    )
    assert lines == [["1px", True]] * 12


def test_a_story_is_set_aside_on_a_telephone_and_taken_back_at_once(window: Any, alice: Any) -> None:
    from nightdesk.desk.stories.tests.making import make_story

    story = make_story(alice, [], ["잘못 시작했다."])
    page = window(alice, width=390).opens(story.get_absolute_url())
    page.click("text=Set aside")
    page.click(".notice >> text=Take back")
    page.wait_for_selector("text=The story is back, as it was.")
    assert page.locator("textarea", has_text="잘못 시작했다.").is_visible()
