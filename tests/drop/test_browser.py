"""The sealing page in a real browser: a source types, Python opens."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from nightdesk.drop.app import create_app
from nightdesk.drop.config import DropConfig
from nightdesk.drop.serve import server
from nightdesk.seal.opening import open_envelope

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

TEXT = "며칠 전 보위원 두 명이 회령에서 송금 일을 하는 브로커를 찾아가 2만 위안을 내라고 했다.\n쌍받침: 값, 앉다, 읊다."
ROOT = Path(__file__).parents[2]
VECTORS = json.loads((ROOT / "docs/formats/vectors/channel.json").read_text("utf-8"))
ED25519 = ROOT.parent / "shared" / "vectors" / "ed25519_test.json"

OPENS = """async ({ envelope, seed, newsroom }) => {
  const { CipherSuite, HkdfSha256, Chacha20Poly1305, XWing } = await import("/static/vendor/channel.js");
  const bytes = Uint8Array.from(atob(envelope), (letter) => letter.charCodeAt(0));
  const raw = Uint8Array.from(seed.match(/../g), (pair) => parseInt(pair, 16));
  const suite = new CipherSuite({ kem: new XWing(), kdf: new HkdfSha256(), aead: new Chacha20Poly1305() });
  const header = bytes.slice(0, 32), info = new Uint8Array([...new TextEncoder().encode("nightdesk envelope v1\\n"), ...header]);
  const recipientKey = await suite.kem.importKey("raw", raw, false);
  try {
    const plain = new Uint8Array(await suite.open({ recipientKey, enc: bytes.slice(32, 1152), info }, bytes.slice(1152)));
    const length = new DataView(plain.buffer).getUint32(0);
    return JSON.parse(new TextDecoder().decode(plain.slice(4, 4 + length)));
  } catch (error) { return null; }
}"""
BELIEVES = """async (tests) => {
  const { ed25519 } = await import("/static/vendor/channel.js");
  const raw = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
  return tests.map(([pk, sig, msg]) => {
    try { return ed25519.verify(raw(sig), raw(msg), raw(pk), { zip215: false }); } catch { return false; }
  });
}"""


@pytest.fixture
def url(tmp_path: Path, ours) -> Iterator[str]:
    """A drop on a loopback port whose clock stands at the newsroom's day."""
    running = server(
        create_app(tmp_path / "drop", DropConfig(ours.identity.public), lambda: ours.today), "127.0.0.1", 0
    )
    thread = threading.Thread(target=running.run)
    thread.start()
    while not running.started:
        time.sleep(0.02)
    port = running.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    running.should_exit = True
    thread.join()


@pytest.fixture
def ready(url: str, ours, keys_of) -> str:
    assert httpx.put(f"{url}/keys", content=keys_of(ours)).status_code == 200
    return url


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A phone's page; anything it complains of, or asks of another host, fails the test at its end."""
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    page, complaints, hosts = context.new_page(), [], set()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: hosts.add(request.url.split("/")[2].split(":")[0]))
    yield page
    expected = ("status of 404", "net::ERR_FAILED")  # what the tests below bring about themselves
    assert [each for each in complaints if not any(known in each for known in expected)] == []
    assert hosts <= {"127.0.0.1"}
    assert context.cookies() == []
    context.close()


def shown(page: Page, selector: str) -> str:
    page.wait_for_selector(selector, state="visible")
    return page.inner_text(selector)


def types(page: Page, url: str, text: str = TEXT, name: str = "millet") -> None:
    page.goto(url)
    page.wait_for_selector("#text", state="visible")
    page.locator("#text").press_sequentially(text)
    page.fill("#source", name)


def test_a_source_types_korean_and_the_desk_opens_it(page: Page, ready: str, ours, desk_over) -> None:
    types(page, f"{ready}/ko")
    page.click("#send")
    assert "제보함에 들어갔습니다" in shown(page, "#done")
    assert page.input_value("#text") == page.input_value("#source") == ""
    with httpx.Client(base_url=ready) as client:
        (collected,) = desk_over(client, ours).pulls()
    report = open_envelope(collected.data, {ours.day.key_id: ours.day}, ours.id)
    assert (report.text, report.lang, report.source, report.channel) == (TEXT, "ko", "millet", "drop")
    receipt = page.inner_text("#receipt").replace(" ", "")
    assert collected.hash.hex().startswith(receipt) and len(receipt) == 8
    page.click("#again")
    assert shown(page, "#form") and not page.is_visible("#done")


def test_a_long_report_takes_the_larger_size_and_too_long_a_one_cannot_be_sent(
    page: Page, ready: str, ours, desk_over
) -> None:
    page.goto(f"{ready}/en")
    page.wait_for_selector("#text", state="visible")
    page.fill("#text", "가" * 22_000)
    assert "too many" in page.inner_text("#left") and page.is_disabled("#send")
    page.fill("#text", "가" * 21_400)
    assert "bytes left" in page.inner_text("#left")
    page.click("#send")
    shown(page, "#done")
    with httpx.Client(base_url=ready) as client:
        (collected,) = desk_over(client, ours).pulls()
    assert len(collected.data) == 65536
    assert open_envelope(collected.data, {ours.day.key_id: ours.day}, ours.id).text == "가" * 21_400


