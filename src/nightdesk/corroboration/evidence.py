"""What a comparison reads and what it finds: the words that rules, decision and links share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from nightdesk.corroboration.facts import Facts
from nightdesk.corroboration.model import Sentence
from nightdesk.values.places import gazetteer


@dataclass(frozen=True, slots=True)
class Told:
    """Facts with who told them when: what a comparison needs of an account."""

    id: str
    lang: str
    on: date | None
    source: str | None
    facts: Facts


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One field both accounts fill differently. `field`: amount, date, unit, place, count, outcome."""

    field: str
    says: str
    against: str
    said: Sentence
    other: Sentence


@dataclass(frozen=True, slots=True)
class Comparison:
    """`features` by the names in weights.toml; `agree` is the evidence, to be said in any language."""

    features: Mapping[str, float]
    agree: tuple[Sentence, ...]
    disagree: tuple[Disagreement, ...]


Finding = tuple[str, float, Sentence | Disagreement | None]


def listed(keys: Iterable[str]) -> tuple[str, ...]:
    """Keys as a sentence keeps them: in one order, whatever set they came from."""
    return tuple(sorted(keys))


def names(keys: frozenset[str]) -> str:
    return ", ".join(sorted(name(key) for key in keys))


def name(key: str) -> str:
    """A gazetteer key's English name; a key of a table without its underscores."""
    place = gazetteer().get(key)
    return place.names["en"][0] if place and "en" in place.names else key.replace("_", " ")
