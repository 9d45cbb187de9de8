"""Routes and mouths: what counts once, and what counts twice."""

from datetime import date

import pytest

from nightdesk.corroboration import Account, Correction, assess
from nightdesk.corroboration.tell import tell

ENGLISH = (
    "Two State Security agents visited a remittance broker in Hoeryong in the second week of December and "
    "demanded 20,000 yuan."
)


def only_event(accounts, corrections=()):
    (event,) = assess(accounts, corrections).events
    return event


def test_two_eyewitnesses_in_their_own_words_count_twice(account):
    event = only_event([account("a"), account("b", ENGLISH, lang="en")])
    assert (event.independent_origins, event.at_least) == (2, 2)


def test_two_accounts_from_one_witness_count_once(account):
    event = only_event([account("a", source="crane"), account("b", ENGLISH, lang="en", source="crane")])
    assert (event.independent_origins, event.at_least) == (1, 1)
    assert "again, adds none" in event.why


def test_a_verbatim_copy_under_another_name_counts_once(account):
    event = only_event([account("a"), account("b")])
    assert (event.independent_origins, event.at_least) == (1, 1)


def test_a_rumour_adds_no_origin(account):
    event = only_event([account("a"), account("b", ENGLISH, lang="en", basis="rumour")])
    assert event.independent_origins == 1
    assert "b" in event.ask


def test_only_hearsay_is_still_one_route(account):
    event = only_event([account("a", basis="second-hand", via="relay-x")])
    assert (event.independent_origins, event.at_least) == (1, 1)


def test_kin_and_one_told_by_the_person_may_be_one_mouth(account):
    kin = account("b", ENGLISH, lang="en", basis="relative of the person concerned")
    event = only_event([account("a", basis="told by the person concerned"), kin])
    assert (event.independent_origins, event.at_least) == (2, 1)
    assert "perhaps one mouth" in event.why


def test_two_witnesses_through_one_relay_may_be_one_mouth(account):
    event = only_event([account("a", via="relay-x"), account("b", ENGLISH, lang="en", via="relay-x")])
    assert (event.independent_origins, event.at_least) == (2, 1)


def test_an_editor_can_say_that_two_are_not_independent(account):
    accounts = [account("a"), account("b", ENGLISH, lang="en")]
    event = only_event(accounts, [Correction("not independent", "a", "b", "they share a house")])
    assert (event.independent_origins, event.at_least) == (1, 1)


def test_without_a_basis_hearsay_words_make_it_second_hand(account):
    event = only_event([account("a"), account("b", "I heard that " + ENGLISH, lang="en", basis=None)])
    assert event.independent_origins == 1


def test_every_event_says_what_would_raise_its_count(account):
    for accounts in ([account("a")], [account("a"), account("b", ENGLISH, lang="en")]):
        assert only_event(accounts).ask.endswith(".")


@pytest.mark.parametrize("basis", [None, "", "unknown"])
def test_tellers_who_do_not_say_how_they_know_are_one_route(account, basis):
    event = only_event([account("a", basis=basis), account("b", ENGLISH, lang="en", basis=basis)])
    assert event.independent_origins == 1


def test_a_teller_nobody_confirmed_adds_no_origin_and_the_desk_is_told_what_to_ask(account):
    event = only_event([account("a"), account("b", ENGLISH, lang="en", confirmed=False)])
    assert (event.independent_origins, event.at_least) == (1, 1)
    assert "its teller is not confirmed" in event.why
    assert event.ask.startswith("Confirm who told it (b)")


TALK = "The town talks of two agents who asked a broker in Hoeryong for 20,000 yuan, I heard it at the pump."
NAMED = (
    "The broker in Hoeryong whom security came for a few days ago sold her sewing machine and two quilts to find the money;"
    " my cousin carries water for that house and told me."
)


# Whose relatives were taken is no informant.
OF_KIN = NAMED.replace(
    "my cousin carries water for that house and told me", "his brother and her cousin were led away too"
)


@pytest.mark.parametrize(("text", "routes"), [(ENGLISH, 1), (TALK, 1), (NAMED, 2), (OF_KIN, 1)])
def test_second_hand_is_a_route_where_it_says_who_told_it_and_is_no_talk(account, text, routes):
    event = only_event([account("a"), account("b", text, lang="en", basis="second-hand")])
    assert (event.independent_origins, event.at_least) == (routes, routes)


@pytest.mark.parametrize(("text", "lang", "informed"), [
    ("회령에서 친척과 조카가 잡혀갔다", "ko", False), ("회령에서 두 명이 잡혀갔다고 사촌이 말했다", "ko", True),
    ("会宁抓走了他的表弟和舅", "zh", False), ("表弟说会宁抓了两个人", "zh", True),
    ("His brother and her cousin were taken", "en", False), ("My cousin was there", "en", True),
])  # fmt: skip
def test_kin_of_whom_it_tells_told_nobody(text, lang, informed):
    assert tell(Account("a", text, lang, date(2023, 12, 15))).facts.informed is informed
