"""What was typed comes back from a locked desk and from a refused form; what an answer showed is not thrown away."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.utils.translation import override

from nightdesk.desk import keyfiles, locking, unlocking
from nightdesk.desk.locking import lock as really_lock
from nightdesk.desk.staff.tests.conftest import PASSPHRASE, says
from nightdesk.desk.typed import HIDDEN_FIELDS, SECRET_FIELDS, label, typed

DESK = Path(__file__).parents[2]
LANGUAGES = b'class="languages"'


@pytest.fixture
def locked():
    """The gate as it stands while nobody has unlocked the desk: no row is read."""
    unlocking.ready.clear()
    yield
    unlocking.ready.set()


@pytest.fixture
def no_rows(monkeypatch):
    def refuse(*args: object) -> None:
        raise AssertionError("a locked desk has no database")

    monkeypatch.setattr(connection, "cursor", refuse)


def sent(words: dict[str, str], path: str = "/claims/new/", **more: str):
    request = RequestFactory().post(path, words, **more)
    return typed(request)


def test_a_form_sent_to_a_locked_desk_comes_back_with_its_words(locked, no_rows):
    page = "http://testserver/claims/new/?account=1"
    answer = Client(enforce_csrf_checks=True).post(
        "/claims/new/?account=1", {"statement": "Salt", "passphrase": "hidden words"}, HTTP_REFERER=page
    )
    said = answer.content.decode()
    assert answer.status_code == 503 and "The desk is locked." in said
    assert ">Salt</textarea>" in said and "hidden words" not in said
    assert 'href="/sign-in/?next=%2Fclaims%2Fnew%2F%3Faccount%3D1"' in said and LANGUAGES.decode() not in said
    assert "nightdesk" not in answer.cookies


def test_a_locked_desk_answers_a_form_in_the_readers_language(locked, no_rows):
    said = Client().post("/claims/new/", {"statement": "소금"}, HTTP_ACCEPT_LANGUAGE="ko").content.decode()
    assert "데스크가 잠겨 있습니다." in said and ">소금</textarea>" in said


def test_a_fragment_asked_of_a_locked_desk_is_a_notice(locked, no_rows):
    answer = Client().post("/paragraphs/1/", {"text": "Salt"}, HTTP_HX_REQUEST="true")
    assert answer.status_code == 503 and b"<html" not in answer.content


def test_a_page_asked_of_a_locked_desk_leads_to_signing_in_as_before(locked):
    assert Client().get("/reports/")["Location"] == "/sign-in/?next=%2Freports%2F"


def test_one_plain_word_comes_back_under_the_name_of_its_field():
    given = {
        "statement": "Salt",
        "actor": "Crane",
        "note_ko": "쌀",
        "next": "/",
        "seen": "12",
        "passphrase": "x y",
    }
    assert sent(given) == [("In one sentence", "Salt"), ("Who", "Crane"), ("Note (Korean)", "쌀")]


def test_a_field_without_a_label_is_called_by_its_own_name():
    assert label("worst_case") == "worst case"


def test_a_refused_table_or_file_calls_its_fields_as_its_form_does():
    table = {"group": "brokers", "low": "50", "basis": "estimate", "as_of": "2023-11"}
    with override("ko"):
        called = [name for name, _words in sent(table, "/review/tables/group/1/")]
        assert called == ["집단", "최소", "근거", "기준 시점(연-월)"]
        assert sent({"title_en": "Notice"}, "/stories/1/file/") == [
            ("링크에 표시할 파일 설명(영어)", "Notice")
        ]
        assert sent({"basis": "seen"}, "/claims/new/") == [("알게 된 경위", "seen")]


def test_a_refused_photo_calls_its_fields_and_its_licence_as_its_form_does():
    photo = {"licence": "own photo", "licence_note": "–", "alt_ko": "시장", "caption_en": "A market"}
    with override("ko"):
        assert sent(photo, "/stories/1/photo/") == [
            ("이용 허락", "자체 촬영"), ("통신사 또는 이용 허락 내용", "–"),
            ("사진을 보지 못하는 독자를 위한 대체 텍스트 (한국어)", "시장"), ("사진 캡션 (영어)", "A market"),
        ]  # fmt: skip


def test_no_hidden_field_and_no_button_of_any_form_is_taken_for_words():
    tag = re.compile(r'<(?:input type="(?:hidden|checkbox)"|button)[^>]*?name="(\w+)"')
    found = {name for page in DESK.rglob("*.html") for name in tag.findall(page.read_text("utf-8"))}
    also_words = {
        "text",
        "title",
        "summary",
        "at",
        "kind",
        "until",
    }  # carried along by one page, typed on another
    assert len(found) > 30 and found - also_words <= HIDDEN_FIELDS | SECRET_FIELDS


@pytest.mark.django_db
def test_an_answer_to_a_form_offers_no_other_language_and_a_page_does(client, bob):
    assert LANGUAGES in client.get("/sign-in/").content
    refused = client.post("/sign-in/", {"username": "Bob", "passphrase": "a guess of somebody"})
    assert refused.status_code == 401 and LANGUAGES not in refused.content


def test_a_form_sent_after_signing_out_in_another_tab_comes_back_with_its_words(db, browser):
    words = {"source": "crane", "text": "Salt is 5,000 won.", "passphrase": "hidden words"}
    answer = browser().post("/arrivals/log/", words, HTTP_REFERER="http://testserver/arrivals/log/")
    said = answer.content.decode()
    assert answer.status_code == 401 and "You are signed out." in said and "hidden words" not in said
    assert ">Salt is 5,000 won.</textarea>" in said
    assert 'href="/sign-in/?next=%2Farrivals%2Flog%2F"' in said


def test_of_a_card_sent_after_signing_out_it_is_said_that_its_words_are_withheld(db, browser):
    answer = browser().post("/sources/1/card/write/", {"phones": "555 0100"})
    assert answer.status_code == 401 and b"555 0100" not in answer.content


def test_a_form_without_typed_words_leads_to_signing_in_as_before(db, browser):
    assert browser().post("/arrivals/open/")["Location"] == "/sign-in/?next=/arrivals/open/"


@pytest.mark.django_db
def test_who_is_signed_out_finds_the_door_on_the_page_that_says_so(bob):
    client = Client()
    client.cookies["nightdesk"] = "f" * 32
    answer = client.post("/claims/new/", {"statement": "Salt"}, HTTP_REFERER="http://testserver/claims/new/")
    said = answer.content.decode()
    assert answer.status_code == 401 and 'href="/sign-in/?next=%2Fclaims%2Fnew%2F"' in said


def test_the_page_after_panic_says_that_the_desk_is_locked(client, db, monkeypatch):
    monkeypatch.setattr(locking.threading.Timer, "start", lambda self: None)
    assert "The desk is locked" not in client.get("/sign-in/").content.decode()
    really_lock()  # what tests have in its place ends nothing
    try:
        said = client.get("/sign-in/").content.decode()
    finally:
        locking.ending.clear()
    assert "Somebody else must unlock the desk first" in said
    assert "The desk is locked" in said


def test_missing_key_files_are_said_without_a_path_and_with_a_way_out(locked, no_rows, monkeypatch, caplog):
    def gone(*args: object) -> None:
        raise keyfiles.NotReady("/srv/desk/keys/slots.json is gone")

    monkeypatch.setattr(keyfiles, "unlock", gone)
    with caplog.at_level(logging.ERROR):
        answer = Client().post("/sign-in/", {"username": "Bob", "passphrase": PASSPHRASE})
    said = answer.content.decode()
    assert answer.status_code == 401 and "/srv/" not in said and "paper shares" in said
    assert "slots.json is gone" in caplog.text and PASSPHRASE not in caplog.text


@pytest.mark.django_db
def test_back_after_shutting_out_or_letting_in_leads_to_the_members_page(alice, bob, browser):
    client = browser()
    says(client, "Alice")
    assert client.get(f"/members/{bob.pk}/let-in/")["Location"] == f"/members/{bob.pk}/"
    bob.is_active = False
    bob.save()
    assert client.get(f"/members/{bob.pk}/shut-out/")["Location"] == f"/members/{bob.pk}/"
    assert client.post(f"/members/{bob.pk}/shut-out/")["Location"] == f"/members/{bob.pk}/"


@pytest.mark.django_db
def test_a_faulty_passphrase_of_a_new_member_changes_nothing_and_says_why(alice, browser):
    client = browser()
    says(client, "Alice")
    words = "mina walks to the river"
    given = {"name": "Mina", "role": "reporter", "byline": "", "new": words, "again": words}
    said = client.post("/members/new/", given).content.decode()
    assert "It contains the member&#x27;s name: take other words. Nothing was changed." in said


def test_a_locked_page_says_what_of_a_card_it_withholds_and_why(locked, no_rows):
    card = {"name": "Kim Yong-su", "phones": "010-0000", "family": "", "version": "0"}
    said = Client().post("/sources/1/card/write/", card).content.decode()
    assert "What was written on an identity card is not shown again" in said
    assert "Kim Yong-su" not in said and "010-0000" not in said and "opy what you typed" not in said
    korean = Client().post("/sources/1/card/write/", card, HTTP_ACCEPT_LANGUAGE="ko").content.decode()
    assert "신원 카드에 쓴 내용은 안전을 위해 다시 보여 주지 않습니다. 로그인한 뒤 다시 쓰십시오." in korean


def test_the_name_of_a_new_member_comes_back_from_a_locked_desk(locked, no_rows):
    said = Client().post("/members/new/", {"name": "Noor", "new": "hidden words"}).content.decode()
    assert ">Noor</textarea>" in said and "hidden words" not in said and "identity card" not in said


@pytest.mark.django_db
def test_a_refused_form_says_so_at_the_top_and_leads_to_the_first_field(alice, browser):
    client = browser()
    says(client, "Alice")
    refused = client.post("/members/new/", {"name": "", "role": "reporter"}).content.decode()
    line = re.search(r'<p class="notice error refused".*?</p>', refused).group()
    assert (
        "Not saved. Correct the fields marked below." in line
        and '<a href="#id_name" autofocus>Name to sign in with</a>' in line
    )
    assert refused.index(line) < refused.index("<h1>") and 'id="id_name"' in refused
    assert "refused" not in client.get("/members/new/").content.decode()


def given_back(address, typed):
    """The Korean page of a desk that took nothing, and each field on it: its name, and what was typed."""
    said = Client().post(address, typed, HTTP_ACCEPT_LANGUAGE="ko").content.decode()
    return said, re.findall(r'<label for="typed-\d+">(.*?)</label><textarea[^>]*>(.*?)</textarea>', said)


def test_a_locked_page_names_fields_and_choices_in_korean(locked, no_rows):
    call = {
        "danger_word": "not asked",
        "channel": "voice",
        "next_on": "2023-12-20",
        "at": "18:30",
        "word": "파기",
        "reporter": "Bob",
    }
    said, fields = given_back("/care/source/1/contact/", call)
    assert len(fields) == len(call)
    assert not [label for label, _words in fields if re.search("[A-Za-z]", label)]
    assert "not asked" not in said and ">voice<" not in said


def test_choices_of_a_claim_come_back_as_the_form_says_them(locked, no_rows):
    claim = {
        "statement": "소금",
        "act": "fine",
        "basis": "rumour",
        "sum_role": "demanded",
        "knowers": "party",
    }
    _said, fields = given_back("/claims/new/", claim)
    assert len(fields) == len(claim)
    assert not [both for both in fields if re.search("[A-Za-z]", "".join(both))]


def test_signing_in_stands_before_what_was_typed_and_leaves_it_on_the_screen(db, browser):
    said = browser().post("/arrivals/log/", {"text": "Salt is 5,000 won."}).content.decode()
    door = re.search(r'<a class="button main" href="/sign-in/[^"]*" target="_blank" rel="noopener">', said)
    assert door and door.start() < said.index("Salt is 5,000 won.")


def test_a_save_refused_for_signing_out_gives_one_piece_of_advice(bob, tariq):
    client = Client()
    client.cookies["nightdesk"] = "f" * 32
    said = client.post("/translation/1/autosave/", {"text": "Salt"}, HTTP_HX_REQUEST="true").content.decode()
    assert "your words stay here" in said and "Sign in in another tab, then save here again." in said
    assert "Copy what you typed" not in said
