"""What waits to be released: texts cleared for today that readers do not have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.urls import reverse

from nightdesk.desk.releases import held
from nightdesk.desk.releases.models import Fallen
from nightdesk.desk.review.standing import Standing, standings_at_work
from nightdesk.desk.review.state import read_state
from nightdesk.desk.review.waiting import title_of
from nightdesk.desk.stories.models import Story

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member


def waiting(member: Member, found: Mapping[int, Standing] | None = None) -> list[tuple[str, str, str]]:
    """(title, what is asked, address) of those of the stories at work that this member may release today.

    What is held until a later day is none of them, though it may be cleared.
    """
    if not member.may("release"):
        return []
    found = standings_at_work(member) if found is None else found
    holds, waits = held.by_story(member), held.waits(member)
    states = ((one, read_state(one, waits)) for one in found.values() if one.clearance)
    cleared = [(one, state, holds.get(one.story.pk)) for one, state in states if state.key == "cleared"]
    return [
        (title_of(one), state.text, reverse("releases:story", args=[one.story.pk]))
        for one, state, hold in cleared
        if hold is None or hold.due
    ]


def fallen(member: Member) -> list[Fallen]:
    """Schedules that the desk took off and nobody has seen yet, the newest first."""
    if not member.may("release"):
        return []
    rows = Fallen.objects.filter(story__in=Story.objects.visible_to(member)).order_by("-fallen_at")
    return list(rows.select_related("story").prefetch_related("story__editions"))
