"""Words by which a call note tells that a day is not its event's, or that there is no event: data/kinds.toml.

Belongs here: looking for them. Does not belong here: what follows (parts.py, gather.py).
"""

from __future__ import annotations

import re
from functools import cache

from nightdesk.corroboration.elsewhere import any_of
from nightdesk.corroboration.lexicon import table
from nightdesk.corroboration.scanning import Scanned
from nightdesk.reading.model import Span

BEFORE = 8  # characters before a day that are looked at
PRICED = 20  # the same before a sum


def is_no_day(s: Span, told: Scanned) -> bool:
    """Whether the day comes again and again (1월이면 늘), or stands in a greeting or a comparison."""
    return recurs(s, told) or _stands(s, told, "aside")


def recurs(s: Span, told: Scanned) -> bool:
    """Whether words beside the day say that it comes again and again."""
    return _stands(s, told, "recurs")


def _stands(s: Span, told: Scanned, section: str) -> bool:
    behind, left = _beside(told.lang, section)
    before = told.text[max(0, s.start - BEFORE) : s.start]
    return bool((behind and behind.match(told.text, s.end)) or (left and left.search(before)))


@cache
def _beside(lang: str, section: str) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    row = table("kinds")[section]
    return any_of(row["behind"][lang]), any_of(row["before"][lang])


def is_present(s: Span, lang: str) -> bool:
    """Whether the day is the state of things now, not the day something happened."""
    return s.words.lower() in table("kinds")["present"][lang]


def is_price(s: Span, told: Scanned) -> bool:
    """Whether the words before a sum say that it is a price or a rate."""
    pattern = _price(told.lang)
    return bool(pattern and pattern.search(told.text[max(0, s.start - PRICED) : s.start]))


@cache
def _price(lang: str) -> re.Pattern[str] | None:
    return any_of(table("kinds")["price"][lang])


def says(section: str, told: Scanned) -> bool:
    """Whether any word of the section stands in the text."""
    return any(word in told.text for word in table("kinds")[section][told.lang])
