"""The screen of the newsroom's tables and the desk's own rates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from nightdesk.desk import clock
from nightdesk.desk.errors import DeskError
from nightdesk.desk.review import bringing, keeping
from nightdesk.desk.review.forms import GroupForm, RateForm
from nightdesk.desk.review.models import GroupTable
from nightdesk.desk.review.showing import expired, part
from nightdesk.desk.review.unknown import Unknown, unknown
from nightdesk.desk.staff.asking import member_of
from nightdesk.desk.staff.roles import needs
from nightdesk.desk.stories.models import MarketRate

# Fields of both forms have one name (basis); on a page that shows both, each needs an id of its own.
RATE_IDS = "rate_%s"
KINDS: dict[str, type[GroupForm] | type[RateForm]] = {"group": GroupForm, "rate": RateForm}


def _form(kind: str) -> type[GroupForm] | type[RateForm]:
    if kind not in KINDS:
        raise Http404
    return KINDS[kind]


@require_GET
@needs("tables")
def tables(request: HttpRequest) -> HttpResponse:
    """Both tables with a form under each."""
    return _page(request, _empty())


def _empty() -> dict[str, ModelForm]:
    """Both forms as they are before anybody types."""
    return {"group": GroupForm(), "rate": RateForm(auto_id=RATE_IDS)}


def _page(
    request: HttpRequest,
    forms: Mapping[str, ModelForm],
    status: int = 200,
    lines: str = "",
    wrong: DeskError | None = None,
) -> HttpResponse:
    today = clock.today()
    groups = [(row, part(row), expired(row, today)) for row in GroupTable.objects.all()]
    context = {"groups": groups, "rates": MarketRate.objects.all(), "forms": forms, "lines": lines, "wrong": wrong,
               "most": bringing.MOST, "names": ", ".join(GroupForm.base_fields)}  # fmt: skip
    return render(request, "review/tables.html", context, status=status)


@needs("tables")
@require_POST
def add(request: HttpRequest, kind: str) -> HttpResponse:
    """A new table or rate."""
    form = _form(kind)(request.POST, auto_id=RATE_IDS if kind == "rate" else "id_%s")
    if not form.is_valid():
        return _page(request, _empty() | {kind: form}, status=400)
    new = _unknown([form])
    keeping.save_table(member_of(request), form)
    messages.success(request, _("Saved. The next review is judged by it."))
    _warn(request, new)
    return redirect("review:tables")


def _unknown(forms: Sequence[ModelForm]) -> Unknown:
    """Names of checked tables that nobody knows yet; asked before they are saved, and without the row itself."""
    rows = [form.instance for form in forms if isinstance(form.instance, GroupTable)]
    return unknown(rows, GroupTable.objects.exclude(pk__in=[row.pk for row in rows if row.pk]))


def _warn(request: HttpRequest, new: Unknown) -> None:
    """What was saved all the same, and by which nothing may be judged."""
    if new.groups:
        messages.warning(request, _(
            "No description of the review and no earlier table knows this group: %(names)s. No story is judged by it."
        ) % {"names": ", ".join(new.groups)})  # fmt: skip
    if new.places:
        messages.warning(request, _(
            "No gazetteer and no earlier table knows this place: %(names)s. Only a story that names it in the same words is judged by it."
        ) % {"names": ", ".join(new.places)})  # fmt: skip


@needs("tables")
def edit(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """One table or rate, to be corrected; Stale when somebody corrected it after this form was opened."""
    made = _form(kind)
    row = get_object_or_404(made._meta.model, pk=pk)
    seen = request.POST.get("seen") or keeping.said_now(row)
    form = made(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        new = _unknown([form])
        keeping.save_table(member_of(request), form, seen)
        messages.success(request, _("Saved. The next review is judged by it."))
        _warn(request, new)
        return redirect("review:tables")
    context = {"form": form, "kind": kind, "pk": pk, "seen": seen}
    return render(request, "review/table.html", context, status=400 if form.errors else 200)


@needs("tables")
@require_POST
def bring(request: HttpRequest) -> HttpResponse:
    """Many tables of groups as lines; one that is wrong, and none is saved."""
    lines = request.POST.get("lines", "")
    try:
        forms = bringing.checked(lines, GroupForm)
    except DeskError as error:
        return _page(request, _empty(), 400, lines, error)
    nobody_s = _unknown(forms)
    new = keeping.bring(member_of(request), forms)
    kept = ngettext("%(n)d table saved.", "%(n)d tables saved.", new) % {"n": new}
    known = _("The others stood there already: %(n)s.") % {"n": len(forms) - new} if new < len(forms) else ""
    messages.success(request, " ".join(filter(None, (kept, known))))
    _warn(request, nobody_s)
    return redirect("review:tables")


@needs("tables")
@require_POST
def remove(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Takes a table or rate away."""
    keeping.remove_table(member_of(request), get_object_or_404(_form(kind)._meta.model, pk=pk))
    messages.success(request, _("Removed."))
    return redirect("review:tables")
