"""The same change in other places: a sum or a day that stands in six paragraphs is read once and taken six times.

Belongs here: which offers of other findings put the same words for the same words. Does not belong here: writing them
(editing), and keeping words in several places, for which each red has its own reason (standing.alike).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nightdesk.desk.review.findings import Group, clash, offers
from nightdesk.desk.review.models import Finding
from nightdesk.desk.review.standing import Standing

Change = tuple[str, str, str, str]  # edition, what the offer does, the words now, the words then


def elsewhere(one: Standing, found: Finding, group: Group) -> list[Group]:
    """Of each other open finding of the class the offers that make the same change, none over another's words.

    What somebody has kept with a reason stays kept.
    """
    wanted, taken, same = changes(one, group), list(group.offers), []
    for other in one.judged:
        if other.standing == "open" and other.finding.kind == found.kind and other.finding.key != found.key:
            for its in _the_same(one, other.finding, wanted):
                if not any(clash(taken, offer) for offer in its.offers):
                    taken += its.offers
                    same.append(its)
    return same


def changes(one: Standing, group: Group) -> set[Change]:
    """What a group of offers changes, wherever that stands."""
    return {(offer["edition"], offer["key"], _words(one, offer), offer["text"]) for offer in group.offers}


def _the_same(one: Standing, other: Finding, wanted: set[Change]) -> Iterator[Group]:
    return (its for its in offers(other) if changes(one, its) == wanted)


def _words(one: Standing, offer: dict[str, Any]) -> str:
    spot = one.laid.spot(offer["edition"], offer["paragraph"])
    return spot.text[offer["start"] : offer["end"]] if spot else ""
