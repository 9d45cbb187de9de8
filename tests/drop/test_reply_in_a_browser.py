"""A source asks for a reply, the desk's side answers, and twelve words find it: in a real browser."""

from __future__ import annotations

import json
import secrets
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from tests.drop.test_browser import page as page
from tests.drop.test_browser import ready as ready
from tests.drop.test_browser import shown
from tests.drop.test_browser import url as url

from nightdesk.seal.opening import open_envelope
from nightdesk.seal.replying import Reply, close_board, reply_secret
from nightdesk.seal.signing import pack

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

pytestmark = pytest.mark.browser
BOARD = json.loads((Path(__file__).parents[2] / "docs/formats/vectors/board.json").read_text("utf-8"))
SAID = "18일 밤에 다시 전화하겠습니다.\n서두르지 마십시오. <b>"
FINDS = """async ({ typed, packed, identity, on, newsroom }) => {
  const { repliesOn, secretOf } = await import("/static/reply.js");
  const raw = Uint8Array.from(newsroom.match(/../g), (pair) => parseInt(pair, 16));
  const secret = await secretOf(typed, raw);
  return [Array.from(secret), (await repliesOn(packed, identity, on, secret)).replies];
}"""
PHRASES = {
    "Korean words, two replies": "가격 걱정 심부름 걱정 별도 갈색 기법 기운 경력 산길 미술 기념",
    "English words, one reply": "1. Legal 2. winner\nthank year wave sausage worth useful legal winner thank yellow ",
    "Chinese words, no reply": "昂词寻酚游夺杰尔疫锦幅妨",
}


def asks(page: Page, drop: str, text: str = "회령에서 2만 위안", lang: str = "ko") -> list[str]:
    """Seals with a reply asked for; the twelve words as they stand there afterwards."""
    page.goto(f"{drop}/{lang}")
    page.fill("#text", text)
    page.check("#reply")
    page.wait_for_selector("#twelve li", state="visible")
    before = page.locator("#twelve li").all_inner_texts()
    page.click("#send")
    shown(page, "#done")
    kept = page.locator("#kept li").all_inner_texts()
    assert kept == before
    return kept


def sealed_secret(drop: str, ours, desk_over) -> str | None:
    with httpx.Client(base_url=drop) as client:
        desk = desk_over(client, ours)
        collected = desk.pulls()[-1]
    return open_envelope(collected.data, {ours.day.key_id: ours.day}, ours.id).reply


def put_up(drop: str, ours, *said: tuple[str, str], day=None, number: int = 1) -> None:
    replies = [(bytes.fromhex(secret), Reply(text, ours.today)) for secret, text in said]
    on = day or ours.today
    cells = close_board(replies, ours.id, on, secrets.token_bytes)
    assert (
        httpx.put(f"{drop}/board", content=pack(*ours.keyring.sign_board(on, number, cells))).status_code
        == 200
    )


def looks(page: Page, drop: str, words: str, lang: str = "ko") -> None:
    page.goto(f"{drop}/{lang}")
    page.click("#answers summary")
    page.fill("#own", words)
    page.click("#look button")


@pytest.mark.parametrize("lang", ["ko", "zh", "en"])
def test_twelve_words_find_the_reply(page: Page, ready: str, ours, desk_over, lang: str) -> None:
    words = asks(page, ready, lang=lang)
    assert len(words) == 12
    secret = sealed_secret(ready, ours, desk_over)
    assert secret
    put_up(ready, ours, (secret, SAID), (secrets.token_hex(32), "다른 사람에게"))
    looks(page, ready, " ".join(words), lang)
    assert shown(page, "#replies .said") == SAID
    assert page.locator("#replies li").count() == 1
    assert page.input_value("#own") == ""
    page.click("#close")
    assert page.locator("#replies li").count() == 0
    assert not page.is_visible("#replies")


def test_words_of_before_are_taken_up(page: Page, ready: str, ours, desk_over) -> None:
    words = asks(page, ready)
    first = sealed_secret(ready, ours, desk_over)
    page.click("#again")
    assert not page.is_checked("#reply")
    page.fill("#text", "또 하나")
    page.check("#reply")
    page.fill("#known", "가격 가격")
    page.click("#send")
    assert "낱말은 2개입니다" in shown(page, "#status.stop")
    page.fill("#known", " ".join([*words[:11], "별또"]))
    page.click("#send")
    page.get_by_text("목록에 없는 낱말: 12번째").wait_for()
    assert "아무것도 보내지 않았습니다" in page.inner_text("#status")
    assert page.input_value("#text") == "또 하나"
    page.fill("#known", " ".join(words))
    page.click("#send")
    shown(page, "#done")
    assert not page.is_visible("#kept")
    with httpx.Client(base_url=ready) as client:
        found = [
            open_envelope(each.data, {ours.day.key_id: ours.day}, ours.id)
            for each in desk_over(client, ours, counter=5).pulls()
        ]
    assert {each.reply for each in found} == {first}
    assert {each.text for each in found} == {"회령에서 2만 위안", "또 하나"}


