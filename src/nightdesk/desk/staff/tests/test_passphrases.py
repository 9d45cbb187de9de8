"""A member changes the passphrase; the rule for a new one; what a found session cannot do."""

from __future__ import annotations

import pytest

from nightdesk.desk import slots
from nightdesk.desk.custody.models import CustodyEntry
from nightdesk.desk.staff import passphrases
from nightdesk.desk.staff.models import Factor
from nightdesk.desk.staff.tests.conftest import PASSPHRASE, is_in, says

pytestmark = pytest.mark.django_db
NEW = "seven geese over a quiet river"


def changes(client, old=PASSPHRASE, new=NEW, again=NEW):
    return client.post("/me/passphrase/", {"old": old, "new": new, "again": again})


@pytest.fixture
def at_desk(alice, browser):
    client = browser()
    says(client, "Alice")
    return client


def test_a_change_keeps_this_session_and_ends_the_others(alice, browser, at_desk):
    other = browser("another")
    says(other, "Alice")
    before = at_desk.cookies["nightdesk"].value
    assert changes(at_desk)["Location"] == "/me/"
    assert is_in(at_desk) and not is_in(other)
    assert at_desk.cookies["nightdesk"].value != before
    assert says(browser(), "Alice").status_code == 401
    assert says(browser(), "Alice", NEW).status_code == 302
    assert CustodyEntry.objects.filter(subject=f"member:{alice.pk}", verb="change passphrase").count() == 1


@pytest.mark.parametrize(("old", "new", "again"), [
    ("another one that is wrong", NEW, NEW), (PASSPHRASE, "short", "short"), (PASSPHRASE, NEW, NEW + "s"),
    (PASSPHRASE, PASSPHRASE, PASSPHRASE), (PASSPHRASE, "Alice in the river", "Alice in the river"), (PASSPHRASE, "", ""),
])  # fmt: skip
def test_a_change_that_breaks_the_rule_changes_nothing(alice, browser, at_desk, old, new, again):
    answer = changes(at_desk, old, new, again)
    assert answer.status_code == 400
    assert not any(word and word in answer.content.decode() for word in (old, new, again) if len(word) > 6)
    assert says(browser(), "Alice").status_code == 302


def test_a_slot_that_cannot_be_written_leaves_the_old_passphrase(alice, monkeypatch):
    def full(name, old, new):
        raise OSError("the disk is full")

    monkeypatch.setattr(slots, "change", full)
    with pytest.raises(OSError, match="full"):
        passphrases.change(alice, PASSPHRASE, NEW, NEW, "")
    alice.refresh_from_db()
    assert alice.check_password(PASSPHRASE)


def test_a_found_session_neither_enrols_nor_removes_a_factor(alice, phone_of, at_desk):
    phone = phone_of(alice)
    page = at_desk.get("/me/factors/new/").content.decode()
    seed = page.split('class="seed">')[1].split("<")[0].replace(" ", "")
    import pyotp

    code = pyotp.TOTP(seed).now()
    assert (
        at_desk.post("/me/factors/new/", {"code": code, "passphrase": "a guess of somebody"}).status_code
        == 400
    )
    assert (
        at_desk.post(f"/me/factors/{phone.factor.pk}/remove/", {"passphrase": "a guess"}).status_code == 400
    )
    assert Factor.objects.count() == 1
    assert at_desk.post("/me/factors/new/", {"code": code, "passphrase": PASSPHRASE}).status_code == 302
    assert (
        at_desk.post(f"/me/factors/{phone.factor.pk}/remove/", {"passphrase": PASSPHRASE}).status_code == 302
    )
    assert Factor.objects.count() == 1


def test_guessing_the_passphrase_from_a_found_session_is_paced(at_desk):
    for _each in range(3):
        changes(at_desk, old="a guess of somebody")
    assert changes(at_desk).status_code == 429


def test_the_last_factor_stays_while_the_desk_asks_for_one(alice, phone_of, at_desk, settings):
    phone = phone_of(alice)
    settings.NIGHTDESK_SECOND_FACTOR = "required"
    answer = at_desk.post(f"/me/factors/{phone.factor.pk}/remove/", {"passphrase": PASSPHRASE})
    assert answer.status_code == 400 and Factor.objects.exists()


def test_nobody_removes_another_s_factor(alice, bob, phone_of, at_desk):
    phone = phone_of(bob)
    assert (
        at_desk.post(f"/me/factors/{phone.factor.pk}/remove/", {"passphrase": PASSPHRASE}).status_code == 404
    )


def test_no_page_and_no_error_repeats_a_passphrase(at_desk):
    page = at_desk.post(
        "/me/factors/99/remove/", {"passphrase": PASSPHRASE}, headers={"referer": "http://testserver/me/"}
    )
    assert PASSPHRASE not in page.content.decode()
