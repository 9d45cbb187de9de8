"""Sources by pseudonym, and who is cleared for them. The card has views of its own (card_views.py)."""

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
from django.views.decorators.http import require_GET, require_POST

from nightdesk.desk.asked import number
from nightdesk.desk.care.showing import page_of
from nightdesk.desk.errors import DeskError, NotAllowed
from nightdesk.desk.reports.models import Report
from nightdesk.desk.reports.naming import tell_apart
from nightdesk.desk.sources import actions, answers, cards, reveal
from nightdesk.desk.sources.models import RELIABLE, Source
from nightdesk.desk.sources.showing import panel_of
from nightdesk.desk.staff import held
from nightdesk.desk.staff.asking import member_of
from nightdesk.desk.staff.models import Member
from nightdesk.desk.staff.roles import ROLES, needs

A_PAGE, REPORTS_SHOWN = 100, 30
READERS = [name for name, role in ROLES.items() if "reports" in role.sees]


class SourceForm(forms.Form):
    """A new pseudonym."""

    pseudonym = forms.CharField(label=gettext_lazy("Pseudonym"), max_length=80)


@require_GET
@needs("read")
def list_(request: HttpRequest) -> HttpResponse:
    """The sources this member may see."""
    member = member_of(request)
    rows = Source.objects.visible_to(member).order_by("pseudonym").prefetch_related("cleared")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    told = Report.objects.visible_to(member).filter(source__in=list(page)).order_by().values_list("source")
    counts = dict(told.annotate(n=Count("pk", distinct=True)))
    known = {"sources": page, "page": page, "told": counts, "form": SourceForm()}
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
    told = Report.objects.visible_to(member_of(request)).filter(source=found).order_by("-contact_on", "-pk")
    reports = list(told[: REPORTS_SHOWN + 1])
    tell_apart(member_of(request), reports)
    others = Member.objects.filter(is_active=True, role__in=READERS).exclude(pk__in=[m.pk for m in cleared])
    return {
        "source": found,
        "cleared": cleared,
        "others": others.order_by("username"),
        "reports": reports[:REPORTS_SHOWN],
        "more_reports": len(reports) > REPORTS_SHOWN,
        "panel": panel_of(
            member_of(request), found, held.of(request), reveal.session_of(request.session.session_key)
        ),
        "grades": RELIABLE.items(),
        "declined": answers.declined(member_of(request), found),
        **page_of(member_of(request), found),
    }


@require_POST
@needs("grade")
def grade(request: HttpRequest, pk: int) -> HttpResponse:
    """Sets the reliability grade."""
    found = _found(request, pk)
    actions.grade(member_of(request), found, request.POST.get("reliability", ""))
    graded = _("The source is graded %(grade)s.") % {"grade": found.reliability}
    messages.success(request, graded if found.reliability else _("The grade of the source is taken away."))
    return redirect(found)


@require_POST
@needs("decide")
def clear(request: HttpRequest, pk: int) -> HttpResponse:
    """Clears a member for this source."""
    found = _found(request, pk)
    other = _chosen(request)
    given = actions.clear_for(member_of(request), found, other, held.of(request))
    name = {"name": other.username}
    if given:
        messages.success(request, _("%(name)s reads what this source tells, and opens the card.") % name)
    elif not found.old_card and cards.row_of(found) is None:
        messages.success(
            request, _("%(name)s reads what this source tells. It has no identity card yet.") % name
        )
    else:
        messages.success(
            request,
            _(
                "%(name)s reads what this source tells. The card is not open to %(name)s: a member who opens it gives it."
            )
            % name,
        )
    return redirect(found)


@require_POST
@needs("decide")
def unclear(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a clearance back."""
    found = _found(request, pk)
    other = _chosen(request)
    lose = bool(request.POST.get("lose"))
    try:
        actions.unclear_for(member_of(request), found, other, held.of(request), lose=lose)
    except NotAllowed:
        raise
    except DeskError as error:  # shown where it was asked, with the tick that overrules it
        known = {**_known(request, found), "refused": error, "refused_for": other.pk}
        return render(request, "sources/source.html", known, status=error.status)
    messages.success(
        request,
        _("The clearance of %(name)s is taken back. What was read stays known.") % {"name": other.username},
    )
    return redirect(found)


def _chosen(request: HttpRequest) -> Member:
    return get_object_or_404(Member.objects.filter(is_active=True), pk=number(request, "member"))
