"""A note typed in a real browser: read below the textarea, and Hangul being composed is never disturbed."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import expect

from nightdesk.desk import clock
from nightdesk.desk.claims.models import Account
from nightdesk.desk.reports.models import Report
from nightdesk.desk.sources.models import Source
from nightdesk.desk.staff import tries
from nightdesk.desk.staff.models import Member

PASSPHRASE = "five words that nobody guesses"
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(chromium, live_server, settings):
    """The page for call notes, as Bob."""
    settings.NIGHTDESK_SECOND_FACTOR = "off"
    tries.reset()
    Member.objects.create_member("Bob", PASSPHRASE, role="reporter")
    context = chromium.new_context()
    page = context.new_page()
    page.set_default_timeout(60_000)  # the machine may be busy; what is waited for is what is tested
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.goto(f"{live_server.url}/sign-in/?next=/arrivals/log/")
    page.fill("#id_username", "Bob")
    page.fill("#id_passphrase", PASSPHRASE)
    page.keyboard.press("Enter")
    page.locator("#id_text").wait_for()
    page.evaluate("window.area = document.getElementById('id_text'); area.focus()")
    yield page
    context.close()


def test_what_is_read_stands_below_while_hangul_is_composed_and_the_words_stay_as_typed(page):
    ime = page.context.new_cdp_session(page)
    page.keyboard.insert_text("어제 2만 위안을 냈")
    page.locator("#typed .words mark[data-kind=money]").wait_for()
    for piece in ("ㄷ", "다", "닥"):  # a syllable in the making
        ime.send("Input.imeSetComposition", {"text": piece, "selectionStart": 1, "selectionEnd": 1})
        expect(page.locator("#typed .words")).to_have_text(f"어제 2만 위안을 냈{piece}", timeout=60_000)
        assert page.evaluate("area.value") == f"어제 2만 위안을 냈{piece}"
    ime.send("Input.insertText", {"text": "다."})
    expect(page.locator("#typed .words")).to_have_text("어제 2만 위안을 냈다.", timeout=60_000)
    assert page.evaluate("area.value") == "어제 2만 위안을 냈다."
    assert page.evaluate("area === document.getElementById('id_text') && document.activeElement === area")
    assert page.errors == []


def test_a_value_is_shown_to_the_keyboard_and_typing_sends_no_source(page):
    page.fill("#id_source", "crane")
    with page.expect_request("**/reports/typed/") as sent:
        page.locator("#id_text").press_sequentially("2만 위안")
    assert "crane" not in (sent.value.post_data or "")
    mark = page.locator("#typed .words mark[data-kind=money]")
    mark.wait_for()
    mark.focus()
    shown = "getComputedStyle(document.activeElement, '::after').content"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert page.evaluate(shown) == '"CNY 20,000"'


def test_the_sentence_of_a_claim_is_read_below_while_it_is_typed(page, live_server):
    bob = Member.objects.get(username="Bob")
    source = Source.objects.create(pseudonym="millet", made_on=clock.today())
    source.cleared.add(bob)
    report = Report.objects.create(
        source=source, lang="ko", contact_on=date(2023, 12, 15), channel="voice", text="보위원이 2만 위안을 요구했다.",
        received_at=clock.now(), teller_confirmed_at=clock.now(),
    )  # fmt: skip
    account = Account.objects.create(report=report, start=0, end=len(report.told))
    page.goto(f"{live_server.url}/claims/new/?account={account.pk}&start=0&end={len(report.told)}")
    with page.expect_request("**/reports/typed/") as sent:
        page.fill("#id_statement", "Agents demanded 20,000 yuan")
    assert "place" not in (sent.value.post_data or "")
    page.locator("#typed .words mark[data-kind=money]").wait_for()
    assert page.errors == []
