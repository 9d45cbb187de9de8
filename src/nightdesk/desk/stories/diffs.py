"""What changed between two texts, by words: an eojeol in Korean, a word in English, a sign in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

WORDS = re.compile(r"\S+\s*|\s+")
SIGNS = re.compile(r"[A-Za-z0-9.,]+|\s+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of one text or both: kept, put in, or taken out."""

    kind: Literal["same", "in", "out"]
    words: str


def diff(old: str, new: str, lang: str) -> list[Change]:
    """How `old` became `new`; what was taken out precedes what was put in.

    Spaces after a word are no change of the word; what is kept is written as in `new`, so "same" and
    "in" joined are `new` exactly.
    """
    split = SIGNS if lang == "zh" else WORDS
    before, after = split.findall(old), split.findall(new)
    matcher = SequenceMatcher(None, [w.rstrip() for w in before], [w.rstrip() for w in after], autojunk=False)
    return [
        change
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        for change in _changes(tag, "".join(before[i1:i2]), "".join(after[j1:j2]))
    ]


def _changes(tag: str, out: str, put: str) -> Iterator[Change]:
    if tag == "equal":
        yield Change("same", put)
        return
    if out:
        yield Change("out", out)
    if put:
        yield Change("in", put)
