"""Words as terms of the index, and what a person typed as needles to be found.

Pure. Hangul and Han are cut into one, two and three syllables, so that 쌀, 회령 and 보위부 are found inside
any word without a look at its text; other scripts into whole words. Belongs here: folding, cutting, the exact pattern that says
whether a text really holds what was sought. Does not belong here: weighing (scoring.py), where matches
stand in a text (marking.py), SQL (index.py).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import add

# Hangul and its letters, kana, Han: scripts whose words are found by their syllables.
_CJK = (
    "\u1100-\u11ff\u3005\u3007\u3040-\u30ff\u3130-\u318f\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f"
    "\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
)
_LETTER = rf"[^\W_{_CJK}]"  # a letter or digit of a script that is cut into whole words
_PIECE = re.compile(rf"[{_CJK}]+|{_LETTER}+")
_RUN = re.compile(r"[^\W_]+")
_BETWEEN = r"[\W_]+"
_TYPED = re.compile(r'"([^"]*)"?|([^\s"]+)')
_QUOTES = str.maketrans("“”„‟«»「」『』《》＂", '"' * 13)
MOST_SYLLABLES = 3  # of Hangul and Han that are one term of the index
LONGEST = 40  # letters of a word that count in the index; the pattern looks at all of them
MOST_TYPED = 200


@dataclass(frozen=True, slots=True)
class Needle:
    """One word or quoted phrase: the terms a document must hold, and the pattern that decides."""

    terms: tuple[str, ...]
    pattern: re.Pattern[str]
    sure: bool  # the terms alone decide: no text need be looked at
    beginning: bool = False  # `word*`: the last term is the beginning of a word


def fold(text: str) -> str:
    """The form in which words are compared: NFC, without case."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def cut(folded: str) -> list[str]:
    """Every term of a folded text, as often as it stands there."""
    found: list[str] = []
    for piece in _PIECE.findall(folded):
        if _is_cjk(piece):
            found += piece
            found += map(add, piece, piece[1:])
            found += map(_three, piece, piece[1:], piece[2:])
        else:
            found.append(piece[:LONGEST])
    return found


def needles(typed: str) -> tuple[Needle, ...]:
    """What was typed, as needles that must all be found. Nothing but signs is no needle."""
    folded = fold(typed[:MOST_TYPED].translate(_QUOTES))
    found = dict.fromkeys(phrase or word for phrase, word in _TYPED.findall(folded))
    made = (_needle(words) for words in found)
    return tuple(needle for needle in made if needle)


def _needle(words: str) -> Needle | None:
    runs = [_PIECE.findall(run) for run in _RUN.findall(words)]
    if not runs:
        return None
    pieces = [piece for run in runs for piece in run]
    beginning = words.rstrip().endswith("*") and not _is_cjk(pieces[-1])
    sure = (
        len(pieces) == 1
        and not beginning
        and len(pieces[0]) <= (MOST_SYLLABLES if _is_cjk(pieces[0]) else LONGEST)
    )
    terms = tuple(dict.fromkeys(_terms_of(pieces)))
    return Needle(terms, re.compile(_pattern(runs, beginning)), sure, beginning)


def _terms_of(pieces: Iterable[str]) -> Iterator[str]:
    """Hangul and Han of up to three syllables as they are, longer ones by threes, a word whole."""
    for piece in pieces:
        if _is_cjk(piece) and len(piece) > MOST_SYLLABLES:
            yield from map(_three, piece, piece[1:], piece[2:])
        else:
            yield piece[:LONGEST]


def _three(first: str, second: str, third: str) -> str:
    return first + second + third


def _pattern(runs: list[list[str]], beginning: bool) -> str:
    """Syllables match inside words; a word of another script from its first letter to its last."""
    body = _BETWEEN.join("".join(map(re.escape, run)) for run in runs)
    first, last = runs[0][0], runs[-1][-1]
    before = "" if _is_cjk(first) else rf"(?<!{_LETTER})"
    after = "" if beginning or _is_cjk(last) else rf"(?!{_LETTER})"
    return f"{before}{body}{after}"


def _is_cjk(piece: str) -> bool:
    return re.match(rf"[{_CJK}]", piece) is not None
