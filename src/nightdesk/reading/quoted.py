"""Quotations: what stands between quotation marks, and marks that never close."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nightdesk.reading.find import Find

PAIRS = (("“", "”"), ("‘", "’"), ("「", "」"), ("『", "』"), ("《", "》"), ("«", "»"))
LONGEST = 2000  # a quotation longer than this is a mark left open
_QUOTED = re.compile(
    "|".join(f"{a}[^{a}{b}\\n]{{1,{LONGEST}}}{b}" for a, b in PAIRS) + f'|"[^"\\n]{{1,{LONGEST}}}"'
)
_OPEN = re.compile("[" + "".join(a for a, _ in PAIRS if a != "‘") + '"]')


def finds(text: str) -> Iterator[Find]:
    """Each quotation with its words; a mark that never closes as unread."""
    covered = 0
    for found in _QUOTED.finditer(text):
        yield from _left_open(text, covered, found.start())
        covered = found.end()
        yield Find(found.start(), found.end(), "quotation", {"words": found[0][1:-1]}, inside=True)
    yield from _left_open(text, covered, len(text))


def _left_open(text: str, start: int, end: int) -> Iterator[Find]:
    for mark in _OPEN.finditer(text, start, end):
        yield Find(mark.start(), mark.end(), None, {}, "a quotation that does not end")
