"""The first screen, who works here, and what members who keep the staff do to another: add, shut out, let in,
vouch, end sessions, confirm a recovery. Signing in is in entering.py, a member's own screens in own.py."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from nightdesk.desk import clock, keys
from nightdesk.desk.backup import keys as backup_keys
from nightdesk.desk.care.waiting import waiting
from nightdesk.desk.claims.suggesting import counted
from nightdesk.desk.custody.reading import broken_link, log_of
from nightdesk.desk.errors import DeskError
from nightdesk.desk.line import asked_of
from nightdesk.desk.releases.held import fallen as unheld
from nightdesk.desk.releases.held import first_screen
from nightdesk.desk.releases.waiting import fallen
from nightdesk.desk.staff import held, recovering, rules, sessions, staffing, two, vouching
from nightdesk.desk.staff.asking import member_of
from nightdesk.desk.staff.forms import AddForm, LostForm, ShutOutForm, TwiceForm
from nightdesk.desk.staff.models import Member, Recovery
from nightdesk.desk.staff.roles import ROLES, needs

if TYPE_CHECKING:
    from django.db.models import QuerySet

REMIND = 21  # days before the signing key ends the first screen begins to say so


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What waits for this member, and where in the line it stands."""
    member = member_of(request)
    left = keys.days_left(clock.today())
    ending = left is not None and left <= REMIND and member.may("decide")
    held_shown, held_more = first_screen(asked_of(request))
    known = {
        "key_days": left if ending else None,
        "fallen": fallen(member),
        "held": held_shown,
        "held_more": held_more,
        "unheld": unheld(member),
        "care": waiting(member, clock.today()),
        "paper_fails": (member.may("decide") or member.may("recover"))
        and bool(backup_keys.faults(settings.NIGHTDESK_DIR, backup_keys.desk_secret())),
        "recoveries": to_confirm(member) if member.may("recover") else [],
        "vouching": vouching.waiting_for(member),
        "suggested": counted(member) if member.may("corroborate") else 0,
    }
    return render(request, "staff/home.html", known)


def to_confirm(member: Member) -> list[Recovery]:
    """Recoveries that want this keyholder as the second."""
    rows = recovering.waiting().filter(second=None)
    known = two.under()
    return [row for row in rows if rules.may_recover(row.member_id, member.pk, row.first_id, known)]


@require_GET
def members(request: HttpRequest) -> HttpResponse:
    """Who works here, and who stands under whom; who was shut out, for whoever may let in again."""
    people = Member.objects.select_related("brought_in_by").order_by("username")
    if not member_of(request).may("members"):
        people = people.filter(is_active=True)
    return render(request, "staff/members.html", {"members": people, "roles": ROLES.values()})


@require_GET
@needs("members")
def member(request: HttpRequest, member_pk: int) -> HttpResponse:
    """One member: under whom, sessions, factors by kind, recovery, and the custody log of what was done to this name."""
    found = get_object_or_404(Member.objects.select_related("brought_in_by"), pk=member_pk)
    me, known_under = member_of(request), two.under()
    recovery = recovering.waiting().filter(member=found).first()
    known = {
        "one": found, "sessions": sessions.living(found), "factors": found.factors.all(), **log_and_chain(found),
        "recovery": recovery, "may_agree": _may_agree(request, recovery),
        "may_recover": rules.may_recover(found.pk, me.pk, None, known_under),
        "may_vouch": me.may("vouch") and rules.are_two(me.pk, found.pk, known_under),
    }  # fmt: skip
    return render(request, "staff/member.html", known)


def log_and_chain(member: Member) -> dict[str, Any]:
    """What was done to this name, and whether the chain holds."""
    return {"entries": log_of(member), "broken": broken_link(member)}


def _may_agree(request: HttpRequest, recovery: Recovery | None) -> bool:
    if recovery is None or recovery.second_id is not None:
        return False
    return rules.may_recover(recovery.member_id, member_of(request).pk, recovery.first_id, two.under())


def _form(
    request: HttpRequest, name: str, form: forms.Form, error: DeskError | None = None, **known: Any
) -> HttpResponse:
    if error is not None:
        form.add_error(None, f"{error.what} {error.remedy}")
    status = (error.status if error else 400) if form.is_bound and form.errors else 200
    return render(request, f"staff/{name}.html", {"form": form, **known}, status=status)


