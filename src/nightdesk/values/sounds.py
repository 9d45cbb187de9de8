"""The sound of a Korean name, whichever way it is spelled: 연풍동, Yonphung-dong, Yeonpung-dong and 渊丰洞 are one.

Romanisations differ in vowels and in how they mark aspirates and tense sounds (McCune-Reischauer, Revised
Romanization, the North's own); what they share is the order of the consonants. Chinese characters are sounded by
data/hanja.toml. The South drops an l or n that begins a name (련봉, 연봉): so it is dropped of all.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from unicodedata import normalize

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
    r"|(?:洞|里|区域|區域|劳动者区|勞動者區|工人区|工人區|区|區|邑|村)$"
)
_CLASSES = (
    ("ng", "N"), ("ch", "j"), ("sh", "s"), ("kh", "k"), ("th", "t"), ("ph", "p"), ("kk", "k"), ("tt", "t"), ("pp", "p"),
    ("ss", "s"), ("jj", "j"), ("tch", "j"), ("ll", "l"), ("g", "k"), ("d", "t"), ("b", "p"), ("r", "l"), ("z", "j"),
)  # fmt: skip
# Vowels in the order of the syllable block, those that romanisations spell alike folded: ŏ and o, eu and u, ae and e.
_VOWELS = (
    "a", "e", "ya", "ye", "o", "e", "yo", "ye", "o", "wa", "we", "we", "yo", "u", "wo", "we", "wi", "yu", "u", "ui", "i",
)  # fmt: skip
_SILENT = re.compile(r"(?<=[aeiou])h(?![aeiouwy])")  # Soo-ah, Noh: no Korean syllable ends in h
_SPELLED = (
    ("ee", "i"), ("oo", "u"), ("ou", "u"), ("yeo", "yo"), ("yae", "ye"), ("eo", "o"), ("eu", "u"), ("ae", "e"),
    ("oe", "we"),
)  # fmt: skip
# The vowel of a syllable. Paik, Choi and Hui have one; whether it is o, u, eo or eu, romanisations do not agree.
_SYLLABLE = re.compile(r"[yw]?(?:ui|ai|oi|[aeiou])")
DROPPED = ("l", "n")  # at the beginning of a name
_MARKS = "\u0306\u0302\u0308'’‘ʼ"  # breve, the circumflex and dots typed in its place, apostrophes
LEAST = 2  # consonants without which too many names sound alike


@lru_cache(10_000)
def skeleton(name: str) -> str:
    """The consonants of a district's name without its level; '' for one that cannot be sounded or is too short to tell."""
    sound = _consonants(voiced(name))
    return sound if len(sound) >= LEAST else ""


@lru_cache(10_000)
def sound_of(bare: str) -> str:
    """The sound of a name whose level is off already, with its vowels where the consonants are too few to tell.

    Nothing more is taken off: the village 학동리 is 학동 and not 학. '' for one that cannot be sounded.
    """
    sound = _sounded(bare.lower().strip())
    heard = _consonants(sound)
    return heard if len(heard) >= LEAST else sound


@lru_cache(10_000)
def voiced(name: str) -> str:
    """The same with its vowels, for one whose consonants are too few to tell: 위연동, Wiyon-dong and 渭渊洞 are wiyon."""
    return _sounded(_ENDING.sub("", name.lower().strip()))


@lru_cache(10_000)
def vowels_of(bare: str) -> str:
    """A letter for the vowel of each syllable of a name: a, o (with u, eo and eu) or i (with e, ae and ui).

    Romanisations mix no more than these up: 지은, Jieun and Ji-un are `io`, 미란 is `ia`. '' for one that has none.
    """
    return "".join(_vowel(found[0][-1]) for found in _SYLLABLE.finditer(_sounded(bare.lower().strip())))


def _vowel(last: str) -> str:
    return "a" if last == "a" else "o" if last in "ou" else "i"


def plain_letters(name: str) -> str:
    """A romanised name without the marks of McCune and Reischauer: Yŏng and Ch'oe are Yong and Choe. Others as they are."""
    plain = "".join(c for c in normalize("NFD", name) if c not in _MARKS)
    return plain if plain.isascii() else name


def _sounded(bare: str) -> str:
    bare = plain_letters(bare)
    return _latin(bare) if bare.isascii() else _hangul("".join(_sounds().get(c, c) for c in bare))


def _consonants(sound: str) -> str:
    return "".join(letter for letter in sound if letter in "ktpjsmnNhl")


@cache
def _sounds() -> dict[str, str]:
    """Of each Chinese character, how it sounds in Korean."""
    table = tomllib.loads((files("nightdesk.values") / "data" / "hanja.toml").read_text("utf-8"))
    return {character: sound for sound, characters in table.items() for character in characters}


def _hangul(name: str) -> str:
    sound = ""
    for syllable in name:
        if not "가" <= syllable <= "힣":
            return ""
        place = ord(syllable) - 0xAC00
        first, last = _FIRST[place // 588], place % 28
        sound += first if sound or first not in DROPPED else ""
        sound += _VOWELS[place % 588 // 28] + ("N" if last == _NG else _LAST[last])
    return sound


def _latin(name: str) -> str:
    name = _SILENT.sub("", name)
    for spelled, letter in (*_CLASSES, *_SPELLED):
        name = name.replace(spelled, letter)
    return "".join(c for c in name.lstrip("".join(DROPPED)) if c in "ktpjsmnNhlaeiouwy")
