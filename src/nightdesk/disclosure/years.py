"""Numbers up to a hundred in words, as ages are told: forty-five, 서른두세, 사십오륙, 四十五六. Exact or from one to another.

Belongs here: a number's words and its ends. Does not belong here: what makes it an age (agewords), who has it (traits).
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

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
# A number that leaves two or three open; 여남은 and 스무남은 are ten and twenty with a few more.
KO_SOME = {
    "한두": (1, 2), "두서너": (2, 4), "두세": (2, 3), "두어": (2, 3), "서너": (3, 4), "너덧": (4, 5), "네댓": (4, 5),
    "너더댓": (4, 5), "대여섯": (5, 6), "댓": (4, 6), "예닐곱": (6, 7), "일고여덟": (7, 8), "엳아홉": (8, 9),
}  # fmt: skip
KO_MORE = {"여남은": (10, 13), "스무남은": (20, 23), "스무": (20, 20)}
KO_ONE = {form: (number, number) for number, forms in enumerate(KO_ONES, 1) for form in forms}
SINO, HAN = "일이삼사오육칠팔구", "一二三四五六七八九"
# One digit and the next, "four or five": 사오, 四五, 四、五; Korean writes six as 륙 behind five.
SINO_PAIRS = "|".join(f"{one}{two}" for one, two in pairwise(SINO)) + "|오륙|륙칠"
HAN_PAIRS = "|".join(f"{one}、?{two}" for one, two in pairwise(HAN)) + "|两三"


def longest(words: Iterable[str]) -> str:
    """An alternation of words, longest first: of two that begin alike the longer one is meant."""
    return "|".join(sorted(words, key=len, reverse=True))


# Patterns of one number each, without groups.
EN_YEARS = rf"(?:(?:{'|'.join(EN_TEN)})(?:[- ](?:{longest(EN_ONES)}))?|{longest((*EN_TEENS, *EN_ONES))})"
KO_UNITS = longest((*KO_SOME, *KO_ONE))
KO_NATIVE = rf"(?:{longest(KO_MORE)}|(?:{'|'.join(KO_TENS)})(?:{KO_UNITS})?|{KO_UNITS})"
KO_SINO = rf"(?:(?:{SINO_PAIRS}|[{SINO}])?십(?:{SINO_PAIRS}|[{SINO}])?)"
ZH_YEARS = rf"(?:(?:{HAN_PAIRS}|[{HAN}])?十(?:{HAN_PAIRS}|[{HAN}])?|{HAN_PAIRS}|[{HAN}]|半百)"


def en_years(words: str) -> int | None:
    """forty-five, sixteen, 45; None for other words."""
    if words.isdecimal():
        return int(words)
    small = (*EN_ONES, *EN_TEENS)
    if words in small:
        return small.index(words) + 1
    tens, _, ones = words.replace(" ", "-").partition("-")
    if tens not in EN_TEN or (ones and ones not in EN_ONES):
        return None
    return EN_TEN.index(tens) * 10 + 20 + (EN_ONES.index(ones) + 1 if ones else 0)


def ko_years(words: str) -> tuple[int, int] | None:
    """마흔다섯, 서른두세, 사십오륙, 45, from the fewest to the most; None for other words."""
    if words.isdecimal():
        return int(words), int(words)
    if words in KO_MORE:
        return KO_MORE[words]
    if "십" in words:
        return of_tens(words, "십", SINO)
    place, tens = next(((n, t) for n, t in enumerate(KO_TENS, 1) if words.startswith(t)), (0, ""))
    some = KO_SOME | KO_ONE | {"": (0, 0)}
    units = some.get(words.removeprefix(tens))
    return (place * 10 + units[0], place * 10 + units[1]) if units and words else None


def zh_years(words: str) -> tuple[int, int] | None:
    """四十五, 四十五六, 三十五、六, 两三, 45, from the fewest to the most; None for other words."""
    if words.isdecimal():
        return int(words), int(words)
    if words == "半百":
        return 50, 50
    return of_tens(words.replace("、", "").replace("两", "二"), "十", HAN)


def of_tens(words: str, ten: str, digits: str) -> tuple[int, int] | None:
    """A number with a word for ten between its digits, of which the last two may follow each other."""
    before, found, behind = words.replace("륙", "육").rpartition(ten)
    tens = [digits.find(one) + 1 for one in before] or [1 if found else 0]
    ones = [digits.find(one) + 1 for one in behind] or [0]
    if before.strip(digits) or behind.strip(digits):
        return None
    return tens[0] * 10 + ones[0], tens[-1] * 10 + (ones[-1] if behind else 9 * (len(tens) > 1))
