"""What waits for a reviewer: texts to review and clear, and decisions that want a second person."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from nightdesk.desk.review.standing import Standing, standings_at_work
from nightdesk.desk.review.state import read_state
from nightdesk.desk.staff import two

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member


def waiting(member: Member, found: Mapping[int, Standing] | None = None) -> list[tuple[str, str, str]]:
    """(title, what is asked, address) of those of the stories at work that wait for this member's review."""
    if not member.may("review"):
        return []
    found = standings_at_work(member) if found is None else found
    handed = [one for one in found.values() if one.story.ready_to_translate_at]
    ones = two.one_with(member) if handed else frozenset()
    asked = ((one, ask(one, ones)) for one in handed)
    return [
        (title_of(one), words, reverse("review:story", args=[one.story.pk])) for one, words in asked if words
    ]


def title_of(one: Standing) -> str:
    """The headline, from what was already laid out."""
    return one.laid.draft.title or one.story.slug


def ask(one: Standing, ones: Collection[int]) -> str:
    """What a story asks of a member; '' when nothing. `ones` are who count as one person with him or her."""
    if read_state(one).key in ("cleared", "released", "withdrawn"):
        return ""
    if one.reviewed and any(mine_to_second(judged.decision, ones) for judged in one.open):
        return _("A kept red finding waits for a second person.")
    if one.reviewed and one.open and all(judged.standing == "waits" for judged in one.open):
        return ""  # the second person is somebody else
    if any(spot.missing or spot.stale for row in one.laid.spots.values() for spot in row):
        return ""  # the translation comes first
    return read_state(one).text


def mine_to_second(decision, ones: Collection[int]) -> bool:
    """Whether this decision waits for a second person, and the member can be that one."""
    return decision is not None and decision.second_at is None and decision.member_id not in ones
