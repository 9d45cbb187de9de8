"""Two keyholders bring a member back; nobody alone, and no keyholder himself with one other."""

from __future__ import annotations

import re

import pytest
from django.db import IntegrityError, transaction

from nightdesk.desk import clock
from nightdesk.desk.custody.models import CustodyEntry
from nightdesk.desk.errors import NotAllowed, Stale
from nightdesk.desk.staff import recovering, slotting
from nightdesk.desk.staff.models import Member, Recovery
from nightdesk.desk.staff.rules import may_recover
from nightdesk.desk.staff.tests.conftest import PASSPHRASE, is_in, says

pytestmark = pytest.mark.django_db
NEW = "seven geese over a quiet river"
HALF = re.compile(r"<code>([a-z0-9-]{19})</code>")


def confirmed(alice, erin, member, lost):
    """Both halves."""
    first = recovering.propose(alice, member, lost)
    return first, recovering.agree(erin, Recovery.objects.get(ended_at=None))


def comes_back(client, halves, name="Bob"):
    return client.post("/sign-in/recover/", {"username": name, "first": halves[0], "second": halves[1]})


def test_a_lost_passphrase_comes_back_over_two_screens(alice, erin, bob, browser):
    hers, other, his = browser(), browser("erin"), browser("bob")
    says(hers, "Alice"), says(other, "Erin")
    first = HALF.search(hers.post(f"/members/{bob.pk}/recover/", {"lost": "passphrase"}).content.decode())
    assert "Bob" in other.get("/").content.decode(), "the first screen of the second keyholder asks"
    assert "confirmed a recovery" not in hers.get("/").content.decode()
    recovery = Recovery.objects.get()
    second = HALF.search(other.post(f"/recoveries/{recovery.pk}/agree/").content.decode())
    halves = first[1], second[1]
    assert comes_back(his, halves)["Location"] == "/sign-in/recover/"
    assert his.post("/sign-in/recover/", {"new": NEW, "again": NEW})["Location"] == "/"
    assert is_in(his) and says(browser(), "Bob").status_code == 401
    log = CustodyEntry.objects.filter(subject=f"member:{bob.pk}").values_list("verb", "member__username")
    assert list(log) == [("propose recovery", "Alice"), ("agree recovery", "Erin"), ("use recovery", "Bob")]


def test_a_lost_factor_wants_the_passphrase_and_a_new_factor(required, alice, erin, bob, phone_of, browser):
    phone_of(bob)
    halves, his = confirmed(alice, erin, bob, "factor"), browser()
    comes_back(his, halves)
    assert his.post("/sign-in/recover/", {"old": "a guess of somebody"}).status_code == 401
    assert bob.factors.exists()
    assert his.post("/sign-in/recover/", {"old": PASSPHRASE})["Location"] == "/sign-in/enrol/"
    assert not is_in(his) and not bob.factors.exists()


def test_a_new_passphrase_leaves_the_second_factor_asked_for(alice, erin, bob, phone_of, browser):
    phone = phone_of(bob)
    halves, his = confirmed(alice, erin, bob, "passphrase"), browser()
    comes_back(his, halves)
    assert his.post("/sign-in/recover/", {"new": NEW, "again": NEW})["Location"] == "/sign-in/second/"
    assert not is_in(his)
    his.post("/sign-in/second/", {"code": phone.code()})
    assert is_in(his)


def test_one_keyholder_alone_recovers_nobody(alice, erin, bob, browser):
    half = recovering.propose(alice, bob, "both")
    with pytest.raises(NotAllowed):
        recovering.agree(alice, Recovery.objects.get())
    for halves in [(half, half), (half, ""), (half, "aaaa-aaaa-aaaa-aaaa")]:
        assert comes_back(browser(), halves).status_code in (401, 429)


def test_each_keyholder_knows_only_one_half(alice, erin, bob, browser):
    first, second = confirmed(alice, erin, bob, "both")
    assert first != second
    kept = Recovery.objects.get()
    assert first not in kept.first_half and second not in kept.second_half


def test_the_halves_serve_in_either_order_but_one_never_twice(alice, erin, bob, browser):
    first, second = confirmed(alice, erin, bob, "both")
    for twice in (first, second):
        assert comes_back(browser(), (twice, twice)).status_code == 401
    assert comes_back(browser(), (second, first))["Location"] == "/sign-in/recover/"


def test_a_half_asked_for_again_is_said_to_have_been_shown_and_the_first_one_still_serves(
    alice, erin, bob, browser
):
    hers, other = browser(), browser("erin")
    says(hers, "Alice"), says(other, "Erin")
    first = HALF.search(hers.post(f"/members/{bob.pk}/recover/", {"lost": "both"}).content.decode())
    agree = f"/recoveries/{Recovery.objects.get().pk}/agree/"
    second = HALF.search(other.post(agree).content.decode())
    for again in (hers.post(f"/members/{bob.pk}/recover/", {"lost": "both"}), other.post(agree)):
        said = again.content.decode()
        assert again.status_code == 409 and "Your half was shown once." in said and not HALF.search(said)
        assert "If it was not handed over, stop the recovery and begin anew." in said
    assert Recovery.objects.count() == 1
    assert comes_back(browser(), (first[1], second[1]))["Location"] == "/sign-in/recover/"


