"""One journey in a real browser, from the first keystroke of a source to the published page.

Read it as a play: a source, an editor, a reporter, a translator, a second editor for one decision,
and Charlie, who has no access and is refused at every door. Every screen the editor and her
colleagues pass is checked with axe-core in light and dark, and may not complain on the console.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nightdesk.demo.prepare import PASSPHRASE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
AXE = Path(__file__).parent / "validators" / "node_modules" / "axe-core" / "axe.min.js"
PICTURES = os.environ.get("NIGHTDESK_PICTURES", "")
TOLD = "무산군 안전부가 지난 14일 장마당에서 장사하는 주민을 단속해 벌금으로 6천 위안을 받아 갔다. 영수증은 주지 않았다고 한다."
STATED = "Police in Musan took a fine of a trader at the market"


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The demo's three programs, started as a newcomer starts them; Ctrl-C stops them."""
    folder = tmp_path_factory.mktemp("journey") / "d"
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("NIGHTDESK_D", "DJANGO_"))}
    command = [sys.executable, "-u", "-m", "nightdesk", "demo", "--dir", str(folder)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    )
    assert process.stdout is not None
    found: dict[str, str] = {}
    lines: list[str] = []
    for line in process.stdout:
        lines.append(line)
        if match := re.match(r"\s+the (drop|desk|site)\s+(http\S+)", line):
            found[match[1]] = match[2]
        if "Ctrl-C" in line:
            break
    assert set(found) == {"drop", "desk", "site"}, "".join(lines)
    yield found
    process.terminate()
    assert process.wait(20) == 0
    process.stdout.close()


class Someone:
    """A person with a browser window of his or her own."""

    def __init__(self, browser: Browser, home: str, name: str = "") -> None:
        self.name, self.home = name, home
        self.page: Page = browser.new_context(
            locale="en-GB", viewport={"width": 1280, "height": 900}
        ).new_page()
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda m: self.complaints.append(m.text) if m.type == "error" else None)
        self.page.on("dialog", lambda dialog: dialog.accept())

    def goes_to(self, path: str) -> Page:
        self.page.goto(self.home + path)
        return self.page

    def presses(self, action: str) -> None:
        """The button of the form that goes to `action` (the end of a path)."""
        self.page.locator(f"form[action$='{action}'] button:visible").first.click()
        self.page.wait_for_load_state()

    def signs_in(self) -> None:
        self.goes_to("/sign-in/")
        self.page.fill("#id_username", self.name)
        self.page.fill("#id_passphrase", PASSPHRASE)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(self.home + "/")

    def looks(self, name: str) -> None:
        """axe finds nothing on this screen, in light and dark; a picture is kept when asked for."""
        if not AXE.exists():
            if os.environ.get("CI") == "true":
                pytest.fail("axe-core is missing: npm ci in tests/validators")
            return
        for scheme in ("light", "dark"):
            self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]  # one of the two
            self.page.evaluate(AXE.read_text("utf-8"))
            found = self.page.evaluate("async () => (await axe.run()).violations")
            assert [(v["id"], [n["html"][:160] for n in v["nodes"]][:3]) for v in found] == [], (
                f"{name}, {scheme}"
            )
            self._fits(f"{name}-{scheme}")
        self.page.emulate_media(color_scheme="light")

    def _fits(self, name: str) -> None:
        for width in (1280, 390):
            self.page.set_viewport_size({"width": width, "height": 900})
            assert self.page.evaluate("document.documentElement.scrollWidth") <= width, (
                f"{name} scrolls at {width}"
            )
            if PICTURES:
                self.page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)
        self.page.set_viewport_size({"width": 1280, "height": 900})


class Source(Someone):
    def seals(self, words: str) -> str:
        """Types on the drop's page, as on a phone, and reads the receipt."""
        self.goes_to("/ko")
        self.page.wait_for_selector("#text", state="visible")
        self.page.locator("#text").press_sequentially(words)
        self.page.click("#send")
        self.page.wait_for_selector("#done", state="visible")
        return self.page.inner_text("#receipt")


