"""The audit, in weeks and classes only; and one report's log, for members who may read the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from nightdesk.desk.custody.models import AuditWeek
from nightdesk.desk.custody.reading import broken_link, is_cut, log_of
from nightdesk.desk.custody.words import order
from nightdesk.desk.reports.models import Report
from nightdesk.desk.reports.naming import tell_apart
from nightdesk.desk.staff.asking import member_of
from nightdesk.desk.staff.roles import needs

if TYPE_CHECKING:
    pass

WEEKS = 26


@require_GET
@needs("tables")
def audit(request: HttpRequest) -> HttpResponse:
    """How often each verb was used in each week: never by whom, never on what."""
    weeks = list(AuditWeek.objects.order_by("-week").values_list("week", flat=True).distinct()[:WEEKS])
    counts: dict[str, dict[str, int]] = {}
    for row in AuditWeek.objects.filter(week__in=weeks).order_by("verb"):
        counts.setdefault(row.verb, {})[row.week] = row.count
    in_line = sorted(counts.items(), key=lambda row: order(row[0]))
    rows = [(verb, [found.get(week, 0) for week in weeks]) for verb, found in in_line]
    return render(request, "custody/audit.html", {"weeks": weeks, "rows": rows})


@require_GET
@needs("read")
def log(request: HttpRequest, pk: int) -> HttpResponse:
    """Who did what to this report, and whether the chain still holds."""
    report = get_object_or_404(Report.objects.visible_to(member_of(request)).select_related("source"), pk=pk)
    tell_apart(member_of(request), [report])
    known = {
        "report": report,
        "entries": log_of(report),
        "broken": broken_link(report),
        "cut": is_cut(report),
    }
    return render(request, "custody/log.html", known)
