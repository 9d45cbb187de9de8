"""What a teller says is not so: the fields that are set right, and the values that are called wrong.

Belongs here: finding them by the words of [denial] and [not_so] in data/acts.toml, and acts by data/undone.toml. Does not belong here: what follows
for another account (what_whom.py, relation.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, NamedTuple

from nightdesk.corroboration.counted import Counted
from nightdesk.corroboration.elsewhere import any_of
from nightdesk.corroboration.facts import Facts, Sum
from nightdesk.corroboration.lexicon import table
from nightdesk.corroboration.parts import sentence, town
from nightdesk.corroboration.scanning import Hit, Scanned
from nightdesk.corroboration.when import bounds
from nightdesk.reading.model import Reading, Span

FIELD_OF = {
    "date": "date",
    "time": "date",
    "quantity": "count",
    "duration": "count",
    "money": "amount",
    "place": "place",
}
OUTCOMES = frozenset({"death", "survived", "release", "trial", "exile", "execution"})
# Characters at most between a value and the words that call it wrong: words behind it, words before it ("not on the 5th").
BEFORE, BEHIND = {"ko": 9, "zh": 8, "en": 28}, 6
NEAR = 40  # characters beside a word of an act in which it is said that it did not happen


def fields(reading: Reading, told: Scanned, counted: list[Counted]) -> Iterator[str]:
    """Fields that stand in a sentence in which the teller says what is not so."""
    for hit in told.hits("denial"):
        start, end = sentence(told.text, hit.start, hit.end)
        yield from (FIELD_OF[s.kind] for s in reading.spans if s.kind in FIELD_OF and start <= s.start < end)
        if any(start <= one.start < end for one in counted):
            yield "count"
        if told.within("agencies", start, end):
            yield "unit"
        if OUTCOMES & set(told.within("acts", start, end)):
            yield "outcome"


class Placed(NamedTuple):
    """A value as `known` writes it, and where it stands."""

    start: int
    end: int
    value: str


def values(reading: Reading, told: Scanned, counted: list[Counted]) -> Iterator[str]:
    """Values that the teller calls wrong, as `known` writes them: "not six but seven" is "count people 6"."""
    hits = told.hits("not_so")
    placed = list(_placed(reading, told, counted)) if hits else []
    for hit in hits:
        nearest = _nearest(hit, placed, BEFORE[told.lang])
        if nearest and sentence(told.text, hit.start, hit.end) == sentence(
            told.text, nearest.start, nearest.end
        ):
            yield nearest.value


def undone(told: Scanned) -> Iterator[str]:
    """Acts that are told as not having happened wherever they stand, as `done` writes them: 체포되지 않았다."""
    hits = told.hits("acts")
    happened = {hit.entry for hit in hits if not _is_undone(hit, told)}
    yield from {f"outcome {hit.entry}" for hit in hits if hit.entry not in happened}


def _is_undone(hit: Hit, told: Scanned) -> bool:
    if _after_all(hit, told):
        return False
    behind, before, _, itself = _beside(told.lang)
    if itself and itself.match(told.text, hit.start):
        return True
    if behind and behind.match(told.text, hit.end):
        return True
    return bool(before and before.search(told.text[max(0, hit.start - NEAR) : hit.start]))


def _after_all(hit: Hit, told: Scanned) -> bool:
    """Whether an act that is told with "not" happened nevertheless: not released until Monday."""
    unless = _beside(told.lang)[2]
    return unless is not None and unless.search(told.text[hit.end : hit.end + NEAR]) is not None


@cache
def _beside(lang: str) -> tuple[re.Pattern[str] | None, ...]:
    rows = table("undone")
    return tuple(
        any_of(row[lang]) for row in (rows["behind"], rows["before"], rows["unless"], rows["itself"])
    )


def done(facts: Facts) -> frozenset[str]:
    """Acts of an account that happened by it, each as `undone` writes it."""
    return frozenset(f"outcome {act}" for act in facts.acts) - facts.wrong


def _nearest(hit: Hit, placed: list[Placed], before: int) -> Placed | None:
    if hit.entry == "before":
        near = [one for one in placed if 0 <= hit.start - one.end <= before]
        return max(near, key=lambda one: (one.end, one.value), default=None)
    # "Not one of the five" begins with its own "not", and is a value like any other.
    near = [one for one in placed if one.start > hit.start and one.start - hit.end <= BEHIND]
    return min(near, key=lambda one: (one.start, one.value), default=None)


def _placed(reading: Reading, told: Scanned, counted: list[Counted]) -> Iterator[Placed]:
    yield from (Placed(one.start, one.end, f"count {one.thing} {one.number}") for one in counted)
    yield from (Placed(s.start, s.end, value) for s in reading.spans if (value := _value(s)))
    yield from (Placed(hit.start, hit.end, f"unit {hit.entry}") for hit in told.hits("agencies"))
    ends = (hit for hit in told.hits("acts") if hit.entry in OUTCOMES and not _after_all(hit, told))
    yield from (Placed(hit.start, hit.end, f"outcome {hit.entry}") for hit in ends)


def _value(s: Span) -> str:
    if s.kind == "money" and s.value.get("amount") is not None:
        return f"amount {s.value.get('currency', '')} {_ends(s.value)}"
    if s.kind == "place" and (key := town(s.value)):
        return f"place {key}"
    when = bounds(s.value) if s.kind == "date" else None
    return f"date {when.edtf}" if when else ""


def _ends(value: Mapping[str, Any]) -> str:
    """An amount as `_sum` writes it: who calls several thousand wrong does not call 2,000 wrong."""
    low, high = str(value["amount"]), str(value.get("amount_high") or value["amount"])
    try:
        one = Sum(Decimal(low), "", high=Decimal(high))
    except InvalidOperation:
        return low
    return str(one).strip() if one.most > one.amount else low


def known(facts: Facts) -> frozenset[str]:
    """The values of an account, each as `field value`."""
    found = {
        "count": (f"{thing} {number}" for thing, number in facts.counts),
        "amount": map(_sum, facts.sums),
        "place": facts.places,
        "date": (day.edtf for day in facts.dates),
        "unit": facts.agencies,
        "outcome": facts.acts & OUTCOMES,
    }
    return frozenset(f"{field} {value}" for field, some in found.items() for value in some)


def _sum(one: Sum) -> str:
    return str(one) if one.high is not None else f"{one.currency} {one.amount}"
