"""How many reports of each month a member may read.

Belongs here: counting without fetching. Does not belong here: who may read what (models.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Max, Min, QuerySet

from nightdesk.desk.reports.models import Report, ReportQuerySet

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member

YearMonth = tuple[int, int]
LONGEST = (
    200  # years: a contact in the year 1, mistyped, would ask for more months than one question can name
)

# A range of an index is counted ten times faster than its days are told apart, and Django has no words for it.
RANGES = """
    WITH "month" ("first", "after") AS (VALUES {values})
    SELECT (SELECT COUNT(*) FROM "reports_report" WHERE "contact_on" >= "first" AND "contact_on" < "after")
    FROM "month" ORDER BY "first"
"""


def by_month(member: Member) -> dict[YearMonth, int]:
    """Reports the member may read by the month of their contact; months without one are left out."""
    if not _reads_nearly_all(member):
        return _months_of(Report.objects.visible_to(member))
    found = _all_by_month()
    found.subtract(_months_of(Report.objects.hidden_from(member)))
    return {month: n for month, n in found.items() if n}


def received_before(member: Member, moment: datetime, apart: QuerySet[Any]) -> int:
    """Reports the member may read that came in before `moment`; without those whose keys are `apart`."""
    early = Report.objects.filter(received_at__lt=moment).order_by()
    if not _reads_nearly_all(member):
        return early.visible_to(member).exclude(pk__in=apart).count()
    hidden = early.hidden_from(member).exclude(pk__in=apart)
    return early.count() - early.filter(pk__in=apart).count() - hidden.count()


def _reads_nearly_all(member: Member) -> bool:
    """Then it is quicker to count all and take off the few that are sealed to others."""
    return member.sees("reports") and member.may("decide")


def _months_of(rows: ReportQuerySet) -> Counter[YearMonth]:
    days = rows.order_by().values_list("contact_on", flat=True)
    return Counter((day.year, day.month) for day in days)


def _all_by_month() -> Counter[YearMonth]:
    # One after the other: both at once go through the whole index.
    first, last = (Report.objects.order_by().aggregate(found=of("contact_on"))["found"] for of in (Min, Max))
    if first is None:
        return Counter()
    if last.year - first.year > LONGEST:
        return _months_of(Report.objects.all())
    months = list(_months(first, last))
    values = ", ".join(["(%s, %s)"] * len(months))
    with connection.cursor() as cursor:
        cursor.execute(RANGES.format(values=values), [str(day) for pair in months for day in pair])
        return Counter({(day.year, day.month): n for (day, _), (n,) in zip(months, cursor, strict=True)})


def _months(first: date, last: date) -> Iterator[tuple[date, date]]:
    """The first day of each month from the one day to the other, with that of the month after."""
    day = first.replace(day=1)
    while day <= last:
        after = (day + timedelta(days=31)).replace(day=1)
        yield day, after
        day = after
