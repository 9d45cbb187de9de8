"""Many words as one regular expression that shares their beginnings: a list of names tried at once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

_END = ""


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
    branches = [re.escape(letter) + _group(below) for letter, below in sorted(node.items()) if letter != _END]
    if not branches:
        return ""
    together = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    return f"(?:{together})?" if _END in node else together
