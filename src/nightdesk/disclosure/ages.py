"""Ages in whole years, both ends counted: what a group table counts, part of ten years, and a wider word.

A table and a story are taken to count years alike; nothing is converted between Korean and completed years.
Belongs here: bands, and words for a wider one. Does not belong here: words that are found in a text (agewords), whose
age it is (traits), what follows (rules).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from nightdesk.disclosure.years import EN_TENS, HAN

OLDEST = 120
# Parts of ten years, the ones with two words first.
THIRDS = {
    "early to mid": (0, 7), "early or mid": (0, 7), "mid to late": (3, 9), "mid or late": (3, 9), "early": (0, 4), "mid": (3, 7), "late": (5, 9),
    "초중반": (0, 7), "중후반": (3, 9), "초": (0, 4), "중반": (3, 7), "후반": (5, 9), "말": (5, 9),
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


def one(years: int) -> Ages:
    """A single year of age."""
    return Ages(years, years)


def decade(first: int, words: str) -> Ages:
    """Ten years, or the part of them that early, mid or late leave."""
    plain = words.replace("-", " ")
    since, until = next((part for name, part in THIRDS.items() if name in plain), (0, 9))
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
    if words.lower().startswith(("in ", "aged ", "of ")) and ten <= len(EN_TENS):
        return f"in {whose.group() if whose else 'their'} {EN_TENS[ten - 1]}"
    return ""
