"""A forgotten account counts no more, is found no more, and its id is free; and what `together` gives."""

import gc

import numpy as np
import pytest

from nightdesk.corroboration import Desk, explain_scores, met, origins
from nightdesk.corroboration.index import Index
from nightdesk.corroboration.postings import CAP, Postings
from nightdesk.corroboration.shown import Shown

SPAM = "Congratulations! You have been selected."
MUSAN = "무산군에서 어제 안전원이 상인의 집을 수색해 손전화를 회수했다."


def names(desk):
    """The keys accounts are found by, which hold the words and tellers themselves."""
    return set(desk.index.postings.keys()) - {""}


def counted(desk):
    return [(o.reports, o.independent_origins) for o in origins(desk)]


@pytest.fixture
def desk(account):
    desk = Desk()
    for id in "abc":
        desk.add(account(id))
    desk.add(account("m", MUSAN))
    return desk


def test_a_forgotten_account_counts_no_more(desk):
    before = dict(counted(desk))
    desk.drop("b")
    assert ("a", "b", "c") in before
    assert [reports for reports, _ in counted(desk)] == [("a", "c"), ("m",)]


def test_a_forgotten_account_is_never_linked_or_compared_again(desk, account):
    desk.drop("a")
    verdict = desk.add(account("d"))
    assert {link.to for link in verdict.links} == {"b", "c"}
    assert "a" not in {desk.ledger.id(match.number) for match in desk.matches}


def test_an_event_goes_with_its_last_account(desk, account):
    gone = desk.event_of("m")
    desk.drop("m")
    assert [reports for reports, _ in counted(desk)] == [("a", "b", "c")]
    assert desk.add(account("n", MUSAN)).event != gone


def test_an_id_is_free_again_and_the_new_account_is_its_own(desk, account):
    desk.drop("m")
    assert desk.add(account("m")).event == desk.event_of("a")
    with pytest.raises(KeyError):
        desk.drop("never came")


def test_a_link_to_a_forgotten_account_never_leads_to_the_next_of_that_id(account):
    desk = Desk()
    desk.add(account("a"))
    desk.add(account("b", source="teller of a"))  # the same teller again: b repeats a
    desk.drop("a")
    other = "Two State Security agents demanded 20,000 yuan of a broker in Hoeryong a few days ago."
    desk.add(account("a", other, lang="en", source="somebody else"))
    (event,) = origins(desk)
    assert event.reports == ("b", "a")
    assert event.independent_origins == 2


def test_forgetting_what_was_just_compared_leaves_an_explanation(desk, account):
    desk.add(account("d"))
    desk.drop("a")
    assert "a " not in explain_scores(desk).split("Compared")[0]


def test_what_a_teller_told_of_places_goes_with_the_account(desk):
    desk.drop("m")
    assert desk.ledger.towns_of("teller of m") == frozenset()
    assert desk.ledger.towns_of("teller of a") == {"hoeryong"}


def test_forgetting_all_and_starting_over_gives_the_same_groups(desk, account):
    before = [reports for reports, _ in counted(desk)]
    for id in "abcm":
        desk.drop(id)
    assert counted(desk) == []
    for id in "abc":
        desk.add(account(id))
    desk.add(account("m", MUSAN))
    assert [reports for reports, _ in counted(desk)] == before


def test_a_key_that_many_accounts_had_is_forgotten_of_one_alone(account):
    desk = Desk()
    for n in range(30):
        desk.add(
            account(
                f"a{n}",
                f"회령에서 보위원 두 명이 송금 브로커를 찾아가 2만 위안을 내라고 요구했다. {n}번째 소식이다.",
            )
        )
    desk.drop("a7")
    entries = desk.index.arrays()
    held = [rows[(rows >= 7 * 4) & (rows < 8 * 4)].size for rows in (entries["few"], entries["many"])]
    assert held == [0, 0]
    assert desk.add(account("z")).event == desk.event_of("a0")


def test_together_gives_all_that_share_an_event_in_order_of_arrival(desk):
    assert desk.together(["c"]) == ["a", "b", "c"]
    assert desk.together(["m", "b"]) == ["a", "b", "c", "m"]
    assert desk.together([]) == []


def test_together_gives_an_account_of_no_event_alone(desk, account):
    desk.add(account("s", "Congratulations! You have been selected.", lang="en"))
    desk.add(account("t", "Congratulations! You have been selected.", lang="en"))
    assert desk.together(["s"]) == ["s"]


def test_together_follows_what_was_forgotten(desk):
    desk.drop("b")
    assert desk.together(["a"]) == ["a", "c"]


def test_words_and_tellers_of_accounts_that_are_not_found_by_them_are_not_held(account):
    """A pattern, spam, a third copy: nothing leads to them, so nothing of them may stay behind."""
    desk = Desk()
    for id in "abc":
        desk.add(account(id, MUSAN))
    copied, spam = account("d", MUSAN, source="heron"), account("s", SPAM, lang="en", source="magpie")
    desk.add(copied)
    assert not desk.is_findable
    desk.add(spam)
    held = names(desk)
    assert not [key for key in held if "heron" in key or "magpie" in key]
    assert not [key for key in held if "congratulations" in key.lower()]
    desk.drop("s")
    assert desk.newest.id == ""


