"""What waits to be released: texts cleared for today that readers do not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from nightdesk.desk.review.standing import standings
from nightdesk.desk.review.state import read_state
from nightdesk.desk.review.waiting import title_of
from nightdesk.desk.stories.models import Story

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member


def waiting(member: Member) -> list[tuple[str, str, str]]:
    """(title, what is asked, address) of every story this member may release today."""
    if not member.may("release"):
        return []
    stories = Story.objects.visible_to(member).filter(clearances__isnull=False, withdrawn_at=None).distinct()
    states = ((one, read_state(one)) for one in standings(stories).values())
    return [
        (title_of(one), state.text, reverse("releases:story", args=[one.story.pk]))
        for one, state in states
        if state.key == "cleared"
    ]
