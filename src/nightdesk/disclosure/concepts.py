"""Deeds, places and things in a text, by the room's table: one meaning, words per language.

Belongs here: which concepts of data/concepts.toml a text names, and where. Does not belong here:
laying editions side by side (rules.editions), values such as sums and days (facts).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from nightdesk.disclosure.words import KEPT, table


@dataclass(frozen=True, slots=True)
class Named:
    """A concept at its place; offsets in code points, end exclusive."""

    concept: str
    start: int
    end: int


@lru_cache(maxsize=KEPT)
def named(text: str, lang: str) -> tuple[Named, ...]:
    """Every concept that the text names in so many words, in order."""
    found = [
        Named(concept, match.start(), match.end())
        for concept, (strict, _) in patterns(lang).items()
        if strict
        for match in strict.finditer(text)
    ]
    return tuple(sorted(found, key=lambda one: (one.start, one.concept)))


@lru_cache(maxsize=KEPT)
def touched_on(text: str, lang: str) -> frozenset[str]:
    """Every concept that the text names or says in looser words: enough not to ask again."""
    return frozenset(
        concept for concept, (_, loose) in patterns(lang).items() if loose and loose.search(text)
    )


def leaves(concept: str, lang: str) -> Mapping[str, str]:
    """How to say less: words of a sentence, and what stands in their place."""
    found: Mapping[str, str] = table("concepts")[concept].get("leave", {}).get(lang, {})
    return found


@cache
def patterns(lang: str) -> dict[str, tuple[re.Pattern[str] | None, re.Pattern[str] | None]]:
    """Per concept: where it is named, and where it is at least touched on."""
    found = {}
    for concept, row in table("concepts").items():
        words = [str(word) for word in row.get(lang, ())]
        looser = words + [str(word) for word in row.get("also", {}).get(lang, ())]
        found[concept] = (pattern(words, lang, strict=True), pattern(looser, lang, strict=False))
    return found


def pattern(words: Iterable[str], lang: str, *, strict: bool) -> re.Pattern[str] | None:
    """Words as the table says they stand; a Korean word inside another counts only as touched on."""
    known = sorted(words, key=len, reverse=True)
    if not known:
        return None
    if lang == "en":
        whole = "|".join(
            re.escape(one[:-1]) + r"\w*" if one.endswith("*") else re.escape(one) for one in known
        )
        # "A 45-year-old woman" is no old woman.
        return re.compile(rf"(?<!year[- ])\b(?:{whole})(?!\w)", re.IGNORECASE)
    return re.compile(
        ("(?<![가-힣])" if lang == "ko" and strict else "") + "(?:" + "|".join(map(re.escape, known)) + ")"
    )
