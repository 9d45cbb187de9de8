"""Places and offices by name, in one language: the gazetteer's, those below it, and units.

An organisation that names its place gives two finds: the unit, and the place inside it.
"""

from __future__ import annotations

from collections.abc import Iterator

from nightdesk.reading import below, formations, spots, units
from nightdesk.reading.find import Find


def finds(text: str, lang: str, country: str | None = None) -> Iterator[Find]:
    """Places, districts under them, and units, in one language."""
    found = list(spots.finds(text, lang, country))
    yield from units.finds(text, lang, found)
    yield from formations.finds(text, lang)
    yield from found
    yield from below.finds(text, lang, found)