def test_the_words_of_the_newest_account_are_let_go_with_its_verdict(account):
    gc.collect()  # what other tests left behind is not this desk's
    desk = Desk()
    desk.add(account("a"))
    desk.add(account("b"))
    held = [value for value in gc.get_objects() if isinstance(value, Shown)]
    assert held and not any("보위원" in str(vars(shown)) for shown in held)


def test_several_are_forgotten_as_one_by_one(account):
    one, all_ = Desk(), Desk()
    for desk in (one, all_):
        for id in "abcdef":
            desk.add(account(id) if id < "d" else account(id, MUSAN))
    for id in "ace":
        one.drop(id)
    all_.drop("a", "c", "e")
    assert counted(one) == counted(all_) and one.index.postings.keys() == all_.index.postings.keys()
    assert one.add(account("z")) == all_.add(account("z"))


def test_an_account_whose_verdict_fails_is_not_held_and_may_come_again(account, monkeypatch):
    desk, whole = Desk(), Desk()
    for each in (desk, whole):
        each.add(account("a"))
        each.add(account("m", MUSAN))
    with monkeypatch.context() as patch:
        patch.setattr(Desk, "_links", lambda *_given: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            desk.add(account("b"))
    assert desk.ledger.ids() == ["a", "m"]
    assert names(desk) == names(whole)
    assert desk.add(account("b")) == whole.add(account("b"))


def held_by(desk, key):
    """The accounts that stand under a key, oldest first as the postings keep them."""
    (id,), _new = desk.index.postings.intern([key])
    _few, many = desk.index.postings.lookup(np.array([id], np.int32))
    rows = np.concatenate([part[1].ravel() for part in (_few, many)])
    return [int(entry) // 4 for entry in rows if entry >= 0]


def test_what_is_judged_again_and_again_pushes_nobody_out(account):
    """An editor decides forty times about two of five: the other three are found as after a restart."""
    desk = Desk()
    for id in "abcde":
        desk.add(account(id))
    for _time in range(40):
        desk.drop("d", "e")
        desk.add(account("d")), desk.add(account("e"))
    fresh = Desk()
    for id in "abcde":
        fresh.add(account(id))
    assert desk.index.here == fresh.index.here == 5
    assert names(desk) == names(fresh)
    for key in names(fresh):
        counts = [
            each.index.postings.standing(each.index.postings.intern([key])[0])[0, 0] for each in (desk, fresh)
        ]
        assert counts[0] == counts[1] and len(held_by(desk, key)) == len(held_by(fresh, key)), key
    assert desk.add(account("z")).links == fresh.add(account("z")).links


def test_a_full_ring_closes_up_and_goes_on_where_it_was():
    postings = Postings()
    (id,), _new = postings.intern(["key"])
    ids = np.array([id], np.int32)
    for number in range(CAP + 10):
        postings.add(ids, number)
    postings.drop([20, 30, 5])  # the last one has fallen out of the ring long ago
    assert postings.standing(ids)[0, 0] == CAP + 8
    for number in range(100, 102):
        postings.add(ids, number)
    entries = sorted(int(e) // 4 for e in postings.lookup(ids)[1][1].ravel() if e >= 0)
    assert entries == [n for n in range(10, CAP + 10) if n not in (20, 30)] + [100, 101]
    postings.add(ids, 102)
    assert 10 not in [int(e) // 4 for e in postings.lookup(ids)[1][1].ravel()]  # the oldest gives way again


def test_forgetting_nobody_looks_at_nothing(desk, monkeypatch):
    monkeypatch.setattr(Postings, "drop", lambda *_given: 1 / 0)
    desk.drop()


@pytest.mark.parametrize("where", ["add", "search"])
def test_an_index_that_fails_on_one_account_stays_in_step_with_the_others(account, monkeypatch, where):
    desk, whole = Desk(), Desk()
    for each in (desk, whole):
        each.add(account("a"))
        each.add(account("m", MUSAN))
    with monkeypatch.context() as patch:
        patch.setattr(Index, where, lambda *_given, **_more: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            desk.add(account("b"))
    for each in (desk, whole):
        each.add(account("c"))
        each.add(account("d", MUSAN))
    assert desk.index.size == len(desk.ledger.records)
    assert counted(desk) == counted(whole)
    assert desk.add(account("b")).links == whole.add(account("b")).links


def test_english_words_are_in_no_cache_once_an_account_was_forgotten(account):
    desk = Desk()
    desk.add(account("a", "Xylophonikov of Hoeryong paid 20,000 yuan.", lang="en"))
    assert any(met._all)
    desk.drop("a")
    assert not any(met._all)
