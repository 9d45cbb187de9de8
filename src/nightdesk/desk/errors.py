"""One family of errors for the desk: what happened, and what to do about it."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from django.core.exceptions import DisallowedHost, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from nightdesk.desk.typed import typed, withheld

Words = str | Promise
SIGNED_OUT = (401, 403, 503)  # what may be answered to somebody who is not signed in, or no more


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


class Locked(DeskError):
    """A form sent to a desk that was locked meanwhile."""

    status = 503


def came_from(request: HttpRequest) -> str:
    """The page of this desk a form was sent from, as a path; '' when it is not known."""
    referer = urlsplit(request.META.get("HTTP_REFERER", ""))
    try:
        ours = request.method == "POST" and referer.netloc == request.get_host()
        if not ours or referer.path.startswith("//"):
            return ""
    except DisallowedHost:  # asked for under a name that is not the desk's; the answer says so itself
        return ""
    return f"{referer.path}?{referer.query}" if referer.query else str(referer.path)


def page(request: HttpRequest, error: DeskError, *, with_words: bool = True) -> HttpResponse:
    """The error as a whole page, or as a notice where htmx asked for a fragment."""
    template = "notice.html" if request.headers.get("HX-Request") else "error.html"
    known = {
        "error": error, "typed": typed(request) if with_words else [], "withheld": with_words and withheld(request),
        "came_from": came_from(request), "sign_in": _sign_in(request, error),
    }  # fmt: skip
    answer = render(request, template, known, status=error.status)
    if request.headers.get("HX-Request"):
        # A refusal goes into the place the fragment had: taken in its stead, nothing could be put there again.
        answer.headers["HX-Reswap"], answer.headers["HX-Reselect"] = "innerHTML", ".notice"
    return answer


def fragment_of(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """What a form sent by htmx is told where Django would answer with a whole page, or with the sign-in page."""
    signing_in = answer.status_code == 302 and answer.headers["Location"].startswith(reverse("staff:sign_in"))
    if signing_in:
        told = DeskError(
            _("You are signed out."), _("Nothing was changed. Copy what you typed and sign in again.")
        )
        told.status = 401
    elif answer.status_code == 404:
        told = DeskError(_("There is nothing here for you."), _("Look at the page again."))
        told.status = 404
    elif answer.status_code == 500:
        told = DeskError(
            _("Something broke in the desk."), _("Nothing was saved; your words stay here. Try again.")
        )
        told.status = 500
    else:
        return answer
    return page(request, told)


def _sign_in(request: HttpRequest, error: DeskError) -> str:
    """Where who is signed out goes on: to signing in, and from there back to the page; '' for others."""
    user = getattr(request, "user", None)
    if error.status not in SIGNED_OUT or (user is not None and user.is_authenticated):
        return ""
    at, before = reverse("staff:sign_in"), came_from(request)
    if not before or before.startswith(at):  # one of the screens of signing in itself
        return at
    return f"{at}?{urlencode({'next': before})}"


def too_big() -> DeskError:
    """More than a form may hold; a file's own limit is said by its form."""
    return DeskError(_("That is more than one megabyte."), _("Split it and send the parts."))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What Django refuses before any view runs, in a sentence too. Nothing of it is kept or shown."""
    if isinstance(exception, RequestDataTooBig):
        return page(request, too_big(), with_words=False)
    error = DeskError(
        _("This request is not one of the desk's."), _("Go back and try again from the page itself.")
    )
    return page(request, error, with_words=False)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token no longer fits: the session ended or another site sent it."""
    return page(
        request,
        NotAllowed(
            _("This page is no longer signed in, or the form came from somewhere else."),
            _("Nothing was changed. Go back, copy what you typed, sign in again and send it once more."),
        ),
    )
