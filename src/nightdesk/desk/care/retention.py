"""The retention clock: until when a source or a report is kept, changing that, and what is due.

`purge_due` says what is past its day. Nothing is destroyed by a clock: two people do that (purging.py).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from nightdesk.desk import clock
from nightdesk.desk.care.models import KeepUntil
from nightdesk.desk.care.rules import days_left, keep_until
from nightdesk.desk.care.said import reason_of, the_source
from nightdesk.desk.care.tables import KEEP_DAYS, WARN_DAYS
from nightdesk.desk.custody.actions import record
from nightdesk.desk.errors import DeskError, NotAllowed
from nightdesk.desk.reports.counting import received_before
from nightdesk.desk.reports.models import Report
from nightdesk.desk.reports.naming import tell_apart
from nightdesk.desk.sources.models import Contact, Source
from nightdesk.desk.staff.roles import require

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member

FURTHEST = 50 * 366  # days ahead a date may lie: further is a slip of the hand
OVER = -1  # days ahead that mean: the last day is over
SHOWN = 50  # rows of each kind the list shows; the rest is counted


@dataclass(frozen=True, slots=True)
class Kept:
    """A source or a report with the day until which it is kept. `chosen` is None where the table decides."""

    row: Source | Report
    until: date
    left: int
    chosen: KeepUntil | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """What is past its day or will be soon: the first rows of each kind, soonest first, and how many there are."""

    sources: list[Kept] = field(default_factory=list)
    reports: list[Kept] = field(default_factory=list)
    count: int = 0


@transaction.atomic
def keep(member: Member, row: Source | Report, until: date, reason: str) -> KeepUntil:
    """Chooses another day, with a reason. The one before stays as history."""
    require(member, "retain")
    _may_see(member, row)
    today = clock.today()
    if not today <= until <= today + timedelta(days=FURTHEST):
        raise DeskError(
            _("That day is not one to keep something until."),
            _("Choose today or a later day, within fifty years; nothing was changed."),
        )
    now, whose = clock.now(), _whose(row)
    KeepUntil.objects.filter(**whose, replaced_at=None).update(replaced_at=now)
    chosen = KeepUntil.objects.create(
        **whose, until=until, reason=reason_of(reason), set_by=member, set_at=now
    )
    record(row, "keep until", member, str(until))
    return chosen


def _may_see(member: Member, row: Source | Report) -> None:
    if isinstance(row, Source):
        the_source(member, row)
    elif not Report.objects.visible_to(member).filter(pk=row.pk).exists():
        raise NotAllowed(_("You are not cleared for this source."), _("Nothing was changed."))


def _whose(row: Source | Report) -> dict[str, Source | Report]:
    return {"source" if isinstance(row, Source) else "report": row}


def kept(row: Source | Report, today: date) -> Kept:
    """Until when one row is kept."""
    chosen = KeepUntil.objects.filter(**_whose(row), replaced_at=None).select_related("set_by").first()
    return _kept(row, chosen, since(row), today)


def since(row: Source | Report) -> date:
    """The day the clock of a row started: a report's arrival, or the last thing heard of a source."""
    if isinstance(row, Report):
        return row.received_at.date()
    told = row.reports.aggregate(last=Max("received_at"))["last"]
    met = row.contacts.aggregate(last=Max("on"))["last"]
    return max(day for day in (row.made_on, told and told.date(), met) if day)


def _kept(row: Source | Report, chosen: KeepUntil | None, start: date, today: date) -> Kept:
    kind = "source" if isinstance(row, Source) else "report"
    until = keep_until(chosen.until if chosen else None, start, KEEP_DAYS[kind])
    return Kept(row, until, days_left(until, today), chosen)


def purge_due(member: Member, today: date) -> Due:
    """What is past its day, of what the member may see: what two people should purge."""
    return due(member, today, ahead=OVER)


