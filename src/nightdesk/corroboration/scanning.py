"""The words of data/acts.toml and data/concepts.toml, looked for in a text.

Belongs here: finding them, each with its place. Does not belong here: what follows from one (parts.py, gather.py).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import accumulate
from operator import add
from typing import Any, NamedTuple

from nightdesk.corroboration.lexicon import section as entries
from nightdesk.corroboration.met import Met
from nightdesk.corroboration.written import Cut, Piece, piece

SECTIONS = (
    "acts", "parties", "agencies", "details", "habit", "spam", "follow_up", "hearsay", "informant", "denial", "again", "retired", "sums", "dates",
    "not_so", "concepts",
)  # fmt: skip
LONGEST = 100  # letters: no row is as long
_START = re.compile(r"[^\W_]+")

Row = tuple[str, str, str]  # word, section, entry


class Hit(NamedTuple):
    """A word of the table that stands in a text: [start, end) in code points."""

    start: int
    end: int
    section: str
    entry: str


BEGINNING = {"en": 4, "ko": 2, "zh": 2}  # letters by which rows are looked up: few rows share as many


@cache
def _by_beginning(lang: str, sections: tuple[str, ...]) -> Mapping[str, tuple[Row, ...]]:
    """Rows by the first letters of their word, longest word first: few rows share as many."""
    found: dict[str, list[Row]] = {}
    for section in sections:
        for entry, words in entries(section).items():
            for word in words.get(lang, ()):
                found.setdefault(word.lower()[: BEGINNING[lang]], []).append((word.lower(), section, entry))
    return {start: tuple(sorted(rows, key=lambda row: -len(row[0]))) for start, rows in found.items()}


@cache
def _in_pieces(sections: tuple[str, ...]) -> Met[tuple[tuple[int, Row], ...]]:
    """By what stands between two spaces, the English rows that may begin in it, with where."""
    return Met(partial(_in_piece, _by_beginning("en", sections)))


class _Led(tuple[Any, ...]):
    """A piece in which rows of the table may begin; one in which none does is a plain tuple."""

    rows: tuple[tuple[int, Row], ...]


@cache
def _led() -> Met[Piece]:
    """By what stands between two spaces, its words, and in a few the rows that may begin there: one look-up for both."""
    return Met(_led_piece)


def _led_piece(between: str) -> Piece:
    words, rows = piece(between), _in_piece(_by_beginning("en", SECTIONS), lower(between))
    if not rows:
        return words
    led = _Led(words)
    led.rows = rows
    return led


def cut_once(text: str) -> Cut:
    """An English text, cut for its words and for the rows of the table in it (`Scanned`) at once."""
    return Cut(text, _led(), " ")


def _in_piece(rows: Mapping[str, tuple[Row, ...]], piece: str) -> tuple[tuple[int, Row], ...]:
    """English words match from the start of a word. A row of several words goes on behind the piece."""
    found, ended = list[tuple[int, Row]](), f"{piece} "
    starts = (0,) if piece.isalpha() else [match.start() for match in _START.finditer(piece)]
    for start in starts:
        rest = ended[start : start + LONGEST]
        for row in _beginning_as(rest, rows):
            if rest.startswith(row[0]) or row[0].startswith(rest):
                found.append((start, row))
    return tuple(found)


def _beginning_as(rest: str, rows: Mapping[str, tuple[Row, ...]]) -> list[Row]:
    found = list[Row]()
    for start in rows if len(rest) < BEGINNING["en"] else ():  # a row of several words: "in a row"
        if len(start) > len(rest) and start.startswith(rest):
            found += rows[start]
    for length in range(min(BEGINNING["en"], len(rest)), 0, -1):
        found += rows.get(rest[:length], ())
    return found


@cache
def _in_pairs(lang: str, sections: tuple[str, ...]) -> Met[tuple[Row, ...]]:
    """By a letter and the next, the rows that may begin there: Korean and Chinese words match anywhere."""
    rows = _by_beginning(lang, sections)
    return Met(lambda pair: (*rows.get(pair, ()), *rows.get(pair[0], ())))


def scan(text: str, lang: str, sections: tuple[str, ...] = SECTIONS) -> list[Hit]:
    """Every word of the sections that stands in `text` (lower case), in order of place."""
    return _hits(text, _placed_en(text, sections) if lang == "en" else _placed(text, lang, sections))


def _hits(text: str, placed: Iterable[tuple[int, Row]]) -> list[Hit]:
    return [
        Hit(at, at + len(word), section, entry)
        for at, (word, section, entry) in placed
        if text.startswith(word, at)
    ]


def _placed_in(text: str, pieces: Sequence[Piece]) -> list[tuple[int, Row]]:
    led = [(place, each.rows) for place, each in enumerate(pieces) if isinstance(each, _Led)]
    starts = [0, *accumulate([len(between) + 1 for between in text.split(" ")])] if led else []
    return [(starts[place] + offset, row) for place, rows in led for offset, row in rows]


def _placed_en(text: str, sections: tuple[str, ...]) -> Iterator[tuple[int, Row]]:
    known, at = _in_pieces(sections), 0
    for between in text.split(" "):
        if rows := known[between]:
            yield from [(at + offset, row) for offset, row in rows]
        at += len(between) + 1


def _placed(text: str, lang: str, sections: tuple[str, ...]) -> Iterator[tuple[int, Row]]:
    known = _in_pairs(lang, sections)
    for at, pair in enumerate(map(add, text, text[1:] + "\n")):
        if rows := known[pair]:
            yield from [(at, row) for row in rows]


def lower(text: str) -> str:
    """`text` in lower case, every letter in its place."""
    low = text.lower()
    if len(low) == len(text):
        return low
    # A few letters grow when lowered; offsets must keep pointing right.
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def mentions(section: str, text: str, lang: str) -> dict[str, int]:
    """Entries of the section that stand in `text` (lower case), in table order, with where each first stands."""
    return _firsts(section, scan(text, lang, (section,)))


def _firsts(section: str, hits: Iterable[Hit]) -> dict[str, int]:
    first: dict[str, int] = {}
    for hit in hits:
        first.setdefault(hit.entry, hit.start)
    order = _order(section)
    return {entry: first[entry] for entry in sorted(first, key=order.__getitem__)}


@cache
def _order(section: str) -> Mapping[str, int]:
    return {entry: place for place, entry in enumerate(entries(section))}


class Scanned:
    """A text with the table's words in it, found once. `text` is lower case, offsets are the report's."""

    def __init__(self, text: str, lang: str, cut: Cut | None = None) -> None:
        """`cut`: an English text cut already (`cut_once`)."""
        self.text, self.lang = text, lang
        self._hits: dict[str, list[Hit]] = {}
        for hit in scan(text, lang) if cut is None else _hits(text, _placed_in(text, cut.pieces)):
            self._hits.setdefault(hit.section, []).append(hit)
        self._starts = {section: [hit.start for hit in hits] for section, hits in self._hits.items()}

    def hits(self, section: str) -> list[Hit]:
        """Every word of the section, in order of place."""
        return self._hits.get(section, [])

    def first(self, section: str) -> dict[str, int]:
        """Entries of the section with where each first stands, in table order."""
        return _firsts(section, self.hits(section))

    def says(self, section: str) -> bool:
        """Whether any word of the section stands in the text."""
        return section in self._hits

    def within(self, section: str, start: int, end: int, first: bool = True) -> dict[str, int]:
        """Entries whose words lie wholly in [start, end), with the start of the first, or the end of the last."""
        found: dict[str, int] = {}
        starts = self._starts.get(section, [])
        for hit in self.hits(section)[bisect_left(starts, start) : bisect_left(starts, end)]:
            if hit.end <= end:
                if first:
                    found.setdefault(hit.entry, hit.start)
                else:
                    found[hit.entry] = hit.end
        return found
