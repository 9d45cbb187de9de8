"""Signing in takes two steps, and between them nothing opens."""

from __future__ import annotations

import re
import runpy
import unicodedata
from pathlib import Path
from types import SimpleNamespace

import argon2.low_level
import pytest
from django.test import Client
from django.urls import reverse

from nightdesk.desk.custody.models import AuditWeek, CustodyEntry
from nightdesk.desk.staff import names, tries
from nightdesk.desk.staff.models import Factor, Member, SignedIn
from nightdesk.desk.staff.tests.conftest import FIREFOX, PASSPHRASE, is_in, says

pytestmark = pytest.mark.django_db
TESTS = Path(__file__).parents[5] / "tests"


def seed_on(page):
    """The letters a page shows beside the picture."""
    return page.content.decode().split('class="seed">')[1].split("<")[0].replace(" ", "")


def test_a_member_without_a_factor_enrols_one_before_anything_opens(required, alice, browser):
    import pyotp

    client = browser()
    assert says(client, "Alice")["Location"] == "/sign-in/enrol/"
    assert not is_in(client)
    page = client.get("/sign-in/enrol/")
    assert '<svg viewBox="' in page.content.decode() and "style=" not in page.content.decode()
    assert client.post("/sign-in/enrol/", {"code": "000000"}).status_code == 401
    assert not is_in(client)
    code = pyotp.TOTP(seed_on(page)).now()
    assert client.post("/sign-in/enrol/", {"code": code})["Location"] == "/"
    assert is_in(client)
    assert [entry.verb for entry in CustodyEntry.objects.filter(subject=f"member:{alice.pk}")] == [
        "enrol factor"
    ]


def test_a_member_with_a_factor_is_asked_for_it_even_where_none_is_required(alice, phone_of, browser):
    phone, client = phone_of(alice), browser()
    assert says(client, "Alice", next="/reports/")["Location"] == "/sign-in/second/"
    assert not is_in(client)
    assert client.post("/sign-in/second/", {"code": phone.code()})["Location"] == "/reports/"
    assert is_in(client)


def test_between_passphrase_and_factor_every_door_refuses(required, browser, phone_of):
    doors = SimpleNamespace(**runpy.run_path(str(TESTS / "test_doors.py")))
    rows = doors.build()
    phone_of(rows["people"]["editor"])
    stranger = doors.table()
    for name, pattern in doors.doors():
        client = browser()
        says(client, "Alice")
        url = reverse(name, kwargs=doors.arguments(name, pattern, rows), urlconf="nightdesk.desk.urls")
        for method in ("GET", "POST"):
            found = doors.knock(client, url, method, doors.brought(name, rows))
            own = name in ("staff:second", "staff:first_factor", "staff:first_passphrase")
            assert own or found == stranger[name, method]["stranger"], f"{name} {method}"
        assert not is_in(client), name


def test_whoever_has_only_the_passphrase_cannot_enrol_a_factor_of_his_own(required, alice, phone_of, browser):
    phone_of(alice)
    client = browser()
    says(client, "Alice")
    assert client.get("/sign-in/enrol/")["Location"] == "/sign-in/second/"
    client.post("/sign-in/enrol/", {"code": "123456"})
    assert Factor.objects.count() == 1 and not is_in(client)


def test_a_code_serves_once(alice, phone_of, browser):
    phone, first, second = phone_of(alice), browser(), browser()
    says(first, "Alice"), says(second, "Alice")
    code = phone.code()
    assert first.post("/sign-in/second/", {"code": code}).status_code == 302
    answer = second.post("/sign-in/second/", {"code": code})
    assert answer.status_code == 401 and not is_in(second)


@pytest.mark.parametrize(("steps", "fits"), [(-2, False), (0, True), (1, True), (2, False)])
def test_a_phone_may_be_one_step_early_and_no_more(alice, phone_of, browser, steps, fits, time):
    phone, client = phone_of(alice), browser()
    time.passes(seconds=90)  # past the code that enrolled it
    says(client, "Alice")
    client.post("/sign-in/second/", {"code": phone.code(steps)})
    assert is_in(client) is fits


def test_an_older_code_is_refused_after_a_newer_one(alice, phone_of, browser, time):
    phone = phone_of(alice)
    time.passes(seconds=90)
    first, second = browser(), browser()
    says(first, "Alice"), says(second, "Alice")
    first.post("/sign-in/second/", {"code": phone.code(1)})
    second.post("/sign-in/second/", {"code": phone.code(0)})
    assert is_in(first) and not is_in(second)


