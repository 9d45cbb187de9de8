"""The doors of replies: put one up, take one off. What was typed and refused comes back on a page of its own."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from nightdesk.desk.courier import parcels
from nightdesk.desk.errors import DeskError
from nightdesk.desk.replies import actions
from nightdesk.desk.replies.models import Reply
from nightdesk.desk.replies.showing import replies_of
from nightdesk.desk.reports.models import Report
from nightdesk.desk.reports.naming import tell_apart
from nightdesk.desk.staff.asking import member_of
from nightdesk.desk.staff.roles import needs


@require_POST
@needs("reply")
@sensitive_post_parameters()
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts a reply up for the teller of a report."""
    member = member_of(request)
    report = get_object_or_404(Report.objects.visible_to(member).select_related("source"), pk=pk)
    text, said = request.POST.get("text", ""), request.POST.get("days", "")
    days = int(said) if said.isdecimal() and len(said) < 4 else 0
    try:
        actions.reply(member, report, text, days)
    except DeskError as error:
        tell_apart(member, [report])
        known = {"report": report, "replies": replies_of(member, report, text, days), "error": error}
        return render(request, "replies/refused.html", known, status=400)
    if not settings.NIGHTDESK_DROP_URL and not parcels.sent_out():
        messages.warning(
            request,
            _(
                "The reply is kept, but this desk has neither a drop nor a courier that is out: nothing goes up yet."
            ),
        )
        return redirect(report)
    messages.success(
        request, _("The reply goes up with the next board. Every round of collecting puts one up.")
    )
    return redirect(report)


@require_POST
@needs("reply")
def take_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes one off."""
    member = member_of(request)
    row = get_object_or_404(Reply.objects.visible_to(member).select_related("report__source"), pk=pk)
    actions.take_off(member, row)
    messages.success(
        request, _("It is taken off. Where the drop could not be reached, the next round takes it off.")
    )
    return redirect(row.report)
