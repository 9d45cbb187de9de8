"""The incident record: a table with filters, months by years, and a download of what is chosen."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import CharField
from django.db.models.functions import Cast, Substr
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nightdesk.desk import clock
from nightdesk.desk.claims.models import Claim
from nightdesk.desk.incidents import actions, table
from nightdesk.desk.incidents.models import Act, ActQuerySet, Campaign
from nightdesk.desk.staff.asking import member_of
from nightdesk.desk.staff.roles import needs
from nightdesk.incidents.vocabulary import STATUSES, vocabulary
from nightdesk.values.places import ancestors, gazetteer

SHOWN = 60  # acts on one page of the table; the heat table and the download hold all of them
FILTERS = ("act", "place", "status", "year", "campaign")


@require_GET
@needs("export")
def record(request: HttpRequest) -> HttpResponse:
    """The record as the member's filters choose it."""
    acts = table.chosen(member_of(request), request.GET)
    months = table.months(member_of(request), acts)
    page = Paginator(acts.select_related("campaign"), SHOWN).get_page(request.GET.get("page"))
    context = {
        "rows": table.with_dollars(page), "page": page, "months": months, "heat": table.heat(months),
        "names": table.month_names(), "note": table.note(months), "asked": request.GET,
        "hidden": [(name, request.GET.get(name, "")) for name in FILTERS], "filtered": any(request.GET.get(name) for name in FILTERS),
        **_choices(request),
    }  # fmt: skip
    return render(request, "incidents/record.html", context)


def _choices(request: HttpRequest) -> dict[str, Any]:
    """What the filters offer: only what is in the record."""
    acts = Act.objects.visible_to(member_of(request))
    codes, keys = _used(acts, "act"), _used(acts.exclude(place=""), "place")
    wider = {up for key in keys if key in gazetteer() for up in ancestors(key)}
    years = {int(year) for name in ("earliest", "latest") for year in _years(acts, name)}
    return {
        "acts": [code for code in vocabulary() if code in codes],
        "places": sorted(keys | wider), "years": sorted(years, reverse=True), "statuses": STATUSES,
        "campaigns": Campaign.objects.order_by("title"),
    }  # fmt: skip


def _used(acts: ActQuerySet, name: str) -> set[Any]:
    return set(acts.order_by().values_list(name, flat=True).distinct())


def _years(acts: ActQuerySet, name: str) -> set[str]:
    """The years of a date's column, told apart in the database: it holds thousands of days."""
    year = Substr(Cast(name, CharField()), 1, 4)
    return set(acts.order_by().exclude(**{name: None}).values_list(year, flat=True).distinct())


@needs("export")
@require_POST
def download(request: HttpRequest) -> HttpResponse:
    """What the filters chose, as CSV; the custody log says who took it."""
    acts = table.chosen(member_of(request), request.POST).select_related("campaign")
    rows = table.with_dollars(acts)
    actions.log_export(member_of(request), [row.act for row in rows])
    response = HttpResponse(table.to_csv(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="record-{clock.today():%Y-%m-%d}.csv"'
    return response


@needs("code")
@require_POST
def code(request: HttpRequest) -> HttpResponse:
    """Codes a claim the member may see; a claim is named by its token."""
    claim = get_object_or_404(
        Claim.objects.visible_to(member_of(request)), token=request.POST.get("claim", "")
    )
    actions.code(member_of(request), claim)
    messages.success(request, _("The claim stands in the record. It is not public by that."))
    return redirect(claim.get_absolute_url())


@needs("code")
@require_POST
def assign(request: HttpRequest) -> HttpResponse:
    """Puts the ticked acts into a campaign."""
    campaign = actions.assign(
        member_of(request), request.POST.getlist("acts"), request.POST.get("campaign", "")
    )
    messages.success(request, _("Put into the campaign.") if campaign else _("Taken out of their campaign."))
    return redirect("incidents:record")
