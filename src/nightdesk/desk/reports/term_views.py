"""The desk's own words on the screen: teaching one from a report, the list, changing one; and what is read
of words while they are typed.

Belongs here: pages and forms. Does not belong here: the verbs (teaching.py), reading (reading.py).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from nightdesk.desk.asked import numeral
from nightdesk.desk.errors import DeskError
from nightdesk.desk.reports import teaching
from nightdesk.desk.reports.models import OwnTerm, Report
from nightdesk.desk.reports.naming import tell_apart
from nightdesk.desk.reports.reading import KINDS, Shown, reading_of, said_of, shown_as_typed
from nightdesk.desk.reports.segments import Mark, segments, sentence_around, sentences
from nightdesk.desk.reports.values import value_words
from nightdesk.desk.staff.asking import member_of
from nightdesk.desk.staff.roles import needs
from nightdesk.desk.stories.models import StoryTerm
from nightdesk.reading import own


def kinds() -> list[tuple[str, Any]]:
    """What words can be said to be, with what it is called."""
    return [(teaching.NO_VALUE, _("no value")), *((kind, KINDS[kind]) for kind in own.KINDS)]


@require_GET
@needs("read")
def list_(request: HttpRequest) -> HttpResponse:
    """The desk's own words, and whether each correction still holds in the report it was made in."""
    member = member_of(request)
    told = OwnTerm.objects.visible_to(member).select_related("report__source", "made_by")
    written = StoryTerm.objects.visible_to(member).select_related("story", "made_by")
    rows: list[teaching.Taught] = [
        *told.filter(report__eyes_only=False), *written.prefetch_related("story__editions")
    ]  # fmt: skip
    tried = list(teaching.check(sorted(rows, key=lambda row: row.made_at, reverse=True)))
    tell_apart(member, (one.term.report for one in tried if isinstance(one.term, OwnTerm)))
    found = [
        {"term": one.term, "outcome": one.outcome, "kind": KINDS.get(one.term.kind, _("no value")),
         "value": value_words(one.term.kind, one.term.value or {}), "now": _now(one.outcome),
         "lang": one.term.lang if isinstance(one.term, StoryTerm) else one.term.report.lang}
        for one in tried
    ]  # fmt: skip
    return render(request, "reports/terms.html", {"rows": found})


def _now(outcome: own.Outcome) -> str:
    return said_of(outcome.now) if outcome.now else ""


@needs("read")
def teach(request: HttpRequest, pk: int) -> HttpResponse:
    """What these words of a report mean. What was typed comes back when it cannot be kept."""
    rows = Report.objects.visible_to(member_of(request))  # one that is eyes only stops at `told`, aloud
    report = get_object_or_404(rows.select_related("source"), pk=pk)
    tell_apart(member_of(request), [report])
    start, end = _stretch(request, report)
    said = request.POST or request.GET
    error = None
    if request.method == "POST":
        try:
            kind, means = said.get("kind", ""), said.get("means", "")
            term = teaching.teach(member_of(request), report, start, end, kind, means)
        except DeskError as refused:
            error = refused
        else:
            messages.success(
                request,
                _(
                    "The desk reads “%(words)s” so from now on. It can be set aside under “The desk's own words”."
                )
                % {"words": term.words},
            )
            return redirect(report)
    read = own.at(reading_of(report), start, end)
    known = {
        "report": report, "start": start, "end": end, "words": report.told[start:end],
        "around": _around(report, start, end), "kinds": kinds(), "error": error,
        "kind": said.get("kind", read.kind if read and read.kind in own.KINDS else ""),
        "means": said.get("means", ""),
        "read": said_of(read) if read else "", "figures": own.is_bare_number(report.told[start:end]),
    }  # fmt: skip
    return render(request, "reports/teach.html", known, status=400 if error else 200)


def _stretch(request: HttpRequest, report: Report) -> tuple[int, int]:
    """The words meant: offsets in the report, else the first place where the typed words stand."""
    said = request.POST or request.GET
    text = report.told
    typed = said.get("typed_words", "").strip()
    if typed and typed in text:
        return text.index(typed), text.index(typed) + len(typed)
    start, end = (min(numeral(said.get(name, "")) or 0, len(text)) for name in ("start", "end"))
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, max(start, end)


def _around(report: Report, start: int, end: int) -> list[Any]:
    """The sentence the words stand in, with the words marked."""
    text = report.told
    left, right = sentence_around(text, start, sentences(text))
    return segments(text, [Mark(start, end, "here")], left, max(right, end))


@needs("read")
def term(request: HttpRequest, pk: int) -> HttpResponse:
    """One of the desk's own words, to change."""
    found = _found(request, pk)
    error = None
    if request.method == "POST":
        try:
            teaching.change(
                member_of(request), found, request.POST.get("kind", ""), request.POST.get("means", "")
            )
        except DeskError as refused:
            error = refused
        else:
            messages.success(request, _("The word is changed."))
            return redirect("reports:terms")
    said = request.POST or {"kind": found.kind or teaching.NO_VALUE, "means": found.means}
    known = {
        "term": found, "report": found.report, "around": _around(found.report, found.start, found.end),
        "words": found.words, "kinds": kinds(), "kind": said.get("kind", ""), "means": said.get("means", ""),
        "error": error, "read": "", "figures": own.is_bare_number(found.words),
    }  # fmt: skip
    return render(request, "reports/teach.html", known, status=400 if error else 200)


@require_POST
@needs("read")
def aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Sets a word aside, or takes it back into use."""
    found = _found(request, pk)
    if request.POST.get("back"):
        teaching.use_again(member_of(request), found)
        messages.success(request, _("The word is in use again."))
    else:
        teaching.set_aside(member_of(request), found)
        messages.success(request, _("The word is set aside: reading no longer knows it."))
    return redirect("reports:terms")


def _found(request: HttpRequest, pk: int) -> OwnTerm:
    rows = OwnTerm.objects.visible_to(member_of(request)).filter(report__eyes_only=False)
    return get_object_or_404(rows.select_related("report__source"), pk=pk)


@require_POST
@needs("log")
@sensitive_post_parameters()
def typed(request: HttpRequest) -> HttpResponse:
    """What is read in a note, or in the sentence of a claim, while it is typed. Nothing is kept."""
    return render(request, "reports/parts/read.html", {"typed": of_typed(request)})


def of_typed(request: HttpRequest) -> Shown:
    """The words of a form as they stand, with what is read in them. No language said: by their letters."""
    said = request.POST
    try:
        on = date.fromisoformat(said.get("contact_on", ""))
    except ValueError:
        on = None
    return shown_as_typed(said.get("text") or said.get("statement", ""), said.get("lang", ""), on)
