"""How a teller knows: five rungs, from what a person entered or, without that, from the words."""

from __future__ import annotations

from enum import Enum

from nightdesk.corroboration.evidence import Told
from nightdesk.corroboration.lexicon import table


class Basis(Enum):
    """Only the first two reach the event without a further mouth between."""

    DIRECT = "took part or saw"
    TOLD = "has it from one who did"
    SECOND_HAND = "second-hand"
    RUMOUR = "rumour"
    UNKNOWN = "unknown"


_RUNGS = (
    (Basis.RUMOUR, "rumour"),
    (Basis.TOLD, "told"),
    (Basis.SECOND_HAND, "second_hand"),
    (Basis.DIRECT, "direct"),
)


def basis_of(told: Told) -> Basis:
    """What was entered; where nothing usable was, hearsay words make it second-hand, and no words UNKNOWN."""
    entered = (told.basis or "").lower()
    for rung, key in _RUNGS if entered else ():
        if any(word in entered for word in table()["basis"][key]):
            return rung
    if told.facts.hearsay or told.via:
        return Basis.SECOND_HAND
    return Basis.DIRECT if entered not in ("", "unknown") else Basis.UNKNOWN