def test_who_asks_for_nothing_leaves_no_secret(page: Page, ready: str, ours, desk_over) -> None:
    page.goto(f"{ready}/en")
    page.fill("#text", "words")
    page.check("#reply")
    page.wait_for_selector("#twelve li", state="visible")
    page.uncheck("#reply")
    assert not page.is_visible("#phrase")
    page.click("#send")
    assert "no reply, so none will come" in shown(page, "#unasked")
    assert sealed_secret(ready, ours, desk_over) is None


def test_leaving_the_receipt_wipes_the_words(page: Page, ready: str) -> None:
    words = asks(page, ready)
    page.click("#again")
    assert len([word for word in words if word in page.content()]) < 6  # the page says 길이 itself
    assert page.locator("ol.twelve li").count() == 0


@pytest.mark.parametrize(("words", "says"), [
    ("하나 둘 셋", "3개입니다"), (" . ", "0개입니다"), ("legal " * 12, "다른 낱말이거나 차례가"), ("昂词寻", "3개입니다"), (PHRASES["Korean words, two replies"], "올리지 않았습니다"),
    ("가격 걱정 심부름 걱정 별또 갈색 기법 기운 경력 산길 미술 기냠", "목록에 없는 낱말: 5, 12번째"),
    ("1. Legal 2. winer\nthank year wave sausage worth useful legal winner thank yellow", "목록에 없는 낱말: 2번째"),
    ("昂词寻酚游夺杰尔疫锦幅龘", "목록에 없는 낱말: 12번째"),
])  # fmt: skip
def test_what_finds_nothing_is_said(page: Page, ready: str, words: str, says: str) -> None:
    looks(page, ready, words)
    page.wait_for_selector("#look-status.stop", state="visible")
    assert says in page.inner_text("#look-status")


def test_a_browser_that_cannot_is_not_told_that_the_words_are_wrong(page: Page, ready: str) -> None:
    page.add_init_script(
        "SubtleCrypto.prototype.importKey = () => { throw new DOMException('', 'NotSupportedError') }"
    )
    looks(page, ready, PHRASES["Korean words, two replies"])
    page.wait_for_selector("#look-status.stop", state="visible")
    said = page.inner_text("#look-status")
    assert "이 브라우저로는" in said and "맞지 않습니다" not in said


def test_a_board_without_a_reply_says_which_day_it_is_of_and_leaves_the_words(
    page: Page, ready: str, ours
) -> None:
    put_up(ready, ours)
    looks(page, ready, PHRASES["English words, one reply"], "en")
    page.get_by_text("opens with these words").wait_for()
    assert ours.today.isoformat() in page.inner_text("#look-status")
    assert page.input_value("#own") == PHRASES["English words, one reply"]


def test_a_board_of_yesterday_says_so(page: Page, ready: str, ours) -> None:
    yesterday = ours.today - timedelta(days=1)
    secret = reply_secret(bytes.fromhex(BOARD["replies"][0]["entropy"]), ours.id)
    cells = close_board([(secret, Reply("x", yesterday))], ours.id, yesterday, secrets.token_bytes)
    packed = pack(*ours.keyring.sign_board(yesterday, 1, cells))
    page.route("**/board", lambda route: route.fulfill(body=packed))
    looks(page, ready, PHRASES["Korean words, two replies"], "en")
    assert shown(page, "#replies .said") == "x"
    assert yesterday.isoformat() in page.inner_text("#look-status")


def test_a_board_of_somebody_else_is_not_believed(page: Page, ready: str, theirs) -> None:
    cells = close_board([], theirs.id, theirs.today, secrets.token_bytes)
    packed = pack(*theirs.keyring.sign_board(theirs.today, 1, cells))
    page.route("**/board", lambda route: route.fulfill(body=packed))
    looks(page, ready, PHRASES["Korean words, two replies"])
    page.wait_for_selector("#look-status.stop", state="visible")
    assert "믿지 마십시오" in page.inner_text("#look-status")


@pytest.mark.parametrize("vector", BOARD["replies"], ids=lambda vector: vector["name"])
def test_the_browser_finds_what_the_vectors_say(page: Page, ready: str, vector) -> None:
    page.goto(ready)
    packed = json.dumps({"payload": BOARD["payload"], "signature": BOARD["signature"]})
    newsroom = json.loads(BOARD["payload"])["newsroom"]
    argument = {"typed": PHRASES[vector["name"]], "packed": packed, "identity": BOARD["identity"]}
    secret, replies = page.evaluate(FINDS, {**argument, "on": BOARD["on"], "newsroom": newsroom})
    assert bytes(secret).hex() == vector["secret"]
    said = [each["text"] for each in vector["says"]]
    assert [each["text"] for each in replies] == said[::-1]  # the newest first


