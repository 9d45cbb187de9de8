"""What a text shares with another as words: rare-word tokens, names, and shingles.

English by words, with the names among them and pairs of names; Korean and Chinese by pairs of
syllables, which need no dictionary and cannot split a word wrongly (a two-syllable Korean word is
exactly one pair).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from nightdesk.corroboration.lexicon import table
from nightdesk.corroboration.written import Cut, cut, digits, names, token

MIX = np.uint32(0x9E3779B1)  # odd, and its bits far from any pattern (Knuth: multiplicative hashing)
SKETCH = 96  # shingles kept of a text: all of a note's, a fair sample of a long report's
NAME = "^"  # before a token that a text writes as a name: "^smith" is not "smith"
CONCEPT = "#"  # before a thing that is called differently in every language: data/concepts.toml

SYLLABLES = re.compile(r"[가-힣]+|[㐀-鿿]+")
_NUMBER = re.compile(r"\d+(?:,\d{3})*")
_SOLID = re.compile(r"[^\W_]+")
LEAD = 600  # characters in which a report says what it is about: its words there count twice
HEADED = 300  # characters of a text whose headline counts once more
TITLE = 200  # characters of a headline at most: a first line alone; its words count once more
_DATELINE = re.compile(r"[A-Z][A-Z .'’-]{2,}(?=,| \(| [–—-])")  # BALLINA, Co Mayo (RTÉ) —


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of one text, in the order they first stand in it, with how often each does, 255 for all that is more."""

    tokens: Sequence[str] = ()
    times: bytes = b""

    def __len__(self) -> int:
        return len(self.tokens)


@cache
def _generic() -> frozenset[str]:
    """Words with a capital that name nothing by themselves (Street, Monday), in lower case."""
    return frozenset(table()["capitals"]["en"]) | frozenset(table()["capitals"]["dates"])


def analyse(
    text: str, lang: str, also: Iterable[str] = (), done: Cut | None = None
) -> tuple[Words, tuple[int, ...]]:
    """What a text is compared by as words, with `also` among them, and its shingles. `done`: English, cut already."""
    if lang == "en":
        written = done or cut(text)
        counted = _english(text, written)
        sketch = _sketch(np.fromiter(written.codes, np.uint32, len(written.codes)), 3)
    else:
        counted = _syllables(text)
        solid = "".join(_SOLID.findall(text.lower()))
        sketch = _sketch(np.frombuffer(solid.encode("utf-32-le", "surrogatepass"), "<u4"), 5)
    for sign in also:
        counted[sign] = max(1, counted[sign])
    return Words(tuple(counted), _times(counted.values())), sketch


def _times(counts: Collection[int]) -> bytes:
    return bytes(counts if max(counts, default=0) < 256 else [min(often, 255) for often in counts])


def words(text: str, lang: str, also: Iterable[str] = ()) -> Words:
    """Words and names (en) or syllable pairs (ko, zh) of `text` as written, numbers in digits, and `also`."""
    return analyse(text, lang, also)[0]


def shingles(text: str, lang: str) -> tuple[int, ...]:
    """A sketch of what copying leaves: the SKETCH least hashes of runs of three words (en) or five characters.

    Bottom-k sampling (Cohen and Kaplan 2007): texts of fewer runs are kept whole. Sorted.
    """
    return analyse(text, lang)[1]


def _english(text: str, written: Cut) -> Counter[str]:
    title = _title(text)
    named = names(text, len(title) if _is_capital(title) else 0)
    parts = _parts(text, title, named)
    tokens = _with_names(written, parts) if parts else written.tokens
    counted = Counter(tokens)
    if len(text) > LEAD:
        counted.update(set(tokens[: written.how_many(text[:LEAD])]))
    if len(text) > HEADED:
        counted.update(set(tokens[: written.how_many(title)]))
    counted.update(NAME + name for name in named if " " in name and parts.intersection(name.split()))
    del counted[""]
    return counted


def _with_names(written: Cut, parts: set[str]) -> list[str]:
    """The tokens, those of words by which names are known as names."""
    tokens = written.tokens.copy()
    alike = {token(part.lower()) for part in parts}
    places = [place for place, each in enumerate(tokens) if each in alike]
    for place, word in zip(places, written.written(places), strict=True):
        if word in parts:
            tokens[place] = NAME + word.lower()
    return tokens


def _parts(text: str, title: str, named: Sequence[str]) -> set[str]:
    """Words by which names are known, wherever they stand in the text."""
    generic = _generic()
    parts = {part for name in named for part in name.split() if part.lower() not in generic}
    if dateline := _DATELINE.match(text, len(title) and len(title) + 1):
        parts.update(dateline[0].split())
    return parts


def _title(text: str) -> str:
    """The headline: a first line of its own, '' where the text begins at once."""
    head, line, _ = text.partition("\n")
    return head if line and len(head) <= TITLE else ""


def _is_capital(title: str) -> bool:
    """Whether a headline writes every word of weight with a capital: then it shows no names."""
    heavy = [word for word in title.split() if len(word) > 3 and word[0].isalpha()]
    return len(heavy) > 2 and sum(word[0].isupper() for word in heavy) >= 0.8 * len(heavy)


def _sketch(parts: NDArray[np.uint32], length: int) -> tuple[int, ...]:
    if len(parts) < length:
        return ()
    runs = np.zeros(len(parts) - length + 1, np.uint32)
    for i in range(length):
        runs = (runs ^ parts[i : len(runs) + i]) * MIX
    runs ^= runs >> np.uint32(15)
    runs *= MIX
    runs.sort()
    first = np.empty(len(runs), np.bool_)
    first[0] = True
    np.not_equal(runs[1:], runs[:-1], out=first[1:])
    return tuple(runs[first][:SKETCH].tolist())


def _syllables(text: str) -> Counter[str]:
    counted = Counter(run[i : i + 2] for run in SYLLABLES.findall(text) for i in range(len(run) - 1))
    counted.update(map(digits, _NUMBER.findall(text)))
    return counted


def contained(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """0..1: the share of the smaller sketch that stands in the larger; 0 when either is empty.

    Of two sampled texts only the hashes both samples reach are compared.
    """
    if len(one) == SKETCH or len(other) == SKETCH:
        reach = min(_reach(one), _reach(other))
        one, other = one[: bisect_right(one, reach)], other[: bisect_right(other, reach)]
    smaller = min(len(one), len(other))
    return len(set(one).intersection(other)) / smaller if smaller else 0.0


def _reach(sketch: tuple[int, ...]) -> int:
    return sketch[-1] if len(sketch) == SKETCH else 1 << 32