class Member(Someone):
    def collects_and_opens(self) -> None:
        self.goes_to("/arrivals/")
        self.presses("/arrivals/collect/")
        self.looks("arrivals")
        self.presses("/arrivals/open/")
        self.page.wait_for_selector("text=Nothing waits to be opened")

    def finds_report(self, words: str) -> str:
        self.goes_to("/reports/?q=" + words)
        self.page.locator("a[data-row]").first.click()
        self.page.wait_for_selector("[data-words]")
        assert words in self.page.inner_text("[data-words]")
        return self.page.url.removeprefix(self.home)

    def clears(self, name: str) -> None:
        """Lets a reporter see the source of the report on the screen."""
        self.page.locator("dl.facts a[href^='/sources/']").first.click()
        self.page.wait_for_selector("form[action$='/clear/']")
        self.looks("source")
        chooser = self.page.locator("form[action$='/clear/'] select")
        chooser.select_option(chooser.locator("option", has_text=name).get_attribute("value"))
        self.presses("/clear/")

    def marks_and_claims(self, words: str, sentence: str) -> str:
        """Selects words of the report with the mouse's own selection, and makes a claim of them."""
        self.page.evaluate(
            """words => { const p = document.querySelector('[data-words]');
              const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT); let at = 0, range = document.createRange();
              const start = p.textContent.indexOf(words), end = start + words.length;
              for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const last = at + node.length;
                if (start >= at && start < last) range.setStart(node, start - at);
                if (end > at && end <= last) range.setEnd(node, end - at);
                at = last; }
              const s = getSelection(); s.removeAllRanges(); s.addRange(range); }""",
            words,
        )
        self.page.wait_for_selector("[data-claim]:not([hidden])")
        self.page.keyboard.press("c")
        self.page.wait_for_url("**/claims/new/**")
        assert (
            self.page.input_value("[name=amount]") == "6000"
            and self.page.input_value("[name=currency]") == "CNY"
        )
        assert self.page.input_value("[name=place]") in ("Musan", "무산")
        self.looks("claim-form")
        self.page.fill("[name=statement]", sentence)
        self.page.select_option("[name=act]", "fine")
        self.page.select_option("[name=sum_role]", "fined")
        self.page.select_option("[name=knowers]", "market")
        self.page.fill("[name=knowers_low]", "40")
        self.page.fill("[name=knowers_high]", "400")
        self.page.locator(
            "form[action*='/claims/new/'] button.main, form:has([name=statement]) button.main"
        ).first.click()
        self.page.wait_for_url(re.compile(r"/claims/\d+/$"))
        self.looks("claim")
        return self.page.url.removeprefix(self.home)

    def begins_story(self, claim: str, headline: str) -> str:
        self.goes_to(f"/stories/new/?claim={claim.split('/')[-2]}")
        self.page.fill("[name=title]", headline)
        self.looks("story-new")
        self.page.locator("main form button.main").click()
        self.page.wait_for_url(re.compile(r"/stories/\d+/"))
        return self.page.url.removeprefix(self.home).split("#")[0].split("?")[0]

    def writes(self, words: str) -> None:
        """A summary; then the only paragraph, its sum as a chip, saved with the keyboard."""
        self.page.fill("[name=summary]", "주민들은 돈을 내고 영수증을 받지 못한다.")
        self.presses("/heading/")
        area = self.page.locator("textarea[name=text]").first
        area.fill("")
        area.press_sequentially(words)
        area.press("Control+s")
        self.page.wait_for_selector("text=/saved/i")
        self.looks("story")

    def translates(self, pairs: list[str], headline: str, summary: str) -> None:
        self.page.fill("[name=title]", headline)
        self.page.fill("[name=summary]", summary)
        self.presses("/heading/")
        for number, words in enumerate(pairs):
            area = self.page.locator("form[action*='/translation/paragraph/'] textarea[name=text]").nth(
                number
            )
            area.fill(words)
            area.press("Control+s")
            self.page.wait_for_timeout(400)
        self.looks("translation")

    def decides_all(self, review: str, second: Member) -> None:
        """One finding after another: the first offer that rewords, else kept with a reason."""
        offer = "form[data-first-offer]:not(:has-text('left out'))"
        for _ in range(40):
            self.goes_to(review)
            if self.page.locator(offer).count() and self.page.locator("form.keep").count():
                self.presses("/generalise/")
            elif self.page.locator("form.keep").count():
                self.page.fill("#reason", "Everybody at that market saw it happen.")
                self.presses("/keep/")
            elif second.goes_to(review).locator("form[action$='/second/']").count():
                second.page.fill("#second-reason", "I have read both editions and agree.")
                second.presses("/second/")
            else:
                return
        raise AssertionError("the review does not end")


