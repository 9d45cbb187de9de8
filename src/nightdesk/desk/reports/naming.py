"""Reports that would be called the same on a page: those of one source of one day, told apart by their numbers.

Belongs here: which reports share a name, among those the member may read: a number must not tell of one that he or
she may not. Does not belong here: the name itself (models.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Count

from nightdesk.desk.reports.models import Report

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member


def tell_apart(member: Member, reports: Iterable[Report]) -> None:
    """Those of these reports that share source and day with another get their number into their name. One query."""
    rows = list(reports)
    if not rows:
        return
    sources, days = {row.source_id for row in rows}, {row.contact_on for row in rows}
    told = Report.objects.visible_to(member).filter(source__in=sources, contact_on__in=days)
    several = told.order_by().values("source", "contact_on").annotate(n=Count("pk")).filter(n__gt=1)
    shared = set(several.values_list("source", "contact_on"))
    for row in rows:
        row.shares_name = (row.source_id, row.contact_on) in shared
