"""Korean particles and sentence borders, so that a replacement leaves a sentence one can print.

Belongs here: which form of a particle follows a word, where a sentence begins and ends. Does not
belong here: what is replaced, and why.
"""

from __future__ import annotations

import re

# After a final consonant, after a vowel. Longer forms first: 으로 must win over 로.
PARTICLES = (
    ("이라는", "라는"), ("이라고", "라고"), ("이라며", "라며"), ("으로부터", "로부터"), ("으로", "로"),
    ("이나", "나"), ("이며", "며"), ("을", "를"), ("은", "는"), ("이", "가"), ("과", "와"),
)  # fmt: skip
FINAL_DIGITS = "013678"  # 영 일 삼 육 칠 팔 end in a consonant
# Written "을(를)" in data/sentences.toml where the word before it is filled in.
EITHER = {
    "을(를)": ("을", "를"), "은(는)": ("은", "는"), "이(가)": ("이", "가"), "와(과)": ("과", "와"), "(으)로": ("으로", "로"),
}  # fmt: skip
PAREN = re.compile(r"\s*\([^()]*\)$")
SENTENCE_END = re.compile(r"[.!?。！？]+[”’\"'」』)]*(?=\s|$)|[。！？]+[”’」』]*")


def ends_in_consonant(word: str) -> bool:
    """Whether the last sound of `word` is a consonant; a bracket at the end is not spoken."""
    spoken = PAREN.sub("", word).rstrip("”’\"'」』")
    if not spoken:
        return False
    last = spoken[-1]
    if "가" <= last <= "힣":
        return (ord(last) - ord("가")) % 28 != 0
    return last in FINAL_DIGITS


def ends_in_rieul(word: str) -> bool:
    """Whether `word` ends in ㄹ, which takes 로 where other consonants take 으로."""
    spoken = PAREN.sub("", word)
    return bool(spoken) and "가" <= spoken[-1] <= "힣" and (ord(spoken[-1]) - ord("가")) % 28 == 8


def form(word: str, pair: tuple[str, str]) -> str:
    """The form of the particle that follows `word`."""
    if pair[0].startswith("으로") and ends_in_rieul(word):
        return pair[1]
    return pair[0] if ends_in_consonant(word) else pair[1]


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


def either(sentence: str) -> str:
    """`sentence` with every "을(를)" resolved by the word that stands before it."""
    for written, pair in EITHER.items():
        while (at := sentence.find(written)) >= 0:
            sentence = sentence[:at] + form(sentence[:at], pair) + sentence[at + len(written) :]
    return sentence


def sentences(text: str) -> list[tuple[int, int]]:
    """Where each sentence begins and ends, in order; a stop inside quotation marks ends none."""
    found, start = [], 0
    for match in SENTENCE_END.finditer(text):
        if text[start : match.end()].count("“") > text[start : match.end()].count("”"):
            continue
        found.append((start, match.end()))
        start = match.end() + len(text[match.end() :]) - len(text[match.end() :].lstrip())
    if text[start:].strip():
        found.append((start, len(text)))
    return found


def sentence_at(text: str, at: int) -> tuple[int, int]:
    """The sentence that holds position `at`; the whole text when there is none."""
    for start, end in sentences(text):
        if start <= at < end:
            return start, end
    return 0, len(text)


def language_of(text: str) -> str:
    """ko when there is Hangul, zh when there are Han characters, otherwise en."""
    if any("가" <= letter <= "힣" for letter in text):
        return "ko"
    return "zh" if any("一" <= letter <= "鿿" for letter in text) else "en"
