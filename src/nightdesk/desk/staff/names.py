"""What a member may be called. A slot is found by its name, so two names must never be one.

Two that differ in capitals alone are one here, so that whoever types "alice" is Alice.
Belongs here: the rule, on plain values. Does not belong here: making members (staffing.py).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

LONGEST = 40
UNSEEN = ("C", "Zl", "Zp")  # controls, what shows nothing, half characters; breaks of line and paragraph


def is_plain(name: str) -> bool:
    """Whether the name is one way of writing it: composed (NFC), no space around it or twice, nothing unseen."""
    if not name or len(name) > LONGEST or name != unicodedata.normalize("NFC", name):
        return False
    return name == " ".join(name.split()) and not any(
        unicodedata.category(letter).startswith(UNSEEN) for letter in name
    )


def is_taken(name: str, others: Iterable[str]) -> bool:
    """Whether somebody is called so, in letters of any size."""
    return _folded(name) in {_folded(other) for other in others}


def spelled(name: str, members: Iterable[str]) -> str:
    """As the member spells it who alone is called so in letters of any size; else as it was typed.

    Exactly typed is exactly meant: names of an older desk may differ in their capitals alone.
    """
    known = list(members)
    alike = [other for other in known if _folded(other) == _folded(name)]
    return alike[0] if len(alike) == 1 and name not in known else name


def spellings(name: str) -> list[str]:
    """What a locked desk, which has no list of names, tries for a typed one: so, small, with capitals.

    As many for a stranger's name as for a member's: it goes by the letters that were typed.
    """
    return list(dict.fromkeys((name, name.casefold(), name.title())))


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name.strip()).casefold())
