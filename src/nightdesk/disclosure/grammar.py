"""Korean particles and sentence borders, so that a replacement leaves a sentence one can print.

Belongs here: the particle after a replacement, where a sentence begins and ends. Does not
belong here: what is replaced, and why; which form follows a word (values.korean).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from nightdesk.disclosure.hidden import bare
from nightdesk.values import stops
from nightdesk.values.korean import form

# After a final consonant, after a vowel. Longer forms first: 으로 must win over 로.
PARTICLES = (
    ("이었으며", "였으며"), ("이었던", "였던"), ("이었다", "였다"), ("이었고", "였고"), ("이라서", "라서"), ("이지만", "지만"),
    ("이라는", "라는"), ("이라고", "라고"), ("이라며", "라며"), ("으로부터", "로부터"), ("으로", "로"),
    ("이나", "나"), ("이며", "며"), ("을", "를"), ("은", "는"), ("이", "가"), ("과", "와"),
)  # fmt: skip
SENTENCE_END = re.compile(
    r"(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)[.!?。！？]+[”’\"'」』)]*(?=\s|$)|[。！？]+[”’」』]*"
)

GAP = re.compile(r"\s*")
LETTER = {"ko": re.compile("[가-힣]"), "zh": re.compile("[一-鿿]"), "en": re.compile("[A-Za-z]")}


def swap(text: str, start: int, end: int, new: str) -> tuple[int, int, str]:
    """The replacement of `text[start:end]` by `new`, with the particle after it made to agree."""
    tail = text[end:]
    for pair in PARTICLES:
        for old in pair:
            if tail.startswith(old) and not follows_hangul(tail[len(old) :], old):
                right = form(new, pair)
                return (start, end, new) if right == old else (start, end + len(old), new + right)
    return start, end, new


def follows_hangul(rest: str, particle: str) -> bool:
    """Whether the letters are part of a longer word, as 나 in 나라 is, and no particle."""
    return bool(rest) and "가" <= rest[0] <= "힣" and len(particle) < 2 and not rest.startswith(("도", "만"))


@lru_cache(maxsize=1024)
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Where each sentence begins and ends, in order; a stop inside quotation marks ends none."""
    found, start, short = [], 0, stops.within(text)
    for match in SENTENCE_END.finditer(text):
        if match.end() in short or text.count("“", start, match.end()) > text.count("”", start, match.end()):
            continue
        found.append((start, match.end()))
        start = begins(text, match.end())
    if text[start:].strip():
        found.append((start, len(text)))
    return tuple(found)


def begins(text: str, at: int) -> int:
    """Where the next word after `at` begins."""
    gap = GAP.match(text, at)
    return gap.end() if gap else at


def sentence_at(text: str, at: int) -> tuple[int, int]:
    """The sentence that holds position `at`; the whole text when there is none."""
    known = sentences(text)
    before = bisect_right(known, (at, len(text))) - 1
    if before >= 0 and known[before][0] <= at < known[before][1]:
        return known[before]
    return 0, len(text)


@lru_cache(maxsize=4096)
def languages_in(text: str) -> frozenset[str]:
    """Every language whose letters stand in a text: a report in Chinese may quote a call in Korean."""
    plain = bare(text)
    return frozenset(lang for lang, letter in LETTER.items() if letter.search(plain))


def language_of(text: str) -> str:
    """ko when there is Hangul, zh when there are Han characters, otherwise en."""
    if any("가" <= letter <= "힣" for letter in text):
        return "ko"
    return "zh" if any("一" <= letter <= "鿿" for letter in text) else "en"
