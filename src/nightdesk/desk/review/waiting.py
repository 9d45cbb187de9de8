"""What waits for a reviewer: texts to review and clear, and decisions that want a second person."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from nightdesk.desk.releases import held
from nightdesk.desk.review.standing import Standing, standings_at_work
from nightdesk.desk.review.state import read_state
from nightdesk.desk.staff import two

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member


def waiting(member: Member, found: Mapping[int, Standing] | None = None) -> list[tuple[str, str, str]]:
    """(title, what is asked, address) of those of the stories at work that wait for this member's review.

    A story that is held until a later day asks for nothing but a second person's word; one whose day has come
    stands before all others.
    """
    if not member.may("review"):
        return []
    found = standings_at_work(member) if found is None else found
    handed = [one for one in found.values() if one.story.ready_to_translate_at]
    ones = two.one_with(member) if handed else frozenset()
    holds = held.by_story(member) if handed else {}
    asked = ((one, ask(one, ones, holds.get(one.story.pk))) for one in handed)
    return [
        (title_of(one), words, reverse("review:story", args=[one.story.pk]))
        for one, words in sorted(asked, key=lambda row: not _is_due(holds, row[0])) if words
    ]  # fmt: skip


def _is_due(holds: Mapping[int, held.Held], one: Standing) -> bool:
    return (hold := holds.get(one.story.pk)) is not None and hold.due


def title_of(one: Standing) -> str:
    """The headline, from what was already laid out."""
    return one.laid.draft.title or one.story.slug


def ask(one: Standing, ones: Collection[int], hold: held.Held | None = None) -> str:
    """What a story asks of a member; '' when nothing. `ones` are who count as one person with him or her.

    `hold`: that of the story, where it is held.
    """
    if read_state(one).key in ("cleared", "released", "withdrawn"):
        return ""
    if one.reviewed and any(mine_to_second(judged.decision, ones) for judged in one.open):
        return _("A kept red finding waits for a second person.")
    if hold is not None and read_state(one).key != "frozen":
        return due_words(hold)
    if one.reviewed and one.open and all(judged.standing == "waits" for judged in one.open):
        return ""  # the second person is somebody else
    if any(spot.missing or spot.stale for row in one.laid.spots.values() for spot in row):
        return ""  # the translation comes first
    return read_state(one).text


def due_words(hold: held.Held) -> str:
    """What a held story asks once its day has come; '' before."""
    if hold.late:
        return _("Due since %(day)s: review and clear.") % {"day": hold.until}
    return _("Due today: review and clear.") if hold.due else ""


def mine_to_second(decision, ones: Collection[int]) -> bool:
    """Whether this decision waits for a second person, and the member can be that one."""
    return decision is not None and decision.second_at is None and decision.member_id not in ones
