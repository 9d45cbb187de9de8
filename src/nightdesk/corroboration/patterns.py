"""Which campaign a standing pattern belongs to: shown beside it, never counted as an account of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from nightdesk.corroboration.evidence import Told
from nightdesk.corroboration.ledger import Ledger

MOST = 50  # accounts of a campaign a pattern is held against
REACH = timedelta(days=92)  # a season: a pattern told in December speaks of this winter's campaign


def place_patterns(ledger: Ledger, events: Iterable[int]) -> dict[int, list[str]]:
    """Ids of patterns by campaign event. A pattern without a town is placed by its teller's towns."""
    found: dict[int, list[str]] = {}
    campaigns = {e: [ledger.told(n) for n in ledger.members[e][:MOST]] for e in sorted(events)}
    campaigns = {e: told for e, told in campaigns.items() if told[0].facts.kind == "campaign"}
    if not campaigns:
        return found
    for number in ledger.patterns:
        told = ledger.told(number)
        if event := _best(told, ledger, campaigns):
            found.setdefault(event, []).append(told.id)
    return found


def _best(told: Told, ledger: Ledger, campaigns: Mapping[int, Sequence[Told]]) -> int | None:
    towns = told.facts.places or ledger.towns_of(told.source)
    likeness = {e: _likeness(told, towns, m) for e, m in campaigns.items()}
    fitting = [e for e in likeness if likeness[e] > 0]
    return max(fitting, key=lambda e: likeness[e], default=None)  # ties: the first mentioned


def _likeness(told: Told, towns: frozenset[str], campaign: Sequence[Told]) -> float:
    there = frozenset().union(*(t.facts.places for t in campaign))
    if (towns and there and not towns & there) or not any(_in_season(told, t) for t in campaign):
        return 0.0
    agencies = frozenset().union(*(t.facts.agencies for t in campaign))
    details = frozenset().union(*(t.facts.details for t in campaign))
    shared = len(told.facts.agencies & agencies) + len(told.facts.details & details)
    return shared + bool(towns & there) if shared else 0.0


def _in_season(told: Told, other: Told) -> bool:
    return told.on is None or other.on is None or abs(told.on - other.on) <= REACH
