"""Which words, and which two words in a row, a newsroom has ever printed: counted, not kept.

A text becomes hashes of its words and of its pairs of neighbouring words; an archive adds them to tables of a fixed
size (10 MiB), so that what is held does not grow with the stories. Collisions make a new pair look known (one in
eighty at four million pairs), never a known one new. Belongs here: counting. Does not belong here: what a rare
pair means (rules.voice).
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

from nightdesk.disclosure.hidden import bare
from nightdesk.disclosure.overlap import stem

WORD = re.compile(r"[가-힣]+|[A-Za-z]+(?:['’][A-Za-z]+)*|\d+")
BETWEEN = re.compile(r"[\s·-]*")  # what may part two words of one phrase: any other mark ends it
HANGUL, LATIN = "ko", "en"  # the scripts whose words are told apart by spaces; Chinese has none
MANY = 20  # words of a script in a text that counts as a story in it
PAIRS = 1 << 26  # bits
WORDS = 1 << 20  # counters of eight bits, in each of two rows
FULL = 255
FILLED = 3  # of the filter at most this part, a third, or it knows too much: at 13 million pairs


@dataclass(frozen=True, slots=True)
class Word:
    """A word at its place; its particle is not compared."""

    start: int
    end: int
    form: str
    common: bool = (
        True  # neither a number nor, in Latin letters, a word with a capital: those are nobody's words
    )


@lru_cache(maxsize=4096)
def phrases_of(text: str) -> tuple[tuple[Word, ...], ...]:
    """The words of a text in order, in pieces that no punctuation parts."""
    pieces: list[list[Word]] = [[]]
    for match in WORD.finditer(text):
        last = pieces[-1][-1].end if pieces[-1] else match.start()
        if not BETWEEN.fullmatch(text, last, match.start()):
            pieces.append([])
        pieces[-1].append(
            Word(
                *match.span(),
                form(match.group()),
                not (match.group()[0].isdigit() or match.group()[0].isupper()),
            )
        )
    return tuple(tuple(piece) for piece in pieces if piece)


def form(word: str) -> str:
    """What is compared of a word."""
    return stem(word) if "가" <= word[0] <= "힣" else word.lower()


def script(word: str) -> str:
    """Which script a word is written in; '' for a number."""
    return HANGUL if "가" <= word[0] <= "힣" else "" if word[0].isdigit() else LATIN


def hashed(words: str) -> int:
    """32 bits for a word, or for two with a space between."""
    return crc32(words.encode())


@dataclass(frozen=True, slots=True)
class Wording:
    """A text as hashes, four bytes each, little-endian, sorted and each once; and the scripts it is a story in."""

    words: bytes = b""
    pairs: bytes = b""
    scripts: tuple[str, ...] = ()


def wording(text: str) -> Wording:
    """The words and pairs of a text."""
    pieces = phrases_of.__wrapped__(bare(text))
    forms = [word.form for piece in pieces for word in piece]
    pairs = (f"{one.form} {two.form}" for piece in pieces for one, two in pairwise(piece))
    seen = [script(one) for one in forms]
    return Wording(packed(forms), packed(pairs), tuple(s for s in (HANGUL, LATIN) if seen.count(s) >= MANY))


def packed(words: Iterable[str]) -> bytes:
    """Hashes as bytes."""
    found = sorted(set(map(hashed, words)))
    return struct.pack(f"<{len(found)}I", *found)


def unpacked(raw: bytes) -> Iterator[int]:
    """Bytes as hashes."""
    return (one for (one,) in struct.iter_unpack("<I", raw))


class Printed:
    """What a review asks about the words of everything released before; here nothing ever was."""

    @property
    def stories(self) -> Mapping[str, int]:
        """How many stories in each script were counted."""
        return {}

    @property
    def full(self) -> bool:
        """Whether more was released than can be told apart: nothing can be heard any more."""
        return False

    def ahead(self, words: Iterable[str], pairs: Iterable[tuple[str, str]]) -> None:
        """Everything one review will ask, before it asks: whoever keeps rows looks all of it up at once."""

    def knows(self, one: str, two: str) -> bool:
        """Whether some story has these two words in a row."""
        return False

    def count(self, word: str) -> int:
        """In how many stories the word stands, at most."""
        return 0


@dataclass(slots=True)
class Spoken(Printed):
    """The tables of an archive: a Bloom filter of pairs, a count-min sketch of the stories each word stands in."""

    stories: dict[str, int] = field(default_factory=dict)
    _pairs: bytearray = field(default_factory=bytearray)  # made when the first text comes
    _words: bytearray = field(default_factory=bytearray)
    _filled: int = 0  # bits of the filter

    @property
    def full(self) -> bool:
        """Whether more than one new pair in nine would look known: nothing can be heard any more."""
        return self._filled > PAIRS // FILLED

    def add(self, one: Wording) -> None:
        """One more text."""
        if not self._pairs:
            self._pairs, self._words = bytearray(PAIRS // 8), bytearray(2 * WORDS)
        for name in one.scripts:
            self.stories[name] = self.stories.get(name, 0) + 1
        for pair in unpacked(one.pairs):
            for bit in bits(pair):
                self._filled += not self._pairs[bit >> 3] >> (bit & 7) & 1
                self._pairs[bit >> 3] |= 1 << (bit & 7)
        for word in unpacked(one.words):
            for place in counters(word):
                if self._words[place] < FULL:
                    self._words[place] += 1

    def knows(self, one: str, two: str) -> bool:
        """Whether some text has these two words in a row."""
        pair = hashed(f"{one} {two}")
        return bool(self._pairs) and all(self._pairs[bit >> 3] >> (bit & 7) & 1 for bit in bits(pair))

    def count(self, word: str) -> int:
        """In how many texts the word stands, at most; from 255 on no longer counted."""
        return min(self._words[place] for place in counters(hashed(word))) if self._words else 0


def bits(pair: int) -> tuple[int, int]:
    """Two places of the filter."""
    return pair % PAIRS, (pair * 0x9E3779B1 >> 5) % PAIRS


def counters(word: int) -> tuple[int, int]:
    """One counter in each row."""
    return word % WORDS, WORDS + (word * 0x85EBCA6B >> 7) % WORDS
