"""Editors' decisions win over the engine, and leaving one out undoes it."""

import random
from contextlib import suppress

import pytest

from nightdesk.corroboration import Correction, CorroborationError, Desk, assess, final_event
from nightdesk.corroboration.corrections import Corrections

MUSAN = "무산군에서 어제 보위원이 상인의 집을 수색해 손전화를 회수했다."


def join(one, other):
    return Correction("join", one, other, "the same household")


def split(one, other):
    return Correction("split", one, other, "two brokers")


def test_a_join_puts_two_accounts_into_one_event(account):
    accounts = [account("a"), account("b", MUSAN)]
    assert len(assess(accounts).events) == 2
    assert [o.reports for o in assess(accounts, [join("b", "a")]).events] == [("a", "b")]


def test_a_join_gives_an_event_to_what_the_engine_left_without_one(account):
    spam = account("b", "Congratulations! You have been selected.", lang="en")
    assert [o.reports for o in assess([account("a"), spam], [join("a", "b")]).events] == [("a", "b")]


def test_a_split_keeps_two_accounts_apart(account):
    accounts = [account("a"), account("b")]
    assert len(assess(accounts).events) == 1
    assert [o.reports for o in assess(accounts, [split("a", "b")]).events] == [("a",), ("b",)]


def test_joining_is_transitive(account):
    accounts = [account("a"), account("b", MUSAN), account("c", "별일 없다.")]
    result = assess(accounts, [join("c", "a"), join("c", "b")])
    assert {final_event(result, i) for i in "abc"} == {"e1"}


def test_a_joined_account_brings_the_event_it_fits_along(account):
    accounts = [account("a"), account("b", MUSAN), account("c", MUSAN, lang="ko")]
    result = assess(accounts, [join("c", "a")])
    assert result.merges == (("e2", "e1"),)
    assert {final_event(result, i) for i in "abc"} == {"e1"}


def test_what_is_split_from_one_is_split_from_all_joined_to_it(account):
    accounts = [account("a"), account("b"), account("c")]
    result = assess(accounts, [join("c", "a"), split("b", "a")])
    assert sorted(o.reports for o in result.events) == [("a", "c"), ("b",)]


def test_a_correction_taken_back_leaves_the_engine_to_itself(account):
    desk = Desk([split("a", "b")])
    desk.corrections.take_back(split("a", "b"))
    assert [desk.add(account(id)).event for id in "ab"] == ["e1", "e1"]


def test_contradicting_corrections_are_refused(account):
    with pytest.raises(CorroborationError, match="take one back"):
        assess([account("a"), account("b")], [join("a", "b"), split("b", "a")])


def test_taking_one_more_in_looks_at_its_own_accounts_alone(monkeypatch):
    """Corrections are looked through with every verdict: thousands of them must not be gone through for each."""
    asked = []
    plain = Corrections.one
    monkeypatch.setattr(Corrections, "one", lambda self, id: asked.append(id) or plain(self, id))
    kept = Corrections([split(f"a{n}", f"b{n}") for n in range(100)])
    kept.add(join("a0", "c"))
    before = len(asked)
    kept.add(join("a1", "d"))
    assert len(asked) - before < 10


def test_groups_grow_together_and_part_again_like_a_search_through_all_joins():
    draw = random.Random(7)
    kept = Corrections()
    for _n in range(300):
        one, other = draw.sample("abcdefghijklmnop", 2)
        if kept.all and draw.random() < 0.4:
            kept.take_back(draw.choice(kept.all))
        else:
            with suppress(CorroborationError):
                kept.add(draw.choice((join, split))(one, other))
        for id in "abcdefghijklmnop":
            assert kept.one(id) == searched(kept.all, id)
        assert not any(c.kind == "split" and c.other in kept.one(c.account) for c in kept.all)


def searched(corrections, id):
    found = {id}
    for _step in corrections:
        found |= {end for c in corrections if c.kind == "join" for end in (c.account, c.other) if {c.account, c.other} & found}  # fmt: skip
    return found


def test_a_correction_of_an_account_with_itself_is_refused(account):
    with pytest.raises(CorroborationError, match="with itself"):
        assess([account("a")], [join("a", "a")])


def test_leaving_a_correction_out_undoes_it(account):
    accounts = [account("a"), account("b")]
    before = assess(accounts)
    assert assess(accounts, [split("a", "b")]) != before
    assert assess(accounts) == before


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_a_join_reaches_the_account_without_an_event_whichever_comes_first(account, order):
    spam = account("b", "Congratulations! You have been selected.", lang="en")
    both = {"a": account("a"), "b": spam}
    result = assess([both[id] for id in order], [join("a", "b")])
    assert [sorted(o.reports) for o in result.events] == [["a", "b"]]


def test_two_accounts_without_an_event_that_an_editor_joined_are_one(account):
    text = "Congratulations! You have been selected."
    result = assess([account("a", text, lang="en"), account("b", text, lang="en")], [join("b", "a")])
    assert [o.reports for o in result.events] == [("a", "b")]


def test_many_corrections_are_taken_in_together_or_not_at_all(account):
    made = [join(f"a{n}", f"a{n + 1}") for n in range(300)]
    desk = Desk(made)
    assert len(desk.corrections.one("a0")) == 301
    with pytest.raises(CorroborationError, match="take one back"):
        Desk([*made, split("a0", "a300")])