@needs("members")
@sensitive_post_parameters()
def add(request: HttpRequest) -> HttpResponse:
    """A new member."""
    form = AddForm(member_of(request), request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = staffing.add(
                member_of(request), said["name"], said["role"], said["byline"], said["new"], said["again"]
            )
        except DeskError as error:
            return _form(request, "add", form, error)
        messages.success(
            request,
            _("%(name)s can sign in, and takes a passphrase of his or her own first.")
            % {"name": made.username},
        )
        return redirect("staff:members")
    return _form(request, "add", form)


def _others(request: HttpRequest) -> QuerySet[Member]:
    return Member.objects.exclude(pk=member_of(request).pk)


@needs("members")
def shut_out(request: HttpRequest, member_pk: int) -> HttpResponse:
    """First what it means, then the deed."""
    found = get_object_or_404(_others(request), pk=member_pk)
    if not found.is_active:  # Back, or somebody else was quicker: the member's page says it
        return redirect(found)
    losses = staffing.losses(member_of(request), found)
    form = ShutOutForm(losses, request.POST if request.method == "POST" else None)
    known: dict[str, Any] = {
        "one": found, "sessions": sessions.living(found).count(), "cleared": staffing.cleared_for(found).count()
    }  # fmt: skip
    if request.method == "POST" and form.is_valid():
        ended = staffing.shut_out(member_of(request), found, form.understood, held.of(request))
        said = ngettext(
            "%(name)s is shut out. %(n)d session ended.", "%(name)s is shut out. %(n)d sessions ended.", ended
        )
        messages.success(request, said % {"name": found.username, "n": ended})
        return redirect(found)
    return _form(request, "shut_out", form, **known)


@needs("members")
@sensitive_post_parameters()
def let_in(request: HttpRequest, member_pk: int) -> HttpResponse:
    """Lets a member in again who was shut out."""
    found = get_object_or_404(Member, pk=member_pk)
    if found.is_active:
        return redirect(found)
    form = TwiceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            staffing.let_in(member_of(request), found, said["new"], said["again"])
        except DeskError as error:
            return _form(request, "let_in", form, error, one=found)
        messages.success(
            request,
            _("%(name)s can sign in, and takes a passphrase of his or her own first.")
            % {"name": found.username},
        )
        return redirect(found)
    return _form(request, "let_in", form, one=found)


@require_POST
@needs("vouch")
def vouch(request: HttpRequest, member_pk: int) -> HttpResponse:
    """Says that a member who was brought in is a person of his or her own."""
    found = get_object_or_404(_others(request), pk=member_pk)
    vouching.vouch(member_of(request), found)
    messages.success(
        request,
        _("You vouched for %(name)s, who counts as a person of his or her own from now on.")
        % {"name": found.username},
    )
    return redirect(found)


@require_POST
@needs("members")
def end_sessions_of(request: HttpRequest, member_pk: int) -> HttpResponse:
    """Ends every session of another member at once."""
    found = get_object_or_404(_others(request), pk=member_pk)
    ended = sessions.end_of(member_of(request), found)
    messages.success(request, ngettext("%(n)d session ended.", "%(n)d sessions ended.", ended) % {"n": ended})
    return redirect(found)


@needs("recover")
def propose_recovery(request: HttpRequest, member_pk: int) -> HttpResponse:
    """The first keyholder confirms; the page that follows shows one half of the words, once."""
    found = get_object_or_404(_others(request).filter(is_active=True), pk=member_pk)
    form = LostForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        half = recovering.propose(member_of(request), found, form.cleaned_data["lost"])
        return render(request, "staff/half.html", {"one": found, "half": half, "is_first": True})
    return _form(request, "propose", form, one=found)


@require_POST
@needs("recover")
def agree_recovery(request: HttpRequest, recovery_pk: int) -> HttpResponse:
    """The second keyholder confirms and is shown the other half."""
    found = get_object_or_404(Recovery.objects.select_related("member"), pk=recovery_pk)
    half = recovering.agree(member_of(request), found)
    return render(request, "staff/half.html", {"one": found.member, "half": half, "is_first": False})


@require_POST
@needs("recover")
def stop_recovery(request: HttpRequest, recovery_pk: int) -> HttpResponse:
    """A keyholder says no."""
    found = get_object_or_404(Recovery.objects.select_related("member"), pk=recovery_pk)
    recovering.stop(member_of(request), found)
    messages.success(request, _("The recovery is stopped; its letters open nothing."))
    return redirect(found.member)
