"""What a text shares with another as words: rare-word tokens and shingles.

English by words; Korean and Chinese by pairs of syllables, which need no dictionary and cannot
split a word wrongly (a two-syllable Korean word is exactly one pair).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import product, takewhile
from math import log, sqrt

from nightdesk.corroboration.lexicon import table

_HANGUL_HAN = re.compile(r"[가-힣]+|[㐀-鿿]+")
_WORD = re.compile(r"[a-z][a-z'’]+")
_SOLID = re.compile(r"[^\W_]+")
_STEM = 7  # letters: enough to tell words apart, few enough to join searched and searching


@cache
def _common() -> frozenset[str]:
    return frozenset(table()["common"]["en"])


def tokens(text: str, lang: str) -> tuple[str, ...]:
    """Distinct words (en) or syllable pairs (ko, zh) of `text` (lower case), sorted."""
    if lang == "en":
        return tuple(sorted({w[:_STEM] for w in _WORD.findall(text) if len(w) > 2 and w not in _common()}))
    pairs = (run[i : i + 2] for run in _HANGUL_HAN.findall(text) for i in range(len(run) - 1))
    return tuple(sorted(set(pairs)))


def shingles(text: str, lang: str) -> frozenset[str]:
    """Runs of three words (en) or five characters without spaces (ko, zh): what copying leaves."""
    if lang == "en":
        words = _SOLID.findall(text)
        return frozenset(" ".join(words[i : i + 3]) for i in range(len(words) - 2))
    solid = "".join(_SOLID.findall(text))
    return frozenset(solid[i : i + 5] for i in range(len(solid) - 4))


def contained(one: frozenset[str], other: frozenset[str]) -> float:
    """0..1: the share of the smaller set that stands in the larger; 0 when either is empty."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


class Rarity:
    """Weights of tokens at one moment: near 0 for what stands in every text. Remembers what it worked out."""

    def __init__(self, counts: Mapping[str, int], accounts: int) -> None:
        self._counts, self._accounts = counts, accounts
        self._known: dict[str, float] = {}

    def weight(self, token: str) -> float:
        """log of how many accounts there are for each one that has the token."""
        if token not in self._known:
            self._known[token] = log((self._accounts + 2) / (self._counts.get(token, 0) + 1))
        return self._known[token]

    def square(self, tokens: Iterable[str]) -> float:
        """Sum of the squared weights, in the order given."""
        return sum(self.weight(t) ** 2 for t in tokens)


def cosine(one: tuple[str, ...], other: tuple[str, ...], rarity: Rarity) -> tuple[float, tuple[str, ...]]:
    """Likeness 0..1 by rare tokens, and the shared ones, rarest first.

    Sums run in sorted order: floating point must not depend on how a set was hashed.
    """
    shared = sorted(set(one) & set(other))
    norms = sqrt(rarity.square(one) * rarity.square(other))
    rarest = tuple(sorted(shared, key=lambda t: (-rarity.weight(t), t)))
    return (rarity.square(shared) / norms if norms else 0.0), rarest


def spoken(rarest: Iterable[str], one: str, other: str, lang: str, most: int = 4) -> tuple[str, ...]:
    """The words both texts say the tokens in, as a person would read them; each once, at most `most`.

    A pair of syllables that stands in no common word (an ending, a particle) is no evidence to show.
    """
    ones, others = _runs(one, lang), _runs(other, lang)
    said: dict[str, None] = {}
    for token in rarest:
        pairs = product((w for w in ones if token in w), (w for w in others if token in w))
        best = max((_common_word(*pair, token, lang) for pair in pairs), key=len, default="")
        if best:
            said.setdefault(best)
        if len(said) == most:
            break
    return tuple(said)


def _runs(text: str, lang: str) -> list[str]:
    """Distinct words of a text; of Chinese, which writes none apart, what stands between other signs."""
    return sorted(set((_WORD if lang == "en" else _HANGUL_HAN).findall(text)))


def _common_word(one: str, other: str, token: str, lang: str) -> str:
    """The part of two words that is the same around `token`; '' where it begins no word of both."""
    if lang == "en":
        return one if one[:_STEM] == other[:_STEM] == token else ""
    if lang == "zh":
        return _stretch(one, other, token)
    shared = _same_start(one, other)  # what differs at the end are particles: 보위부가, 보위부는
    return shared if token in shared else ""


def _stretch(one: str, other: str, token: str) -> str:
    at, there = one.index(token), other.index(token)
    before = len(_same_start(one[:at][::-1], other[:there][::-1]))
    return one[at - before : at] + _same_start(one[at:], other[there:])


def _same_start(one: str, other: str) -> str:
    return "".join(a for a, _b in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
