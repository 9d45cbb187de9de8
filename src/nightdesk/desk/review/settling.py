"""Marking stories as settled: readers have their very text. The one place that gives the mark.

Belongs here: reading a story to give it. Does not belong here: taking it away (stories.settling).
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from nightdesk.desk.review.standing import standings
from nightdesk.desk.stories.models import Story

LOT = 100  # stories read at once


@transaction.atomic
def settle(stories: Sequence[int]) -> None:
    """Marks those of the stories that are settled. Reads and writes in one transaction: nobody types in between."""
    found = standings(Story.objects.filter(pk__in=stories))
    Story.objects.filter(pk__in=[pk for pk, one in found.items() if one.is_released]).update(settled=True)


def settle_all() -> None:
    """At the start of the desk: stories released before there was the mark, and those put back as they were."""
    rows = Story.objects.at_work().filter(releases__isnull=False).order_by("pk").distinct()
    pks = list(rows.values_list("pk", flat=True))
    for start in range(0, len(pks), LOT):
        settle(pks[start : start + LOT])
