"""What was worked out of each word that was met, kept so that a text costs a look-up a word.

Belongs here: keeping within bounds, and forgetting. Does not belong here: what is worked out (written.py, lexicon.py).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")

MOST = 200_000  # words kept; then all of them are met anew
LONG = 40  # letters from which a word is hardly met again

_all: list[dict[str, Any]] = []  # every one there is, to be cleared


class Met(dict[str, T], Generic[T]):
    """`found[word]`, worked out by `work_out` once. Of long words nothing is kept."""

    def __init__(self, work_out: Callable[[str], T]) -> None:
        super().__init__()
        self._work_out = work_out
        _all.append(self)

    def __missing__(self, word: str) -> T:
        found = self._work_out(word)
        if len(word) < LONG:
            if len(self) >= MOST:
                self.clear()
            self[word] = found
        return found


def forget_words() -> None:
    """Words met so far are worked out anew: what of them was forgotten stands in no table any more."""
    for met in _all:
        met.clear()
