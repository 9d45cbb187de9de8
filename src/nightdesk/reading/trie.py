"""Many words as one regular expression that shares their beginnings: a list of names tried at once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import isqrt
from typing import Any

_END = ""
MANY = 40  # so few branches are sooner tried than looked at


def one_of(words: Iterable[str]) -> str:
    """A group that matches any of the words, the longest where one begins another."""
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for letter in word:
            node = node.setdefault(letter, {})
        node[_END] = {}
    return _group(root)


def _group(node: dict[str, Any]) -> str:
    branches = [
        (letter, re.escape(letter) + _group(below))
        for letter, below in sorted(node.items())
        if letter != _END
    ]
    if not branches:
        return ""
    together = _together(branches)
    return f"(?:{together})?" if _END in node else together


def _together(branches: list[tuple[str, str]]) -> str:
    """Many branches in lots, each behind one look at the letter: the engine tries one after the other."""
    if len(branches) == 1:
        return branches[0][1]
    # What stands for a space may be none (units.py): no letter tells of it.
    if len(branches) <= MANY or branches[0][0] == " ":
        return f"(?:{'|'.join(branch for _, branch in branches)})"
    size = max(MANY, isqrt(len(branches)))
    lots = [branches[at : at + size] for at in range(0, len(branches), size)]
    return f"(?:{'|'.join(_looked_at(lot) for lot in lots)})"


def _looked_at(lot: list[tuple[str, str]]) -> str:
    letters = "".join(re.escape(letter) for letter, _ in lot)
    return f"(?=[{letters}]){_together(lot)}"
