"""Making claims from words, judging them, and what is known of each event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nightdesk.desk.claims import actions
from nightdesk.desk.claims.background import behind
from nightdesk.desk.claims.filling import fill, label_of
from nightdesk.desk.claims.forms import ClaimForm, acts, places
from nightdesk.desk.claims.models import CREDIBILITY, STATUS, Account, Claim, Event, Judgement
from nightdesk.desk.claims.showing import is_long, origins_of
from nightdesk.desk.claims.suggesting import counted
from nightdesk.desk.claims.telling import beside
from nightdesk.desk.claims.tying import NO_TIES, ties_among, ties_of
from nightdesk.desk.errors import DeskError
from nightdesk.desk.reports.naming import tell_apart
from nightdesk.desk.reports.reading import reading_of, shown_as_typed
from nightdesk.desk.reports.segments import sentence_around, sentences
from nightdesk.desk.screen import place_name
from nightdesk.desk.staff.asking import member_of
from nightdesk.desk.staff.roles import needs

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member

A_PAGE = 50


def _account(request: HttpRequest, pk: object) -> Account:
    rows = Account.objects.visible_to(member_of(request)).select_related("report__source", "report__relay")
    number = str(pk)
    found = get_object_or_404(rows, pk=int(number) if number.isdecimal() and len(number) < 18 else 0)
    tell_apart(member_of(request), [found.report])
    return found


def _claim(request: HttpRequest, pk: int) -> Claim:
    rows = Claim.objects.visible_to(member_of(request))
    rows = rows.select_related("account__report__source", "account__event", "made_by")
    found = get_object_or_404(rows, pk=pk)
    tell_apart(member_of(request), [found.account.report])
    return found


@require_GET
@needs("claim")
def list_(request: HttpRequest) -> HttpResponse:
    """Claims this member may see, by status, place and act."""
    rows = Claim.objects.visible_to(member_of(request)).select_related("account__report__source")
    places = rows.exclude(place="").order_by().values_list("place", flat=True).distinct()
    used = sorted(places, key=place_name)
    wanted = {name: request.GET.get(name, "") for name in ("status", "place", "act")}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value}).order_by("-pk")
    known = {
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "wanted": wanted, "narrowed": any(wanted.values()),
        "statuses": STATUS, "suggested": counted(member_of(request)), "waiting": behind(),
        "acts": acts(), "act_names": dict(acts()), "places": used,
    }  # fmt: skip
    return render(request, "claims/list.html", known)


@needs("claim")
def new(request: HttpRequest) -> HttpResponse:
    """Words become a claim. Without words yet, the page asks which sentence."""
    given = request.POST or request.GET
    account = _account(request, given.get("account", ""))
    words = _words(given)
    if words is None:
        return render(request, "claims/choose.html", _choices(account))
    start, end = words
    if not account.start <= start < end <= account.end:
        raise DeskError(_("A claim rests on words of its account."), _("Mark the words in the report again."))
    reading, report = reading_of(account.report), account.report
    bounds = sentences(report.told, account.start, account.end)
    filled = fill(reading, report.told, start, end, sentence_around(report.told, start, bounds), report.basis)
    form = ClaimForm(request.POST or None, initial=filled, country=report.country)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data | {"edtf": _label(reading, form)}
        made = actions.claim(member_of(request), account, start, end, facts)
        messages.success(request, _("The claim was made. It is open until somebody judges it."))
        return redirect(made)
    known = _form(form, account, report.told[start:end]) | {"start": start, "end": end}
    return render(request, "claims/form.html", known, status=400 if form.errors else 200)


def _words(given: Any) -> tuple[int, int] | None:
    """The marked stretch: `start` and `end`, or a chosen sentence as `words=12-40`. Code points."""
    start, end = given.get("start", ""), given.get("end", "")
    if not (start and end):
        start, _dash, end = given.get("words", "").partition("-")
    if not (start.isdecimal() and end.isdecimal() and len(start + end) < 18):
        return None
    return int(start), int(end)


def _choices(account: Account) -> dict[str, Any]:
    text = account.report.told
    found = [(left, right, text[left:right]) for left, right in sentences(text, account.start, account.end)]
    return {"account": account, "report": account.report, "sentences": found}


def _label(reading: Any, form: ClaimForm) -> str:
    return label_of(reading, form.cleaned_data["earliest"], form.cleaned_data["latest"])


def _form(form: ClaimForm, account: Account, words: str) -> dict[str, Any]:
    statement = str(form["statement"].value() or "")
    return {
        "form": form, "account": account, "report": account.report, "words": words, "places": places(),
        "typed": shown_as_typed(statement, "", account.report.contact_on) if statement.strip() else None,
    }  # fmt: skip


@needs("claim")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Changes a claim's fields; it is open again afterwards."""
    found = _claim(request, pk)
    form = ClaimForm(request.POST or None, instance=found, country=found.account.report.country)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data | {"edtf": _label(reading_of(found.account.report), form)}
        actions.change(member_of(request), found, facts)
        messages.success(request, _("The claim was changed and is open again."))
        return redirect(found)
    known = _form(form, found.account, found.words) | {"claim": found}
    return render(request, "claims/form.html", known, status=400 if form.errors else 200)


