"""Which claims of a draft rest on one origin, perhaps on one mouth, or on none counted: a quiet word beside each.

It holds nothing up: whether one origin is enough is the editors' to say. Does not belong here: counting
origins (nightdesk.corroboration).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.db.models import Q

from nightdesk.desk.claims.models import Event

if TYPE_CHECKING:
    from nightdesk.desk.review.draft import Spot


def rests_on(spots: Mapping[str, Iterable[Spot]]) -> dict[str, Event]:
    """Of the claims under these words those with one origin, perhaps one mouth, or a count that is being made anew."""
    tokens = {token for row in spots.values() for spot in row for token in spot.claims}
    weak = Event.objects.filter(Q(independent_origins__lte=1) | Q(at_least__lte=1))
    rows = weak.filter(accounts__claims__token__in=tokens).values_list("accounts__claims__token", "pk")
    of = {token: pk for token, pk in rows if token in tokens}
    events = Event.objects.in_bulk(set(of.values())) if of else {}
    return {token: events[pk] for token, pk in of.items()}
