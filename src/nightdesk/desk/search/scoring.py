"""How much a document is about a word: BM25, with a corpus nobody need count.

Pure. A member must not learn from the order of results how often others' sources say a word, so that
nothing here is counted over the whole desk: the mean length is a constant, and how rare a word is comes
from the documents that member may see. Belongs here: weights, and the levels by which the index knows
heavy documents. Does not belong here: cutting words (terms.py), asking the index (index.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log

from nightdesk.desk.search.terms import Needle, cut, fold

SATURATION, LENGTH_COUNTS = 1.2, 0.75  # BM25's k1 and b, as usual
MEAN_LENGTH = 450  # characters: a note of 120 Korean words
LEVELS = (1.35, 1.6)  # from these weights on a term also stands in the index as `term+`, `term++`
SEEN_AT_MOST = 500  # a word in more documents than this is simply common
CORPUS = 1_000_000


def weight(times: int, length: int) -> float:
    """BM25's share of one term: grows ever less with its count, and less in a long text."""
    full = SATURATION * (1 - LENGTH_COUNTS + LENGTH_COUNTS * length / MEAN_LENGTH)
    return times * (SATURATION + 1) / (times + full)


def leveled(fields: Sequence[str]) -> list[str]:
    """The terms of a document as the index keeps them, each once, with the levels it reaches."""
    folded = [fold(field) for field in fields]
    length = sum(map(len, folded))
    counts = Counter(term for field in folded for term in cut(field))
    reached = {times: _suffixes(weight(times, length)) for times in set(counts.values())}
    return [term + suffix for term, times in counts.items() for suffix in reached[times]]


def _suffixes(heavy: float) -> tuple[str, ...]:
    return ("", *("+" * at for at, least in enumerate(LEVELS, 1) if heavy >= least))


def rarity(documents: int) -> float:
    """BM25's idf of a needle that so many of the member's documents hold."""
    seen = min(documents, SEEN_AT_MOST)
    return log(1 + (CORPUS - seen + 0.5) / (seen + 0.5))


def score(fields: Sequence[str], sought: Sequence[tuple[Needle, float]]) -> float:
    """How much folded fields are about needles of a known rarity; 0 when one is missing."""
    length, total = sum(map(len, fields)), 0.0
    for needle, rare in sought:
        times = sum(len(needle.pattern.findall(field)) for field in fields)
        if not times:
            return 0.0
        total += rare * weight(times, length)
    return total
