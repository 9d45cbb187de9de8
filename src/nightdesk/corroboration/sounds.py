"""The sound of a Korean name, whichever way it is spelled: 연풍동, Yonphung-dong and Yeonpung-dong are one.

Romanisations differ in vowels and in how they mark aspirates and tense sounds (McCune-Reischauer, Revised
Romanization, the North's own); what they share is the order of the consonants. Chinese characters are left
out: how they sound in Korean is not in this package.
"""

from __future__ import annotations

import re

# Consonants by the place in the syllable block (Unicode 15, 3.12: conjoining jamo), folded to one letter a class:
# k g, t d, p b, ch j, s, m, n, ng, h, and r and l together.
_FIRST = ("k", "k", "n", "t", "t", "l", "m", "p", "p", "s", "s", "", "j", "j", "j", "k", "t", "p", "h")
_LAST = (
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t", "n",
    "t", "t", "k", "t", "p", "t",
)  # fmt: skip
_NG = 21  # the last consonant that is written ng
_ENDING = re.compile(
    r"(?:-?(?:dong|ri|ni|rodongjagu|guyok|kuyok|gu|ku|up|ub|eup))$|(?:동|리|구역|로동자구|노동자구|구|읍)$"
)
_CLASSES = (
    ("ng", "N"), ("ch", "j"), ("sh", "s"), ("kh", "k"), ("th", "t"), ("ph", "p"), ("kk", "k"), ("tt", "t"), ("pp", "p"),
    ("ss", "s"), ("jj", "j"), ("tch", "j"), ("ll", "l"), ("g", "k"), ("d", "t"), ("b", "p"), ("r", "l"), ("z", "j"),
)  # fmt: skip
LEAST = 2  # consonants without which too many names sound alike


def skeleton(name: str) -> str:
    """The consonants of a district's name without its level; '' for one in Chinese characters or too short to tell."""
    bare = _ENDING.sub("", name.lower().strip())
    if not bare:
        return ""
    sound = _hangul(bare) if "가" <= bare[0] <= "힣" else _latin(bare) if bare.isascii() else ""
    return sound if len(sound) >= LEAST else ""


def _hangul(name: str) -> str:
    sound = ""
    for syllable in name:
        if not "가" <= syllable <= "힣":
            return ""
        place = ord(syllable) - 0xAC00
        last = place % 28
        sound += _FIRST[place // 588] + ("N" if last == _NG else _LAST[last])
    return sound


def _latin(name: str) -> str:
    for spelled, letter in _CLASSES:
        name = name.replace(spelled, letter)
    return "".join(c for c in name if c in "ktpjsmnNhl")
