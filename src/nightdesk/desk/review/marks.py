"""A paragraph cut into stretches, each with the finding its mark leads to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from nightdesk.desk.review.draft import Spot
from nightdesk.desk.review.standing import Judged

RANK = {"red": 3, "amber": 2, "note": 1}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words; `key` is the finding they belong to, '' for none. `current`: the one being looked at."""

    words: str
    key: str = ""
    severity: str = ""
    settled: bool = False
    current: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    """One spot of a draft as the screen shows it."""

    spot: Spot
    stretches: tuple[Stretch, ...]


def in_step(spots: dict[str, Sequence[Spot]], judged: Sequence[Judged], key: str) -> list[list[Marked]]:
    """Rows of the screen: the same place of the story in every edition, side by side."""
    columns = [[Marked(spot, marked(spot, judged, key)) for spot in row] for row in spots.values()]
    length = max((len(column) for column in columns), default=0)
    return [[column[at] for column in columns if at < len(column)] for at in range(length)]


def marked(spot: Spot, judged: Iterable[Judged], key: str) -> tuple[Stretch, ...]:
    """The words of a spot in stretches; where findings overlap the open and graver one shows."""
    here = [
        (span["start"], span["end"], one)
        for one in judged
        for span in one.finding.data["spans"]
        if (span["edition"], span["paragraph"]) == (spot.lang, spot.id)
    ]
    # The engine reads an address as words; readers see it with its hyphens.
    text = spot.text.replace(" ", "-") if spot.id == "address" else spot.text
    edges = sorted({0, len(spot.text), *(at for start, end, _ in here for at in (start, end))})
    found: list[Stretch] = []
    for start, end in pairwise(edges):
        stretch = _stretch(text[start:end], [one for a, b, one in here if a <= start and end <= b], key)
        if found and replace(found[-1], words="") == replace(stretch, words=""):
            stretch = replace(stretch, words=found.pop().words + stretch.words)
        found.append(stretch)
    return tuple(found)


def _stretch(words: str, over: Sequence[Judged], key: str) -> Stretch:
    if not over:
        return Stretch(words)
    current = [one for one in over if one.finding.key == key]
    top = current[0] if current else max(over, key=lambda one: (not one.settled, RANK[one.finding.severity]))
    return Stretch(words, top.finding.key, top.finding.severity, top.settled, bool(current))
