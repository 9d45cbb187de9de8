"""Which of the house's words stand in a text, and how the house says them in the other language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol


class Word(Protocol):
    """A row of the glossary."""

    pk: int
    ko: str
    en: str
    note: str


@dataclass(frozen=True, slots=True)
class Found:
    """A term at code points [start, end) of a text."""

    term: Word
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a text: a term, or what stands between."""

    words: str
    term: Word | None


def find(text: str, terms: Iterable[Word], lang: str) -> list[Found]:
    """The terms in `text`, in order. The longer of two that overlap wins.

    Korean takes particles after a word, so a Korean term may stand inside one; an English term only
    at a word's start, with its plural.
    """
    found: list[Found] = []
    for term in sorted(terms, key=lambda term: -len(_said(term, lang))):
        for match in _pattern(_said(term, lang), lang).finditer(text):
            if all(match.end() <= other.start or other.end <= match.start() for other in found):
                found.append(Found(term, match.start(), match.end()))
    return sorted(found, key=lambda one: one.start)


def _said(term: Word, lang: str) -> str:
    return term.ko if lang == "ko" else term.en


def _pattern(word: str, lang: str) -> re.Pattern[str]:
    if lang == "ko":
        return re.compile(re.escape(word))
    return re.compile(rf"\b{re.escape(word)}(?:s|es)?\b", re.IGNORECASE)


def marked(text: str, found: Iterable[Found]) -> Iterator[Stretch]:
    """`text` cut at its terms; the stretches joined are the text."""
    at = 0
    for one in found:
        if one.start > at:
            yield Stretch(text[at : one.start], None)
        yield Stretch(text[one.start : one.end], one.term)
        at = one.end
    if at < len(text):
        yield Stretch(text[at:], None)
