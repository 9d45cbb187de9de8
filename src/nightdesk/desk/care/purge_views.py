"""The screens of purging: what it would take, the second person's answer, and what was purged."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from nightdesk.desk.asked import number
from nightdesk.desk.care import purging
from nightdesk.desk.care.forms import PurgeForm
from nightdesk.desk.care.models import Purge
from nightdesk.desk.reports.models import Report
from nightdesk.desk.reports.naming import tell_apart
from nightdesk.desk.sources.models import Source
from nightdesk.desk.staff import two
from nightdesk.desk.staff.asking import member_of
from nightdesk.desk.staff.roles import needs

SHOWN = 50  # purges on the list of what was purged
LABELS = {
    "reports": pgettext_lazy("purged", "reports"),
    "claims": pgettext_lazy("purged", "claims"),
    "arrivals": pgettext_lazy("purged", "arrivals"),
    "own words": pgettext_lazy("purged", "own words of the desk"),
    "replies": pgettext_lazy("purged", "replies"),
    "judgements": pgettext_lazy("purged", "judgements"),
    "custody entries": pgettext_lazy("purged", "custody entries"),
    "contacts": pgettext_lazy("purged", "contacts"),
    "dangers": pgettext_lazy("purged", "dangers"),
    "consents": pgettext_lazy("purged", "consents"),
    "cards": pgettext_lazy("purged", "identity card"),
    "clearances": pgettext_lazy("purged", "clearances for members"),
    "dates": pgettext_lazy("purged", "dates to keep until"),
    "relays": pgettext_lazy("purged", "relays that stand nowhere else"),
    "scheduled releases": pgettext_lazy("purged", "releases that wait for an hour: taken off"),
    "held stories": pgettext_lazy("purged", "stories held until a day: the hold falls"),
    "headlines": pgettext_lazy("purged", "headlines"),
    "words taught from stories": pgettext_lazy("purged", "words taught from stories: they go whole"),
    "paragraphs": pgettext_lazy("purged", "paragraphs"),
    "unsaved drafts": pgettext_lazy("purged", "unsaved drafts"),
    "versions": pgettext_lazy("purged", "versions"),
    "files": pgettext_lazy("purged", "titles of files"),
    "photos": pgettext_lazy("purged", "photos"),
    "notes to readers": pgettext_lazy("purged", "notes to readers"),
    "reviews": pgettext_lazy("purged", "reviews"),
    "findings": pgettext_lazy("purged", "findings"),
    "decisions": pgettext_lazy("purged", "decisions"),
    "rows for the record": pgettext_lazy("purged", "rows for the record"),
    "why stories are held": pgettext_lazy("purged", "why stories are held"),
    "acts": pgettext_lazy("purged", "acts"),
    "campaigns": pgettext_lazy("purged", "campaigns"),
    "events": pgettext_lazy("purged", "events"),
    "glossary": pgettext_lazy("purged", "glossary entries: they go whole"),
    "addresses": pgettext_lazy("purged", "addresses of stories: new ones that say nothing"),
    "public addresses": pgettext_lazy("purged", "addresses readers have"),
    "custody notes": pgettext_lazy("purged", "notes in custody logs"),
}


def labelled(counts: dict[str, int]) -> list[tuple[str, int]]:
    """Counts with the words of the page; a class without a word keeps its own."""
    return [(str(LABELS.get(name, name)), n) for name, n in counts.items()]


@needs("purge")
@sensitive_post_parameters()
def purge_source(request: HttpRequest, source_pk: int) -> HttpResponse:
    """A source with everything it told."""
    found = get_object_or_404(Source.objects.visible_to(member_of(request)), pk=source_pk)
    return _purge(request, found, found.pseudonym)


@needs("purge")
@sensitive_post_parameters()
def purge_report(request: HttpRequest, report_pk: int) -> HttpResponse:
    """One report with what was claimed from it."""
    visible = Report.objects.visible_to(member_of(request)).select_related("source")
    found = get_object_or_404(visible, pk=report_pk)
    tell_apart(member_of(request), [found])
    return _purge(request, found, "")


def _purge(request: HttpRequest, row: Source | Report, name: str) -> HttpResponse:
    form = PurgeForm(request.POST or None, initial={"names": name})
    looks = "look" in request.POST
    if request.method == "POST" and not looks and form.is_valid():
        said = form.cleaned_data
        purging.ask(member_of(request), row, said["names"], said["reason"])
        messages.success(
            request, _("Asked. Another editor has to confirm it; until then nothing is destroyed.")
        )
        return redirect(request.path)
    waits = purging.waiting(row)
    typed = [name] if name else []
    if form.is_bound and waits is None:
        form.is_valid()
        typed = form.cleaned_data.get("names", typed)
    names = list(waits.names) if waits else typed
    if looks:  # counted again, and nothing to complain of yet
        form = PurgeForm(initial=request.POST.dict())
    return _page(request, row, form, waits, names)


def _page(
    request: HttpRequest, row: Source | Report, form: PurgeForm, waits: Purge | None, names: list[str]
) -> HttpResponse:
    found = purging.look(row, names)
    known: dict[str, Any] = {
        "row": row, "is_report": isinstance(row, Report), "form": form, "waits": waits, "names": names,
        "found": found, "rows": labelled(found.rows), "in_drafts": labelled(found.names),
        "left": labelled(found.left),
        "mine": waits is not None and waits.asked_by_id == member_of(request).pk,
        "as_one": two.words_if_one(member_of(request), waits.asked_by) if waits else "",
    }  # fmt: skip
    return render(request, "care/purge.html", known, status=400 if form.errors else 200)


@needs("purge")
@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """The second person confirms, or either says no."""
    member, seen = member_of(request), number(request, "purge")
    if request.POST.get("answer") == "confirm":
        done = purging.confirm(member, seen).done_at
        messages.success(
            request,
            _("Purged. Read below what this could not reach.") if done
            else _("The rows are gone; files still hold traces of them. Read below what the desk goes on trying."),
        )  # fmt: skip
    else:
        purging.keep(member, seen)
        messages.success(request, _("Nothing was purged."))
    return redirect("care:purged")


@needs("purge")
@require_GET
def purged(request: HttpRequest) -> HttpResponse:
    """What was purged, without a name; and what a purge cannot reach."""
    rows = Purge.objects.exclude(confirmed_at=None).select_related("asked_by", "answered_by")[:SHOWN]
    return render(request, "care/purged.html", {"purges": [(row, *_taken(row)) for row in rows]})


def _taken(row: Purge) -> list[list[tuple[str, int]]]:
    """Rows that went, places names were taken out of, and places where they stay."""
    heads = (purging.NAMES_IN, purging.LEFT_IN)
    rows = {name: n for name, n in row.taken.items() if not name.startswith(heads)}
    names = [{k.removeprefix(head): n for k, n in row.taken.items() if k.startswith(head)} for head in heads]
    return [labelled(each) for each in (rows, *names)]
