"""Words and the marks on them, cut into pieces that can be shown one after another.

Pure. Offsets count Unicode code points, as every offset in the project does. Belongs here: cutting,
sentences, and the one escaping that keeps a browser's offsets equal to ours. Does not belong here:
what a mark means.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from nightdesk.values import stops

# A sentence ends at its stop, with the quotation mark that closes it; or at the end of a line.
_STOP = re.compile(r"[.!?]+[\"”’」』)]*(?=\s|$)|[。！？]+[\"”’」』)]*|\n")


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch with a kind; `note` is what is said about it, `number` leads to the list beside."""

    start: int
    end: int
    kind: str
    note: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the text under the same marks all along, the innermost first."""

    start: int
    text: str
    marks: tuple[Mark, ...]

    @property
    def mark(self) -> Mark | None:
        """The mark that is shown: the innermost."""
        return self.marks[0] if self.marks else None

    @property
    def html(self) -> str:
        """The piece for a page. A bare carriage return would be lost by the browser and shift offsets."""
        return html.escape(self.text).replace("\r", "&#13;")


def segments(text: str, marks: Iterable[Mark], start: int = 0, end: int | None = None) -> list[Segment]:
    """`text[start:end]` as pieces that together are exactly those words, however marks nest or overlap."""
    end = len(text) if end is None else end
    shown = [mark for mark in marks if mark.start < mark.end and mark.start < end and start < mark.end]
    cuts = sorted({start, end} | {at for m in shown for at in (m.start, m.end) if start < at < end})
    return [Segment(left, text[left:right], _over(shown, left, right)) for left, right in pairwise(cuts)]


def _over(marks: Sequence[Mark], left: int, right: int) -> tuple[Mark, ...]:
    over = [mark for mark in marks if mark.start <= left and right <= mark.end]
    return tuple(sorted(over, key=lambda mark: (mark.end - mark.start, mark.start)))


def sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Bounds of each sentence of `text[start:end]`, without the spaces around it."""
    end = len(text) if end is None else end
    ends, short = (match.end() for match in _STOP.finditer(text, start, end)), stops.within(text)
    cuts = [start, *(at for at in ends if at not in short), end]
    found = (_trim(text, left, right) for left, right in pairwise(cuts))
    return [(left, right) for left, right in found if left < right]


def sentence_around(text: str, at: int, bounds: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The sentence that code point `at` lies in, else the whole text."""
    return next(((left, right) for left, right in bounds if left <= at < right), (0, len(text)))


def _trim(text: str, left: int, right: int) -> tuple[int, int]:
    while left < right and text[left].isspace():
        left += 1
    while left < right and text[right - 1].isspace():
        right -= 1
    return left, right
