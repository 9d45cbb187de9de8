"""What an account is found by, apart from its words: towns by month, acts by town and day, sums, its teller by month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from nightdesk.corroboration.evidence import Told
from nightdesk.corroboration.lexicon import act_family
from nightdesk.values.places import ancestors, gazetteer

TOWNS = ("city", "county")  # levels of what a ward or village lies in
WINDOW = timedelta(days=45)  # how long before the contact it may lie, whatever days a note names
# What each kind of key says for comparing.
VOTES = {"place": 2.0, "deed": 0.7, "day": 2.0, "sum": 3.0, "teller": 2.0}


def fact_keys(told: Told) -> Iterator[tuple[str, float]]:
    """Keys with their votes, each once."""
    # A written report has neither a town of its own nor, mostly, a teller.
    months = sorted(_months(told)) if told.facts.places or told.source else ()
    families = sorted({act_family(act) for act in told.facts.acts})
    for place in sorted(towns(told)):
        for month in months:
            yield f"place:{place}:{month}", VOTES["place"]
            # A town's month may hold more accounts than a key keeps; its raids in that month are fewer.
            yield from ((f"deed:{place}:{month}:{family}", VOTES["deed"]) for family in families)
    yield from ((f"day:{day}:{family}", VOTES["day"]) for day in sorted(_days(told)) for family in families)
    for total in sorted(
        {f"sum:{s.currency}:{end.normalize()}" for s in told.facts.sums for end in (s.amount, s.most)}
    ):
        yield total, VOTES["sum"]
    if told.source:
        yield from ((f"teller:{told.source}:{month}", VOTES["teller"]) for month in months)


def towns(told: Told) -> set[str]:
    """Where it was, or the teller's town where none is said, with the towns these are parts of."""
    named = told.facts.places or ({told.home} if told.home else frozenset())
    return {*named, *(up for place in named for up in _around(place))}


@cache
def _around(place: str) -> tuple[str, ...]:
    """The towns a place lies in."""
    return tuple(up for up in ancestors(place) if gazetteer()[up].level in TOWNS)


def _days(told: Told) -> set[date]:
    """Single days it may have been on: an account without a town is found by what happened that day."""
    return {s.earliest for s in told.facts.dates if s.earliest and s.earliest == s.latest}


def _months(told: Told) -> set[str]:
    """YYYY-MM of every month the event may lie in, or 'unsaid' without any date at all.

    Of a note also of the weeks before its contact: what it dates is often what came of it.
    """
    spans = [(s.earliest, s.latest) for s in told.facts.dates]
    if told.on and (not spans or not told.facts.document):
        spans.append((told.on - WINDOW, told.on))
    found = {m for first, last in spans for m in _between(first or last, last or first)}
    return found or {"unsaid"}


def _between(first: date | None, last: date | None) -> Iterator[str]:
    if first is None or last is None:
        return
    year, month = first.year, first.month
    for _ in range(12):  # a span of more than a year is too vague to lead anywhere further
        if (year, month) > (last.year, last.month):
            return
        yield f"{year:04}-{month:02}"
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
