"""One family of errors for the desk: what happened, and what to do about it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

Words = str | Promise


class DeskError(Exception):
    """Something a person can mend. `what` happened, `remedy` says what to do; status is HTTP's."""

    status = 400

    def __init__(self, what: Words, remedy: Words = "") -> None:
        super().__init__(str(what))
        self.what, self.remedy = what, remedy


class NotAllowed(DeskError):
    """The member's role does not include this verb."""

    status = 403


class Stale(DeskError):
    """Somebody else changed it meanwhile; what was typed is kept."""

    status = 409


def page(request: HttpRequest, error: DeskError) -> HttpResponse:
    """The error as a whole page, or as a notice where htmx asked for a fragment."""
    template = "notice.html" if request.headers.get("HX-Request") else "error.html"
    return render(request, template, {"error": error}, status=error.status)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token no longer fits: the session ended or another site sent it."""
    return page(
        request,
        NotAllowed(
            _("This page is no longer signed in, or the form came from somewhere else."),
            _("Nothing was changed. Go back, copy what you typed, sign in again and send it once more."),
        ),
    )
