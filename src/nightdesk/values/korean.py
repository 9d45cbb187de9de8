"""Korean particles: which form follows a word, so that a filled-in sentence is one that can be printed.

A leaf for every room whose sentences are filled from values. Does not belong here: any sentence.
"""

from __future__ import annotations

import re

FINAL_DIGITS = "013678"  # 영 일 삼 육 칠 팔 end in a consonant
RIEUL_DIGITS = "178"  # 일 칠 팔 end in ㄹ
RIEUL = 8  # the place of ㄹ among the final consonants of a Hangul syllable
# Written "을(를)" in a table of sentences where the word before it is filled in.
EITHER = {
    "을(를)": ("을", "를"), "은(는)": ("은", "는"), "이(가)": ("이", "가"), "과(와)": ("과", "와"), "와(과)": ("과", "와"),
    "(으)로": ("으로", "로"),
}  # fmt: skip
PAREN = re.compile(r"\s*\([^()]*\)$")
QUOTES = "”’\"'」』"


def ends_in_consonant(word: str) -> bool:
    """Whether the last sound of `word` is a consonant; a bracket at the end is not spoken."""
    last = _last_spoken(word)
    return last in FINAL_DIGITS if last.isdigit() else _final(last) != 0


def ends_in_rieul(word: str) -> bool:
    """Whether `word` ends in ㄹ, which takes 로 where other consonants take 으로."""
    last = _last_spoken(word)
    return last in RIEUL_DIGITS if last.isdigit() else _final(last) == RIEUL


def form(word: str, pair: tuple[str, str]) -> str:
    """The form of the particle that follows `word`: the first of `pair` after a consonant."""
    if pair[0].startswith("으로") and ends_in_rieul(word):
        return pair[1]
    return pair[0] if ends_in_consonant(word) else pair[1]


def either(sentence: str) -> str:
    """`sentence` with every "을(를)" resolved by the word that stands before it."""
    for written, pair in EITHER.items():
        while (at := sentence.find(written)) >= 0:
            sentence = sentence[:at] + form(sentence[:at], pair) + sentence[at + len(written) :]
    return sentence


def _last_spoken(word: str) -> str:
    """The last letter that is said; '-' when there is none."""
    spoken = PAREN.sub("", word).rstrip(QUOTES)
    return spoken[-1] if spoken else "-"


def _final(letter: str) -> int:
    """The place of a Hangul syllable's final consonant; 0 when it has none, or is no Hangul."""
    return (ord(letter) - ord("가")) % 28 if "가" <= letter <= "힣" else 0
