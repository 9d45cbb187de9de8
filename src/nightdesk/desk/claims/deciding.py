"""The doors of what people decide about accounts, and the queue of what is suggested to them.

Belongs here: views of judging.py and suggesting.py. Does not belong here: claims and events (views.py).
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nightdesk.desk.claims import judging
from nightdesk.desk.claims.models import JUDGEMENTS, Account, AccountQuerySet, Judgement
from nightdesk.desk.claims.suggesting import suggestions
from nightdesk.desk.errors import DeskError
from nightdesk.desk.staff.asking import member_of
from nightdesk.desk.staff.roles import needs


def _other(request: HttpRequest) -> Account:
    """The account the form names; one that may not be seen is refused as one that is not there."""
    number = request.POST.get("beside", "")
    found = (
        _accounts(request).filter(pk=int(number) if number.isdecimal() and len(number) < 18 else 0).first()
    )
    if found is None:
        raise DeskError(_("A judgement is about two accounts."), _("Choose another account beside this one."))
    return found


def _accounts(request: HttpRequest) -> AccountQuerySet:
    return Account.objects.visible_to(member_of(request)).select_related("report__source", "event")


@require_GET
@needs("corroborate")
def suggested(request: HttpRequest) -> HttpResponse:
    """What the engine is not sure of; a person says yes or no."""
    return render(request, "claims/suggestions.html", {"suggestions": suggestions(member_of(request))})


@require_POST
@needs("corroborate")
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Decides about this account and another, with a reason."""
    account = get_object_or_404(_accounts(request), pk=pk)
    other = _other(request)
    kind = request.POST.get("kind", "")
    judging.judge(member_of(request), kind, account, other, request.POST.get("why", ""))
    said = _("Decided: %(kind)s. It wins over the engine until it is taken back.") % {
        "kind": dict(JUDGEMENTS)[kind]
    }
    account.refresh_from_db()
    at = account.event or account.report
    if request.POST.get("from") == "suggestions":
        undo = _("It can be taken back on the page of the event.")
        messages.success(request, format_html('{} <a href="{}">{}</a>', said, at.get_absolute_url(), undo))
        return redirect("claims:suggestions")
    messages.success(request, said)
    return redirect(at)


@require_POST
@needs("corroborate")
def take_back(request: HttpRequest, judgement_pk: int) -> HttpResponse:
    """Undoes a decision; it stays on the page, struck out."""
    made = get_object_or_404(Judgement.objects.visible_to(member_of(request)), pk=judgement_pk)
    judging.take_back(member_of(request), made)
    messages.success(request, _("The judgement was taken back. The accounts were compared again without it."))
    event = Account.objects.select_related("event", "report").get(pk=made.account_id)
    return redirect(event.event or event.report)
