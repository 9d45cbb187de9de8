"""What a text shares with another as words: rare-word tokens, names, and shingles.

English by words, with the names among them and pairs of names; Korean and Chinese by pairs of
syllables, which need no dictionary and cannot split a word wrongly (a two-syllable Korean word is
exactly one pair).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from nightdesk.corroboration.lexicon import table

MIX = np.uint32(0x9E3779B1)  # odd, and its bits far from any pattern (Knuth: multiplicative hashing)
SKETCH = 96  # shingles kept of a text: all of a note's, a fair sample of a long report's
NAME = "^"  # before a token that a text writes as a name: "^smith" is not "smith"
CONCEPT = "#"  # before a thing that is called differently in every language: data/concepts.toml

_HANGUL_HAN = re.compile(r"[가-힣]+|[㐀-鿿]+")
_WORD = re.compile(r"[A-Za-zÀ-ɏ]+(?:['’][A-Za-z]+)?|\d+(?:[.,:]\d+)*")
_NAMED = re.compile(r"(?<=[a-z,;] )[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*")
_NUMBER = re.compile(r"\d+(?:,\d{3})*")
_SOLID = re.compile(r"[^\W_]+")
_STEM = 8  # letters: enough to tell words apart
_ENDINGS = (
    "ingly",
    "edly",
    "ings",
    "ing",
    "ies",
    "ied",
    "ed",
    "es",
    "ly",
    "s",
)  # searched, searching: search
_LEAST = 3  # letters that must be left
LEAD = 300  # characters in which a report says what it is about: its words there count twice
TITLE = 200  # characters of a headline at most: a first line alone; its words count once more
_DATELINE = re.compile(r"[A-Z][A-Z .'’-]{2,}(?=,| \(| [–—-])")  # BALLINA, Co Mayo (RTÉ) —


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of one text, in the order they first stand in it, with how often each does."""

    tokens: tuple[str, ...] = ()
    times: tuple[int, ...] = ()

    def __len__(self) -> int:
        return len(self.tokens)


@cache
def _common() -> frozenset[str]:
    return frozenset(table()["common"]["en"]) | frozenset(table()["capitals"]["dates"])


@cache
def _generic() -> frozenset[str]:
    """Words with a capital that name nothing by themselves (Street, Monday), in lower case."""
    return frozenset(table()["capitals"]["en"]) | frozenset(table()["capitals"]["dates"])


def analyse(text: str, lang: str, also: Iterable[str] = ()) -> tuple[Words, tuple[int, ...]]:
    """What a text is compared by as words, with `also` among them, and its shingles."""
    if lang == "en":
        written = _WORD.findall(text)
        known = [_known(word) for word in written]
        counted = _english(text, written, [token for token, _ in known])
        sketch = _sketch(np.array([code for _, code in known], np.uint32), 3)
    else:
        counted = _syllables(text)
        solid = "".join(_SOLID.findall(text.lower()))
        sketch = _sketch(np.frombuffer(solid.encode("utf-32-le", "surrogatepass"), "<u4"), 5)
    for token in also:
        counted[token] = max(1, counted[token])
    return Words(tuple(counted), tuple(counted.values())), sketch


def words(text: str, lang: str, also: Iterable[str] = ()) -> Words:
    """Words and names (en) or syllable pairs (ko, zh) of `text` as written, numbers in digits, and `also`."""
    return analyse(text, lang, also)[0]


def shingles(text: str, lang: str) -> tuple[int, ...]:
    """A sketch of what copying leaves: the SKETCH least hashes of runs of three words (en) or five characters.

    Bottom-k sampling (Cohen and Kaplan 2007): texts of fewer runs are kept whole. Sorted.
    """
    return analyse(text, lang)[1]


def _english(text: str, written: Sequence[str], tokens: Sequence[str]) -> Counter[str]:
    title = _title(text)
    named = [_possessive(name) for name in _NAMED.findall(text, len(title) if _is_capital(title) else 0)]
    generic = _generic()
    parts = {part for name in named for part in name.split() if part.lower() not in generic}
    if dateline := _DATELINE.match(text, len(title) and len(title) + 1):
        parts.update(dateline[0].split())
    if parts:
        tokens = [NAME + w.lower() if w in parts else t for w, t in zip(written, tokens, strict=True)]
    counted = Counter(tokens)
    if len(text) > LEAD:
        counted.update(set(tokens[: len(_WORD.findall(text[:LEAD]))]))
        counted.update(set(tokens[: len(_WORD.findall(title))]))
    counted.update(NAME + name for name in named if " " in name and parts.intersection(name.split()))
    del counted[""]
    return counted


