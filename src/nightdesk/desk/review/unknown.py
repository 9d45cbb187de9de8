"""Names in tables that nobody knows: a group that no description belongs to, a place that no gazetteer has.

Such a table is kept, for a description or a place may come later; but whoever mistyped a name has to be told. Belongs
here: which names are new and known to nobody. Does not belong here: saving (keeping.py), saying it (tables.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Protocol

from nightdesk.disclosure.rules.tables import read_groups
from nightdesk.disclosure.whereabouts import key_of
from nightdesk.values.places import gazetteer


class Named(Protocol):
    """Whatever has a group and a place."""

    group: str
    place: str


class Unknown(NamedTuple):
    """Names as they were typed, each once, in their order."""

    groups: tuple[str, ...]
    places: tuple[str, ...]


def unknown(rows: Iterable[Named], earlier: Iterable[Named]) -> Unknown:
    """The names of `rows` that neither the review nor an earlier table knows."""
    rows, earlier = list(rows), list(earlier)
    groups = read_groups() | {one.group.lower() for one in earlier}
    places = {key_of(one.place) for one in earlier}
    return Unknown(
        tuple(dict.fromkeys(one.group for one in rows if one.group.lower() not in groups)),
        tuple(dict.fromkeys(one.place for one in rows
                            if key_of(one.place) not in gazetteer() and key_of(one.place) not in places)),
    )  # fmt: skip
