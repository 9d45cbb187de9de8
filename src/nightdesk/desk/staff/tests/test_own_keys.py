"""A member's slot and key go along with every verb on the member, and leave memory with the session."""

from __future__ import annotations

import pytest

from nightdesk.desk import slots, vault
from nightdesk.desk.errors import DeskError
from nightdesk.desk.intake import collecting
from nightdesk.desk.staff import held, passphrases, recovering, sessions, slotting, staffing, tries
from nightdesk.desk.staff.models import FailedTries, Member, Recovery, SignedIn
from nightdesk.desk.staff.tests.conftest import PASSPHRASE, is_in, says
from nightdesk.desk.unlocking import ready
from nightdesk.seal.container import WrongPassphrase

pytestmark = pytest.mark.django_db
NEW = "seven geese over a quiet river"
OWN = "a kettle on the second step"


def key_in(client):
    return held._keys.get(client.cookies["nightdesk"].value)


def test_the_key_is_held_under_the_session_and_under_no_other(alice, phone_of, browser):
    phone, client = phone_of(alice), browser()
    says(client, "Alice")
    half_way = client.cookies["nightdesk"].value
    client.post("/sign-in/second/", {"code": phone.code()})
    assert is_in(client) and half_way not in held._keys
    alice.refresh_from_db()
    assert key_in(client).public == bytes(alice.public_key)


def test_turning_back_and_ending_and_signing_out_let_go_of_the_key(alice, phone_of, browser, time):
    other = browser("other")
    says(other, "Alice")
    sessions.end_all(alice)
    assert held._keys == {}
    says(other, "Alice")
    other.post("/sign-out/")
    assert held._keys == {}
    says(other, "Alice")
    time.passes(hours=1)
    other.get("/")
    assert held._keys == {}
    phone_of(alice)
    says(other, "Alice")
    time.passes(hours=1)
    other.get("/sign-in/second/")
    assert held._keys == {}


def test_a_session_that_nobody_comes_back_to_is_swept_with_its_key(alice, bob, browser, time):
    says(browser(), "Alice")
    time.passes(hours=1)
    says(browser("other"), "Bob")
    assert len(held._keys) == 1, "somebody's signing in ends what is over"
    time.passes(hours=1)
    collecting.without_the_drop()
    assert held._keys == {} and not SignedIn.objects.exists(), "and so does the desk's own round"


def test_an_abandoned_second_step_holds_no_key_after_ten_minutes(alice, phone_of, browser, time):
    phone_of(alice)
    says(browser(), "Alice")
    time.passes(minutes=9)
    browser("another").get("/sign-in/")
    assert len(held._keys) == 1
    time.passes(minutes=1)
    browser("another").get("/sign-in/")
    assert held._keys == {}, "the next request, whoever sends it"
    says(browser(), "Alice")
    time.passes(minutes=10)
    collecting.without_the_drop()
    assert held._keys == {}, "the desk's own round"


def test_a_session_that_began_keeps_its_key_longer_than_the_second_step_waits(alice, phone_of, browser, time):
    phone, client = phone_of(alice), browser()
    says(client, "Alice")
    client.post("/sign-in/second/", {"code": phone.code()})
    time.passes(minutes=20)
    collecting.without_the_drop()
    assert is_in(client) and key_in(client)


def test_a_changed_passphrase_opens_the_same_key_and_the_session_keeps_it(alice, browser):
    client = browser()
    says(client, "Alice")
    before = key_in(client)
    client.post("/me/passphrase/", {"old": PASSPHRASE, "new": NEW, "again": NEW})
    assert slots.open_slot("Alice", NEW).member.public == before.public
    assert key_in(client) is before
    with pytest.raises(WrongPassphrase):
        slots.open_slot("Alice", PASSPHRASE)


def test_a_change_cut_before_its_commit_costs_no_key_and_the_new_words_go_on(alice, browser):
    says(browser(), "Alice")
    before = slots.open_slot("Alice", PASSPHRASE).member.public
    slots.change("Alice", PASSPHRASE, NEW)  # the file alone: as after a power cut before the commit
    hers = browser()
    refused = says(hers, "Alice", PASSPHRASE)
    assert refused.status_code == 401 and "cut off in the middle" in refused.content.decode()
    assert not is_in(hers) and len(held._keys) == 1, "the session from before, and no half-way one"
    assert slots.open_slot("Alice", NEW).member.public == before, "nothing was drawn over it"
    says(hers, "Alice", NEW)
    assert is_in(hers) and key_in(hers).public == before
    alice.refresh_from_db()
    assert alice.check_password(NEW) and bytes(alice.public_key) == before


