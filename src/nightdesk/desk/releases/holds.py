"""Holding a story until a day, moving the day, taking the hold off; and what ends it.

A hold signs nothing and lets nothing out. Tables, consent, earlier stories and state media move meanwhile, so that
the story is reviewed and cleared afresh on its day. Belongs here: these verbs, and what may not pass a hold. Does
not belong here: judging days (rules.py), what screens show (held.py), an hour of today (scheduling.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from nightdesk.desk import clock
from nightdesk.desk.custody.actions import record
from nightdesk.desk.errors import DeskError
from nightdesk.desk.releases import rules
from nightdesk.desk.releases.models import HoldUntil, Release, Scheduled
from nightdesk.desk.releases.said import day_and_hour
from nightdesk.desk.staff.roles import require
from nightdesk.desk.stories.closed import refuse_closed
from nightdesk.desk.stories.models import Story

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member

LONGEST = 60  # characters of why: a word or two, no report


@transaction.atomic
def hold(member: Member, story: Story, until: date, hour: time | None = None, why: str = "") -> HoldUntil:
    """Holds the story until that day, or moves the day it is held until. DeskError where nothing is to be held."""
    require(member, "release")
    story = Story.objects.select_for_update().get(pk=story.pk)
    _refuse_day(until)
    _refuse_story(story)
    why = " ".join(why.split())
    if len(why) > LONGEST:
        raise DeskError(
            _("Why it is held is at most %(n)s characters long.") % {"n": LONGEST},
            _("Shorten it, or leave it out. Nothing was changed."),
        )
    before = HoldUntil.objects.standing().filter(story=story).first()
    if before is not None and (before.until, before.hour, before.why) == (until, hour, why):
        return before  # a second press of the button
    wanted = {"until": until, "hour": hour, "why": why, "set_by": member, "set_at": clock.now()}
    row, _made = HoldUntil.objects.update_or_create(
        story=story, defaults={**wanted, "fallen_at": None, "fallen_for": ""}
    )
    # The log outlives a purge, and a day to wait for says when somebody called: it is not written there.
    record(story, "hold", member, "moved" if before else "")
    return row


def _refuse_day(until: date) -> None:
    today = clock.today()
    said = {
        "over": (_("That day is over."), _("Choose a day after today (UTC). Nothing was changed.")),
        "today": (
            _("Today needs no hold."),
            _("Review and clear the story now, and give it an hour if it should leave later today. Nothing was changed."),
        ),
        "far": (
            _("That day is more than a year ahead."),
            _("Choose a day until %(day)s. Nothing was changed.") % {"day": day_and_hour(today + rules.YEAR)},
        ),
    }  # fmt: skip
    if wrong := rules.fault(until, today):
        raise DeskError(*said[wrong])


def _refuse_story(story: Story) -> None:
    """DeskError where there is nothing that could wait, or nothing that should."""
    if story.withdrawn_at:
        raise DeskError(
            _("This story was withdrawn."), _("A withdrawn story does not come back; write a new one.")
        )
    refuse_closed(story)
    if story.next_kind == "withdrawal":
        raise DeskError(
            _("A withdrawal is not held: readers have the story until it leaves."),
            _("Clear the withdrawal and release it, or give it up. Nothing was changed."),
        )
    if waits := Scheduled.objects.filter(story=story).first():
        raise DeskError(
            _("This text waits for its hour, %(at)s (UTC).") % {"at": f"{waits.at:%H:%M}"},
            _("Take it off its hour first, then hold it."),
        )
    if not awaits_release(story):
        raise DeskError(
            _("Readers have this story already."), _("Begin a correction first; that can be held.")
        )


def awaits_release(story: Story) -> bool:
    """Whether a version of it is still to leave: the first, or one that was begun since the last."""
    last = Release.objects.filter(story=story).order_by("version").values_list("kind", "note").last()
    return last is None or (story.next_kind != "release" and last != (story.next_kind, story.next_note))


@transaction.atomic
def unhold(member: Member, story: Story) -> None:
    """Takes the hold off: the story may leave as soon as it is cleared."""
    require(member, "release")
    row = HoldUntil.objects.standing().select_for_update().filter(story=story).first()
    if row is None:
        raise DeskError(_("This story is not held."), _("Look at the page again."))
    record(story, "unhold", member)
    row.delete()


@transaction.atomic
def seen_unheld(member: Member, story: Story) -> None:
    """Somebody knows that the hold fell: it is said no more."""
    require(member, "release")
    rows = HoldUntil.objects.filter(story=story).exclude(fallen_at=None)
    if not rows.exists():
        raise DeskError(_("No hold of this story fell."), _("Look at the page again."))
    rows.delete()
    record(story, "see unheld", member)


def pass_by(story: Story, at: datetime, seen: str) -> bool:
    """Lets a release at that moment pass the hold, in the caller's transaction: DeskError before its day.

    `seen` is the hold's stamp where the member was asked and ticked that the story may leave before it. Says whether
    it does leave before. The hold ends when readers have the story (`end`), not here: an hour may fall through.
    """
    row = HoldUntil.objects.standing().select_for_update().filter(story=story).first()
    if row is None or not rules.is_early(row.until, row.hour, at):
        return False
    if seen != row.stamp:
        raise DeskError(
            _("This story is held until %(until)s.") % {"until": day_and_hour(row.until, row.hour)},
            _("Take the hold off or move it, or tick that the story may leave before. Nothing was released."),
        )
    return True


def fall(stories: Iterable[int], why: str) -> int:
    """Holds of these stories fall, in the caller's transaction; says how many. `why` as in models.WHY_UNHELD.

    The day is not kept: what fell is said until somebody has seen it, and after a purge it would say when somebody called.
    """
    rows = list(
        HoldUntil.objects.standing().select_for_update().select_related("story").filter(story__in=list(stories))
    )  # fmt: skip
    for row in rows:
        row.until, row.hour, row.why, row.fallen_at, row.fallen_for = (
            clock.today(),
            None,
            "",
            clock.now(),
            why,
        )
        row.save(update_fields=["until", "hour", "why", "fallen_at", "fallen_for"])
        record(row.story, "unhold", None, why)
    return len(rows)


def end(story: Story) -> None:
    """Readers have the story: nothing of it is held, and that a hold fell before is no news."""
    HoldUntil.objects.filter(story=story).delete()
