"""The words two texts share, as a person would read them.

Belongs here: from what was compared back to words of the text. Does not belong here: which are the rarest (index.py).
"""

from __future__ import annotations

from collections.abc import Sequence

from nightdesk.corroboration.words import NAME, SYLLABLES
from nightdesk.corroboration.written import cut, names


class Shown:
    """The words of one text as a person would read them, for the tokens it shares with another."""

    def __init__(self, text: str, lang: str) -> None:
        self._text, self._lang = text, lang
        self._english: dict[str, str] | None = None

    def words(self, rarest: Sequence[str], most: int = 4) -> tuple[str, ...]:
        """The words in which shared tokens stand, rarest first; at most `most`.

        A pair of syllables that stands in no longer shared stretch (an ending, a particle) is no evidence to show.
        """
        if self._lang == "en":
            best = self._english = self._english or _said(self._text)
        else:
            best = _stretches(self._text, frozenset(rarest), self._lang)
        shown: dict[str, None] = {}
        for token in rarest:
            if len(word := best.get(token, "")) > 1:
                shown.setdefault(word)
            if len(shown) == most:
                break
        return tuple(shown)


def _keep_longer(best: dict[str, str], token: str, word: str) -> None:
    if (len(word), word) > (len(old := best.get(token, "")), old):
        best[token] = word


def _said(text: str) -> dict[str, str]:
    """Of each token the longest word it stands for."""
    best: dict[str, str] = {}
    for word in set(cut(text).words):
        _keep_longer(best, word.token, word.shown)
        best[NAME + word.shown] = word.shown
    best.update((NAME + name, name) for name in names(text))
    return best


def _stretches(text: str, shared: frozenset[str], lang: str) -> dict[str, str]:
    """Of each shared pair the longest stretch of the text in which every pair is shared.

    In Korean only those that begin a word: what is shared further on is an ending.
    """
    best: dict[str, str] = {}
    for run in SYLLABLES.findall(text):
        start = None
        for i in range(len(run)):
            inside = i < len(run) - 1 and run[i : i + 2] in shared
            if inside and start is None:
                start = i
            elif not inside and start is not None:
                for j in range(start, i) if lang != "ko" or start == 0 else ():
                    _keep_longer(best, run[j : j + 2], run[start : i + 1])
                start = None
    return best
