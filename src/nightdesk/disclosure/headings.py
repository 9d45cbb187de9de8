"""Lines in capitals at the head of an English judgment: the court, the parties, where they sat.

Belongs here: words all in capitals. Does not belong here: names in a sentence (capitals).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from nightdesk.disclosure.capitals import UPPER, ordinary, words_of
from nightdesk.disclosure.model import FindingClass

# At least four letters in capitals, and more words of them beside.
LINE = re.compile(rf"(?<!\w)[{UPPER}][{UPPER}'’.&-]+(?:,? \(?[{UPPER}&][{UPPER}'’.&-]*\)?)*")
WORD = re.compile(rf"[{UPPER}'’-]{{2,}}")
LEAST = 4


@cache
def institutions() -> frozenset[str]:
    """Endings of organisations, in capitals."""
    return frozenset(word.upper() for word in words_of("organisations"))


def headings(text: str) -> Iterator[tuple[int, int, FindingClass]]:
    """Every run of capitals that names something: all of it where an institution stands in it."""
    for match in LINE.finditer(text):
        words = WORD.findall(match[0])
        names = [word for word in words if len(word) >= LEAST and word.lower() not in ordinary()]
        if not names:
            continue
        if institutions().intersection(words):
            yield match.start(), match.end(), "unit or rank"
            continue
        for word in WORD.finditer(text, match.start(), match.end()):
            if word[0] in names:
                yield word.start(), word.end(), "small group"
