"""While the desk is locked there is one page: the one that unlocks it.

Belongs here: which requests pass. Does not belong here: unlocking itself (unlocking.py).
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.decorators import sync_only_middleware
from django.utils.translation import gettext as _

from nightdesk.desk import locking, unlocking
from nightdesk.desk.errors import Locked, page
from nightdesk.desk.typed import typed

Next = Callable[[HttpRequest], HttpResponse]
OPEN = ("/sign-in/", "/language/")  # neither reads the database while nobody is signed in


@sync_only_middleware
def locked_gate(get_response: Next) -> Next:
    """Sends everybody to the sign-in page while there is no database to read; no session counts there.

    A form is answered by a page that gives back what was typed: nobody asked the others before locking.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if unlocking.ready.is_set():
            response = get_response(request)
            user = getattr(request, "user", None)  # a host that is not ours never gets as far
            if user is not None and user.is_authenticated:
                locking.worked()
            return response
        request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        if request.path in OPEN:
            return get_response(request)
        if request.method == "POST" or request.headers.get("HX-Request"):
            return _told(request)
        return HttpResponseRedirect("/sign-in/?" + urlencode({"next": request.get_full_path()}))

    return middleware


def _told(request: HttpRequest) -> HttpResponse:
    """A form that was being written when the desk was locked: its words come back, without a session or a row."""
    with translation.override(translation.get_language_from_request(request)):
        copy = _("Nothing was changed. Copy what you typed; signing in unlocks the desk.")
        nothing = _(
            "Nothing was changed. Signing in unlocks the desk."
        )  # to be copied: a card is not shown again
        return page(request, Locked(_("The desk is locked."), copy if typed(request) else nothing))
