"""The panic screen, the lock without a question, and the destruction with one."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nightdesk.desk.errors import DeskError
from nightdesk.desk.panic import actions, files
from nightdesk.desk.staff.asking import member_of

CLEAR = '"cache", "storage"'  # asks the browser to forget what it drew; cookies end with their secret


def page(request: HttpRequest) -> HttpResponse:
    """What panic does, what it cannot do, and the form that destroys."""
    directory = settings.NIGHTDESK_DIR
    known = {"word": files.to_type(directory), "has_shares": files.has_shares(directory)}
    return render(request, "panic/page.html", known)


@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Locks at once. No confirmation: a lock taken back costs a passphrase, one too late costs people."""
    member = member_of(request)
    try:
        return _gone(request)
    finally:
        actions.lock(member)


@require_POST
def destroy(request: HttpRequest) -> HttpResponse:
    """Destroys the sealed keys when the word was typed, and locks."""
    wanted = files.to_type(settings.NIGHTDESK_DIR)
    if " ".join(request.POST.get("word", "").split()).lower() != wanted:
        raise DeskError(
            _("The word was not typed, so nothing was destroyed."),
            _("Go back and type “%(word)s”, or lock the desk with its button.") % {"word": wanted},
        )
    member = member_of(request)
    try:
        return _gone(request)
    finally:
        actions.destroy(member)


def _gone(request: HttpRequest) -> HttpResponse:
    """Back to the sign-in page, and nothing behind the Back button."""
    logout(request)
    answer = redirect("staff:sign_in")
    answer["Clear-Site-Data"] = CLEAR
    return answer
