"""Call notes take the same road as an envelope, and what was typed is never lost."""

from __future__ import annotations

import re

import pytest

from nightdesk.desk import clock, keys
from nightdesk.desk.intake.models import Arrival
from nightdesk.desk.reports.models import Report
from nightdesk.desk.sources.models import Source

pytestmark = pytest.mark.django_db

NOTE = {
    "source": "crane", "relay": "", "channel": "voice", "contact_on": "2023-12-17", "lang": "ko",
    "basis": "eyewitness", "text": "강안동 쪽에서\r\n단속조가 돈다. 😀",
}  # fmt: skip


@pytest.fixture
def crane(bob):
    source = Source.objects.create(pseudonym="crane", made_on=clock.today())
    source.cleared.add(bob)
    return source


def test_a_note_is_sealed_then_opened_and_its_teller_is_confirmed(bob, crane, keyring, signed_in):
    page = signed_in(bob).post("/arrivals/log/", NOTE)
    report = Report.objects.get()
    assert page.url == report.get_absolute_url()
    assert report.text == "강안동 쪽에서\n단속조가 돈다. 😀"
    assert report.teller_confirmed_by == bob
    assert Arrival.objects.get().logged_by == bob
    lately = signed_in(bob).get("/arrivals/").text
    assert "17 December 2023 · call · opened on 18 December 2023" in lately


@pytest.mark.parametrize(("said", "kept"), [
    ("목격", "eyewitness"), ("Saw it", "eyewitness"), ("eyewitness", "eyewitness"), ("장마당에서 들음", "장마당에서 들음"), ("", ""),
])  # fmt: skip
def test_how_the_teller_knows_is_taken_as_either_language_says_it(bob, crane, keyring, signed_in, said, kept):
    korean = {"accept-language": "ko"}
    form = signed_in(bob).get("/arrivals/log/", headers=korean).text
    assert '<option value="목격">' in form and '<option value="eyewitness">' not in form
    signed_in(bob).post("/arrivals/log/", NOTE | {"basis": said}, headers=korean)
    assert Report.objects.get().basis == kept


@pytest.mark.parametrize("name", ["crane", "plover"])
def test_a_name_its_reporter_does_not_see_becomes_a_new_source_and_tells_nothing(
    dana, crane, keyring, signed_in, name
):
    """Somebody else's pseudonym or nobody's: the answer is alike, and nothing reaches the other's source."""
    page = signed_in(dana).post("/arrivals/log/", NOTE | {"source": name})
    report = Report.objects.get()
    assert page.url == report.get_absolute_url()
    assert re.fullmatch(name + "-[a-z]{2}", report.source.pseudonym) and report.claimed_name == name
    assert list(report.source.cleared.all()) == [dana] and not crane.reports.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"contact_on": "2023-12-24"},
        {"text": "가" * 22_000},
        {"source": ""},
        {"lang": "de"},
        {"text": "a\x00b"},
    ],
)
def test_a_note_that_cannot_be_kept_comes_back_in_the_form(bob, crane, keyring, signed_in, change):
    said = NOTE | change
    page = signed_in(bob).post("/arrivals/log/", said)
    assert page.status_code == 400
    assert said["text"][:5].replace("\x00", "") in page.text.replace("\x00", "")
    assert "errorlist" in page.text
    assert Report.objects.count() == 0


def test_a_note_too_long_is_refused_in_the_page_s_language(bob, crane, keyring, signed_in):
    said = NOTE | {"text": "가" * 22_000}
    page = signed_in(bob).post("/arrivals/log/", said, headers={"accept-language": "ko"}).text
    assert "메모가 너무 깁니다." in page and "Envelope" not in page


def test_who_makes_a_new_source_by_a_note_is_told_its_name_and_who_means_one_is_not(
    bob, crane, keyring, signed_in
):
    page = signed_in(bob).post("/arrivals/log/", NOTE, follow=True).text
    assert "A new source was made" not in page
    page = signed_in(bob).post("/arrivals/log/", NOTE | {"source": "carne"}, follow=True).text
    made = Source.objects.exclude(pk=crane.pk).get()
    assert f"A new source was made for it: {made.pseudonym}. You are cleared for it." in page


def test_what_is_read_in_a_note_stands_under_it_after_a_refusal_too(bob, crane, keyring, signed_in):
    said = NOTE | {"text": "브로커가 2만 위안을 냈다.", "contact_on": "2023-12-24"}
    page = signed_in(bob).post("/arrivals/log/", said)
    assert page.status_code == 400 and 'data-kind="money"' in page.text


def test_a_locked_desk_keeps_the_draft_in_the_form(bob, crane, signed_in):
    keys.hold(None)
    page = signed_in(bob).post("/arrivals/log/", NOTE)
    assert page.status_code == 400
    assert "단속조가 돈다" in page.text and "locked" in page.text


def test_two_notes_of_one_new_name_are_one_source(dana, keyring, signed_in):
    for text in ("처음 들은 말이다.", "다음 날 들은 말이다."):
        signed_in(dana).post("/arrivals/log/", NOTE | {"source": "plover", "text": text})
    assert Source.objects.count() == 1 and Report.objects.count() == 2
