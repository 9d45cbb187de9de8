"""Signing in and out, the first screen, and who works here."""

from __future__ import annotations

from django import forms
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from nightdesk.desk import clock, keys
from nightdesk.desk.care.waiting import waiting
from nightdesk.desk.staff import held
from nightdesk.desk.staff.asking import member_of
from nightdesk.desk.staff.models import Member
from nightdesk.desk.staff.opening import opened
from nightdesk.desk.staff.roles import ROLES
from nightdesk.desk.unlocking import ready, unlock

REMIND = 21  # days before the signing key ends the first screen begins to say so


class SignInForm(forms.Form):
    """A name and a passphrase; which of the two is wrong is never said."""

    username = forms.CharField(label=_("Name"), max_length=40)
    passphrase = forms.CharField(
        label=_("Passphrase"), widget=forms.PasswordInput, max_length=200, strip=False
    )


def _safe_next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else "/"


@login_not_required
@sensitive_post_parameters("passphrase")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Signs a member in; the passphrase is never logged nor shown again."""
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name, passphrase = form.cleaned_data["username"], form.cleaned_data["passphrase"]
        # The slot first: while the desk is locked there is no table to look members up in.
        member = unlock(name, passphrase) and authenticate(request, username=name, password=passphrase)
        if member:
            login(request, member)
            opened(request, member, passphrase)
            return HttpResponseRedirect(_safe_next(request))
        form.add_error(None, _("That name and passphrase do not fit together. Check both and try again."))
    context = {"form": form, "next": _safe_next(request), "locked": not ready.is_set()}
    return render(request, "staff/sign_in.html", context, status=401 if form.errors else 200)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session, and forgets the member's key."""
    held.drop(request.session.session_key or "")
    logout(request)
    return redirect("staff:sign_in")


def home(request: HttpRequest) -> HttpResponse:
    """What waits for this member, and where in the line it stands."""
    left = keys.days_left(clock.today())
    ending = left is not None and left <= REMIND and member_of(request).may("decide")
    known = {"key_days": left if ending else None, "care": waiting(member_of(request), clock.today())}
    return render(request, "staff/home.html", known)


def members(request: HttpRequest) -> HttpResponse:
    """Who works here and what each role may do."""
    people = Member.objects.filter(is_active=True).order_by("username")
    return render(request, "staff/members.html", {"members": people, "roles": ROLES.values()})
