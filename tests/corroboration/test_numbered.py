"""Tokens that go from one process to another as numbers are the tokens they were, and get the ids these would get."""

import pickle
from dataclasses import replace
from datetime import date

import pytest

from nightdesk.corroboration import Account, Desk
from nightdesk.corroboration import numbered as module
from nightdesk.corroboration.numbered import Sender
from nightdesk.corroboration.record import pack_whole, unpack_whole
from nightdesk.corroboration.tell import tell
from nightdesk.corroboration.words import Words

TEXTS = (
    "Fire in Quarry Lane\nA fire broke out at the mill in Quarry Lane on Tuesday, and Mayor Ellen Marsh said 40 people left.",
    "Mill burns\nMayor Ellen Marsh said the mill in Quarry Lane had burnt down on Tuesday; nobody was hurt in the fire.",
    "buy now http://spam.example best pills best price",
    "School closed\nThe school in Harrow Street stays closed until Friday, said Ellen Marsh, for want of coal and teachers.",
)


def account(number, text):
    return Account(id=f"a{number}", text=text, lang="en", on=date(2023, 5, 2 + number))


@pytest.fixture(autouse=True)
def books(monkeypatch):
    """Every test has a sender of its own in one process."""
    monkeypatch.setattr(module, "_books", {})


def sent(sender, words):
    """Words as they come out at the other end of a pipe."""
    make, given = sender.reduce(words)
    return make(*pickle.loads(pickle.dumps(given)))


def handed(sender, told):
    return replace(told, facts=replace(told.facts, words=sent(sender, told.facts.words)))


def test_words_arrive_as_they_were():
    sender = Sender()
    for tokens in (("river", "^marsh", "40"), ("40", "river", "ferry"), (), ("다리", "리가")):
        words = Words(tokens, bytes(range(1, len(tokens) + 1)))
        come = sent(sender, words)
        assert (tuple(come.tokens), come.times, len(come)) == (words.tokens, words.times, len(tokens))
        assert come.tokens[1:] == tokens[1:] and [come.tokens[at] for at in range(len(tokens))] == [*tokens]


def test_a_word_goes_over_once():
    sender = Sender()
    first, again = (sender.reduce(Words(("river", "ferry"), b"\1\1"))[1] for _ in range(2))
    assert first[2] == ("river", "ferry") and again[2] == () and first[3] == again[3]


def test_a_full_book_is_followed_by_a_new_one(monkeypatch):
    monkeypatch.setattr(module, "MOST", 3)
    sender = Sender()
    texts = [(f"w{n}", f"w{n + 1}", "river") for n in range(9)]
    come = [sent(sender, Words(tokens, b"\1\1\1")) for tokens in texts]
    assert [tuple(one.tokens) for one in come] == texts  # those of the books before, too
    assert len({id(one.tokens.book) for one in come}) > 3


def test_the_desk_keeps_the_same_of_words_that_came_as_numbers():
    sender, here, there = Sender(), Desk(), Desk()
    for number, text in enumerate(TEXTS * 3):
        told = tell(account(number, text))
        assert there.take(handed(sender, told), text) == here.take(told, text)
        assert there.index.postings.keys() == here.index.postings.keys()
    for name, rows in here.index.arrays().items():
        assert (there.index.arrays()[name] == rows).all(), name


def test_a_forgotten_word_gets_a_new_id_whichever_way_it_comes():
    sender, here, there = Sender(), Desk(), Desk()
    for number, text in enumerate(TEXTS * 2):
        told = tell(account(number, text))
        here.take(told, text)
        there.take(handed(sender, told), text)
        if number == 3:
            for desk in (here, there):
                desk.drop("a0", "a1", "a3")
    assert there.index.postings.keys() == here.index.postings.keys()
    assert here.index.postings.keys().count("") > 10


def test_one_book_serves_two_desks():
    sender = Sender()
    told = [handed(sender, tell(account(number, text))) for number, text in enumerate(TEXTS)]
    one, other = Desk(), Desk()
    for each in told:
        one.take(each, "")
    for each in reversed(told):
        other.take(each, "")
    for desk, order in ((one, told), (other, told[::-1])):
        alone = Desk()
        for each in order:
            alone.take(
                replace(
                    each,
                    facts=replace(
                        each.facts, words=Words(tuple(each.facts.words.tokens), each.facts.words.times)
                    ),
                ),
                "",
            )
        assert desk.index.postings.keys() == alone.index.postings.keys()


def test_words_that_came_as_numbers_can_be_sealed_whole():
    told = tell(account(0, TEXTS[0]))
    assert unpack_whole(pack_whole(handed(Sender(), told))) == told


def test_a_word_said_300_times_counts_as_one_said_255_times():
    words = tell(account(0, "Harbour notes. " + "ferry " * 300 + "x" * 300)).facts.words
    assert max(words.times) == 255


def test_a_process_with_the_number_of_one_that_has_ended_begins_a_book_of_its_own(monkeypatch):
    monkeypatch.setattr("multiprocessing.reduction.ForkingPickler.register", lambda *_: None)
    sent(Sender(), Words(("ferry", "mill"), b"\1\1"))
    module.over_pipes()
    assert tuple(sent(Sender(), Words(("coal",), b"\1")).tokens) == ("coal",)
