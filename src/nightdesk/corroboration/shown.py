"""The words two texts share, as a person would read them.

Belongs here: from what was compared back to words of the text. Does not belong here: which are the rarest (index.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from nightdesk.corroboration.words import NAME, SYLLABLES
from nightdesk.corroboration.written import names, numbers, possessive, words_of
from nightdesk.corroboration.written import token as compared_as

MOST = 4  # words shown of what two texts share


class Shown:
    """The words of one text as a person would read them, for the tokens it shares with another."""

    def __init__(self, text: str, lang: str) -> None:
        self._text, self._lang = text, lang
        self._english = _English(text)

    def words(self, rarest: Iterable[str]) -> tuple[str, ...]:
        """The words in which shared tokens stand, rarest first; at most MOST.

        A pair of syllables that stands in no longer shared stretch (an ending, a particle) is no evidence to show.
        """
        if self._lang == "en":
            return _first(map(self._english.__getitem__, rarest))
        rarest = tuple(rarest)
        return _first(
            map(_Stretches(_stretches(self._text, frozenset(rarest), self._lang)).__getitem__, rarest)
        )


def _first(words: Iterable[str]) -> tuple[str, ...]:
    shown: dict[str, None] = {}
    for word in words:
        if len(word) > 1:
            shown.setdefault(word)
        if len(shown) == MOST:
            break
    return tuple(shown)


class _English(dict[str, str]):
    """Of each token the longest word of an English text it stands for, looked for when it is asked for; '' for none."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text, self._low = text, text.lower()
        if len(self._low) != len(text):
            self._low = ""  # places differ: every word is gone through

    def __missing__(self, token: str) -> str:
        name = token.removeprefix(NAME)
        if " " in name:
            found = {name}.intersection(self._names)
        else:
            compared = possessive if name != token else compared_as
            found = {possessive(low) for low in self._near(name) if compared(low) == name}
        best = self[token] = max(found, key=lambda word: (len(word), word), default="")
        return best

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(names(self._text))

    @cached_property
    def _numbers(self) -> list[str]:
        return numbers(self._text)

    def _near(self, part: str) -> Iterable[str]:
        """The words, in lower case, around `part`, which stands in whatever it stands for; in a number there may be commas between."""
        if part[:1].isdecimal():
            return self._numbers
        return map(str.lower, words_of(" ".join(self._pieces(part)) if self._low else self._text))

    def _pieces(self, part: str) -> Iterator[str]:
        """What stands between spaces and has `part` in it."""
        end = 0
        while (at := self._low.find(part, end)) >= 0:
            start, end = _piece(self._text, at)
            yield self._text[start:end]


def _piece(text: str, at: int) -> tuple[int, int]:
    """Where what stands between spaces around a place begins and ends."""
    start = end = at
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


def _keep_longer(best: dict[str, str], token: str, word: str) -> None:
    if (len(word), word) > (len(old := best.get(token, "")), old):
        best[token] = word


class _Stretches(dict[str, str]):
    def __missing__(self, token: str) -> str:
        return ""


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