def due(member: Member, today: date, ahead: int = WARN_DAYS) -> Due:
    """What is past its day, or will be within `ahead` days, in as many queries however many there are."""
    if not member.may("retain"):
        return Due()
    last = today + timedelta(days=ahead)
    sources = Source.objects.visible_to(member).filter(_sources_due(last))
    visible = Report.objects.visible_to(member).select_related("source").order_by("received_at", "pk")
    ways = [visible.filter(way) for way in _ways_due(last)]
    reports = sorted((one for way in ways for one in way[:SHOWN]), key=lambda one: (one.received_at, one.pk))
    tell_apart(member, reports[:SHOWN])
    shown: list[Source | Report] = [*sources[:SHOWN], *reports[:SHOWN]]
    rows = sorted(_with_dates(shown, today), key=lambda one: one.until)
    return Due(
        [one for one in rows if isinstance(one.row, Source)], [one for one in rows if isinstance(one.row, Report)],
        _count(member, last),
    )  # fmt: skip


def due_count(member: Member, today: date) -> tuple[int, int]:
    """How many are past their day, and how many are due soon, for the first screen."""
    if not member.may("retain"):
        return 0, 0
    over, soon = (today + timedelta(days=ahead) for ahead in (OVER, WARN_DAYS))
    past, due_soon = (_count(member, last) for last in (over, soon))
    return past, due_soon - past


def _count(member: Member, last: date) -> int:
    """The sources, the reports with a date somebody chose, and those that are due by the table."""
    sources, reports = Source.objects.visible_to(member), Report.objects.visible_to(member)
    by_date, _by_table = _ways_due(last)
    by_table = received_before(member, _received_before(last), apart=_with_a_date())
    return sources.filter(_sources_due(last)).count() + reports.filter(by_date).count() + by_table


def _sources_due(last: date) -> Q:
    """The source is kept until `last` or less long. The rule is rules.is_due, asked of every row at once."""
    start = last - timedelta(days=KEEP_DAYS["source"])
    mine = KeepUntil.objects.filter(source=OuterRef("pk"), replaced_at=None)
    told = Report.objects.filter(source=OuterRef("pk"), received_at__gte=_after(start))
    met = Contact.objects.filter(source=OuterRef("pk"), on__gt=start)
    silent = Q(made_on__lte=start) & ~Exists(told) & ~Exists(met)
    return Exists(mine.filter(until__lte=last)) | silent & ~Exists(mine)


def _ways_due(last: date) -> tuple[Q, Q]:
    """A report is due by the date somebody chose, or by the table; none is both. Asked apart, each has its index."""
    early = Q(pk__in=_with_a_date().filter(until__lte=last))
    return early, Q(received_at__lt=_received_before(last)) & ~Q(pk__in=_with_a_date())


def _with_a_date() -> QuerySet[KeepUntil, Any]:
    """The keys of reports with a date somebody chose."""
    return KeepUntil.objects.filter(report__isnull=False, replaced_at=None).values("report")


def _received_before(last: date) -> datetime:
    """What came in before this moment is kept by the table until `last` or less long."""
    return _after(last - timedelta(days=KEEP_DAYS["report"]))


def _after(day: date) -> datetime:
    """The moment `day` is over."""
    return datetime.combine(day + timedelta(days=1), time(), UTC)


def _with_dates(rows: list[Source | Report], today: date) -> list[Kept]:
    """Each row with its date, in three queries however many rows."""
    sources = [row.pk for row in rows if isinstance(row, Source)]
    reports = [row.pk for row in rows if isinstance(row, Report)]
    chosen = KeepUntil.objects.filter(Q(source__in=sources) | Q(report__in=reports), replaced_at=None)
    of = {(one.source_id, one.report_id): one for one in chosen}
    heard = _heard(sources)
    found = []
    for row in rows:
        if isinstance(row, Source):
            start = max([row.made_on, *heard.get(row.pk, [])])
            found.append(_kept(row, of.get((row.pk, None)), start, today))
        else:
            found.append(_kept(row, of.get((None, row.pk)), since(row), today))
    return found


def _heard(sources: list[int]) -> dict[int, list[date]]:
    """The last days something was heard of these sources."""
    told = Report.objects.filter(source__in=sources).order_by().values_list("source")
    met = Contact.objects.filter(source__in=sources).order_by().values_list("source")
    found: dict[int, list[date]] = {}
    for pk, moment in told.annotate(last=Max("received_at")):
        found.setdefault(pk, []).append(moment.date())
    for pk, day in met.annotate(last=Max("on")):
        found.setdefault(pk, []).append(day)
    return found
