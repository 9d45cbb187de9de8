"""Full stops that end no sentence: on 8 Dec. 2023, at 5 a.m. on Friday, No. 12.

Belongs here: what in English is shortened with a stop. Does not belong here: where a sentence ends.
"""

from __future__ import annotations

import re

# A shortened month or number before its figure; the hours before a word that begins no sentence.
SHORT = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|No)\.(?=\s+\d)|\b[ap]\.m\.(?=\s+[a-z\d])",
)


def within(text: str) -> frozenset[int]:
    """Where a stop has just been that ends no sentence, in code points; empty for text without such words."""
    return frozenset(match.end() for match in SHORT.finditer(text))
