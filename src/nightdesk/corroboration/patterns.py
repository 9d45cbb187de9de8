"""Which campaign a standing pattern belongs to: shown beside it, never counted as an account of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from nightdesk.corroboration.evidence import Told

REACH = timedelta(days=92)  # a season: a pattern told in December speaks of this winter's campaign


def place_patterns(tolds: Sequence[Told], members: Mapping[str, Sequence[int]]) -> dict[str, list[str]]:
    """Ids of patterns by campaign event. A pattern without a town is placed by its teller's towns."""
    found: dict[str, list[str]] = {}
    campaigns = {e: [tolds[n] for n in m] for e, m in members.items() if tolds[m[0]].facts.kind == "campaign"}
    for told in tolds:
        if told.facts.kind == "pattern" and (event := _best(told, tolds, campaigns)):
            found.setdefault(event, []).append(told.id)
    return found


def _best(told: Told, tolds: Sequence[Told], campaigns: Mapping[str, Sequence[Told]]) -> str | None:
    towns = told.facts.places or _towns_of(told, tolds)
    likeness = {e: _likeness(told, towns, m) for e, m in campaigns.items()}
    fitting = [e for e in likeness if likeness[e] > 0]
    return max(fitting, key=lambda e: likeness[e], default=None)  # ties: the first mentioned


def _towns_of(told: Told, tolds: Sequence[Told]) -> frozenset[str]:
    theirs = [t.facts.places for t in tolds if told.source and t.source == told.source]
    return frozenset().union(*theirs)


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
