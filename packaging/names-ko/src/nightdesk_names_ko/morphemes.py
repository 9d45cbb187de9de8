"""Kiwi's morphemes, and how like each is to words whose kind is known. Loads Kiwi on the first Korean text."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

# Words whose kind is plain, by a letter: what a morpheme is most like is a feature. Public names stand for a kind.
LIKE = {
    "P": ("지훈", "영희", "철수", "나카무라", "톰", "마이클"),
    "L": ("서울", "부산", "영국", "파리", "유럽", "강원도", "도쿄", "광화문"),
    "O": ("삼성", "국방부", "방송국", "대학교", "경찰청", "은행", "첼시", "구단", "협회", "민주당"),
    "T": ("감독", "배우", "대통령", "회장", "의원", "교수", "선수"),
    "K": ("아버지", "아내", "친구", "아들"),
    "M": ("영화", "드라마", "앨범", "프로그램", "노래"),
    "E": ("올림픽", "전쟁", "대회", "사건"),
    "C": ("회사", "기업", "기관", "부서"),
    "G": ("도시", "지역", "동네", "건물", "거리"),
}


@cache
def kiwi() -> Any:
    """One Kiwi on one thread: the same text always gives the same morphemes."""
    from kiwipiepy import Kiwi

    return Kiwi(num_workers=1)


Token = tuple[int, int, str, int]
_asked: dict[str, list[Token]] = {}  # of texts that `ahead` asked for and nobody wanted yet


def ahead(texts: Iterable[str]) -> None:
    """Asks Kiwi for texts together that are wanted one by one, and forgets those of before.

    In turn with all the rest of reading, Kiwi finds its tables out of the processor's cache each time.
    """
    _asked.clear()
    for text in texts:
        _asked[text] = told(kiwi().tokenize(text))


def tokens(text: str) -> list[Token]:
    """Start, end, tag and number of each morpheme; -1 for one that Kiwi does not know."""
    found = _asked.pop(text, None)
    return told(kiwi().tokenize(text)) if found is None else found


def told(found: Sequence[Any]) -> list[Token]:
    """The same of morphemes that are there already."""
    return [(t.start, t.end, t.tag.partition("-")[0], -1 if t.oov else t.id) for t in found]


SAME = 0.99  # how like a morpheme is to itself, at least: Kiwi rounds
Morpheme = int | tuple[str, str]


@cache
def _known() -> tuple[tuple[str, tuple[Morpheme, ...]], ...]:
    return tuple(
        (letter, tuple(w for w in map(_tagged, words) if w is not None)) for letter, words in LIKE.items()
    )


def _tagged(word: str) -> Morpheme | None:
    """The word as Kiwi knows it: its number, else with the tag."""
    for tag in ("NNP", "NNG"):
        if _likeness((word, tag), ("서울", "NNP")) is not None:
            return _number(word, tag)
    return None


def _number(word: str, tag: str) -> Morpheme:
    """Kiwi's number of a word, where it is the only reading of it: to compare by numbers takes half the time."""
    found = kiwi().tokenize(word)
    if len(found) == 1 and (found[0].form, found[0].tag) == (word, tag) and not found[0].oov:
        near = _likeness(found[0].id, (word, tag))
        return found[0].id if near is not None and near > SAME else (word, tag)
    return word, tag


def _likeness(one: Any, other: Any) -> float | None:
    """How like two morphemes are, from -1 to 1; None where Kiwi cannot compare them."""
    try:
        value = float(kiwi().morpheme_similarity(one, other))
    except (ValueError, KeyError, RuntimeError):
        return None
    return None if value != value else value


@cache
def like(code: int) -> str:
    """The kind a morpheme is most like, how much in fifths, and the next kind when it is as near."""
    if code <= 0:
        return "-"
    scores = _scores(code)
    first, second = sorted(scores, key=lambda letter: -scores[letter])[:2]
    if scores[first] == -1.0:
        return "-"
    if scores[first] < 0.3:
        return "0"
    return f"{first}{int(scores[first] * 5)}" + (second if scores[second] > scores[first] - 0.06 else "")


def _scores(code: int) -> dict[str, float]:
    """For each kind the likeness to the word of it that is nearest; -1 where none can be compared.

    Warnings are put off once for all words: for each it took longer than comparing them.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        near = {letter: [_likeness(code, word) for word in words] for letter, words in _known()}
    return {
        letter: max((v for v in values if v is not None), default=-1.0) for letter, values in near.items()
    }
