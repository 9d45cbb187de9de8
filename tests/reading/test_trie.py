"""Many words as one pattern: each is found whole, however many begin with other letters."""

import re

from nightdesk.reading.trie import MANY, one_of

FIRST = "[]^-\\abc" + "".join(map(chr, range(ord("가"), ord("가") + 100)))
WORDS = [f"{first}{rest}" for first in FIRST for rest in ("", "수", "수산", "도")]


def test_of_many_words_the_longest_is_found_at_its_place() -> None:
    assert len({word[0] for word in WORDS}) > 2 * MANY
    pattern = re.compile(one_of(WORDS))
    for word in WORDS:
        found = pattern.match(f"{word} 다음")
        assert found is not None and found[0] == word


def test_a_letter_that_begins_no_word_begins_none_of_many() -> None:
    assert re.search(one_of(WORDS), "라마바 xyz 𝄞") is None


def test_a_word_that_begins_with_a_space_is_found_among_many() -> None:
    assert re.fullmatch(one_of([*WORDS, " 도"]), " 도")
