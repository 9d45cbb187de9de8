"""What a text shares with another as words: rare-word tokens and shingles.

English by words; Korean and Chinese by pairs of syllables, which need no dictionary and cannot
split a word wrongly (a two-syllable Korean word is exactly one pair).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import log, sqrt

_HANGUL_HAN = re.compile(r"[가-힣]+|[㐀-鿿]+")
_WORD = re.compile(r"[a-z][a-z'’]+")
_SOLID = re.compile(r"[^\W_]+")
_STEM = 7  # letters: enough to tell words apart, few enough to join searched and searching
_COMMON = frozenset(
    [
        "the",
        "and",
        "was",
        "were",
        "with",
        "that",
        "this",
        "they",
        "them",
        "their",
        "there",
        "then",
        "from",
        "have",
        "has",
        "had",
        "for",
        "not",
        "but",
        "are",
        "his",
        "her",
        "him",
        "she",
        "who",
        "whom",
        "which",
        "into",
        "when",
        "where",
        "what",
        "been",
        "being",
        "would",
        "could",
        "should",
        "about",
        "after",
        "before",
        "over",
        "under",
        "than",
        "said",
        "says",
        "told",
        "also",
        "only",
        "more",
        "most",
        "some",
        "such",
        "very",
        "just",
        "will",
        "can",
        "may",
        "did",
        "does",
        "out",
        "our",
        "you",
        "your",
        "its",
    ]
)


def tokens(text: str, lang: str) -> tuple[str, ...]:
    """Distinct words (en) or syllable pairs (ko, zh) of `text` (lower case), sorted."""
    if lang == "en":
        return tuple(sorted({w[:_STEM] for w in _WORD.findall(text) if len(w) > 2 and w not in _COMMON}))
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


def rarity(known_in: int, accounts: int) -> float:
    """Weight of a token found in `known_in` of `accounts` texts: near 0 when it stands everywhere."""
    return log((accounts + 2) / (known_in + 1))


def cosine(
    one: tuple[str, ...], other: tuple[str, ...], counts: Mapping[str, int], accounts: int
) -> tuple[float, tuple[str, ...]]:
    """Likeness 0..1 by rare tokens, and the rarest shared ones (at most four) as evidence.

    Sums run in sorted order: floating point must not depend on how a set was hashed.
    """
    weight = {t: rarity(counts.get(t, 0), accounts) for t in {*one, *other}}
    shared = sorted(set(one) & set(other))
    top = sum(weight[t] ** 2 for t in shared)
    norms = sqrt(sum(weight[t] ** 2 for t in one) * sum(weight[t] ** 2 for t in other))
    rarest = tuple(sorted(shared, key=lambda t: (-weight[t], t))[:4])
    return (top / norms if norms else 0.0), rarest
