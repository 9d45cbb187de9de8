"""Any two of three papers give the key back; one gives nothing; a slip of the hand is named."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shamir_mnemonic.wordlist import WORDLIST

from nightdesk.desk.backup import pages, shares
from nightdesk.desk.backup.shares import BadShare, join, read, split

KEY = bytes(range(32))


@given(st.binary(min_size=32, max_size=32), st.integers(2, 5), st.integers(0, 3), st.randoms())
@settings(max_examples=15, deadline=None)
def test_any_so_many_shares_give_the_key_back(key: bytes, need: int, more: int, chance) -> None:
    lines = split(key, need, need + more)
    assert join([read(line) for line in chance.sample(lines, need)]) == key


def test_too_few_shares_are_refused_with_a_number() -> None:
    with pytest.raises(BadShare, match="Here is 1 share, and 2 are needed"):
        join([read(split(KEY)[0])])


def test_the_same_share_twice_is_said() -> None:
    line = split(KEY)[0]
    with pytest.raises(BadShare, match="same share once more"):
        shares.alike([read(line), read(line)])


def test_shares_of_different_sets_are_said() -> None:
    with pytest.raises(BadShare, match="different sets"):
        join([read(split(KEY)[0]), read(split(KEY)[1])])


def test_a_word_that_is_not_in_the_list_is_named() -> None:
    words = split(KEY)[0].split()
    words[6] = "nightdesk"
    with pytest.raises(BadShare, match="Word 7, “nightdesk”, is not in the list"):
        read(" ".join(words))


def test_a_wrong_word_of_the_list_is_named() -> None:
    words = split(KEY)[0].split()
    wrong = next(word for word in WORDLIST if word not in words)
    words[11] = wrong
    with pytest.raises(BadShare, match=f"Word 12, “{wrong}”, is not what the paper says"):
        read(" ".join(words))


def test_two_words_that_changed_places_are_named() -> None:
    words = split(KEY)[0].split()
    place = next(n for n in range(4, 30) if words[n] != words[n + 1])
    words[place], words[place + 1] = words[place + 1], words[place]
    with pytest.raises(BadShare, match=f"Words {place + 1} and {place + 2} changed places"):
        read(" ".join(words))


def test_a_word_left_out_is_counted() -> None:
    with pytest.raises(BadShare, match="33 words; here are 32"):
        read(" ".join(split(KEY)[0].split()[1:]))


def test_four_letters_numbers_and_capitals_are_enough() -> None:
    lines = split(KEY)
    typed = " ".join(f"{n}. {word[:4].upper()}" for n, word in enumerate(lines[0].split(), 1))
    assert join([read(typed), read(lines[1])]) == KEY


def made() -> list[pages.Page]:
    names = {"en": "Tumen River Post", "ko": "두만강포스트"}
    return pages.pages(split(KEY), 2, names, date(2023, 12, 18), "a1b2c3d4e5f60718")


def test_a_printed_page_is_read_back_as_a_share() -> None:
    texts = [pages.text(page) for page in made()]
    assert join([read(shares.words_in(text)) for text in texts[1:]]) == KEY


def test_a_page_says_number_newsroom_day_and_fingerprint_in_both_languages() -> None:
    text = pages.text(made()[1])
    for words in ("2 of 3", "Tumen River Post", "두만강포스트", "2023-12-18", "a1b2 c3d4 e5f6 0718"):
        assert words in text


def test_the_html_pages_ask_for_nothing_from_a_network() -> None:
    page = pages.html(made())
    assert page.count("<article>") == 3
    assert "default-src 'none'" in page
    assert not [word for word in ("http://", "https://", "src=", "url(", "<link", "<script") if word in page]
