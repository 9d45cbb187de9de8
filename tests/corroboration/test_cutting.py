"""A text is cut once, whoever asks: what is looked up a piece at a time is what stands in the whole."""

from datetime import date, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.corroboration import Account
from nightdesk.corroboration.index import CANDIDATES, NEWEST, NOWHERE, WINDOW, Index, _highest
from nightdesk.corroboration.postings import Postings
from nightdesk.corroboration.scanning import Scanned, cut_once, lower
from nightdesk.corroboration.tell import tell
from nightdesk.corroboration.written import cut, piece, words_of

WORDS = [
    "Police",
    "police",
    "police's",
    "raided,",
    "in",
    "a",
    "row",
    "(house)",
    "20,000",
    "4:30",
    "Musan",
    "Hoeryong",
    "ID",
    "card",
    "İstanbul",
    "O'Neill's",
    "half-",
    "arrested",
    "released.",
    "not",
    "true;",
]
texts = st.lists(st.sampled_from(WORDS), max_size=40).flatmap(
    lambda words: st.lists(st.sampled_from((" ", "  ", "\n", "\t", " \n")), min_size=len(words)).map(
        lambda spaces: "".join(a + b for a, b in zip(words, spaces, strict=False))
    )
)


@given(texts)
def test_the_words_of_the_pieces_are_the_words_of_the_text(text):
    for one in (cut(text), cut_once(text)):
        of_text = [value for word in words_of(text) for value in piece(word)]
        assert [one.tokens, one.codes] == [of_text[::2], of_text[1::2]]
        assert list(one.written(range(len(one.tokens)))) == words_of(text)


@given(texts, st.integers(0, 200))
def test_a_beginning_has_as_many_words_however_it_is_counted(text, end):
    for one in (cut(text), cut_once(text)):
        assert one.how_many(text[:end]) == len(words_of(text[:end]))


@given(texts)
def test_rows_are_found_alike_in_a_text_that_was_cut_before(text):
    low = lower(text)
    assert vars(Scanned(low, "en", cut_once(text))) == vars(Scanned(low, "en"))


@given(st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=6), max_size=6))
def test_a_key_keeps_the_id_it_got_and_new_ones_follow(batches):
    postings, known = Postings(), list[str]()
    for batch in batches:
        ids, new = postings.intern(batch)
        assert new == list(dict.fromkeys(key for key in batch if key not in known))
        known += new
        assert ids.tolist() == [known.index(key) for key in batch]
    assert postings.keys() == known


@given(st.lists(st.integers(NOWHERE, 20), min_size=1, max_size=60))
def test_of_those_found_each_stands_once_and_nobody_never(numbers):
    assert sorted(Index()._distinct(np.array(numbers)).tolist()) == sorted({*numbers} - {NOWHERE})


@given(st.lists(st.sampled_from((0.0, 0.5, 1.0, 2.0)), max_size=40), st.randoms())
def test_the_likeliest_come_first_and_of_equal_ones_the_earlier(votes, draw):
    numbers = list(range(len(votes)))
    draw.shuffle(numbers)
    found = _highest(np.array(numbers, np.intp), np.array([votes[n] for n in numbers], np.float32))
    assert found.tolist() == sorted(numbers, key=lambda n: (-votes[n], n))[:CANDIDATES]


@given(st.lists(st.one_of(st.none(), st.integers(-90, 90)), max_size=30))
def test_accounts_of_the_same_weeks_are_counted_on_both_sides(days):
    on, index = date(2024, 3, 4), Index()
    for number, days_off in enumerate(days):
        told = tell(
            Account(f"a{number}", "Nothing.", "en", None if days_off is None else on + timedelta(days_off))
        )
        index.add(told, index.search(told))
    assert len(days) < NEWEST
    expected = sum(off is None or abs(off) <= WINDOW for off in days)
    assert index.lately(tell(Account("x", "Nothing.", "en", on))) == expected
