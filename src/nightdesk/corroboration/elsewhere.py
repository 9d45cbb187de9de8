"""Places that are named and are not where it happened: the teller's own town, and where somebody was bound for or sent.

Belongs here: telling them by what stands beside the name (data/whereabouts.toml). Does not belong here: reading places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from nightdesk.corroboration.lexicon import table
from nightdesk.corroboration.scanning import Scanned
from nightdesk.reading.model import Span

NEVER = ("lives", "sent")
PARTS = (*NEVER, "teller", "bound")
BEFORE = 40  # characters before a name in which its part is told


def happened(spans: Iterable[Span], told: Scanned) -> list[Span]:
    """The places where it may have happened: none of NEVER, and of the others first those without another part."""
    parts = [(s, _part(s, told)) for s in spans]
    left = [(s, part) for s, part in parts if part not in NEVER]
    return [s for s, part in left if not part] or [s for s, _ in left]


def _part(s: Span, told: Scanned) -> str:
    for part, behind, before in _parts(told.lang):
        if behind and behind.match(told.text, s.end):
            return part
        if before and before.search(told.text[max(0, s.start - BEFORE) : s.start]):
            return part
    return ""


@cache
def _parts(lang: str) -> tuple[tuple[str, re.Pattern[str] | None, re.Pattern[str] | None], ...]:
    rows = ((part, table("whereabouts")[part]) for part in PARTS)
    return tuple((part, any_of(row["behind"][lang]), any_of(row["before"][lang])) for part, row in rows)


def any_of(patterns: list[str]) -> re.Pattern[str] | None:
    """One pattern for all of them; None where there are none."""
    return re.compile("|".join(f"(?:{one})" for one in patterns), re.IGNORECASE) if patterns else None


def across(places: Iterable[str], told: Scanned) -> frozenset[str]:
    """The towns over the river from `places` (gazetteer keys), where the words say that it was there or went over."""
    facing, seen = table("whereabouts")["across"], table("whereabouts")["seen"][told.lang]
    there = {facing[key] for key in places if key in facing}
    return frozenset(there) if there and any(word in told.text for word in seen) else frozenset()
