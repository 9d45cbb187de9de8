"""One spelling for every way to type the same words, with the way back to the offsets given.

Hangul typed in pieces (NFD) is composed, full-width letters and digits become plain ones, characters
without width are left out. Belongs here: spelling. Does not belong here: meaning.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

# Zero-width and bidirectional marks, soft hyphen, variation selectors: they can hide inside a sum.
INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
# Full width, and the many tildes, dashes and middle dots of Korean keyboards.
_FULL_WIDTH = re.compile("[\uff01-\uff5e\u3000\u223c\u301c\u02dc\u2010-\u2012\u2015\u2212\u318d\u30fb\u2024]")
_TO_PLAIN = (
    {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    | {0x3000: 0x20}
    | dict.fromkeys((0x223C, 0x301C, 0x02DC), 0x7E)
    | dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2015, 0x2212), 0x2013)
    | dict.fromkeys((0x318D, 0x30FB, 0x2024), 0xB7)
)
# The marks of McCune and Reischauer, and the apostrophes people type for theirs.
_BREVES = str.maketrans("ŏŎŭŬ’‘ʼ", "oOuU'''")
# A cluster: one character and what joins it (vowels and finals of Hangul, combining marks).
_CLUSTER = re.compile(
    "[\u1100-\u115f]+[\u1160-\u11ff]*|.[\u0300-\u036f\u1160-\u11ff\u3099\u309a]*", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Normal:
    """`text` as the rules see it; `starts`/`ends` lead each character back, None when nothing moved."""

    text: str
    starts: list[int] | None = None
    ends: list[int] | None = None

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the text as given, for offsets in the normal text."""
        if self.starts is None or self.ends is None or start >= end:
            return start, end
        return self.starts[start], self.ends[end - 1]


def normal(text: str) -> Normal:
    """The text in one spelling; cheap when it already is."""
    if _is_plain(text):
        return Normal(text.translate(_TO_PLAIN) if _FULL_WIDTH.search(text) else text)
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end, letter in _letters(text):
        letters.append(letter)
        starts.append(start)
        ends.append(end)
    return Normal("".join(letters), starts, ends)


def folded_text(text: str, lang: str) -> str:
    """The text with Ch'ŏngjin spelled Ch'ongjin, letter for letter, as names of places and people are compared."""
    return text.translate(_BREVES) if lang == "en" and not text.isascii() else text


def _is_plain(text: str) -> bool:
    return unicodedata.is_normalized("NFC", text) and not _INVISIBLE.search(text)


def _letters(text: str) -> Iterator[tuple[int, int, str]]:
    """Every visible letter with the stretch it was typed as."""
    visible = [i for i, char in enumerate(text) if not _INVISIBLE.match(char)]
    seen = "".join(text[i] for i in visible)
    for cluster in _CLUSTER.finditer(seen):
        composed = unicodedata.normalize("NFC", cluster[0]).translate(_TO_PLAIN)
        first, last = cluster.start(), cluster.end() - 1
        if len(composed) == last - first + 1:
            for offset, letter in enumerate(composed):
                yield visible[first + offset], visible[first + offset] + 1, letter
        else:
            for letter in composed:
                yield visible[first], visible[last] + 1, letter