def test_a_report_becomes_a_published_story(addresses: dict[str, str], chromium: Browser) -> None:
    source = Source(chromium, addresses["drop"])
    alice, erin, bob, tariq, charlie = (
        Member(chromium, addresses["desk"], name) for name in ("Alice", "Erin", "Bob", "Tariq", "Charlie")
    )

    receipt = source.seals(TOLD)
    assert len(re.sub(r"\W", "", receipt)) >= 8

    alice.goes_to("/sign-in/")
    alice.looks("sign-in")
    for member in (alice, erin, bob, tariq, charlie):
        member.signs_in()
    alice.looks("home")
    alice.collects_and_opens()
    report = alice.finds_report("6천 위안")
    alice.looks("report")
    alice.clears("Bob")

    bob.goes_to(report)
    bob.presses("/read/")
    claim = bob.marks_and_claims(
        "지난 14일 장마당에서 장사하는 주민을 단속해 벌금으로 6천 위안을 받아 갔다", STATED
    )
    alice.goes_to(claim)
    alice.page.locator("form[action$='/status/'] button[value=accepted]").click()
    alice.page.wait_for_load_state()

    story = alice.begins_story(claim, "무산 장마당 단속에 벌금")
    number = claim.split("/")[-2]
    alice.writes(
        f"최근 무산 장마당에서 안전원들이 장사하는 주민에게 벌금으로 {{money:c{number}}}을 받아 갔다고 소식통이 본지에 전했다."
    )
    alice.presses("/hand-over/")

    translation = story.replace("/stories/", "/translation/")
    tariq.goes_to(translation)
    tariq.translates(
        [f"Police recently took {{money:c{number}}} as a fine from a trader at the market in Musan, a source told us."],
        "A fine at the market in Musan", "People pay, and get no receipt.",
    )  # fmt: skip

    review = story.replace("/stories/", "/review/")
    alice.goes_to(review)
    alice.looks("review")
    alice.decides_all(review, erin)
    tariq.goes_to(translation)
    while tariq.page.locator("form[action$='/keep/'] button").count():
        tariq.presses("/keep/")
        tariq.goes_to(translation)
    alice.goes_to(review)
    assert "Nothing is open" in alice.page.inner_text(".clearing"), alice.page.inner_text("main")
    alice.presses("/clear/")
    releases = story.replace("/stories/", "/releases/")
    alice.goes_to(releases)
    alice.looks("release")
    alice.presses("/release/")
    alice.goes_to("/record/")
    alice.looks("record")

    for door in (report, claim, story, review, releases, translation, "/record/", "/review/", "/releases/"):
        answer = charlie.page.goto(charlie.home + door)
        assert answer is not None and answer.status in (403, 404), door
    for door in (report, claim, story, review, releases, "/arrivals/", "/reports/", "/sources/"):
        answer = tariq.page.goto(tariq.home + door)
        assert answer is not None and answer.status in (403, 404), door

    reader = Someone(chromium, addresses["site"])
    reader.goes_to("/en/")
    reader.page.get_by_role("link", name="A fine at the market in Musan").first.click()
    assert "Police recently took" in reader.page.inner_text("main")
    reader.page.get_by_role("link", name="한국어로 읽기").first.click()
    assert "무산 장마당 단속에 벌금" in reader.page.inner_text("h1")
    assert [c for person in (source, alice, erin, bob, reader) for c in person.complaints] == []


def test_the_desk_is_left_by_keyboard_alone(addresses: dict[str, str], chromium: Browser) -> None:
    alice = Member(chromium, addresses["desk"], "Alice")
    alice.signs_in()
    alice.page.keyboard.press("?")
    assert alice.page.locator("#shortcuts").is_visible()
    alice.looks("shortcuts")
    alice.page.keyboard.press("Escape")
    alice.page.keyboard.press("g")
    alice.page.keyboard.press("2")
    alice.page.wait_for_url("**/reports/")
    alice.page.keyboard.press("j")
    assert alice.page.evaluate("document.activeElement.matches('[data-row]')")
    alice.page.keyboard.press("Enter")
    alice.page.wait_for_selector("[data-words]")


def test_the_desk_speaks_korean_at_one_press(addresses: dict[str, str], chromium: Browser) -> None:
    alice = Member(chromium, addresses["desk"], "Alice")
    alice.signs_in()
    alice.page.get_by_role("button", name="한국어").click()
    alice.page.wait_for_load_state()
    assert alice.page.get_attribute("html", "lang") == "ko"
    assert "제보" in alice.page.inner_text("nav.line")
    alice.looks("home-ko")


def test_back_after_a_refused_form_sends_nothing_again_and_keeps_the_words(
    addresses: dict[str, str], chromium: Browser
) -> None:
    alice = Member(chromium, addresses["desk"], "Alice")
    alice.signs_in()
    page = alice.goes_to("/stories/new/")
    page.fill("[name=title]", "단속 소식")
    page.fill("[name=slug]", "Not An Address")
    page.locator("main form button.main").click()
    page.wait_for_selector(".errorlist")
    page.fill("[name=title]", "단속 소식을 다시 씀")
    page.goto(alice.home + "/reports/")
    page.go_back()
    assert page.url.endswith("/stories/new/") and page.input_value("[name=title]") == "단속 소식을 다시 씀"
    page.goto(alice.home + "/reports/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