def _title(text: str) -> str:
    """The headline: a first line of its own, '' where the text begins at once."""
    head, line, _ = text.partition("\n")
    return head if line and len(head) <= TITLE else ""


def _is_capital(title: str) -> bool:
    """Whether a headline writes every word of weight with a capital: then it shows no names."""
    heavy = [word for word in title.split() if len(word) > 3 and word[0].isalpha()]
    return len(heavy) > 2 and sum(word[0].isupper() for word in heavy) >= 0.8 * len(heavy)


@lru_cache(maxsize=200_000)
def _known(word: str) -> tuple[str, int]:
    """What a written word is compared as, and its hash: one look-up for both."""
    return _token(word), crc32(word.lower().encode("utf-8", "surrogatepass"))


def forget_words() -> None:
    """Words met so far are looked up anew: what of them was forgotten stands in no table any more."""
    _known.cache_clear()


def _sketch(parts: NDArray[np.uint32], length: int) -> tuple[int, ...]:
    if len(parts) < length:
        return ()
    runs = np.zeros(len(parts) - length + 1, np.uint32)
    for i in range(length):
        runs = (runs ^ parts[i : len(runs) + i]) * MIX
    runs ^= runs >> np.uint32(15)
    runs *= MIX
    runs.sort()
    first = np.ones(len(runs), np.bool_)
    np.not_equal(runs[1:], runs[:-1], out=first[1:])
    return tuple(runs[first][:SKETCH].tolist())


def _token(word: str) -> str:
    """What a written word is compared as; '' for one too common or too short to say anything."""
    low = word.lower()
    if low[0].isdecimal():
        return _digits(low)
    return "" if low in _common() or len(low) <= 2 else _stem(_possessive(low))


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST:
            return word[: -len(ending)][:_STEM]
    return word[:_STEM]


def _possessive(word: str) -> str:
    return word[:-2] if word[-2:] in ("'s", "’s") else word


def _syllables(text: str) -> Counter[str]:
    counted = Counter(run[i : i + 2] for run in _HANGUL_HAN.findall(text) for i in range(len(run) - 1))
    counted.update(map(_digits, _NUMBER.findall(text)))
    return counted


def _digits(number: str) -> str:
    """A number as every language writes it: 20,000 is 20000."""
    return number.replace(",", "")


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


class Shown:
    """The words of one text as a person would read them, for the tokens it shares with another."""

    def __init__(self, text: str, lang: str) -> None:
        self._text, self._lang = text, lang
        self._english: dict[str, list[str]] | None = None

    def words(self, rarest: Sequence[str], most: int = 4) -> tuple[str, ...]:
        """The words in which shared tokens stand, rarest first; at most `most`.

        A pair of syllables that stands in no longer shared stretch (an ending, a particle) is no evidence to show.
        """
        if self._lang == "en":
            stretches = self._english = self._english or _said(self._text)
        else:
            stretches = _stretches(self._text, frozenset(rarest), self._lang)
        shown: dict[str, None] = {}
        for token in rarest:
            found = (s for s in stretches.get(token, ()) if len(s) > 1)
            if best := max(found, key=lambda s: (len(s), s), default=""):
                shown.setdefault(best)
            if len(shown) == most:
                break
        return tuple(shown)


def _said(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in _WORD.findall(text):
        low = _possessive(word.lower())
        for token in (_known(word)[0], NAME + low):
            found.setdefault(token, []).append(low)
    for name in map(_possessive, _NAMED.findall(text)):
        found.setdefault(NAME + name, []).append(name)
    return found


def _stretches(text: str, shared: frozenset[str], lang: str) -> dict[str, list[str]]:
    """Of each shared pair the longest stretches of the text in which every pair is shared.

    In Korean only those that begin a word: what is shared further on is an ending.
    """
    found: dict[str, list[str]] = {}
    for run in _HANGUL_HAN.findall(text):
        start = None
        for i in range(len(run)):
            inside = i < len(run) - 1 and run[i : i + 2] in shared
            if inside and start is None:
                start = i
            elif not inside and start is not None:
                for j in range(start, i) if lang != "ko" or start == 0 else ():
                    found.setdefault(run[j : j + 2], []).append(run[start : i + 1])
                start = None
    return found
