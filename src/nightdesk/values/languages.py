"""The languages the desk reads, by ISO 639-1 code."""

from __future__ import annotations

from typing import Literal, get_args

Language = Literal["ko", "zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


def language(code: str) -> Language:
    """`code` as a Language; ValueError names the ones that are read."""
    for known in LANGUAGES:
        if code == known:
            return known
    raise ValueError(f"nobody here reads {code!r}; the desk reads ko, zh and en")
