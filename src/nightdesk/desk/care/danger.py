"""The verbs of danger: mark, propose to lift, agree, keep frozen. One transaction each.

Marking is easy and lifting is not: one member who may see the source freezes, two editors thaw.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from nightdesk.desk import clock
from nightdesk.desk.care.freezing import stories_on
from nightdesk.desk.care.models import Danger, Lifting
from nightdesk.desk.care.said import reason_of, the_source
from nightdesk.desk.custody.actions import record
from nightdesk.desk.errors import NotAllowed, Stale
from nightdesk.desk.releases import scheduling
from nightdesk.desk.replies import boards
from nightdesk.desk.replies.models import Reply
from nightdesk.desk.sources.models import Source
from nightdesk.desk.staff import two
from nightdesk.desk.staff.roles import require

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member


@transaction.atomic
def mark(member: Member, source: Source, reason: str) -> Danger:
    """From now on nothing that rests on this source is cleared or released; what waits for an hour falls."""
    require(member, "care")
    source = the_source(member, source)
    if current(source) is not None:
        raise Stale(_("It is marked as in danger already."), _("Open the page again; nothing was changed."))
    danger = Danger.objects.create(
        source=source, reason=reason_of(reason), marked_by=member, marked_at=clock.now()
    )
    danger.stories.set(stories_on(source))
    record(source, "mark in danger", member)
    transaction.on_commit(scheduling.fall, robust=True)
    if Reply.objects.filter(report__source=source, taken_off_at=None, until__gte=clock.today()).exists():
        transaction.on_commit(boards.put_up_at_once, robust=True)
    return danger


def current(source: Source) -> Danger | None:
    """The danger the source is in now."""
    return Danger.objects.filter(source=source, lifted_at=None).select_related("marked_by").first()


@transaction.atomic
def propose(member: Member, source: Source, reason: str) -> Lifting:
    """The first of two people says why it may be lifted. Nothing thaws yet."""
    require(member, "lift")
    danger = _in_danger(member, source)
    if danger.liftings.filter(agreed=None).exists():
        raise Stale(_("Somebody has proposed that already."), _("Open the page again and answer it."))
    words = reason_of(reason)
    lifting = Lifting.objects.create(danger=danger, first=member, first_reason=words, first_at=clock.now())
    record(danger.source, "propose lifting", member)
    return lifting


@transaction.atomic
def agree(member: Member, source: Source, reason: str, seen: int) -> Danger:
    """The second person agrees to the proposal `seen` on the screen; only now releases thaw."""
    require(member, "lift")
    danger = _in_danger(member, source)
    lifting = _waiting(danger, seen)
    two.refuse_one(
        member,
        lifting.first,
        NotAllowed(
            _("You proposed this; the second person must be somebody else."),
            _("Ask another editor. Releases stay frozen."),
        ),
    )
    _answer(lifting, member, reason, agreed=True)
    danger.lifted_at = clock.now()
    danger.save(update_fields=["lifted_at"])
    record(danger.source, "lift", member)
    return danger


@transaction.atomic
def keep_frozen(member: Member, source: Source, reason: str, seen: int) -> Lifting:
    """Says no to a proposal, one's own too. The danger stays; another proposal may follow."""
    require(member, "lift")
    danger = _in_danger(member, source)
    lifting = _waiting(danger, seen)
    _answer(lifting, member, reason, agreed=False)
    record(danger.source, "keep frozen", member)
    return lifting


def _in_danger(member: Member, source: Source) -> Danger:
    source = the_source(member, source)
    danger = current(source)
    if danger is None:
        raise Stale(_("It is not marked as in danger."), _("Open the page again; nothing was changed."))
    return danger


def _waiting(danger: Danger, seen: int) -> Lifting:
    """The proposal that was on the screen: nobody agrees to words he has not read."""
    lifting = danger.liftings.filter(pk=seen, agreed=None).first()
    if lifting is None:
        raise Stale(_("This proposal no longer waits."), _("Open the page again; nothing was changed."))
    return lifting


def _answer(lifting: Lifting, member: Member, reason: str, *, agreed: bool) -> None:
    lifting.second, lifting.second_reason, lifting.second_at = member, reason_of(reason), clock.now()
    lifting.agreed = agreed
    lifting.save(update_fields=["second", "second_reason", "second_at", "agreed"])