def test_a_slot_opens_no_row_that_is_shut_out_or_has_another_key(alice, browser):
    noor = staffing.add(alice, "Noor", "reporter", "", NEW, NEW)
    passphrases.take_own(noor, OWN, OWN)
    noor.refresh_from_db()
    slots.change("Noor", OWN, "four herons under an old bridge")
    for facts in ({"is_active": False}, {"must_change": True}, {"public_key": b"x" * 1216}):
        Member.objects.filter(pk=noor.pk).update(
            **{"is_active": True, "must_change": False, "public_key": noor.public_key, **facts}
        )
        client = browser()
        says(client, "Noor", "four herons under an old bridge")
        assert not is_in(client), facts


def test_a_member_added_on_a_screen_can_unlock_the_desk(alice, browser):
    client = browser()
    says(client, "Alice")
    client.post("/members/new/", {"name": "Noor", "role": "reporter", "new": NEW, "again": NEW})
    assert slots.open_slot("Noor", NEW).secret == vault.secret()
    assert not Member.objects.get(username="Noor").public_key, "nobody seals to what another's words open"


def test_a_member_shut_out_unlocks_nothing_and_gets_another_key_when_let_in(alice, erin, browser):
    noor = staffing.add(alice, "Noor", "reporter", "", NEW, NEW)
    passphrases.take_own(noor, OWN, OWN)
    before = bytes(noor.public_key)
    assert before == slots.open_slot("Noor", OWN).member.public
    staffing.shut_out(alice, noor, [])
    noor.refresh_from_db()
    assert bytes(noor.public_key) == b""
    with pytest.raises(WrongPassphrase):
        slots.open_slot("Noor", OWN)
    staffing.let_in(alice, noor, PASSPHRASE, PASSPHRASE)
    noor.refresh_from_db()
    assert noor.must_change and not noor.public_key
    lent = slots.open_slot("Noor", PASSPHRASE).member.public
    passphrases.take_own(noor, NEW, NEW)
    noor.refresh_from_db()
    assert bytes(noor.public_key) == slots.open_slot("Noor", NEW).member.public
    assert bytes(noor.public_key) not in (before, lent, b"")


def test_the_slot_of_somebody_whose_adding_was_cut_off_opens_nothing_after_the_next_unlocking(alice, browser):
    says(browser(), "Alice")
    slots.add("Nobody", NEW)
    noor = staffing.add(alice, "Noor", "reporter", "", NEW, NEW)
    passphrases.take_own(noor, OWN, OWN)
    Member.objects.filter(pk=noor.pk).update(
        is_active=False
    )  # the rows alone: as after a letting in that was cut
    slotting.drop_left()
    for name, passphrase in (("Nobody", NEW), ("Noor", OWN)):
        with pytest.raises(WrongPassphrase):
            slots.open_slot(name, passphrase)
    assert slots.open_slot("Alice", PASSPHRASE).secret == vault.secret()
    assert slots.path().with_name(slots.RENEW).exists(), (
        "the secret they could have is renewed at the next unlocking"
    )


def test_a_recovered_passphrase_comes_with_another_key(alice, erin):
    noor = staffing.add(alice, "Noor", "reporter", "", NEW, NEW)
    recovering.propose(alice, noor, "passphrase")
    recovering.agree(erin, Recovery.objects.get())
    lent = slots.open_slot("Noor", NEW).member.public
    recovering.use(Recovery.objects.get(), PASSPHRASE, PASSPHRASE)
    with pytest.raises(WrongPassphrase):
        slots.open_slot("Noor", NEW)
    noor.refresh_from_db()
    assert slots.open_slot("Noor", PASSPHRASE).member.public == bytes(noor.public_key) != lent
    assert not noor.must_change, "the member chose these words"


def test_a_lost_factor_costs_no_key(alice, erin, browser):
    noor = staffing.add(alice, "Noor", "reporter", "", OWN, OWN)
    passphrases.take_own(noor, NEW, NEW)
    recovering.propose(alice, noor, "factor")
    recovering.agree(erin, Recovery.objects.get())
    recovering.use(Recovery.objects.get(), NEW, NEW)
    noor.refresh_from_db()
    assert slots.open_slot("Noor", NEW).member.public == bytes(noor.public_key)


def test_a_locked_desk_counts_in_memory_and_writes_nothing(alice):
    ready.clear()
    for _each in range(3):
        tries.begin("passphrase", "Alice").wrong()
    with pytest.raises(tries.TooSoon):
        tries.begin("passphrase", "Alice")
    ready.set()
    assert not FailedTries.objects.exists()
    with pytest.raises(tries.TooSoon):
        tries.begin("passphrase", "Alice")
    assert tries.forget("passphrase", "Alice") == 3


def test_a_new_process_knows_no_session_of_the_old_one(alice, browser):
    client = browser()
    says(client, "Alice")
    sessions.forget_all()
    assert not is_in(client)


def test_nothing_is_changed_where_the_old_passphrase_is_another(alice):
    with pytest.raises(DeskError, match="old passphrase"):
        passphrases.change(alice, NEW, NEW, NEW, "")
