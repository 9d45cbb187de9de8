"""How a teller knows: five rungs, from what a person entered or, without that, from the words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from functools import cache

from nightdesk.corroboration.evidence import Told
from nightdesk.corroboration.lexicon import table


class Basis(Enum):
    """Only the first two reach the event without a further mouth between."""

    DIRECT = "took part or saw"
    TOLD = "has it from one who did"
    SECOND_HAND = "second-hand"
    RUMOUR = "rumour"
    UNKNOWN = "unknown"


WHOSE = "(?!s?['’]s? |의 |的)"  # the victim's wife was not there herself
_ANYWHERE = ((Basis.RUMOUR, "rumour"), (Basis.SECOND_HAND, "second_hand"))  # whatever else stands beside it
_FIRST = ((Basis.TOLD, "told"), (Basis.SECOND_HAND, "heard"), (Basis.DIRECT, "direct"))


def basis_of(told: Told) -> Basis:
    """What was entered; where no table knows the words, hearsay makes it second-hand, and anything else is UNKNOWN."""
    if (rung := _entered((told.basis or "").lower())) is not None:
        return rung
    return Basis.SECOND_HAND if told.facts.hearsay or told.via else Basis.UNKNOWN


@cache
def _entered(entered: str) -> Basis | None:
    """The rung of what a person wrote: of several words the first says it, of two that begin together the longer."""
    for rung, key in _ANYWHERE:
        if any(_places(key, entered)):
            return rung
    found = [(*at, place) for place, (_, key) in enumerate(_FIRST) for at in _places(key, entered)]
    return _FIRST[min(found)[2]][0] if found else None


def _places(key: str, entered: str) -> Iterator[tuple[int, int]]:
    """Where words of a row stand, with their lengths below nought. English words match from the start of a word."""
    for word in table()["basis"][key]:
        edge = r"(?<![a-z])" if word.isascii() else ""
        if match := re.search(f"{edge}{re.escape(word)}{WHOSE if key == 'direct' else ''}", entered):
            yield match.start(), -len(word)
