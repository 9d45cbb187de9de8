"""Characters a reader cannot see and a machine can: marks of a copy, or leftovers of one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

ZERO_WIDTH = re.compile("[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e"
                        "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e01ef]+")  # fmt: skip
ODD_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u0085\u2028\u2029]+")
DECOMPOSED = re.compile("(?:[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?)+|[A-Za-z][\u0300-\u036f]+")
# Cyrillic and Greek letters that look Latin, inside a word that is Latin.
WORD = re.compile("[A-Za-z\u0370-\u03ff\u0400-\u04ff]+")
FOREIGN = re.compile("[\u0370-\u03ff\u0400-\u04ff]")
LATIN = re.compile("[A-Za-z]")
LOOKALIKE = dict(zip("аеорсухіјѕԁһАВЕКМНОРСТХІЅοαιν", "aeopcyxijsdhABEKMHOPCTXISoaiv", strict=True))


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters that should not be there, and what to write in their place."""

    start: int
    end: int
    kind: str  # zero width, odd space, decomposed, mixed script
    instead: str


def marks(text: str) -> Iterator[Mark]:
    """Every hidden or disguised character of `text`, in order of kind."""
    for match in ZERO_WIDTH.finditer(text):
        yield Mark(match.start(), match.end(), "zero width", "")
    for match in ODD_SPACE.finditer(text):
        yield Mark(match.start(), match.end(), "odd space", " ")
    for match in DECOMPOSED.finditer(text):
        composed = unicodedata.normalize("NFC", match.group())
        if composed != match.group():
            yield Mark(match.start(), match.end(), "decomposed", composed)
    yield from mixed(text)


def bare(text: str) -> str:
    """What a reader sees of `text`, for comparing: composed, without the characters that take no room."""
    return unicodedata.normalize("NFC", ZERO_WIDTH.sub("", text))


def mixed(text: str) -> Iterator[Mark]:
    """Words that mix scripts: a letter of another alphabet in a Latin word marks a copy."""
    for match in WORD.finditer(text):
        word = match.group()
        if FOREIGN.search(word) and LATIN.search(word):
            plain = "".join(LOOKALIKE.get(letter, "") if FOREIGN.match(letter) else letter for letter in word)
            yield Mark(match.start(), match.end(), "mixed script", plain)
