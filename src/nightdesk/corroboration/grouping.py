"""From comparisons with single accounts to how well a new one fits each of their events.

Belongs here: which of an event's accounts speak for it, and how their scores become one. Does not belong here:
what two accounts have in common (compare.py), and what follows from a score (desk.py).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import exp, log
from typing import NamedTuple

from nightdesk.corroboration.evidence import Comparison

ENDS = 4  # an event's first and its newest accounts, so many of each, speak for a long one
SURE = 1e-9  # a score is kept this far from 0 and 1: its log odds stay finite


class Match(NamedTuple):
    """An earlier account compared with the new one."""

    number: int
    seen: Comparison
    score: float


def sample(members: Sequence[int]) -> list[int]:
    """At most 2 * ENDS of an event's accounts, whatever its size: the cost of one account stays flat."""
    return list(dict.fromkeys((*members[:ENDS], *members[-ENDS:])))


def event_scores(matches: Sequence[Match], event_of: Callable[[int], int], written: bool) -> dict[int, float]:
    """0..1 by event, of the accounts that were compared.

    Notes lean on the likest account: the others of an event often say little. Written reports go by the mean of
    log odds (average linkage): one look-alike in an event does not open it.
    """
    by_event: dict[int, list[float]] = {}
    for match in matches:
        by_event.setdefault(event_of(match.number), []).append(match.score)
    mean = _mean_odds if written else _likest
    return {event: mean(scores) for event, scores in by_event.items() if event}


def _likest(scores: Sequence[float]) -> float:
    return 0.6 * max(scores) + 0.4 * sum(scores) / len(scores)


def _mean_odds(scores: Sequence[float]) -> float:
    odds = [log(s / (1 - s)) for s in (min(max(score, SURE), 1 - SURE) for score in scores)]
    return 1 / (1 + exp(-sum(odds) / len(odds)))
