"""The arrivals screen: what waits sealed, what was opened, what was refused and why; and call notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from nightdesk.desk import clock, keys
from nightdesk.desk.errors import DeskError
from nightdesk.desk.intake import actions, hold
from nightdesk.desk.intake.forms import NoteForm
from nightdesk.desk.intake.models import Arrival, PullCounter
from nightdesk.desk.replies import boards
from nightdesk.desk.reports.models import Report
from nightdesk.desk.reports.naming import tell_apart
from nightdesk.desk.reports.reading import Shown
from nightdesk.desk.reports.term_views import of_typed
from nightdesk.desk.sources.actions import meant_by
from nightdesk.desk.sources.models import Relay, Source
from nightdesk.desk.staff.asking import member_of
from nightdesk.desk.staff.roles import needs

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member

SHOWN = 20


@require_GET
@needs("open")
def arrivals(request: HttpRequest) -> HttpResponse:
    """Everything on its way in. What is inside a report is shown only to who may read it."""
    return render(request, "intake/arrivals.html", _state(member_of(request)))


def _state(member: Member) -> dict[str, Any]:
    sealed = Arrival.objects.filter(opened_at=None, refused="").defer("envelope").order_by("pk")
    refused = Arrival.objects.turned_away().defer("envelope")
    opened = (
        Report.objects.visible_to(member).filter(arrival__isnull=False).select_related("source", "arrival")
    )
    lately = list(opened.order_by("-received_at", "-pk")[:SHOWN])
    tell_apart(member, lately)
    return {
        "sealed": sealed[:SHOWN],
        "sealed_count": sealed.count(),
        "opened": lately,
        "refused": refused.filter(set_aside_at=None)[:100],
        "aside": refused.filter(set_aside_at__isnull=False)[:SHOWN],
        "drop_url": settings.NIGHTDESK_DROP_URL,
        "held": hold.count(),
        "drop": PullCounter.objects.filter(pk=1).first(),
        "locked": not keys.is_held(),
    }


@require_POST
@needs("collect")
def collect(request: HttpRequest) -> HttpResponse:
    """Collects from the drop now."""
    new = actions.collect(member_of(request))
    if settings.NIGHTDESK_DROP_URL:
        boards.put_up()  # what was replied meanwhile goes up with the same press of the button
    said = ngettext("%(n)d new arrival was collected.", "%(n)d new arrivals were collected.", new)
    messages.success(request, said % {"n": new} if new else _("The drop holds nothing new."))
    return redirect("intake:arrivals")


@require_POST
@needs("open")
def open_all(request: HttpRequest) -> HttpResponse:
    """Opens what waits, a few seconds at a time; with htmx it goes on until nothing waits."""
    done = actions.open_waiting(member_of(request))
    so_far = _count(request, "opened") + done.opened, _count(request, "refused") + done.refused
    if request.headers.get("HX-Request") and done.waiting:
        known = {"opened": so_far[0], "refused": so_far[1], "waiting": done.waiting}
        return render(request, "intake/progress.html", known | {"all": sum(so_far) + done.waiting})
    _say(request, *so_far, done.waiting)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=200, headers={"HX-Redirect": request.path.removesuffix("open/")})
    return redirect("intake:arrivals")


def _count(request: HttpRequest, name: str) -> int:
    value = request.POST.get(name, "0")
    return int(value) if value.isdecimal() and len(value) < 9 else 0


def _say(request: HttpRequest, opened: int, refused: int, waiting: int) -> None:
    if opened:
        said = ngettext("%(n)d arrival was opened.", "%(n)d arrivals were opened.", opened)
        messages.success(request, said % {"n": opened})
    if refused:
        said = ngettext("%(n)d was refused; see why below.", "%(n)d were refused; see why below.", refused)
        messages.warning(request, said % {"n": refused})
    if waiting:
        said = ngettext("%(n)d still waits.", "%(n)d still wait.", waiting)
        messages.info(request, said % {"n": waiting})
    # A button pressed twice opens nothing the second time: what the first press did is still to be said, and is enough.
    if not (opened or refused or waiting or len(messages.get_messages(request))):
        messages.info(request, _("Nothing waited to be opened."))


@require_POST
@needs("open")
def set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts a refused arrival aside."""
    actions.set_aside(member_of(request), _refused(pk))
    messages.success(request, _("Set aside. It stays under “Set aside” and can be taken back."))
    return redirect("intake:arrivals")


@require_POST
@needs("open")
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a refused arrival back."""
    actions.take_back(member_of(request), _refused(pk))
    return redirect("intake:arrivals")


@require_POST
@needs("open")
def try_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Tries to open a refused arrival once more."""
    arrival = actions.try_again(member_of(request), _refused(pk))
    if arrival.refused:
        messages.warning(request, _("Still refused: %(why)s") % {"why": arrival.refusal})
    else:
        messages.success(request, _("It opened."))
    return redirect("intake:arrivals")


def _refused(pk: int) -> Arrival:
    return get_object_or_404(Arrival.objects.exclude(refused=""), pk=pk)


@needs("log")
@sensitive_post_parameters()
def log(request: HttpRequest) -> HttpResponse:
    """Call notes, sealed on capture. Whatever goes wrong, what was typed comes back in the form."""
    member = member_of(request)
    if "look" in request.POST:  # without script: what is read in the words so far; nothing is kept
        return _log_page(request, NoteForm(initial=request.POST.dict()), typed=of_typed(request))
    form = NoteForm(request.POST or None, initial={"contact_on": clock.today(), "lang": "ko"})
    if request.method == "POST" and form.is_valid():
        try:
            new = meant_by(member, form.cleaned_data["source"]) is None
            return _logged(request, actions.open_logged(member, actions.log(member, form.payload())), new)
        except DeskError as error:
            form.add_error(None, f"{error.what} {error.remedy}")
    return _log_page(request, form, of_typed(request) if request.POST.get("text") else None)


def _log_page(request: HttpRequest, form: NoteForm, typed: Shown | None = None) -> HttpResponse:
    member = member_of(request)
    known = {
        "form": form,
        "typed": typed,
        "sources": Source.objects.visible_to(member),
        "relays": Relay.objects.filter(pk__in=Report.objects.visible_to(member).order_by().values("relay")),
    }
    return render(request, "intake/log.html", known, status=400 if form.errors else 200)


def _logged(request: HttpRequest, arrival: Arrival, new: bool) -> HttpResponse:
    report = Report.objects.visible_to(member_of(request)).filter(arrival=arrival).first()
    if report is not None:
        messages.success(request, _("The note was sealed, kept and opened."))
        if new:  # a slip of the pen makes one too, and its name has drawn letters behind it
            said = _("A new source was made for it: %(name)s. You are cleared for it.")
            messages.info(request, said % {"name": report.source.pseudonym})
        return redirect(report)
    if arrival.refused:
        messages.warning(request, _("The note was kept, but refused: %(why)s") % {"why": arrival.refusal})
    else:
        messages.success(request, _("The note was kept. Members cleared for its source read it."))
    return redirect("intake:arrivals")
