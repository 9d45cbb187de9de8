"""Where needles stand in a text, exactly, and the piece of it that is shown.

Pure. The index knows syllables by one, two and three; what is marked comes from the text itself. Offsets are code
points of the text as it is stored, whatever folding did to it. Does not belong here: HTML.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nightdesk.desk.search.terms import Needle, fold

BEFORE, SHOWN = 50, 220  # characters shown before the first match, and in all
_JAMO_INSIDE = re.compile("[\u1160-\u11ff]")  # vowels and finals that join the letter before
Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the shown text; `hit` when it is what was sought."""

    text: str
    hit: bool = False


def stretches(text: str, needles: Iterable[Needle]) -> list[Stretch]:
    """Every match, in order, those that touch or overlap as one."""
    folded, at = _folded(text)
    found = sorted(match.span() for needle in needles for match in needle.pattern.finditer(folded))
    merged: list[Stretch] = []
    for start, end in ((at[left][0], at[right - 1][1]) for left, right in found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _folded(text: str) -> tuple[str, Sequence[Stretch]]:
    """The folded text, and for each of its letters the stretch of `text` it comes from."""
    folded = fold(text)
    if unicodedata.is_normalized("NFC", text) and folded == "".join(map(_one, text)):
        return folded, [(at, at + 1) for at in range(len(folded))]
    parts = [(fold(text[start:end]), (start, end)) for start, end in _clusters(text)]
    return "".join(part for part, _ in parts), [stretch for part, stretch in parts for _ in part]


def _one(letter: str) -> str:
    """The letter folded, if it stays one; else something no fold yields."""
    folded = letter.casefold()
    return folded if len(folded) == 1 else "\n\n"


def _clusters(text: str) -> Iterable[Stretch]:
    """Letters with the marks and jamo that join them."""
    start = 0
    for at, letter in enumerate(text):
        if at and not unicodedata.combining(letter) and not _JAMO_INSIDE.match(letter):
            yield start, at
            start = at
    if text:
        yield start, len(text)


def excerpt(text: str, needles: Iterable[Needle]) -> list[Piece]:
    """The text around its first match, cut at spaces, as pieces; its beginning when there is none."""
    hits = stretches(text, needles)
    start = _cut_before(text, hits[0][0]) if hits else 0
    end = _cut_after(text, max(start + SHOWN, hits[0][1] if hits else 0))
    ahead, behind = "…" if start else "", "…" if end < len(text) else ""
    return [Piece(ahead), *pieces(text, hits, start, end), Piece(behind)]


def pieces(text: str, hits: Iterable[Stretch], start: int = 0, end: int | None = None) -> list[Piece]:
    """`text[start:end]` in pieces, hits apart."""
    end = len(text) if end is None else end
    made, at = [], start
    for left, right in hits:
        if left >= end:
            break
        made += [Piece(text[at:left]), Piece(text[left : min(right, end)], hit=True)]
        at = min(right, end)
    return [piece for piece in [*made, Piece(text[at:end])] if piece.text]


def _cut_before(text: str, at: int) -> int:
    """A place to begin some words before `at`."""
    start = max(0, at - BEFORE)
    space = text.find(" ", start, at) if start else -1
    return space + 1 if space >= 0 else start


def _cut_after(text: str, at: int) -> int:
    """A place to end at the last space before `at`, if one is near."""
    if at >= len(text):
        return len(text)
    space = text.rfind(" ", at - 30, at)
    return space if space >= 0 else at
