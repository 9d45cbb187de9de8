"""The newsroom's group tables by group and place: a draft looks its own up, however many there are.

Made once of a set of tables and kept for the next keystroke. Belongs here: finding rows. Does not belong here: what a
row says (estimates), what follows from it (rules).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache

from nightdesk.disclosure.model import GroupTable
from nightdesk.disclosure.whereabouts import key_of
from nightdesk.values.places import ancestors, gazetteer


class Lookup:
    """Rows by the group's name in lower case and by place: their own, and every place above it."""

    def __init__(self, tables: tuple[GroupTable, ...]) -> None:
        self.tables = tables
        self._at: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._under: dict[tuple[str, str], list[int]] = defaultdict(list)
        for number, one in enumerate(tables):
            name, key = one.group.lower(), key_of(one.place)
            self._at[name, key].append(number)
            for above in above_of(key):
                self._under[name, above].append(number)

    def near(self, names: frozenset[str], places: Iterable[str], country: str) -> tuple[GroupTable, ...]:
        """Rows of these groups for one of `places`, one around it or one in it, or for all of a country (a key)."""
        found: set[int] = set()
        for name in names:
            found.update(self._at.get((name, country), ()))
            for place in places:
                found.update(self._under.get((name, place), ()))
                for around in (place, *above_of(place)):
                    found.update(self._at.get((name, around), ()))
        return tuple(self.tables[number] for number in sorted(found))


@lru_cache(maxsize=256)
def near(
    lookup: Lookup, names: frozenset[str], places: frozenset[str], country: str
) -> tuple[GroupTable, ...]:
    """The same, kept: each paragraph and each keystroke asks again."""
    return lookup.near(names, places, country)


def above_of(key: str) -> tuple[str, ...]:
    """The places above one; none when no gazetteer has it."""
    return ancestors(key) if key in gazetteer() else ()


@lru_cache(maxsize=4)
def looked_up(tables: tuple[GroupTable, ...]) -> Lookup:
    """The rows laid out; kept, because they do not change while one types."""
    return Lookup(tables)


@cache
def country_key(code: str) -> str:
    """The gazetteer's key of a country, '' when it has none."""
    found: Iterable[str] = (key for key, one in gazetteer().items()
                            if one.level == "country" and one.codes.get("iso3166_1") == code)  # fmt: skip
    return next(iter(found), "")
