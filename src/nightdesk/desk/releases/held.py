"""What screens show of holds: the form of one story with the days of the others, and all that are held.

Belongs here: reading rows for a page. Does not belong here: judging days (rules.py), changing anything (holds.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.utils.translation import gettext as _

from nightdesk.desk import clock
from nightdesk.desk.errors import DeskError
from nightdesk.desk.releases import rules
from nightdesk.desk.releases.asked import day_of, hour_of
from nightdesk.desk.releases.carried import carried_until
from nightdesk.desk.releases.holds import awaits_release
from nightdesk.desk.releases.models import HoldUntil, HoldUntilQuerySet, Scheduled
from nightdesk.desk.releases.said import day_and_hour
from nightdesk.desk.review.standing import Judged, Standing
from nightdesk.desk.stories.models import Story

if TYPE_CHECKING:
    from nightdesk.desk.line import Asked
    from nightdesk.desk.staff.models import Member

SHOWN = 8  # held stories on the first screen; the list of releases has all
DAYS = 12  # days of others on offer as buttons; a day beyond them can be typed


@dataclass(frozen=True, slots=True)
class Held:
    """One hold as a page says it."""

    row: HoldUntil
    due: bool  # its day has come
    late: bool  # it is over
    early: bool  # a release now would leave before it
    cleared: bool = False  # its text is cleared for today

    @property
    def until(self) -> str:
        """Day and hour in the page's language."""
        return day_and_hour(self.row.until, self.row.hour)


@dataclass(frozen=True, slots=True)
class Day:
    """A day until which other stories are held. `fits`: the review offers it for this one."""

    on: date
    others: int
    fits: bool


@dataclass(frozen=True, slots=True)
class Wish:
    """What stands in the fields of the form. `error`: why it was refused, and `field` the one to correct."""

    until: str
    at: str
    reason: str
    error: DeskError | None = None
    field: str = ""

    @property
    def unshown(self) -> str:
        """What was typed that a field for days or hours cannot show; '' where both can."""
        for typed, read_as in ((self.until, day_of), (self.at, hour_of)):
            try:
                if typed:
                    read_as(typed)
            except DeskError:
                return typed
        return ""


@dataclass(frozen=True, slots=True)
class Form:
    """What the form of one story shows. `proposed`: the day that is filled in; None where nothing speaks for one.

    `carried`: the last day on which a courier elsewhere may let out what was taken off its hour (carried.py).
    """

    held: Held | None
    days: list[Day]
    more: int  # days of others beyond those
    week: rules.Week | None
    proposed: date | None
    together: int  # stories that leave on the proposed day
    first: date
    last: date
    wish: Wish
    carried: date | None


def held_of(member: Member, story: Story) -> Held | None:
    """The hold of a story, where the member may see it."""
    row = HoldUntil.objects.visible_to(member).waiting().select_related("set_by").filter(story=story).first()
    return read(row) if row else None


def read(row: HoldUntil, *, cleared: bool = False) -> Held:
    """A hold on the clock of this moment."""
    now = clock.now()
    today = now.date()
    early = rules.is_early(row.until, row.hour, now)
    return Held(row, rules.is_due(row.until, today), row.until < today, early, cleared)


def fallen_of(member: Member, story: Story) -> HoldUntil | None:
    """The hold of this story that fell and that nobody has seen."""
    return HoldUntil.objects.visible_to(member).exclude(fallen_at=None).filter(story=story).first()


def form_of(member: Member, one: Standing, refused: Wish | None = None) -> Form | None:
    """The form of a story, with the days of the others; None where nothing can be held or the member may not.

    `refused`: what was typed and could not be taken.
    """
    story = one.story
    if not member.may("release") or not may_be_held(story):
        return None
    today, taken, week = clock.today(), days_taken(story), week_of(one.judged)
    held = held_of(member, story)
    proposed = rules.proposed(week, taken, today, story.begun_at.microsecond)
    shown = held.row.until if held and not held.due else proposed
    days = [Day(on, n, week is not None and on in week) for on, n in sorted(taken.items())]
    return Form(
        held, days[:DAYS], max(0, len(days) - DAYS), week, shown, taken.get(shown, 0) if shown else 0,
        today + rules.DAY, today + rules.YEAR, refused or _wish(held, shown), carried_until(story),
    )  # fmt: skip


