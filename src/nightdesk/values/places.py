"""Places as a tree of names in three scripts, with codes that always carry their scheme.

The tables are data/places*.toml; a code without its scheme is a bug (North Hamgyong is ISO KP-09,
GeoNames 17 and another open set's KP02, while ISO KP-02 is South Pyongan).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """A place by key; `parent` is the key of what it lies in, '' at the top."""

    key: str
    level: str  # country, province, prefecture, city, county, district, river, mountain, island
    names: Mapping[str, tuple[str, ...]]  # language -> spellings, the house's first
    codes: Mapping[str, str | int]  # scheme -> code: iso3166_1, iso3166_2, geonames
    parent: str


# The house's own first: where two places share a spelling, the earlier file is asked first.
TABLES = ("places", "places-kp", "places-near", "places-world")


@cache
def gazetteer() -> Mapping[str, Place]:
    """Every place of the tables by key, parents before children."""
    data = files("nightdesk.values") / "data"
    raw: dict[str, Any] = {}
    for table in TABLES:
        raw |= tomllib.loads((data / f"{table}.toml").read_text("utf-8"))
    return {
        key: Place(
            key=key,
            level=row["level"],
            names={lang: tuple(row[lang]) for lang in ("ko", "zh", "en") if lang in row},
            codes=dict(row.get("codes", {})),
            parent=row.get("parent", ""),
        )
        for key, row in raw.items()
    }


@cache
def ancestors(key: str) -> tuple[str, ...]:
    """The keys above `key`, nearest first. KeyError when the place is unknown."""
    places, found = gazetteer(), []
    while key := places[key].parent:
        found.append(key)
    return tuple(found)


def label(key: str, lang: str) -> str:
    """The house's spelling of a place in `lang`, in English where the table has none. KeyError: unknown."""
    place = gazetteer()[key]
    return (place.names.get(lang) or place.names["en"])[0]


def code(key: str, scheme: str) -> str | int | None:
    """The code of a place in `scheme`, its own or that of the nearest place above which has one."""
    for above in (key, *ancestors(key)):
        if scheme in gazetteer()[above].codes:
            return gazetteer()[above].codes[scheme]
    return None


# ISO 3166-1 codes of territories that no table lists as a place of its own.
TERRITORIES = frozenset(
    [
        "AI",
        "AQ",
        "AS",
        "AW",
        "AX",
        "BL",
        "BM",
        "BQ",
        "BV",
        "CC",
        "CK",
        "CW",
        "CX",
        "FK",
        "FO",
        "GF",
        "GG",
        "GI",
        "GL",
        "GP",
        "GS",
        "GU",
        "HK",
        "HM",
        "IM",
        "IO",
        "JE",
        "KY",
        "MF",
        "MO",
        "MP",
        "MQ",
        "MS",
        "NC",
        "NF",
        "NU",
        "PF",
        "PM",
        "PN",
        "PR",
        "RE",
        "SH",
        "SJ",
        "SX",
        "TC",
        "TF",
        "TK",
        "UM",
        "VG",
        "VI",
        "WF",
        "YT",
    ]
)


@cache
def country_codes() -> frozenset[str]:
    """Every ISO 3166-1 code of two letters."""
    listed = (place.codes.get("iso3166_1") for place in gazetteer().values())
    return TERRITORIES | {str(code) for code in listed if code is not None}


def find(name: str) -> Place | None:
    """The place of that exact spelling in any language, case aside; None when nobody has listed it."""
    return _by_spelling().get(name.strip().casefold())


@cache
def _by_spelling() -> Mapping[str, Place]:
    spellings: dict[str, Place] = {}
    for place in gazetteer().values():
        for spelling in (place.key, *(s for names in place.names.values() for s in names)):
            spellings.setdefault(spelling.casefold(), place)
    return spellings
