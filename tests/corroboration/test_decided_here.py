"""Decisions about accounts that are here already: followed at once, kept, and taken back by replaying without them."""

import pytest

from nightdesk.corroboration import Correction, CorroborationError, Desk, assess, origins

MUSAN = "무산군에서 어제 보위원이 상인의 집을 수색해 손전화를 회수했다."
SPAM = "Congratulations! You have been selected."
TOLD = "Two State Security agents demanded 20,000 yuan of a broker in Hoeryong a few days ago."


def join(one, other):
    return Correction("join", one, other, "the same household")


def split(one, other):
    return Correction("split", one, other, "two brokers")


def dependent(one, other):
    return Correction("not independent", one, other, "brothers")


def groups(desk):
    return [o.reports for o in origins(desk)]


@pytest.fixture
def desk(account):
    desk = Desk()
    for told in (
        account("a"),
        account("b", TOLD, lang="en"),
        account("m", MUSAN),
        account("s", SPAM, lang="en"),
    ):
        desk.add(told)
    return desk


def test_a_join_merges_the_two_events_at_once_and_says_so(desk):
    assert desk.correct(join("m", "a")) == []
    assert groups(desk) == [("a", "b", "m")]
    assert desk.merges == [("e2", "e1")]


def test_a_join_takes_in_what_had_no_event(desk):
    assert desk.correct(join("s", "m")) == ["s"]
    assert groups(desk) == [("a", "b"), ("m", "s")]


def test_a_join_of_two_without_an_event_opens_one(desk, account):
    desk.add(account("t", SPAM, lang="en"))
    assert desk.correct(join("s", "t")) == ["s", "t"]
    assert groups(desk)[-1] == ("s", "t")


def test_a_split_gives_the_later_account_an_event_of_its_own(desk):
    assert desk.correct(split("b", "a")) == ["b"]
    assert groups(desk) == [("a",), ("b",), ("m",)]
    assert [len(desk.ledger.links_of(n)) for n in range(2)] == [0, 0]


def test_whom_an_editor_joined_to_it_goes_along(desk, account):
    desk.correct(join("m", "b"))
    assert desk.correct(split("a", "b")) == ["b", "m"]
    assert groups(desk) == [("a",), ("b", "m")]


def test_what_comes_later_keeps_to_the_split(desk, account):
    desk.correct(split("b", "a"))
    desk.correct(split("c", "a"))
    assert desk.add(account("c")).event != desk.event_of("a")


def test_a_split_outlives_every_account_that_would_pull_both_together(desk, account):
    desk.correct(split("b", "a"))
    for n in range(6):
        desk.add(account(f"c{n}", on=None))
    assert desk.event_of("a") != desk.event_of("b")


def test_accounts_that_are_not_independent_share_an_origin_at_once(desk):
    before = next(origins(desk)).independent_origins
    desk.correct(dependent("a", "b"))
    assert (before, next(origins(desk)).independent_origins) == (2, 1)


@pytest.mark.parametrize(
    ("kept", "refused"),
    [
        ([join("a", "b")], split("b", "a")),
        ([split("a", "b")], join("b", "a")),
        ([join("a", "m"), join("m", "s")], split("a", "s")),
        ([split("a", "s"), join("a", "m")], join("m", "s")),
        ([split("a", "m")], join("b", "m")),  # the engine put b with a, whom an editor keeps from m
    ],
)
def test_a_contradiction_is_refused_also_by_way_of_a_third_and_nothing_of_it_is_kept(desk, kept, refused):
    for one in kept:
        desk.correct(one)
    before = groups(desk), list(desk.corrections.all)
    with pytest.raises(CorroborationError, match="take"):
        desk.correct(refused)
    assert (groups(desk), desk.corrections.all) == before


def test_a_kind_nobody_knows_is_refused_with_those_there_are(desk):
    with pytest.raises(CorroborationError, match="join, split, not independent"):
        desk.correct(Correction("merge", "a", "b", ""))


@pytest.mark.parametrize("made", [join("c", "m"), split("c", "a"), dependent("c", "a")])
def test_taking_one_back_before_it_met_its_accounts_restores_the_engines_word(account, made):
    accounts = [account("a"), account("m", MUSAN), account("c", TOLD, lang="en")]
    desk = Desk([made])
    desk.corrections.take_back(made)
    verdicts = tuple(desk.add(told) for told in accounts)
    assert (verdicts, tuple(origins(desk))) == (assess(accounts).verdicts, assess(accounts).events)
    assert tuple(origins(desk)) != assess(accounts, [made]).events


def test_one_that_was_made_twice_holds_until_both_are_taken_back():
    desk = Desk([split("a", "b"), split("b", "a")])
    desk.corrections.take_back(split("a", "b"))
    assert desk.corrections.split("a") == ["b"]
    desk.corrections.take_back(split("b", "a"))
    assert desk.corrections.split("a") == []
    with pytest.raises(ValueError, match="not in list"):
        desk.corrections.take_back(split("a", "b"))


def test_accounts_joined_to_both_sides_of_a_split_never_merge_them(account):
    """The engine would put x beside a; joined to b by way of c, it stays out of a's event as b does."""
    accounts = [account("a"), account("x"), account("b", MUSAN), account("c", "별일 없다.")]
    result = assess(accounts, [split("a", "b"), join("c", "x"), join("c", "b")])
    assert [o.reports for o in result.events] == [("a",), ("x", "b", "c")]
    assert result.merges == ()
