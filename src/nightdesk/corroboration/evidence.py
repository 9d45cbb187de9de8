"""What a comparison reads and what it finds: the words that rules, decision and links share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from nightdesk.corroboration.facts import Facts
from nightdesk.corroboration.model import Sentence
from nightdesk.values.places import gazetteer


@dataclass(frozen=True, slots=True)
class Told:
    """Facts with who told them when: what a comparison and a count of origins need of an account."""

    id: str
    lang: str
    on: date | None
    source: str | None
    facts: Facts
    via: str | None = None
    basis: str | None = None
    confirmed: bool = True
    home: str = ""  # of an account that names no town: the one its teller has mostly told of; kept nowhere


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One field both accounts fill differently. `field`: amount, date, unit, place, count, outcome."""

    field: str
    says: str
    against: str
    said: Sentence
    other: Sentence


# Said when somebody asks: most comparisons are never shown.
Say = Callable[[], Sentence | Disagreement]
Finding = tuple[str, float, Say | None]


@dataclass(frozen=True)
class Comparison:
    """`features` by the names in weights.toml; `agree` and `disagree` are the evidence, in words on demand."""

    features: Mapping[str, float]
    says: tuple[Say, ...] = ()

    @property
    def agree(self) -> tuple[Sentence, ...]:
        """What both tell alike."""
        return self._said[0]

    @property
    def disagree(self) -> tuple[Disagreement, ...]:
        """What they tell differently."""
        return self._said[1]

    @cached_property
    def _said(self) -> tuple[tuple[Sentence, ...], tuple[Disagreement, ...]]:
        found = [say() for say in self.says]
        return (
            tuple([w for w in found if isinstance(w, Sentence)]),
            tuple([w for w in found if isinstance(w, Disagreement)]),
        )


def listed(keys: Iterable[str]) -> tuple[str, ...]:
    """Keys as a sentence keeps them: in one order, whatever set they came from."""
    return tuple(sorted(keys))


def names(keys: frozenset[str]) -> str:
    return ", ".join(sorted(name(key) for key in keys))


def name(key: str) -> str:
    """A gazetteer key's English name; a key of a table without its underscores."""
    place = gazetteer().get(key)
    return place.names["en"][0] if place and "en" in place.names else key.replace("_", " ")
