"""A member's own screens: factors, sessions, passphrase. What a found session must not do asks for the passphrase.

Belongs here: reading forms and showing pages. Does not belong here: other members (views.py), the time
before a session (entering.py).
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from nightdesk.desk.errors import DeskError
from nightdesk.desk.staff import enrolling, factors, passphrases, sessions, signing, tries
from nightdesk.desk.staff.asking import member_of
from nightdesk.desk.staff.forms import CodeForm, PassphraseForm
from nightdesk.desk.staff.views import log_and_chain


@require_GET
def me(request: HttpRequest) -> HttpResponse:
    """The member's own factors and sessions."""
    member = member_of(request)
    current = request.session.session_key
    rows = [
        (row, sessions.handle(row), row.session_key == current) for row in sessions.living(member)
    ]  # fmt: skip
    known = {"factors": member.factors.all(), "sessions": rows, "required": factors.is_required()}
    known |= {"idle": sessions.idle_after().seconds // 60, **log_and_chain(member)}
    return render(request, "staff/me.html", known)


@sensitive_post_parameters()
def passphrase(request: HttpRequest) -> HttpResponse:
    """Changes the passphrase; every other session ends, this one goes on under a new key."""
    member, form = member_of(request), PassphraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        before = str(request.session.session_key)
        try:
            signing.confirm(request, member, said["old"])
            ended = passphrases.change(member, said["old"], said["new"], said["again"], before)
        except DeskError as error:
            return _form(request, "passphrase", form, error)
        update_session_auth_hash(request, member)
        signing.moved(request, before)
        messages.success(request, _said_changed(ended))
        return redirect("staff:me")
    return _form(request, "passphrase", form)


def _said_changed(ended: int) -> str:
    if not ended:
        return _("The passphrase is changed.")
    said = ngettext(
        "The passphrase is changed. %(n)d other session ended.",
        "The passphrase is changed. %(n)d other sessions ended.",
        ended,
    )
    return said % {"n": ended}


def _form(
    request: HttpRequest, name: str, form: forms.Form, error: DeskError | None = None, **known: Any
) -> HttpResponse:
    """The page with its form; a refusal stands in it."""
    if error is not None:
        form.add_error(None, f"{error.what} {error.remedy}")
    status = 400 if form.is_bound and form.errors else 200
    status = error.status if isinstance(error, tries.TooSoon) else status
    return render(request, f"staff/{name}.html", {"form": form, **known}, status=status)


@sensitive_post_parameters()
def enrol(request: HttpRequest) -> HttpResponse:
    """Enrols another factor."""
    member = member_of(request)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            signing.confirm(request, member, request.POST.get("passphrase", ""))
            enrolling.take(request, member)
        except DeskError as error:
            return _form(request, "enrol", form, error, **enrolling.offer(request, member))
        messages.success(request, _("The second factor is enrolled. It is asked for from now on."))
        return redirect("staff:me")
    return _form(request, "enrol", form, **enrolling.offer(request, member))


@require_POST
@sensitive_post_parameters()
def remove_factor(request: HttpRequest, factor_pk: int) -> HttpResponse:
    """Removes one's own factor."""
    member = member_of(request)
    factor = get_object_or_404(member.factors.all(), pk=factor_pk)
    signing.confirm(request, member, request.POST.get("passphrase", ""))
    factors.remove(member, factor)
    messages.success(request, _("The second factor is removed."))
    return redirect("staff:me")


@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """Ends one of one's own sessions, or all but this one."""
    which = request.POST.get("session", "")
    current = str(request.session.session_key)
    ended = sessions.end_own(member_of(request), current, which)
    said = ngettext("%(n)d session ended.", "%(n)d sessions ended.", ended) % {"n": ended}
    if not request.session.exists(current):  # the one that asked
        signing.turn_back(request)
        return redirect("staff:sign_in")
    messages.success(request, said)
    return redirect("staff:me")