def _wish(held: Held | None, shown: date | None) -> Wish:
    """What the fields begin with: the hold that is there, else the day that is proposed."""
    hour = f"{held.row.hour:%H:%M}" if held and held.row.hour else ""
    return Wish(shown.isoformat() if shown else "", hour, held.row.why if held else "")


def may_be_held(story: Story) -> bool:
    """Whether `holds.hold` would take a day for it."""
    closed = story.withdrawn_at is not None or story.next_kind == "withdrawal"
    return not closed and not Scheduled.objects.filter(story=story).exists() and awaits_release(story)


def days_taken(story: Story) -> dict[date, int]:
    """The days to come (UTC) until which others are held, with how many: together they tell less of any one's call."""
    rows = HoldUntil.objects.waiting().exclude(story=story).filter(until__gt=clock.today())
    return dict(rows.order_by("until").values_list("until").annotate(n=Count("pk")))


def week_of(judged: Iterable[Judged]) -> rules.Week | None:
    """The days that the newest review offers in what it says about waiting; None where it says nothing of it."""
    return rules.shared(week for one in judged if (week := wait_in(one.finding.data)))


def wait_in(data: Mapping[str, Any]) -> rules.Week | None:
    """The days a finding offers; a review from before holds there were offers none."""
    days = [date.fromisoformat(day) for day in data.get("wait", ())]
    return rules.Week(*days) if days else None


def listed(asked: Asked, first: int | None = None) -> list[Held]:
    """Stories that are held, all or the first few, the earliest day first: what is due rises by that."""
    found = _standing(asked).select_related("story").prefetch_related("story__editions")
    rows = list(found.order_by("until", "hour", "pk")[:first])
    known = asked.standings if any(rules.is_due(row.until, clock.today()) for row in rows) else {}
    return [read(row, cleared=row.story_id in known and known[row.story_id].cleared_today) for row in rows]


def first_screen(asked: Asked) -> tuple[list[Held], int]:
    """The first few; and how many more are held."""
    shown = listed(asked, SHOWN)
    return shown, _standing(asked).count() - len(shown)


def _standing(asked: Asked) -> HoldUntilQuerySet:
    return HoldUntil.objects.visible_to(asked.member).waiting()


def fallen(member: Member) -> list[HoldUntil]:
    """Holds that fell and nobody has seen yet, the newest first."""
    rows = HoldUntil.objects.visible_to(member).exclude(fallen_at=None).order_by("-fallen_at")
    return list(rows.select_related("story").prefetch_related("story__editions"))


def by_story(member: Member) -> dict[int, Held]:
    """Every hold by its story, for a list."""
    rows = HoldUntil.objects.visible_to(member).waiting()
    return {row.story_id: read(row) for row in rows}


def waits(member: Member) -> dict[int, str]:
    """What this member is told of a cleared text that is held or signed for an hour, by the key of its story.

    Whoever does not release is not told the day (models.HoldUntilQuerySet), nor that it may leave today.
    """
    seen = Story.objects.visible_to(member)
    rows = HoldUntil.objects.waiting().filter(story__in=seen)
    signed = Scheduled.objects.filter(story__in=seen).values_list("story", "at")
    leaves = {pk: _("Signed: it leaves at %(at)s (UTC)") % {"at": f"{at:%H:%M}"} for pk, at in signed}
    return leaves | {one.row.story_id: _waits(member, one) for row in rows if (one := read(row)).early}


def _waits(member: Member, one: Held) -> str:
    if not member.may("release"):
        return _("Cleared, and held: it does not leave yet.")
    return _("Cleared; held until %(until)s.") % {"until": one.until}