def test_a_keyholder_cannot_recover_himself_with_one_other(alice, erin, dana):
    with pytest.raises(NotAllowed):
        recovering.propose(alice, alice, "both")
    recovering.propose(erin, alice, "both")
    with pytest.raises(NotAllowed):
        recovering.agree(alice, Recovery.objects.get())


def test_who_is_no_keyholder_brings_nobody_back(alice, bob, charlie, browser):
    with pytest.raises(NotAllowed):
        recovering.propose(charlie, bob, "both")
    client = browser()
    says(client, "Charlie")
    assert client.post(f"/members/{bob.pk}/recover/", {"lost": "both"}).status_code == 403


@pytest.mark.parametrize(("member", "keyholder", "first", "under", "may"), [
    (1, 2, None, {}, True), (1, 1, None, {}, False), (1, 2, 2, {}, False), (1, 3, 2, {}, True), (1, 1, 2, {}, False),
    (1, 3, 2, {3: 2}, False), (1, 3, 2, {2: 3}, False), (1, 3, 2, {2: 4, 3: 4}, False), (1, 3, 2, {3: 4}, True),
    (1, 2, None, {2: 1}, False), (1, 2, None, {1: 2}, True), (1, 3, 2, {1: 2}, True), (1, 3, 2, {3: 1}, False),
])  # fmt: skip
def test_the_rule_of_two_people(member, keyholder, first, under, may):
    assert may_recover(member, keyholder, first, under) is may


@pytest.mark.parametrize("who", [("bob", "erin"), ("alice", "bob"), ("alice", "alice")])
def test_the_database_refuses_two_who_are_one(alice, erin, bob, who):
    people = {"alice": alice, "erin": erin, "bob": bob}
    first, second = (people[name] for name in who)
    now = clock.machine()
    with pytest.raises(IntegrityError), transaction.atomic():
        Recovery.objects.create(member=bob, lost="both", first=first, first_half="x", first_at=now, second=second, second_half="y", second_at=now)  # fmt: skip


def test_the_words_serve_once_and_for_a_day(alice, erin, bob, browser, time):
    halves = confirmed(alice, erin, bob, "both")
    his = browser()
    comes_back(his, halves)
    his.post("/sign-in/recover/", {"new": NEW, "again": NEW})
    assert comes_back(browser(), halves).status_code == 401
    halves = confirmed(alice, erin, bob, "both")
    time.passes(hours=25)
    assert comes_back(browser(), halves).status_code == 401


def test_any_keyholder_stops_a_recovery(alice, erin, bob, browser):
    halves = confirmed(alice, erin, bob, "both")
    recovering.stop(alice, Recovery.objects.get())
    assert comes_back(browser(), halves).status_code == 401
    with pytest.raises(Stale):
        recovering.stop(alice, Recovery.objects.get())


def test_a_newer_recovery_takes_the_place_of_the_older(alice, erin, bob, browser):
    halves = confirmed(alice, erin, bob, "both")
    recovering.propose(erin, bob, "both")
    assert comes_back(browser(), halves).status_code == 401


def test_a_keyholder_who_was_shut_out_meanwhile_brings_nobody_back(alice, erin, bob, browser):
    halves = confirmed(alice, erin, bob, "both")
    Member.objects.filter(pk=erin.pk).update(keyholder=False)
    assert comes_back(browser(), halves).status_code == 401


def test_guessing_the_words_is_paced_and_a_stranger_s_name_is_too(alice, erin, bob, browser):
    confirmed(alice, erin, bob, "both")
    for name in ("Bob", "Nobody"):
        for _each in range(3):
            assert comes_back(browser(), ("x", "y"), name).status_code == 401
        assert comes_back(browser(), ("x", "y"), name).status_code == 429


def test_recovering_ends_every_session_and_gives_a_new_slot(alice, erin, bob, browser, monkeypatch):
    replaced, old = [], browser("old")
    monkeypatch.setattr(slotting, "replace", lambda member, new: replaced.append((member.username, new)))
    says(old, "Bob")
    halves, his = confirmed(alice, erin, bob, "both"), browser()
    comes_back(his, halves)
    his.post("/sign-in/recover/", {"new": NEW, "again": NEW})
    assert not is_in(old) and replaced == [("Bob", NEW)]


def test_the_halves_are_on_no_page_afterwards(alice, erin, bob, browser):
    halves, client = confirmed(alice, erin, bob, "both"), browser()
    says(client, "Alice")
    page = client.get(f"/members/{bob.pk}/").content.decode()
    assert not any(half in page for half in halves)
