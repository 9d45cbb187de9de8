"""Ages in whole years, both ends counted: what words say, what a group table counts, and a wider word.

A table and a story are taken to count years alike; nothing is converted between Korean and completed years.
Belongs here: words to bands and back. Does not belong here: whose age it is (traits), what follows (rules).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

OLDEST = 120
EN_TENS = (
    "teens",
    "twenties",
    "thirties",
    "forties",
    "fifties",
    "sixties",
    "seventies",
    "eighties",
    "nineties",
)
EN_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
EN_TEENS = (
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
EN_TEN = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
KO_TENS = ("열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")
KO_ONES = (
    ("하나", "한"),
    ("둘", "두"),
    ("셋", "세"),
    ("넷", "네"),
    ("다섯",),
    ("여섯",),
    ("일곱",),
    ("여덟",),
    ("아홉",),
)
KO_ONE = {form: number for number, forms in enumerate(KO_ONES, 1) for form in forms}
SINO, HAN = "일이삼사오육칠팔구", "一二三四五六七八九"
THIRDS = {"early": (0, 4), "mid": (3, 7), "late": (5, 9), "초반": (0, 4), "중반": (3, 7), "후반": (5, 9)}
AGE = {
    "en": re.compile(
        rf"\b\d{{1,2}}[- ]year[- ]old\b|\b(?:{'|'.join(EN_TEN)})(?:-(?:{'|'.join(EN_ONES)}))?[- ]year[- ]old\b"
        rf"|\b(?:{'|'.join((*EN_ONES, *EN_TEENS))})[- ]year[- ]old\b"
        rf"|\baged \d{{1,2}}\b|\bin (?:his|her|their) (?:\w+[- ])?(?:\w+ties|teens|[1-9]0s)\b"
    ),
    "ko": re.compile(
        r"(?<!\d)\d{1,2}(?:살|세)(?:(?=이[다라며었고상하]|였|라고|가량|정도|미만|초과)|(?![대가-힣]{2}))"
        r"|(?<!\d)[1-9]0대(?: ?(?:초반|중반|후반))?(?=[의에인로이 가-힣,.)]|$)"
        rf"|(?<![가-힣\d])[{SINO[1:]}]?십대(?: ?(?:초반|중반|후반))?(?=[의에인로 ,.)]|$)"
        rf"|(?<![가-힣])(?:{'|'.join(KO_TENS)}|스무)(?:{'|'.join(KO_ONE)})? ?살"
    ),
    "zh": re.compile(rf"(?<!\d)\d{{1,3}}[多来几]?岁|[{HAN}]?十[{HAN}]?[多来几]?岁"),
}  # fmt: skip
BAND = re.compile(r"(\d{1,3})(?:(\+)|\s*[-–~]\s*(\d{1,3}))?", re.ASCII)


class Ages(NamedTuple):
    """Years of age from `low` to `high`, both counted."""

    low: int
    high: int

    def __str__(self) -> str:
        """As a table writes it: 45, 40-49, 60+."""
        if self.high >= OLDEST:
            return f"{self.low}+"
        return str(self.low) if self.low == self.high else f"{self.low}-{self.high}"

    def within(self, other: Ages) -> bool:
        """Whether whoever has this age has the other too."""
        return other.low <= self.low and self.high <= other.high


@lru_cache(maxsize=1024)
def band(text: str) -> Ages | None:
    """A table's ages: 40-49, 45, 60+; None when it is none of these, or upside down."""
    match = BAND.fullmatch(text.strip())
    if match is None:
        return None
    low = int(match.group(1))
    high = OLDEST if match.group(2) else int(match.group(3) or low)
    return Ages(low, high) if low <= high <= OLDEST else None


def said_age(words: str, lang: str) -> Ages | None:
    """The years that words found by AGE leave open; None when no table has them."""
    digits = re.search(r"\d+", words)
    if lang == "en":
        return english(words.lower(), digits)
    return korean(words, digits) if lang == "ko" else chinese(words, digits)


def english(words: str, digits: re.Match[str] | None) -> Ages | None:
    """45-year-old, aged 45, in her late forties, in her 40s, sixteen-year-old."""
    if digits and words.endswith("0s"):
        return decade(int(digits.group()), words)
    if digits:
        return one(int(digits.group()))
    for number, tens in enumerate(EN_TENS, 1):
        if words.endswith(tens):
            return decade(number * 10, words)
    named = re.match(r"([a-z]+)(?:-([a-z]+))?[- ]year", words)
    if named and not named.group(2) and named.group(1) in (*EN_ONES, *EN_TEENS):
        return one((*EN_ONES, *EN_TEENS).index(named.group(1)) + 1)
    if named is None or named.group(1) not in EN_TEN:
        return None
    ones = EN_ONES.index(named.group(2)) + 1 if named.group(2) in EN_ONES else 0
    return one(EN_TEN.index(named.group(1)) * 10 + 20 + ones)


def korean(words: str, digits: re.Match[str] | None) -> Ages | None:
    """45세, 40대 후반, 사십대, 마흔다섯 살."""
    if "대" in words:
        ten = int(digits.group()) if digits else 10 * (SINO.find(words[0]) + 1 or 1)
        return decade(ten, words)
    if digits:
        return one(int(digits.group()))
    number = words.replace("스무", "스물").removesuffix("살").strip()
    for place, tens in enumerate(KO_TENS, 1):
        if number.startswith(tens):
            return one(place * 10 + KO_ONE.get(number.removeprefix(tens), 0))
    return None


def chinese(words: str, digits: re.Match[str] | None) -> Ages | None:
    """45岁, 四十五岁, 四十多岁."""
    years = int(digits.group()) if digits else han(words)
    return decade(years, words) if re.search("[多来几]", words) else one(years)


def han(words: str) -> int:
    """四十五 is 45, 十 is 10."""
    before, _, behind = words.partition("十")
    ones = HAN.find(behind[:1]) + 1 if behind[:1] in HAN and behind[:1] else 0
    return (HAN.index(before) + 1 if before else 1) * 10 + ones


def one(years: int) -> Ages:
    """A single year of age."""
    return Ages(years, years)


def decade(first: int, words: str) -> Ages:
    """Ten years, or the part of them that early, mid or late leave."""
    since, until = next((part for name, part in THIRDS.items() if name in words), (0, 9))
    return Ages(first + since, first + until)


def wider(ages: Ages) -> Ages | None:
    """The ten years around an age within them; None when it is no narrower than that, or no word has them."""
    first = ages.low // 10 * 10
    around = Ages(first, first + 9)
    return around if 10 <= first <= 90 and ages.within(around) and ages != around else None


def wider_words(lang: str, words: str, ages: Ages) -> str:
    """The ten years in words that can stand for `words` as they are; '' where the sentence would have to change."""
    ten = ages.low // 10
    if lang == "ko":
        return f"{ten}0대"
    if lang == "zh":
        return f"{HAN[ten - 1] if ten > 1 else ''}十多岁"
    whose = re.search(r"\b(?:his|her|their)\b", words)
    if words.startswith(("in ", "aged ")) and ten <= len(EN_TENS):
        return f"in {whose.group() if whose else 'their'} {EN_TENS[ten - 1]}"
    return ""
