"""The words of an English text as they are written, compared and shown.

Belongs here: cutting a text into words, and what one word is by itself. Does not belong here: what a text is compared
by as a whole (words.py).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import accumulate, chain
from typing import Any
from zlib import crc32

from nightdesk.corroboration.lexicon import table
from nightdesk.corroboration.met import Met

_NUMBER = r"\d+(?:[.,:]\d+)*"
_WORD = re.compile(rf"[A-Za-zÀ-ɏ]+(?:['’][A-Za-z]+)?|{_NUMBER}")
_NUMBERS = re.compile(_NUMBER)
# A capital in the middle of a sentence. The capital comes first, so that the search goes from one to the next.
_NAMED = re.compile(r"[A-Z](?<=[a-z,;] [A-Z])[\w'’-]+(?: [A-Z][\w'’-]+)*")
_STEM = 8  # letters: enough to tell words apart
_ENDINGS = (
    "ingly",
    "edly",
    "ings",
    "ing",
    "ies",
    "ied",
    "ed",
    "es",
    "ly",
    "s",
)  # searched, searching: search
_LEAST = 3  # letters that must be left


# The words of what stands between two spaces, in turn what each is compared as ('' when it says nothing) and its hash:
# flat and no more, for every object that is touched is felt where there are many words.
Piece = tuple[Any, ...]


class Cut:
    """The words of a text, in order: what each is compared as, and its hash."""

    def __init__(self, text: str, known: Mapping[str, Piece], space: str | None = None) -> None:
        """`known`: the words of what stands between two of `space`; None is any white space."""
        self._space, self._between = space, text.split(space)
        self.pieces = list(map(known.__getitem__, self._between))
        flat = list(chain.from_iterable(self.pieces))
        self.tokens: list[str] = flat[::2]
        self.codes: list[int] = flat[1::2]

    def how_many(self, beginning: str) -> int:
        """How many words stand in the beginning of the text; it may end amid one."""
        *whole, last = beginning.split(self._space) or ("",)
        return sum(map(len, self.pieces[: len(whole)])) // 2 + len(_WORD.findall(last))

    def written(self, places: Iterable[int]) -> Iterator[str]:
        """The words at some places, as they are written."""
        ends = list(accumulate(map(len, self.pieces)))
        for place in places:
            at = bisect_right(ends, 2 * place)
            yield _WORD.findall(self._between[at])[place - (ends[at] - len(self.pieces[at])) // 2]


def cut(text: str) -> Cut:
    """The words of `text`. No word has a space in it, so that what stands between spaces is cut once and for all."""
    return Cut(text, _pieces)


def words_of(text: str) -> list[str]:
    """The words of `text` as they are written."""
    return _WORD.findall(text)


def numbers(text: str) -> list[str]:
    """Those words of `text` that are numbers, as they are written."""
    return _NUMBERS.findall(text)


def names(text: str, start: int = 0) -> list[str]:
    """What stands with a capital in the middle of a sentence, from `start` on; without a possessive s."""
    return [possessive(name) for name in _NAMED.findall(text, start)]


def piece(between: str) -> Piece:
    """The words of what stands between two spaces."""
    if between.isascii() and between.isalpha():
        return _word(between)
    return tuple(chain.from_iterable(map(_word, _WORD.findall(between))))


def _word(word: str) -> tuple[str, int]:
    low = word.lower()
    return token(low), crc32(low.encode("utf-8", "surrogatepass"))


_pieces = Met(piece)


def token(low: str) -> str:
    """What a word in lower case is compared as; '' for one too common or too short to say anything."""
    if low[0].isdecimal():
        return digits(low)
    return "" if low in _common() or len(low) <= 2 else _stem(possessive(low))


@cache
def _common() -> frozenset[str]:
    return frozenset(table()["common"]["en"]) | frozenset(table()["capitals"]["dates"])


def _stem(word: str) -> str:
    if not word.endswith(_ENDINGS):
        return word[:_STEM]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST:
            return word[: -len(ending)][:_STEM]
    return word[:_STEM]


def possessive(word: str) -> str:
    """`word` without a possessive s."""
    return word[:-2] if word[-2:] in ("'s", "’s") else word


def digits(number: str) -> str:
    """A number as every language writes it: 20,000 is 20000."""
    return number.replace(",", "")
