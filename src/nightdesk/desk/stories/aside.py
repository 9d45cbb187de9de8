"""Setting a story aside that was begun by mistake, and taking it back.

It leaves every list and translators no longer see it; its words, versions, claims, address and log stay, and so do
purges and dangers that reach it. A story that anybody reviewed, held, cleared or released is part of the newsroom's
record and is never set aside: that one is withdrawn. Belongs here: the two verbs and their doors. Does not belong
here: what a closed story refuses (closed.py), how it is shown to be read (history.closed).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nightdesk.desk import clock
from nightdesk.desk.custody.actions import record
from nightdesk.desk.errors import DeskError, NotAllowed
from nightdesk.desk.search import documents as search
from nightdesk.desk.staff.asking import member_of
from nightdesk.desk.staff.roles import needs, require
from nightdesk.desk.stories.finding import story_of, to_story
from nightdesk.desk.stories.models import Story

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member

SHOWN = 50  # stories set aside that the list names, the newest first; the rest is counted
# Rows by which others have worked on a story: none of them comes back by being overlooked.
WORKED_ON = ("reviews", "decisions", "clearances", "for_the_record", "releases")


def is_theirs(member: Member, story: Story) -> bool:
    """Whether it is this member's to set aside: who began it, and editors."""
    return story.begun_by_id == member.pk or member.may("decide")


def is_untouched(story: Story) -> bool:
    """Whether nobody has reviewed, held, scheduled, cleared or released it, nor taken an hour off it."""
    from nightdesk.desk.releases.models import Fallen, HoldUntil, Scheduled  # after stories on the line

    waits = any(kind.objects.filter(story=story).exists() for kind in (Scheduled, Fallen, HoldUntil))
    return not waits and not any(getattr(story, rows).exists() for rows in WORKED_ON)


def may_set_aside(member: Member, story: Story) -> bool:
    """Whether `set_aside` would take it."""
    closed = story.withdrawn_at or story.set_aside_at
    return not closed and is_theirs(member, story) and is_untouched(story)


@transaction.atomic
def set_aside(member: Member, story: Story) -> None:
    """Takes a story that was begun by mistake out of every list. A second press of the button changes nothing."""
    _require(member, story)
    story = Story.objects.select_for_update().get(pk=story.pk)
    if story.set_aside_at:
        return
    if story.withdrawn_at or not is_untouched(story):
        raise DeskError(
            _("This story was reviewed, held or released: it cannot be set aside."),
            _("Nothing was changed. Leave it as a draft; what readers have is withdrawn."),
        )
    story.set_aside_at = clock.now()
    _keep(member, story, "set aside")


@transaction.atomic
def take_back(member: Member, story: Story) -> None:
    """Undoes setting aside: it stands where it stood, and translators it was handed to see it again."""
    _require(member, story)
    story = Story.objects.select_for_update().get(pk=story.pk)
    if story.set_aside_at:
        story.set_aside_at = None
        _keep(member, story, "take back")


def _require(member: Member, story: Story) -> None:
    require(member, "draft")
    if not is_theirs(member, story):
        raise NotAllowed(
            _("Only who began a story, or an editor, sets it aside or takes it back."),
            _("Ask one of them; nothing was changed."),
        )


def _keep(member: Member, story: Story, verb: str) -> None:
    with search.changing_story(story.pk):  # who finds it is part of what the index knows
        story.save(update_fields=["set_aside_at"])
    record(story, verb, member)


@dataclass(frozen=True, slots=True)
class Listed:
    """What the list of stories says of those set aside, and of the one this page follows upon."""

    rows: list[tuple[Story, bool]]  # with whether this member may take it back
    count: int
    just_now: Story | None = None


def listed(member: Member, pk: int | None) -> Listed:
    """Stories set aside that this member may see; `pk`: the one that was set aside just now, if any."""
    found = Story.objects.visible_to(member).exclude(set_aside_at=None).order_by("-set_aside_at", "-pk")
    rows = list(found.select_related("begun_by").prefetch_related("editions")[:SHOWN])
    count = len(rows) if len(rows) < SHOWN else found.count()
    just_now = next((row for row in rows if row.pk == pk), None)
    return Listed([(row, is_theirs(member, row)) for row in rows], count, just_now)


@needs("draft")
@require_POST
def put_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Sets a story aside; the list that follows offers to take it back."""
    story = story_of(request, pk)
    set_aside(member_of(request), story)
    return redirect(f"{reverse('stories:list')}?aside={story.pk}")


@needs("draft")
@require_POST
def fetch(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a story back that was set aside."""
    story = story_of(request, pk)
    take_back(member_of(request), story)
    messages.success(request, _("The story is back, as it was."))
    return to_story(story)