@pytest.mark.parametrize(("answer", "says"), [
    ("later".ljust(69) + "\n", "가득 찼습니다"), ("held " + "0" * 64 + "\n", "도착하지 않은 것으로"), (None, "연결하지 못했습니다"),
])  # fmt: skip
def test_what_did_not_arrive_is_said_and_the_text_stays(page: Page, ready: str, answer, says: str) -> None:
    page.route("**/envelopes", lambda route: route.abort() if answer is None else route.fulfill(body=answer))
    types(page, f"{ready}/ko", "짧은 글")
    page.click("#send")
    page.wait_for_selector("#status.stop", state="visible")
    assert says in page.inner_text("#status")
    page.wait_for_function("document.getElementById('status').getBoundingClientRect().top >= 0")
    assert page.input_value("#text") == "짧은 글"
    page.unroute("**/envelopes")
    page.click("#send")
    assert shown(page, "#done")


@pytest.mark.parametrize(("text", "name", "says"), [
    ("  ", "", "no text yet"), ("a\u0007b", "", "control characters"), ("a", "name\u3000name", "one line"),
])  # fmt: skip
def test_what_cannot_be_sealed_is_said_before_sending(
    page: Page, ready: str, text: str, name: str, says: str
) -> None:
    page.goto(f"{ready}/en")
    page.wait_for_selector("#text", state="visible")
    page.fill("#text", text)
    page.fill("#source", name)
    page.click("#send")
    assert says in shown(page, "#status.stop")


def test_keys_of_another_newsroom_close_the_page(page: Page, url: str, theirs, keys_of) -> None:
    page.route("**/keys", lambda route: route.fulfill(body=keys_of(theirs)))
    page.goto(f"{url}/en")
    assert "not signed by this newsroom" in shown(page, "#status.stop")
    assert not page.is_visible("#form")


def test_changed_keys_close_the_page(page: Page, url: str, ours, keys_of) -> None:
    changed = keys_of(ours).replace(ours.day.key_id.hex().encode(), b"00" * 8)
    page.route("**/keys", lambda route: route.fulfill(body=changed))
    page.goto(f"{url}/en")
    assert "not signed by this newsroom" in shown(page, "#status.stop")


def test_without_a_key_for_today_nothing_is_sent_and_trying_again_helps(
    page: Page, url: str, ours, keys_of
) -> None:
    page.goto(f"{url}/en")
    assert "not published a key" in shown(page, "#status.stop")
    httpx.put(f"{url}/keys", content=keys_of(ours))
    page.click("#status button")
    assert shown(page, "#form")


def test_leaving_with_text_typed_is_warned_of(page: Page, ready: str) -> None:
    types(page, f"{ready}/en", "words")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.close(run_before_unload=True)
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    assert page.input_value("#text") == "words"


def test_without_script_the_page_says_what_to_do(chromium: Browser, ready: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{ready}/ko")
    assert "자바스크립트가 있어야" in page.inner_text("noscript")
    assert not page.is_visible("#form")
    context.close()


@pytest.mark.parametrize("lang", ["ko", "zh", "en"])
def test_a_phone_needs_no_sideways_scrolling(page: Page, ready: str, lang: str) -> None:
    page.goto(f"{ready}/{lang}")
    page.wait_for_selector("#text", state="visible")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_browsers_parts_open_the_committed_vectors(page: Page, ready: str) -> None:
    page.goto(ready)
    for vector in VECTORS["opens"]:
        argument = {
            "envelope": vector["envelope"],
            "seed": VECTORS["day_seed"],
            "newsroom": VECTORS["newsroom"],
        }
        report = {name: value for name, value in vector["report"].items() if value is not None}
        assert page.evaluate(OPENS, argument) == report | {"version": 1}, vector["name"]
    for vector in VECTORS["refused"]:
        if vector["reason"] == "damaged":
            argument = {"envelope": vector["envelope"], "seed": VECTORS["day_seed"], "newsroom": ""}
            assert page.evaluate(OPENS, argument) is None, vector["name"]


def test_the_browsers_check_of_a_key_list_agrees_with_the_vectors(page: Page, ready: str) -> None:
    page.goto(ready)
    checks = """async ({ packed, identity, on }) => {
      const { verifyKeyList } = await import("/static/envelope.js");
      try { return (await verifyKeyList(packed, identity, on)).name; } catch { return null; }
    }"""
    good = {"packed": json.dumps(VECTORS["key_list"]), "identity": VECTORS["identity"], "on": VECTORS["on"]}
    assert page.evaluate(checks, good) == "Tumen River Post"
    renamed = good["packed"].replace("Tumen", "Yalu")
    pull = json.dumps(VECTORS["pull"])
    wrongs = (
        {"on": "2024-03-02"},
        {"on": "2023-12-17"},
        {"identity": "00" * 32},
        {"packed": renamed},
        {"packed": pull},
    )
    for wrong in wrongs:
        assert page.evaluate(checks, good | wrong) is None, wrong


def test_the_browsers_ed25519_believes_what_the_public_vectors_believe(page: Page, ready: str) -> None:
    if not ED25519.exists():
        pytest.skip("left out: no Wycheproof vectors in ../shared/vectors")
    groups = json.loads(ED25519.read_text("utf-8"))["testGroups"]
    tests = [(group["publicKey"]["pk"], test) for group in groups for test in group["tests"]]
    page.goto(ready)
    believed = page.evaluate(BELIEVES, [[public, test["sig"], test["msg"]] for public, test in tests])
    assert believed == [test["result"] == "valid" for _, test in tests]
