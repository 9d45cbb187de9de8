"""The words of an English text as they are written, compared and shown.

Belongs here: cutting a text into words, and what one word is by itself. Does not belong here: what a text is compared
by as a whole (words.py).
"""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from typing import NamedTuple
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


class Word(NamedTuple):
    """One word: what it is compared as ('' when it says nothing), its hash, how it is written, and shown."""

    token: str
    code: int
    written: str
    shown: str


def cut(text: str) -> list[Word]:
    """The words of `text`. No word has a space in it, so that what stands between spaces is cut once and for all."""
    return list(chain.from_iterable(map(_between_spaces.__getitem__, text.split())))


def how_many(text: str) -> int:
    """How many words stand in `text`."""
    return len(_WORD.findall(text))


def numbers(text: str) -> list[str]:
    """Those words of `text` that are numbers, as they are written."""
    return _NUMBERS.findall(text)


def names(text: str, start: int = 0) -> list[str]:
    """What stands with a capital in the middle of a sentence, from `start` on; without a possessive s."""
    return [possessive(name) for name in _NAMED.findall(text, start)]


def _words(piece: str) -> tuple[Word, ...]:
    if piece.isascii() and piece.isalpha():
        return (_known[piece],)
    return tuple([_known[word] for word in _WORD.findall(piece)])


def _word(word: str) -> Word:
    low = word.lower()
    return Word(token(low), crc32(low.encode("utf-8", "surrogatepass")), word, possessive(low))


_known = Met(_word)
_between_spaces = Met(_words)


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
