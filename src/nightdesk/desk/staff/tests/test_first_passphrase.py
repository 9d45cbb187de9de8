"""A passphrase somebody else chose signs nobody in: the member takes another, and has a key from then on."""

from __future__ import annotations

import pytest

from nightdesk.desk import slots
from nightdesk.desk.errors import DeskError
from nightdesk.desk.sources import cards, sealing
from nightdesk.desk.sources.models import Source
from nightdesk.desk.sources.tests.keyed import give_key
from nightdesk.desk.staff import held, passphrases, staffing
from nightdesk.desk.staff.models import Member
from nightdesk.desk.staff.tests.conftest import PASSPHRASE, is_in, says
from nightdesk.seal.container import WrongPassphrase

pytestmark = pytest.mark.django_db
LENT, OWN = "seven geese over a quiet river", "a kettle on the second step"
DOOR = "/sign-in/passphrase/"


@pytest.fixture
def noor(alice):
    return staffing.add(alice, "Noor", "reporter", "", LENT, LENT)


def test_before_the_first_session_the_member_takes_a_passphrase_of_her_own(noor, browser):
    client = browser()
    assert says(client, "Noor", LENT, next="/reports/")["Location"] == DOOR
    assert held._keys == {} and not is_in(client)
    assert client.get("/sign-in/second/")["Location"] == DOOR
    assert client.get("/sign-in/enrol/")["Location"] == DOOR
    assert client.post("/sign-in/enrol/", {"code": "123456"})["Location"] == DOOR
    assert "somebody else chose" in client.get(DOOR).content.decode()
    assert client.post(DOOR, {"new": OWN, "again": OWN})["Location"] == "/reports/"
    assert is_in(client)
    noor.refresh_from_db()
    assert held._keys[client.cookies["nightdesk"].value].public == bytes(noor.public_key) != b""
    assert says(browser(), "Noor", LENT).status_code == 401
    assert says(browser(), "Noor", OWN)["Location"] == "/"


def test_the_key_is_not_the_one_that_the_first_passphrase_opened(noor):
    lent = slots.open_slot("Noor", LENT).member
    passphrases.take_own(noor, OWN, OWN)
    noor.refresh_from_db()
    own = slots.open_slot("Noor", OWN).member
    assert own.public == bytes(noor.public_key) != lent.public and own.seed != lent.seed
    with pytest.raises(WrongPassphrase):
        slots.open_slot("Noor", LENT)


def test_then_the_second_factor_is_enrolled(required, noor, browser):
    client = browser()
    says(client, "Noor", LENT)
    assert client.post(DOOR, {"new": OWN, "again": OWN})["Location"] == "/sign-in/enrol/"
    assert not is_in(client) and client.get(DOOR)["Location"] == "/sign-in/enrol/"


@pytest.mark.parametrize(
    ("new", "again"), [(LENT, LENT), (OWN, LENT), ("tiny-word", "tiny-word"), ("Noor " + OWN,) * 2]
)
def test_the_same_words_and_faulty_ones_are_refused(noor, browser, new, again):
    client = browser()
    says(client, "Noor", LENT)
    page = client.post(DOOR, {"new": new, "again": again})
    assert page.status_code == 401 and new not in page.content.decode() and not is_in(client)
    noor.refresh_from_db()
    assert noor.must_change and not noor.public_key


def test_nothing_is_sealed_to_a_member_before(noor, alice, bob):
    key, crane = give_key(bob), Source.objects.create(pseudonym="crane", made_on="2023-12-01")
    crane.cleared.add(bob, noor)
    cards.write(bob, key, crane, sealing.Card(name="x"), 0, {bob.pk: sealing.fingerprint(key.public)})
    with pytest.raises(DeskError, match="cannot open a card yet") as refused:
        cards.give(bob, key, crane, noor)
    assert "sign in once" in refused.value.remedy
    passphrases.take_own(noor, OWN, OWN)
    cards.give(bob, key, crane, Member.objects.get(pk=noor.pk))


def test_the_door_is_for_nobody_else(alice, browser, noor):
    client = browser()
    assert client.get(DOOR)["Location"].startswith("/sign-in/")
    says(client, "Alice", PASSPHRASE)
    assert client.get(DOOR)["Location"].startswith("/sign-in/")
    with pytest.raises(DeskError, match="set already"):
        passphrases.take_own(alice, OWN, OWN)


def test_the_command_asks_for_another_only_where_told_so(alice):
    here = staffing.add_here("Erin", "editor", "", LENT, keyholder=True)
    told = staffing.add_here("Dana", "editor", "", LENT, keyholder=False, must_change=True)
    assert here.public_key and not here.must_change
    assert told.must_change and not told.public_key


def test_the_page_of_the_member_says_that_there_is_no_key_yet(alice, noor, browser):
    client = browser()
    says(client, "Alice")
    assert "nothing can be sealed to this member" in client.get(f"/members/{noor.pk}/").content.decode()
