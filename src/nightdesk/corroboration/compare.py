"""Two accounts side by side: what speaks for one event, what against, and where they disagree.

Pure comparing: no threshold and no decision (decide.py), no counting (origins.py). The rules stand in
where_when.py and what_whom.py, in the order their disagreements are told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import log, log1p, sqrt
from typing import NamedTuple

from nightdesk.corroboration import what_whom, where_when, words
from nightdesk.corroboration.evidence import Comparison, Finding, Say, Told
from nightdesk.corroboration.facts import AGE
from nightdesk.corroboration.sentences import said

RULES: tuple[Callable[[Told, Told], Iterator[Finding]], ...] = (
    where_when.place, where_when.contacts, where_when.day, what_whom.sums, what_whom.acts, what_whom.party, what_whom.agency,
    what_whom.counts, what_whom.deadline, what_whom.details, what_whom.outcome, what_whom.denial, what_whom.teller,
)  # fmt: skip
SHOWN = 0.2  # likeness from which the words in common are worth showing
MANY = 50  # written reports: from here each doubling makes a chance likeness likelier
LIKE = 0.2  # likeness by rare words under which two texts are not looked at for copying


class Wording(NamedTuple):
    """How alike two texts are, 0..1: by rare words, and by what every language has (names, numbers, things)."""

    likeness: float = 0.0
    signs: float = 0.0
    shared: Callable[[], tuple[str, ...]] = tuple  # the rarest words of both, to be shown
    among: int = 0  # accounts of the same weeks, from which this one was the likest


def compare(one: Told, other: Told, wording: Wording) -> Comparison:
    """`one` (the newer) against `other`. The disagreements read from `one`'s side."""
    found = list[Finding]()
    if one.facts.document and other.facts.document:
        found += _reports(one, other, wording)
    else:
        for rule in RULES:
            found += rule(one, other)
        found += _texts(one, other, wording)
    return Comparison(
        {name: value for name, value, _ in found if name},
        tuple(say for _, _, say in found if say is not None),
    )


def _texts(one: Told, other: Told, wording: Wording) -> Iterator[Finding]:
    """How alike the words are, and in one language whether they are a copy."""
    yield "signs", sqrt(wording.signs), None
    if one.lang == other.lang:
        yield "same_language", 1.0, None
        yield "words", sqrt(wording.likeness), _rare(wording)
        yield from _copied(one, other, wording)


def _reports(one: Told, other: Told, wording: Wording) -> Iterator[Finding]:
    """Two written reports: their values are many and mostly of something else; words, names and days decide."""
    yield "reports", 1.0, None
    yield "reports_words", sqrt(wording.likeness), _rare(wording)
    yield "reports_signs", sqrt(wording.signs), None
    if one.on and other.on:
        yield "reports_days", log1p(abs((one.on - other.on).days)), None
    if wording.among > MANY:
        yield "reports_many", log(wording.among / MANY), None
    yield from _ages(one, other)
    yield from _copied(one, other, wording)


def _ages(one: Told, other: Told) -> Iterator[Finding]:
    """Ages told of people: the same in both, or none in common where both tell some."""
    a, b = one.facts.counts, other.facts.counts
    if both := sorted(n for thing, n in a & b if thing == AGE):
        same = tuple(f"{n} {AGE}" for n in both)
        yield "reports_ages", float(len(both)), lambda: said("same_count", counts=same)
    elif a and b:
        yield "reports_ages_apart", 1.0, None


def _rare(wording: Wording) -> Say | None:
    return (lambda: said("rare_words", words=wording.shared())) if wording.likeness >= SHOWN else None


def _copied(one: Told, other: Told, wording: Wording) -> Iterator[Finding]:
    if wording.likeness < LIKE:
        return
    share = words.contained(one.facts.shingles, other.facts.shingles)
    yield "verbatim", share, (lambda: said("wording", share=round(share * 100))) if share >= 0.2 else None
