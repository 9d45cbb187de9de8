"""The list of reports and one report: its words, what was read in them, who else tells of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nightdesk.desk import clock
from nightdesk.desk.care.retention import kept
from nightdesk.desk.claims.models import Claim
from nightdesk.desk.claims.showing import show_accounts
from nightdesk.desk.replies.showing import asked, replies_of
from nightdesk.desk.reports import actions, eyes_views
from nightdesk.desk.reports.eyes_views import people_of
from nightdesk.desk.reports.models import Report, ReportQuerySet
from nightdesk.desk.reports.naming import tell_apart
from nightdesk.desk.reports.reading import KINDS, NAMES, marks_of, reading_of
from nightdesk.desk.search import pace
from nightdesk.desk.search.finding import newest
from nightdesk.desk.search.terms import needles
from nightdesk.desk.sources.models import Source
from nightdesk.desk.staff import held
from nightdesk.desk.staff.asking import member_of
from nightdesk.desk.staff.roles import needs
from nightdesk.values.languages import LANGUAGES

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member

A_PAGE = 50
MOST_FOUND = 1000  # of the reports that hold the words; the search itself goes on without end


class FilterForm(forms.Form):
    """What the list can be narrowed to. Everything is optional; nonsense is ignored."""

    q = forms.CharField(required=False, max_length=100)
    unread = forms.BooleanField(required=False)
    asked = forms.BooleanField(required=False)
    source = forms.IntegerField(required=False)
    lang = forms.ChoiceField(required=False, choices=[("", ""), *((code, code) for code in LANGUAGES)])


@require_GET
@needs("read")
def list_(request: HttpRequest) -> HttpResponse:
    """Reports this member may read, newest contact first."""
    visible = Report.objects.visible_to(member_of(request))
    form = FilterForm(request.GET)
    form.is_valid()
    wanted = form.cleaned_data
    rows = _narrow(visible, wanted)
    more = False
    if wanted.get("q"):
        rows, more = _holding(member_of(request), rows, wanted["q"])
    rows = rows.select_related("source").order_by("-contact_on", "-pk")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    tell_apart(member_of(request), page)
    known = {
        "page": page,
        "claimed": _claimed(list(page)),
        "reply": asked(page),
        "sources": _source_options(member_of(request), wanted.get("source")),
        "wanted": wanted,
        "languages": [(code, NAMES[code]) for code in LANGUAGES],
        "narrowed": any(wanted.values()),
        "most": MOST_FOUND if more else None,
        "asked": urlencode({"q": wanted.get("q") or ""}),
    }
    return render(request, "reports/list.html", known)


def _source_options(member: Member, chosen: int | None) -> SafeString:
    """Thousands of options, joined here: a template takes ten times as long for them."""
    rows = Source.objects.visible_to(member).values_list("pk", "pseudonym")
    marked = ((pk, " selected" if pk == chosen else "", name) for pk, name in rows)
    return format_html_join("", '<option value="{}"{}>{}</option>', marked)


def _claimed(shown: list[Report]) -> dict[int, int]:
    """How many claims were made from each report on the page; counted with the list, all reports would be read."""
    claims = Claim.objects.filter(account__report__in=shown).order_by()
    return dict(claims.values_list("account__report").annotate(n=Count("pk")))


def _narrow(rows: ReportQuerySet, wanted: dict[str, Any]) -> ReportQuerySet:
    if wanted.get("unread"):
        rows = rows.filter(read_at=None)
    if wanted.get("asked"):
        rows = rows.asked_for_reply().filter(replies=None)
    if wanted.get("source"):
        rows = rows.filter(source=wanted["source"])
    if wanted.get("lang"):
        rows = rows.filter(lang=wanted["lang"])
    return rows


def _holding(member: Member, rows: ReportQuerySet, typed: str) -> tuple[ReportQuerySet, bool]:
    """Those that hold the words, by the search's index, or whose source is called so; and whether there are more."""
    with pace.even(member):
        found = newest(member, "report", needles(typed), MOST_FOUND)
    named = Source.objects.visible_to(member).filter(pseudonym__icontains=typed)
    return rows.filter(Q(pk__in=found.pks) | Q(source__in=named)), found.more


def _found(request: HttpRequest, pk: int) -> Report:
    visible = Report.objects.visible_to(member_of(request))
    return get_object_or_404(visible.select_related("source", "relay", "teller_confirmed_by"), pk=pk)


@require_GET
@needs("read")
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """One report. Opening the page does not mark it read: a button does."""
    found = _found(request, pk)
    if found.eyes_only:
        return eyes_views.closed(request, found)
    tell_apart(member_of(request), [found])
    actions.look(member_of(request), found)
    marks = marks_of(reading_of(found))
    known = {
        "report": found,
        "may_seal": people_of(member_of(request), found, held.of(request)),
        "accounts": show_accounts(member_of(request), found, marks),
        "marks": [
            (mark, KINDS.get(mark.kind, mark.kind), found.text[mark.start : mark.end]) for mark in marks
        ],
        "unread": sum(mark.kind == "unread" for mark in marks),
        "kept": kept(found, clock.today()),
        "replies": replies_of(member_of(request), found),
        "lang_name": NAMES.get(found.lang, found.lang),
    }
    return render(request, "reports/report.html", known)


@require_POST
@needs("read")
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Marks it read."""
    found = _found(request, pk)
    actions.read(member_of(request), found)
    messages.success(request, _("Marked as read."))
    return redirect(found)


@require_POST
@needs("confirm")
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """The member knows who told it."""
    found = _found(request, pk)
    actions.confirm(member_of(request), found)
    messages.success(request, _("The teller is confirmed: the report counts as an origin."))
    return redirect(found)


@require_POST
@needs("confirm")
def doubt(request: HttpRequest, pk: int) -> HttpResponse:
    """Undoes the confirmation."""
    found = _found(request, pk)
    actions.doubt(member_of(request), found)
    messages.success(request, _("The confirmation is taken back."))
    return redirect(found)
