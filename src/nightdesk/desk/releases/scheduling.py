"""A release with an hour: signed now, let out then, by the desk if it is unlocked, else by the courier.

Until its hour it is a row of its own and no version: taken off, it leaves no trace but its custody. A
schedule falls when the text, its clearance or the consent behind it changes, or a source is marked in
danger or purged: at once where a verb asks (`fall`, `take_off_of`), else at the next round. Belongs here:
putting on, taking off, letting out. Does not belong here: signing (actions.py), the parcel's files
(desk.courier).
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from nightdesk.desk import clock
from nightdesk.desk.care.freezing import hold_sources, stopped, touched
from nightdesk.desk.courier import parcels
from nightdesk.desk.custody.actions import record
from nightdesk.desk.errors import DeskError
from nightdesk.desk.releases import actions, files, holds
from nightdesk.desk.releases.models import Fallen, Release, Scheduled
from nightdesk.desk.review.standing import blockers, standing_of
from nightdesk.desk.staff.roles import require
from nightdesk.desk.stories.models import Story

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member

log = logging.getLogger("nightdesk.releases")


def schedule(member: Member, story: Story, at: datetime, early: str = "") -> Scheduled:
    """Signs the cleared text for an hour of the day it was cleared for. `early` as for a release at once."""
    require(member, "release")
    now = clock.now()
    if not now < at or at.date() != now.date():
        raise DeskError(
            _("The hour has to be later today (UTC)."),
            _(
                "A text is cleared for one day. Hold it until another day, and clear it then. Nothing was changed."
            ),
        )
    actions.look_again(member, story)
    with transaction.atomic():
        one = actions.current(story)
        assert one.clearance is not None  # current saw it
        before = ", before its day" if holds.pass_by(one.story, at, early) else ""
        signed = actions.signed(one, now)
        row = Scheduled.objects.create(
            story=one.story, version=signed.said.version, clearance=one.clearance, document=signed.document,
            signature=signed.signature, photo=signed.photo, attachment=signed.attachment, at=at, scheduled_by=member, scheduled_at=now,
        )  # fmt: skip
        Fallen.objects.filter(story=story).delete()
        record(one.story, "schedule", member, f"{signed.said.kind} v{row.version} at {at:%H:%M} UTC{before}")
    parcels.refresh()
    return row


def hours_taken(story: Story) -> list[tuple[str, int]]:
    """The hours of today (UTC) at which others leave, with how many: together they tell less of any one's call."""
    now = clock.now()
    others = Scheduled.objects.exclude(story=story).filter(at__gt=now).values("at").annotate(n=Count("pk"))
    hours = others.order_by("at").values_list("at", "n")
    return [(f"{at:%H:%M}", n) for at, n in hours if at.date() == now.date()]


def unschedule(member: Member, story: Story) -> None:
    """Takes it off again. A courier on another machine may still carry it: the screen says so."""
    require(member, "release")
    with transaction.atomic():
        row = Scheduled.objects.select_for_update().filter(story=story).first()
        if row is None or row.at <= clock.now():
            raise DeskError(
                _("Nothing of this story waits for an hour."),
                _("What is out already is corrected or withdrawn."),
            )
        _take_off(row, member, "")
    parcels.refresh()


@transaction.atomic
def seen_fallen(member: Member, story: Story) -> None:
    """Somebody knows that the hour is gone: it is said no more."""
    require(member, "release")
    rows = Fallen.objects.filter(story=story)
    if not rows.exists():
        raise DeskError(_("Nothing of this story was taken off its hour."), _("Look at the page again."))
    rows.delete()
    record(story, "see unscheduled", member)


def keep_hours() -> int:
    """Lets out what is due and takes off what no longer stands; says how many were let out.

    Asked at every start of the desk and at every round: a courier may have let one out meanwhile.
    """
    let_out = fallen = 0
    for pk in list(Scheduled.objects.order_by("at", "pk").values_list("pk", flat=True)):
        done = _look_at(pk)
        let_out, fallen = let_out + (done == "out"), fallen + (done == "fallen")
    if let_out:
        files.press()
    if let_out or fallen or parcels.left_over():
        parcels.refresh()
    return let_out


def fall() -> int:
    """Takes off at once what no longer stands, and lets nothing out; says how many fell.

    Called after a danger, a withdrawn consent or a purge is committed: that verb does not fail for a folder
    that cannot be written. What is left over there goes with the next round.
    """
    due = list(Scheduled.objects.order_by("at", "pk").values_list("pk", flat=True))
    fallen = sum(_look_at(pk, may_leave=False) == "fallen" for pk in due)
    if fallen or parcels.left_over():
        empty_parcel()
    return fallen


def empty_parcel() -> None:
    """The parcel without what fell: written anew, or at least without its files when nothing can be signed."""
    try:
        parcels.refresh()
    except (DeskError, OSError) as error:
        log.warning("the parcel was not written anew: %s", type(error).__name__)
        with suppress(OSError):
            parcels.erase_left_over()


def take_off_of(stories: Iterable[int], why: str) -> int:
    """Takes off what waits of these stories, in the caller's transaction; says how many.

    What a courier laid before the press meanwhile is out, and stays: it becomes the version it is.
    """
    rows = Scheduled.objects.select_for_update().select_related("story").filter(story__in=list(stories))
    taken = 0
    for row in list(rows):
        if row.at <= clock.now() and _is_out(row):
            _let_out(row)
        else:
            _take_off(row, None, why, "purge")
            taken += 1
    return taken


@transaction.atomic
def _look_at(pk: int, *, may_leave: bool = True) -> str:
    row = Scheduled.objects.select_for_update().select_related("story").filter(pk=pk).first()
    if row is None:
        return "gone"
    hold_sources(row.story)
    due = row.at <= clock.now()
    if not _stands(row) and not (due and _is_out(row)):
        _take_off(row, None, "no longer as cleared", _why(row))
        log.info("a scheduled release was taken off: it is no longer as cleared")
        return "fallen"
    if not due or not may_leave:
        return "waits"
    _let_out(row)
    return "out"


def _stands(row: Scheduled) -> bool:
    """Whether the story is still what was cleared, on the day it was cleared for."""
    one = standing_of(row.story, row.at.date())
    cleared = one.cleared_today and one.clearance is not None and one.clearance.pk == row.clearance_id
    return cleared and not one.story.withdrawn_at and not blockers(one)


def _is_out(row: Scheduled) -> bool:
    """Whether a courier laid this very document before the press: then readers may have it, and it counts."""
    with suppress(OSError):
        return files.path_of(row).read_bytes() == bytes(row.document)
    return False


def _let_out(row: Scheduled) -> Release:
    """From now on a version like any other; a danger marked this moment still holds its files back."""
    one = standing_of(row.story, row.at.date())
    one.clearance = row.clearance  # it was this one, whatever was cleared since
    release = actions.keep(row.scheduled_by, one, actions.read_signed(row), row.at)
    note = f"{release.kind} v{release.version} {release.digest[:12]}, as scheduled"
    record(row.story, "release", row.scheduled_by, note)
    row.delete()
    return release


def _why(row: Scheduled) -> str:
    """What stopped it, for people: never which source."""
    if touched([row.story_id]):
        return "danger"
    return "consent" if stopped([row.story_id]) else "changed"


def _take_off(row: Scheduled, member: Member | None, why: str, fallen: str = "") -> None:
    record(row.story, "unschedule", member, why)
    if fallen:
        facts = {"at": row.at, "why": fallen, "fallen_at": clock.now()}
        Fallen.objects.update_or_create(story=row.story, defaults=facts)
    row.delete()