@require_GET
@needs("claim")
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """One claim, its words, its grades, and what stands beside its account."""
    found = _claim(request, pk)
    event = found.account.event
    origins = origins_of(member_of(request), [event] if event else [])
    known = {
        "claim": found, "report": found.account.report,
        "ties": ties_of(member_of(request), [found.account_id]).get(found.account_id, NO_TIES), "credibilities": CREDIBILITY,
        "act_names": dict(acts()), "origins": origins.get(event.pk) if event else None, "long": is_long(found.account),
        "statuses": [pair for pair in STATUS if pair[0] != found.status],
        "may_judge": {code for code, (_verb, right) in actions.STATUS_VERBS.items() if member_of(request).may(right)},
    }  # fmt: skip
    return render(request, "claims/claim.html", known)


@require_POST
@needs("claim")
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Removes a claim nothing rests on."""
    found = _claim(request, pk)
    report = found.account.report
    actions.remove(member_of(request), found)
    messages.success(request, _("The claim was removed. The report keeps its words."))
    return redirect(report)


@require_POST
@needs("claim")
def status(request: HttpRequest, pk: int) -> HttpResponse:
    """Accepts, disputes or reopens."""
    found = _claim(request, pk)
    actions.set_status(member_of(request), found, request.POST.get("status", ""))
    messages.success(request, _("The claim is now %(status)s.") % {"status": found.get_status_display()})
    return redirect(found)


@require_POST
@needs("grade")
def grade(request: HttpRequest, pk: int) -> HttpResponse:
    """Grades the information."""
    found = _claim(request, pk)
    actions.grade(member_of(request), found, request.POST.get("credibility", ""))
    graded = _("The information is graded %(grade)s.") % {"grade": found.credibility}
    messages.success(
        request, graded if found.credibility else _("The grade of the information is taken away.")
    )
    return redirect(found)


@require_GET
@needs("corroborate")
def event(request: HttpRequest, pk: int) -> HttpResponse:
    """What is known of one event: accounts, how they stand to each other, how many routes."""
    found = get_object_or_404(Event.objects.select_related("merged_into"), pk=pk)
    for _step in range(20):  # merged rows point on; a ring cannot be, and would end here
        if found.merged_into is None:
            break
        found = found.merged_into
    origins = origins_of(member_of(request), [found])[found.pk]
    if not origins.accounts:
        raise Http404
    if found.pk != pk:
        return redirect(found)
    known = _event_rows(member_of(request), found, origins) | beside(
        member_of(request), found, origins.accounts
    )
    return render(request, "claims/event.html", {"origins": origins, **known})


def _event_rows(member: Member, found: Event, origins: Any) -> dict[str, Any]:
    pks = list(found.accounts.values_list("pk", flat=True))
    ties = ties_among(member, pks)
    visible = Claim.objects.visible_to(member).filter(account__in=pks)
    return {
        "ties": ties,
        "claims": visible, "act_names": dict(acts()),
    }  # fmt: skip


@require_POST
@needs("claim")
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Another event starts here."""
    account = _account(request, pk)
    at = request.POST.get("at", "")
    actions.split(member_of(request), account, int(at) if at.isdecimal() and len(at) < 9 else 0)
    messages.success(request, _("The report now tells of one event more. “Join again” undoes it."))
    return redirect(account.report)


@require_POST
@needs("claim")
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """Undoes a split."""
    account = _account(request, pk)
    standing = Judgement.objects.visible_to(member_of(request)).standing()
    judged = standing.filter(Q(account=account) | Q(other=account)).exists()
    actions.join(member_of(request), account)
    messages.success(request, _("The two accounts are one again."))
    if judged:
        messages.warning(
            request,
            _("What was decided about the part stands about the whole account now: look at its event."),
        )
    return redirect(account.report)


@require_POST
@needs("corroborate")
def corroborate(request: HttpRequest) -> HttpResponse:
    """Compares all accounts again."""
    actions.corroborate(member_of(request))
    begun, done = _("All accounts are being compared again."), _("All accounts were compared again.")
    messages.success(request, begun if behind() else done)
    return redirect("claims:list")
