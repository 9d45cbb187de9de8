"""Sources by pseudonym, who is cleared for them, and the card behind a button."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from nightdesk.desk.care.showing import page_of
from nightdesk.desk.errors import DeskError
from nightdesk.desk.reports.models import Report
from nightdesk.desk.sources import actions
from nightdesk.desk.sources.models import Source
from nightdesk.desk.staff.asking import member_of
from nightdesk.desk.staff.models import Member
from nightdesk.desk.staff.roles import ROLES, needs
from nightdesk.values.grades import RELIABILITY

A_PAGE = 100
READERS = [name for name, role in ROLES.items() if "reports" in role.sees]


class SourceForm(forms.Form):
    """A new pseudonym."""

    pseudonym = forms.CharField(label=gettext_lazy("Pseudonym"), max_length=80)


@require_GET
@needs("read")
def list_(request: HttpRequest) -> HttpResponse:
    """The sources this member may see."""
    rows = Source.objects.visible_to(member_of(request)).order_by("pseudonym").prefetch_related("cleared")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    told = Report.objects.filter(source__in=list(page)).order_by().values_list("source")
    known = {"sources": page, "page": page, "told": dict(told.annotate(n=Count("pk"))), "form": SourceForm()}
    return render(request, "sources/list.html", known)


@require_POST
@needs("log")
def make(request: HttpRequest) -> HttpResponse:
    """A new pseudonym."""
    form = SourceForm(request.POST)
    if not form.is_valid():
        raise DeskError(_("A source needs a pseudonym."), _("Type one of up to 80 characters."))
    made = actions.make(member_of(request), form.cleaned_data["pseudonym"])
    messages.success(request, _("%(name)s was added.") % {"name": made.pseudonym})
    return redirect(made)


@require_GET
@needs("read")
def source(request: HttpRequest, pk: int) -> HttpResponse:
    """One source."""
    return render(request, "sources/source.html", _known(request, _found(request, pk)))


def _found(request: HttpRequest, pk: int) -> Source:
    return get_object_or_404(Source.objects.visible_to(member_of(request)), pk=pk)


def _known(request: HttpRequest, found: Source) -> dict[str, Any]:
    cleared = list(found.cleared.order_by("username"))
    others = Member.objects.filter(is_active=True, role__in=READERS).exclude(pk__in=[m.pk for m in cleared])
    return {
        "source": found,
        "cleared": cleared,
        "others": others.order_by("username"),
        "reports": found.reports.order_by("-contact_on")[:100],
        "card_open": member_of(request) in cleared,
        "grades": RELIABILITY,
        **page_of(member_of(request), found),
    }


@require_POST
@needs("grade")
def grade(request: HttpRequest, pk: int) -> HttpResponse:
    """Sets the reliability grade."""
    found = _found(request, pk)
    actions.grade(member_of(request), found, request.POST.get("reliability", ""))
    return redirect(found)


@require_POST
@needs("decide")
def clear(request: HttpRequest, pk: int) -> HttpResponse:
    """Clears a member for this source."""
    found = _found(request, pk)
    actions.clear_for(member_of(request), found, _chosen(request))
    return redirect(found)


@require_POST
@needs("decide")
def unclear(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a clearance back."""
    found = _found(request, pk)
    actions.unclear_for(member_of(request), found, _chosen(request))
    return redirect(found)


def _chosen(request: HttpRequest) -> Member:
    value = request.POST.get("member", "")
    return get_object_or_404(Member.objects.filter(is_active=True), pk=int(value) if value.isdecimal() else 0)


@require_POST
@needs("read")
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows the card in the answer to a button, so that no address leads to it and no history keeps it."""
    found = _found(request, pk)
    words = actions.open_card(member_of(request), found)
    return render(
        request, "sources/source.html", _known(request, found) | {"card": words, "card_shown": True}
    )


@require_POST
@needs("read")
@sensitive_post_parameters()
def write_card(request: HttpRequest, pk: int) -> HttpResponse:
    """Replaces the card."""
    found = _found(request, pk)
    actions.write_card(member_of(request), found, request.POST.get("card", "").strip())
    messages.success(request, _("The card was written."))
    return redirect(found)