@pytest.mark.parametrize("lang", ["ko", "zh", "en"])
def test_a_phone_needs_no_sideways_scrolling(page: Page, ready: str, lang: str) -> None:
    page.goto(f"{ready}/{lang}")
    page.check("#reply")
    page.wait_for_selector("#twelve li", state="visible")
    page.click("#answers summary")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def held(page: Page, pattern: str) -> list[Route]:
    """What the page asks for under `pattern` and does not get until the test lets it go on."""
    routes: list[Route] = []

    def hold(route: Route) -> None:
        routes.append(route)

    page.route(pattern, hold)
    return routes


def test_what_is_ticked_or_typed_while_it_is_sent_changes_no_word_on_the_receipt(
    page: Page, ready: str, ours, desk_over
) -> None:
    """Else a source keeps words that open nothing, or never sees those that do."""
    page.goto(f"{ready}/en")
    page.fill("#text", "words")
    page.route("**/envelopes", lambda route: (page.check("#reply"), route.continue_()))
    page.click("#send")
    assert "no reply, so none will come" in shown(page, "#unasked")
    assert not page.is_visible("#kept")
    assert sealed_secret(ready, ours, desk_over) is None
    page.unroute("**/envelopes")
    page.click("#again")
    page.fill("#text", "more words")
    page.check("#reply")
    page.wait_for_selector("#twelve li", state="visible")
    words = page.locator("#twelve li").all_inner_texts()
    page.route(
        "**/envelopes", lambda route: (page.fill("#known", "x"), page.uncheck("#reply"), route.continue_())
    )
    page.click("#send")
    shown(page, "#kept")
    assert page.locator("#kept li").all_inner_texts() == words
    assert not page.is_visible("#unasked")


def test_a_tick_taken_away_before_the_words_are_there_shows_none(page: Page, ready: str) -> None:
    page.goto(f"{ready}/en")
    lists = held(page, "**/phrase-en.js")
    page.fill("#text", "words")
    with page.expect_request("**/phrase-en.js"):
        page.check("#reply")
    assert page.is_disabled("#send")
    page.uncheck("#reply")
    assert page.is_enabled("#send")
    with page.expect_response("**/phrase-en.js"):
        [asked] = lists
        asked.continue_()
    page.wait_for_timeout(500)  # for words that must not come
    assert not page.is_visible("#phrase")
    assert page.locator("#twelve li").count() == 0


def test_lists_that_do_not_come_are_not_called_wrong_words(page: Page, ready: str) -> None:
    page.route("**/phrase*.js", lambda route: route.abort())
    looks(page, ready, PHRASES["English words, one reply"], "en")
    page.wait_for_selector("#look-status.stop", state="visible")
    assert "could not be reached" in page.inner_text("#look-status")


def test_undoing_brings_no_words_back(page: Page, ready: str, ours) -> None:
    """Once a reply has come: until then they stay, to be compared with what was written down."""
    entropy = next(one["entropy"] for one in BOARD["replies"] if one["name"] == "English words, one reply")
    put_up(ready, ours, (reply_secret(bytes.fromhex(entropy), ours.id).hex(), SAID))
    page.goto(f"{ready}/en")
    page.click("#answers summary")
    page.focus("#own")
    page.keyboard.type("legal winner thank year wave sausage worth useful legal winner thank yellow")
    page.click("#look button")
    shown(page, "#replies .said")
    page.focus("#own")
    page.keyboard.press("Control+z")
    assert page.input_value("#own") == ""


def test_leaving_the_page_wipes_words_and_replies(page: Page, ready: str, ours) -> None:
    """As a browser does that keeps the page for who goes back: it is told to hide, and nothing of it is unloaded."""
    asks(page, ready)
    secret = reply_secret(bytes.fromhex(BOARD["replies"][0]["entropy"]), ours.id).hex()
    put_up(ready, ours, (secret, SAID))
    page.click("#answers summary")
    page.fill("#own", PHRASES["Korean words, two replies"])
    page.click("#look button")
    shown(page, "#replies .said")
    page.fill("#own", "가격")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    assert page.locator("#replies li, ol.twelve li").count() == 0
    assert (page.input_value("#own"), page.input_value("#known")) == ("", "")


def test_a_page_of_yesterday_takes_todays_board_for_the_newer(page: Page, ready: str, ours) -> None:
    tomorrow = ours.today + timedelta(days=1)
    secret = reply_secret(bytes.fromhex(BOARD["replies"][0]["entropy"]), ours.id)
    cells = close_board([(secret, Reply("x", ours.today))], ours.id, tomorrow, secrets.token_bytes)
    packed = pack(*ours.keyring.sign_board(tomorrow, 1, cells))
    page.route("**/board", lambda route: route.fulfill(body=packed))
    looks(page, ready, PHRASES["Korean words, two replies"], "en")
    assert shown(page, "#replies .said") == "x"
    assert not page.is_visible("#look-status")
