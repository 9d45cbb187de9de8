"""The screen of what state media have said: a review asks it whether a story is earlier than they are.

An entry is words that an editor typed or brought in as lines; nothing is fetched. Belongs here: the doors. Does not
belong here: lines (bringing.py), saving (keeping.py), what earliness means (disclosure.rules.early).
"""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from nightdesk.desk.errors import DeskError
from nightdesk.desk.review import bringing, keeping
from nightdesk.desk.review.forms import StateMediaForm
from nightdesk.desk.review.models import StateMedia
from nightdesk.desk.staff.asking import member_of
from nightdesk.desk.staff.roles import needs
from nightdesk.desk.stories.models import Story
from nightdesk.disclosure import Earlier, remember

A_PAGE = 40


@require_GET
@needs("tables")
def said(request: HttpRequest) -> HttpResponse:
    """Every entry, the newest day first, with a form under it."""
    return _page(request, StateMediaForm())


def _page(
    request: HttpRequest, form: StateMediaForm, lines: str = "", wrong: DeskError | None = None
) -> HttpResponse:
    page = Paginator(StateMedia.objects.all(), A_PAGE).get_page(request.GET.get("page"))
    rows = [(row, is_compared(row)) for row in page]
    context = {
        "rows": rows,
        "page": page,
        "form": form,
        "lines": lines,
        "wrong": wrong,
        "most": bringing.MOST,
    }
    return render(request, "review/state_media.html", context, status=400 if form.errors or wrong else 200)


def is_compared(row: StateMedia) -> bool:
    """Whether a story can be found to tell of the same: one sum, or one day at one place."""
    country = Story._meta.get_field("country").get_default()
    found = remember(Earlier("", row.on, row.text), country)
    return bool(found.sums or (found.days and found.towns))


@needs("tables")
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """One more entry."""
    form = StateMediaForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    return _saved(request, form)


def _saved(request: HttpRequest, form: StateMediaForm, seen: str = "") -> HttpResponse:
    keeping.save_table(member_of(request), form, seen)
    messages.success(request, _("Saved. The next review is judged by it."))
    return redirect("review:state_media")


@needs("tables")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry, to be corrected; Stale when somebody corrected it after this form was opened."""
    row = get_object_or_404(StateMedia, pk=pk)
    seen = request.POST.get("seen") or keeping.said_now(row)
    form = StateMediaForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        return _saved(request, form, seen)
    context = {"form": form, "pk": pk, "seen": seen}
    return render(request, "review/state_media_one.html", context, status=400 if form.errors else 200)


@needs("tables")
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes an entry away."""
    keeping.remove_table(member_of(request), get_object_or_404(StateMedia, pk=pk))
    messages.success(request, _("Removed."))
    return redirect("review:state_media")


@needs("tables")
@require_POST
def bring(request: HttpRequest) -> HttpResponse:
    """Many entries as lines; one that is wrong, and none is saved."""
    lines = request.POST.get("lines", "")
    try:
        forms = bringing.checked(lines, StateMediaForm)
    except DeskError as error:
        return _page(request, StateMediaForm(), lines, error)
    new = keeping.bring(member_of(request), forms)
    kept = ngettext("%(n)d entry saved.", "%(n)d entries saved.", new) % {"n": new}
    known = _("The others stood there already: %(n)s.") % {"n": len(forms) - new} if new < len(forms) else ""
    messages.success(request, " ".join(filter(None, (kept, known))))
    return redirect("review:state_media")