def test_five_wrong_codes_lead_back_to_the_passphrase(alice, phone_of, browser, time):
    phone_of(alice)
    client = browser()
    says(client, "Alice")
    for _each in range(5):
        answer = client.post("/sign-in/second/", {"code": "000000"})
        time.passes(seconds=61)
    assert answer["Location"] == "/sign-in/?ended=wrong"
    assert client.get("/sign-in/second/")["Location"] == "/sign-in/"


def test_the_half_way_session_does_not_last(alice, phone_of, browser, time):
    phone, client = phone_of(alice), browser()
    says(client, "Alice")
    time.passes(minutes=11)
    answer = client.post("/sign-in/second/", {"code": phone.code()}, follow=True)
    assert "took too long" in answer.content.decode() and not is_in(client)


def test_the_half_way_session_belongs_to_its_browser(alice, phone_of, browser):
    phone, client, thief = phone_of(alice), browser(), browser("another")
    says(client, "Alice")
    thief.cookies = client.cookies
    thief.post("/sign-in/second/", {"code": phone.code()})
    assert not is_in(thief)


def test_the_key_of_the_session_changes_at_each_step(alice, phone_of, browser):
    phone, client, keys = phone_of(alice), browser(), set()
    says(client, "Alice")
    keys.add(client.cookies["nightdesk"].value)
    client.post("/sign-in/second/", {"code": phone.code()})
    keys.add(client.cookies["nightdesk"].value)
    assert len(keys) == 2
    assert SignedIn.objects.count() == 1, "the half-way session is gone"


def test_a_name_waits_after_failures_and_the_page_says_how_long(alice, browser, time):
    for _each in range(6):
        assert says(browser(), "Alice", "wrong wrong wrong").status_code == 401
        time.passes(seconds=9)
    says(browser(), "Alice", "wrong wrong wrong")
    answer = says(browser(), "Alice")
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) == 16 and "16 seconds" in answer.content.decode()
    time.passes(seconds=16)
    assert says(browser(), "Alice").status_code == 302


def test_a_stranger_s_name_waits_exactly_as_a_member_s(alice, browser, time):
    seen = {}
    for name in ("Alice", "Nobody"):
        for _each in range(5):
            says(browser(), name, "wrong wrong wrong")
        answer = says(browser(), name, "wrong wrong wrong")
        errors = answer.content.decode().split('class="errorlist')[1].split("</ul>")[0]
        seen[name] = (answer.status_code, answer["Retry-After"], errors)
    assert seen["Alice"] == seen["Nobody"]


def test_whoever_hammers_a_name_does_not_keep_its_owner_out(alice, browser, time):
    own, other = browser(), browser("curl/8")
    assert says(own, "Alice").status_code == 302
    own.post("/sign-out/")
    for _each in range(20):
        says(other, "Alice", "wrong wrong wrong")
    assert says(other, "Alice").status_code == 429
    assert says(own, "Alice").status_code == 302


def test_a_hangul_name_typed_in_pieces_brings_no_new_guesses(browser, time):
    for name in ("김하늘", unicodedata.normalize("NFD", "김하늘"), " 김하늘 "):
        says(browser(), name, "wrong words")
    assert says(browser(), unicodedata.normalize("NFD", "김하늘 "), "wrong words").status_code == 429


def test_a_restart_forgives_no_failure(alice, browser):
    for _each in range(3):
        says(browser(), "Alice", "wrong wrong wrong")
    tries.reset()
    assert says(browser(), "Alice").status_code == 429


def test_signing_in_says_how_often_the_name_was_tried_in_vain(alice, browser, time):
    for _each in range(2):
        says(browser(), "Alice", "wrong wrong wrong")
    client = browser()
    says(client, "Alice")
    assert "2 times" in client.get("/").content.decode()
    again = browser()
    says(again, "Alice")
    assert "in vain" not in again.get("/").content.decode()


def test_a_wrong_factor_counts_for_that_as_well(alice, phone_of, browser):
    phone, client, owner = phone_of(alice), browser(), browser()
    says(client, "Alice")
    client.post("/sign-in/second/", {"code": "000000"})
    says(owner, "Alice")
    owner.post("/sign-in/second/", {"code": phone.code()})
    assert "1 time " in owner.get("/").content.decode()


def test_no_name_and_no_passphrase_lies_in_the_table_of_failures(alice, browser):
    says(browser(), "a passphrase in the wrong field", "Alice")
    from nightdesk.desk.staff.models import FailedTries

    assert FailedTries.objects.count() == 1
    assert "passphrase" not in FailedTries.objects.get().tag


