"""One family of errors for the desk: what happened, and what to do about it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.core.exceptions import DisallowedHost, RequestDataTooBig
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


# Never shown again, on the page of a session that is over least of all. Tests of tests/security/test_headers.py
# compare them with the forms: passphrases under each name, halves of a recovery, codes, the fields of a card.
SECRET_FIELDS = frozenset({
    "csrfmiddlewaretoken", "passphrase", "old", "new", "again", "first", "second", "code",
    "card", "name", "phones", "family", "places", "reach", "danger_words", "other",
})  # fmt: skip
SAID = re.compile(r"\s|[^\x00-\x7f]")  # words, as against keys, numbers and codes of a form


def typed(request: HttpRequest) -> list[str]:
    """The words of a refused form, so that they can be copied: a refused page must not lose them."""
    if request.method != "POST":
        return []
    lists = (values for name, values in request.POST.lists() if name not in SECRET_FIELDS)
    return [value for values in lists for value in values if SAID.search(value.strip())]


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
    known = {"error": error, "typed": typed(request) if with_words else [], "came_from": came_from(request)}
    return render(request, template, known, status=error.status)


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
