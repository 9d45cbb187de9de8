"""Every screen in a real browser: no violation of the policy, no request to anywhere else, nothing kept, nothing planted.

The filled desk is asked for every page first; the browser then gets those answers, headers and all: a whole
walk without a server. Whatever it asks of another origin is written down and refused.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser
WALKED = ("editor", "stranger")  # nobody sees a screen that the editor does not
ORIGIN = "http://127.0.0.1:8472"
WATCH = """
window.seen = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.seen.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
"""


class Walker:
    """A browser page whose every request is answered with what the desk said to it before."""

    def __init__(self, page: Page, told: dict[tuple[str, str, str], Any]) -> None:
        self.page, self.told, self.who = page, told, "editor"
        self.elsewhere: list[str] = []
        self.said: list[str] = []
        page.add_init_script(WATCH)
        page.route("**/*", self.answer)
        page.on(
            "console", lambda line: self.said.append(line.text) if line.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: self.said.append(str(error)))

    def answer(self, route: Route) -> None:
        asked = urlsplit(route.request.url)
        if f"{asked.scheme}://{asked.netloc}" != ORIGIN:
            self.elsewhere.append(route.request.url)
            route.abort()
            return
        path = asked.path + (f"?{asked.query}" if asked.query else "")
        who = "htmx" if route.request.headers.get("hx-request") else self.who
        known = self.told.get((who, route.request.method, path)) or self.told.get(("", "GET", path))
        status, headers, body = known or (404, {}, b"")
        body = (
            b"" if path.endswith(".woff2") else body
        )  # megabytes for each page; which fonts are asked for is seen
        route.fulfill(status=status, headers=headers, body=body)

    def open(self, path: str) -> None:
        self.page.goto(ORIGIN + path)

    def violations(self) -> list[str]:
        return list(self.page.evaluate("window.seen"))


def answered(
    client: Any, method: str, path: str, data: Any = None, **headers: str
) -> tuple[int, dict[str, str], bytes]:
    answer = getattr(client, method.lower())(path, data, headers={"host": "127.0.0.1:8472", **headers})
    body = b"".join(answer) if answer.streaming else answer.content
    return answer.status_code, dict(answer.headers), body


def screens(desk: Any, who: str) -> list[str]:
    """The address of every page that opens for this person."""
    found = []
    for door, each in desk.doors.doors():
        if desk.written[door, "GET"][who] == "200" and door not in (
            "stories:photo_image",
            "stories:file_get",
            "releases:preview_file",
        ):
            more = f"?account={desk.own(who, 'account')}&start=0&end=4" if door == "claims:new" else ""
            found.append(desk.address(door, each.pattern.converters, who) + more)
    return found


@pytest.fixture(scope="module")
def told(desk: Any) -> dict[tuple[str, str, str], Any]:
    """Everything the desk will say, asked for before the browser starts: its event loop and Django do not mix."""
    known: dict[tuple[str, str, str], Any] = {}
    for who in WALKED:
        for path in screens(desk, who):
            with desk.undone():
                known[who, "GET", path] = answered(desk.clients[who], "GET", path)
    files = {
        path
        for _, _, body in known.values()
        for path in re.findall(r'(?:src|href)="(/static/[^"]+)"', body.decode())
    }
    styles = [answered(desk.clients["stranger"], "GET", path) for path in files if path.endswith(".css")]
    files |= {
        f"/static/assets/fonts/{name}"
        for _, _, body in styles
        for name in re.findall(r'url\("?(\w[^")]*)', body.decode())
    }
    for path in files:
        known["", "GET", path] = answered(desk.clients["stranger"], "GET", path)
    _fragments(desk, known)
    return known


def _fragments(desk: Any, known: dict[tuple[str, str, str], Any]) -> None:
    """What htmx is told: an autosave, and the next finding of a review."""
    story, editor = desk.own("editor", "story"), desk.clients["editor"]
    typed = {"paragraph": str(desk.own("editor", "paragraph")), "text": "more words", "base_revision": "1"}
    with desk.undone():
        path = f"/stories/{story}/autosave/"
        known["htmx", "POST", path] = answered(editor, "POST", path, typed, **{"hx-request": "true"})
    page = known["editor", "GET", f"/review/{story}/"][2].decode()
    for link in set(re.findall(r'hx-get="([^"]*)"', page)):
        path = html.unescape(link)
        path = f"/review/{story}/{path}" if path.startswith("?") else path
        with desk.undone():
            known["htmx", "GET", path] = answered(editor, "GET", path, **{"hx-request": "true"})


@pytest.fixture(scope="module")
def walker(told: Any, chromium: Browser) -> Any:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    yield Walker(context.new_page(), told)
    context.close()


@pytest.mark.parametrize("who", WALKED)
def test_no_screen_breaks_the_policy_asks_elsewhere_or_runs_what_was_planted(
    walker: Walker, who: str
) -> None:
    walker.who = who
    walked = [path for known, method, path in walker.told if known == who and method == "GET"]
    for path in walked:
        walker.open(path)
        # One question for all of it: each costs the time of a page.
        assert walker.page.evaluate(
            "[window.seen, document.querySelectorAll('[data-planted]').length, localStorage.length, document.cookie]"
        ) == [[], 0, 0, ""], path
    assert [line for line in walker.said if "404" not in line and "font" not in line] == []
    assert walker.elsewhere == [] and walked


def test_where_the_browser_has_trusted_types_no_string_becomes_markup_or_script(walker: Walker) -> None:
    walker.who = "editor"
    walker.open("/")
    assert walker.page.evaluate("typeof trustedTypes") == "object"
    for sink in (
        "document.body.innerHTML = '<b>x</b>'", "document.body.insertAdjacentHTML('beforeend', '<b>x</b>')",
        "document.write('<b>x</b>')", "document.createElement('script').text = 'x'", "document.createElement('script').src = '/x.js'",
        "document.createElement('iframe').srcdoc = '<b>x</b>'",
        "trustedTypes.createPolicy('other', {createHTML: (x) => x})", "trustedTypes.createPolicy('default', {createHTML: (x) => x})",
        "document.createRange().createContextualFragment('<b>x</b>')",
    ):  # fmt: skip
        refused = f"(() => {{ try {{ {sink}; return false; }} catch (error) {{ return true; }} }})()"
        assert walker.page.evaluate(refused), sink
    assert (
        walker.page.evaluate("new DOMParser().parseFromString('<b>x</b>', 'text/html').body.children.length")
        == 1
    )
    walker.said.clear()


def test_htmx_still_swaps_saves_and_filters_under_it_and_keeps_no_page_in_the_browser(
    walker: Walker, desk: Any
) -> None:
    walker.who = "editor"
    story = desk.own("editor", "story")
    saves = f"/stories/{story}/autosave/"
    assert walker.told["htmx", "POST", saves][0] == 200
    walker.open(f"/stories/{story}/")
    box = walker.page.locator("textarea[name=text]").first
    with walker.page.expect_response(lambda answer: saves in answer.url) as kept:
        box.press_sequentially(" more words")
    assert kept.value.status == 200
    walker.page.wait_for_timeout(100)
    assert walker.violations() == []
    walker.open(f"/review/{story}/")
    following = walker.page.locator("[hx-push-url]").first
    if following.count():
        following.click()
        walker.page.wait_for_timeout(200)
    assert walker.violations() == []
    stored = walker.page.evaluate("JSON.stringify(Object.entries(sessionStorage))")
    assert "history-cache" not in stored and "<" not in stored
    assert walker.elsewhere == []


def test_another_site_cannot_frame_a_page(walker: Walker) -> None:
    """A page of another origin puts the desk into a frame: the browser refuses."""
    other = walker.page.context.new_page()
    evil = "http://evil.example/"
    page = f"<!doctype html><iframe src='{ORIGIN}/'></iframe>"
    other.route(evil, lambda route: route.fulfill(body=page, content_type="text/html"))
    other.route(f"{ORIGIN}/**", walker.answer)
    refused: list[str] = []
    other.on("console", lambda message: refused.append(message.text))
    other.goto(evil)
    other.wait_for_timeout(200)
    assert any("frame" in line.lower() for line in refused)
    other.close()
