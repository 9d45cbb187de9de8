"""Forms as a browser meets them: another language asked for in the middle, a refusal, an answer that takes long."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from nightdesk import desk
from nightdesk.desk import clock
from nightdesk.desk.claims.models import Account
from nightdesk.desk.reports.models import Report
from nightdesk.desk.sources.models import Source

DESK = Path(desk.__path__[0])
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


def test_what_is_wrong_with_a_field_stands_under_it_and_not_beside_it(window: Any, source: Source) -> None:
    page = window(member("Alice")).opens("/arrivals/log/")
    page.locator("main form[method=post] button.main").click()
    page.wait_for_selector(".errorlist")
    field, told = page.locator("#id_source").bounding_box(), page.locator(".errorlist").first.bounding_box()
    assert told["y"] >= field["y"] + field["height"] and told["x"] == field["x"]
    assert page.locator(".field:empty").count() == 0


def test_no_list_of_errors_lies_in_a_paragraph_which_it_would_end() -> None:
    inside = re.compile(r"<p[ >](?:(?!</p>).)*?\.errors \}\}", re.DOTALL)
    assert [
        page.name for page in DESK.rglob("templates/**/*.html") if inside.search(page.read_text("utf-8"))
    ] == []


@pytest.fixture
def claim_form(source: Source) -> str:
    """The address of a new claim from a report's words."""
    report = Report.objects.create(
        source=source, lang="ko", contact_on=clock.today(), channel="voice", text="보위원이 2만 위안을 요구했다.",
        received_at=clock.now(),
    )  # fmt: skip
    account = Account.objects.create(report=report, start=0, end=len(report.told))
    return f"/claims/new/?account={account.pk}&start=0&end=5"


def test_the_sentence_of_a_claim_grows_and_stays_one_line(window: Any, claim_form: str) -> None:
    page = window(member("Alice"), width=390).opens(claim_form)
    field = page.locator("#id_statement")
    assert page.evaluate("document.activeElement.id") == "id_statement"  # not seventeen tabs away
    low = field.bounding_box()["height"]
    assert low < 60
    field.fill("보위부가 이달 초부터 중국 손전화 사용자를 찾아다니며 2만 위안을 내라고 한다. " * 2)
    assert field.bounding_box()["height"] > 2 * low
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.evaluate(PASTE, "돈을\r\n 냈다.\n")
    assert field.input_value().endswith("한다. 돈을 냈다.")
    page.keyboard.press("Enter")  # as in every other field: it sends
    page.wait_for_selector(".refused")
    assert page.locator("#id_statement").input_value().endswith("한다. 돈을 냈다.")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#id_act"


PASTE = """(said) => {
  const data = new DataTransfer();
  data.setData("text/plain", said);
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


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


def test_an_import_that_is_refused_puts_the_keyboard_on_its_lines(window: Any, db: None) -> None:
    page = window(member("Alice"), width=390).opens("/review/state-media/")
    page.locator("main summary").last.click()
    page.fill("[name=lines]", "hello")
    page.locator("main button.main").last.click()
    page.wait_for_selector("#lines-error")
    field = page.locator("[name=lines]")
    assert field.evaluate("(one) => one === document.activeElement") and field.input_value() == "hello"
    seen = page.locator("#lines-error").bounding_box()
    assert 0 <= seen["y"] < page.viewport_size["height"]


def test_an_address_without_a_gap_stays_inside_its_entry(window: Any, db: None) -> None:
    from nightdesk.desk.review.models import StateMedia

    StateMedia.objects.create(
        outlet="the daily",
        on=clock.today(),
        text="Order is good.",
        citation="https://example.org/" + "a" * 200,
    )
    for width in (1280, 390):
        page = window(member(f"Alice{width}"), width=width).opens("/review/state-media/")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_sentence_near_its_limit_is_counted_and_what_is_beyond_stays(window: Any, claim_form: str) -> None:
    page = window(member("Alice")).opens(claim_form)
    line = page.locator("#letters-left")
    for letters, said in ((100, ""), (260, "40 letters are left."), (305, "Too long by 5 letters")):
        page.fill("#id_statement", "가" * letters)
        assert line.inner_text().startswith(said) and bool(line.inner_text()) is bool(said)
        assert len(page.input_value("#id_statement")) == letters


def test_a_double_click_opens_what_waits_once_and_says_so_once(
    window: Any, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nightdesk.desk.intake import actions
    from nightdesk.desk.intake.models import Arrival

    row = Arrival.objects.create(
        digest="1" * 64, envelope=b"x", arrived_on=clock.today(), collected_at=clock.now()
    )

    def open_waiting(_member: Any) -> actions.Opened:
        done = Arrival.objects.filter(pk=row.pk, opened_at=None).update(opened_at=clock.now())
        return actions.Opened(done, 0, 0)

    monkeypatch.setattr(actions, "open_waiting", open_waiting)
    monkeypatch.setattr("nightdesk.desk.keys.is_held", lambda: True)
    seat = window(member("Alice"))
    page = seat.opens("/arrivals/")
    page.dblclick("#waiting button.main")
    page.wait_for_selector("text=1 arrival was opened.")
    page.wait_for_load_state("networkidle")
    assert [sent for sent in seat.sent if sent[0] == "POST"] == [("POST", "/arrivals/open/", 200)]
    assert page.locator(".notice.success, .notice:not(.warning):not(.success)").count() == 1