@pytest.fixture
def hashes(settings, monkeypatch):
    """Counts Argon2 computations, whichever way they are asked for."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    done = []
    for name in ("hash_secret", "verify_secret"):
        genuine = getattr(argon2.low_level, name)

        def counted(*args, _do=genuine, **more):
            done.append(1)
            return _do(*args, **more)

        monkeypatch.setattr(argon2.low_level, name, counted)
        for module in (argon2, argon2._password_hasher):
            if hasattr(module, name):
                monkeypatch.setattr(module, name, counted)
    return done


def test_a_stranger_a_member_and_one_shut_out_cost_the_same_hashes(hashes, browser):
    Member.objects.create_member("Alice", PASSPHRASE, role="editor")
    Member.objects.create_member("Gone", PASSPHRASE, role="editor", is_active=False)
    cost = {}
    for name, passphrase in [
        ("Alice", "wrong"),
        ("Nobody", "wrong"),
        ("Gone", PASSPHRASE),
        ("Gone", "wrong"),
        ("Alice", PASSPHRASE),
    ]:
        hashes.clear()
        says(browser(), name, passphrase)
        cost[name, passphrase] = len(hashes)
    assert set(cost.values()) == {1}, cost


def test_a_stranger_a_member_and_one_shut_out_cost_the_same_queries(alice, browser):
    """The same questions word for word, but for the values in them."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for name in ("Gone", "Left"):
        Member.objects.create_member(name, PASSPHRASE, role="editor", is_active=False)
    asked = {}
    for name, passphrase in (
        ("Alice", "wrong"),
        ("Nobody", "wrong"),
        ("Gone", "wrong"),
        ("Left", PASSPHRASE),
    ):
        with CaptureQueriesContext(connection) as seen:
            says(browser(), name, passphrase)
        asked[name, passphrase] = [
            re.sub(r"'[^']*'|\b\d+\b|\bs\d+_x\d+\b", "?", query["sql"]) for query in seen.captured_queries
        ]
    assert len({tuple(questions) for questions in asked.values()}) == 1, asked


def test_the_audit_of_the_desk_knows_verbs_and_weeks_and_no_name(alice, phone_of):
    phone_of(alice)
    rows = list(AuditWeek.objects.values_list("week", "verb", "count"))
    assert rows == [("2023-W51", "enrol factor", 1)]


def test_signing_in_leads_to_no_other_site(alice, browser):
    assert says(browser(), "Alice", next="https://evil.example/")["Location"] == "/"


def test_without_script_the_code_can_be_sent(alice, phone_of, browser):
    phone_of(alice)
    client = browser()
    says(client, "Alice")
    page = client.get("/sign-in/second/").content.decode()
    assert 'name="code"' in page and "onclick" not in page and "<script>" not in page


def test_nothing_is_asked_of_a_browser_for_which_keys_are_impossible(required, alice):
    client = Client(headers={"user-agent": FIREFOX, "host": "127.0.0.1:8472"})
    says(client, "Alice")
    page = client.get("/sign-in/enrol/").content.decode()
    assert "http://localhost:8472/" in page and "data-options" not in page


def test_ones_own_slips_are_not_said_to_be_somebody_elses(alice, phone_of, browser):
    phone, client = phone_of(alice), browser()
    says(client, "Alice")
    client.post("/sign-in/second/", {"code": "000000"})
    client.post("/sign-in/second/", {"code": phone.code()})
    assert "in vain" not in client.get("/").content.decode()
    slip = {"old": "not my own words", "new": "a grey heron on a ladder", "again": "a grey heron on a ladder"}
    assert client.post("/me/passphrase/", slip).status_code == 400
    client.post("/sign-out/")
    again = browser()
    says(again, "Alice")
    again.post("/sign-in/second/", {"code": phone.code()})
    assert "in vain" not in again.get("/").content.decode()


@pytest.mark.parametrize("typed", ["alice", "ALICE", "aLiCe", " alice "])
def test_a_name_is_taken_in_letters_of_any_size(alice, browser, typed):
    client = browser()
    says(client, typed)
    assert is_in(client)


def test_names_of_an_older_desk_that_differ_in_capitals_alone_are_typed_exactly(alice, browser):
    Member.objects.create_member("alice", "another passphrase of hers", role="reporter")
    small, neither = browser(), browser()
    assert says(small, "alice").status_code == 401
    says(small, "alice", "another passphrase of hers")
    assert is_in(small)
    assert says(neither, "ALICE").status_code == 401


def test_other_capitals_are_no_new_guesses(alice, browser):
    for typed in ("Alice", "alice", "ALICE"):
        tries.begin("passphrase", typed).wrong()
    for typed in ("aLICE", "Alice"):
        with pytest.raises(tries.TooSoon):
            tries.begin("passphrase", typed)


def test_a_locked_desk_tries_as_many_spellings_for_a_stranger_as_for_a_member():
    assert names.spellings("alice") == ["alice", "Alice"]
    assert len(names.spellings("alice")) == len(names.spellings("nobod"))
    assert names.spellings("김수련") == ["김수련"]
