"""Looks at every request's session: is it this browser's, is it not too old. One row, already loaded.

Belongs here: ending a session that must not go on, and saying so. Does not belong here: rows (sessions.py),
beginning one (signing.py).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.db.utils import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.decorators import sync_only_middleware
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nightdesk.desk import clock
from nightdesk.desk.errors import DeskError, page
from nightdesk.desk.staff import browsers, held, sessions
from nightdesk.desk.typed import typed, withheld

Next = Callable[[HttpRequest], HttpResponse]

# Why a session ended, for the page of signing in: a table, so that an address can bring no words of its own.
ENDED: dict[str, Promise] = {
    "idle": _("You were signed out: nothing was done here for a while."),
    "age": _("You were signed out: a session lasts eight hours at most."),
    "moved": _("This session was shown by another browser than the one it began in, and was ended. If that was not you, tell a keyholder."),
    "gone": _("You are signed out: this session was ended, or the desk was started anew."),
    "out": _("You are signed out."),
    "slow": _("Signing in took too long. Begin again."),
    "wrong": _("The second step failed five times. Begin again with the passphrase."),
}  # fmt: skip


class Ended(DeskError):
    """A form sent by a session that is over."""

    status = 401


def header(request: HttpRequest) -> str:
    """What the browser calls itself."""
    return str(request.META.get("HTTP_USER_AGENT", ""))


def bind(sender: Any, request: HttpRequest, user: Any, **_more: Any) -> None:
    """Binds a session that begins to its browser. Django calls it wherever somebody is signed in."""
    request.session[sessions.BROWSER] = browsers.mark(header(request))
    request.session[sessions.FAMILY] = browsers.family(header(request))
    request.session[sessions.BEGAN] = clock.machine().isoformat()


@sync_only_middleware
def watch_sessions(get_response: Next) -> Next:
    """Ends what must not go on, and keeps the time of what may."""

    def middleware(request: HttpRequest) -> HttpResponse:
        held.drop_late()
        if SESSION_KEY not in request.session:
            return get_response(request)
        why = why_over(request)
        if why:
            return _ended(request, why)
        _keep_time(request)
        return get_response(request)

    def process_view(request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """A form sent by who is signed out: its words come back, not a bare sign-in page.

        The cookie of a session that is over may be there still, or gone with it (signed out in another tab of this
        browser); without one only what somebody typed is worth a page.
        """
        sent = request.method == "POST" and getattr(view, "login_required", True)
        if not sent or SESSION_KEY in request.session:
            return None
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.session.is_empty():
            return _told(request, "gone")
        if typed(request) or withheld(request):
            return _told(request, "out")
        return None

    middleware.process_view = process_view  # type: ignore[attr-defined]  # Django looks it up by name
    return middleware


def why_over(request: HttpRequest) -> str:
    """A key of ENDED, or '' while the session may go on. One that was never bound may not."""
    kept, now = request.session, clock.machine()
    if not constant_time_compare(kept.get(sessions.BROWSER, ""), browsers.mark(header(request))):
        return "moved"
    return sessions.over(datetime.fromisoformat(kept[sessions.BEGAN]), _last(request), now)


def _last(request: HttpRequest) -> datetime:
    return getattr(request.session, "seen_at", None) or clock.machine()


def _keep_time(request: HttpRequest) -> None:
    if clock.machine() - _last(request) > sessions.SEEN_EVERY:
        try:
            sessions.seen(str(request.session.session_key))
        except OperationalError:  # somebody else is writing; the next request says it
            return


def _ended(request: HttpRequest, why: str) -> HttpResponse:
    """A page asked for leads to signing in; a form that was sent comes back with the words typed in it."""
    from nightdesk.desk.staff.signing import let_go

    let_go(str(request.session.session_key))
    request.session.flush()
    request.user = AnonymousUser()
    if request.method == "GET" and not request.headers.get("HX-Request"):
        told = urlencode({"next": request.get_full_path(), "ended": why})
        return HttpResponseRedirect(f"{reverse('staff:sign_in')}?{told}")
    return _told(request, why)


def _told(request: HttpRequest, why: str) -> HttpResponse:
    return page(request, Ended(ENDED[why], _("Nothing was changed. Copy what you typed and sign in again.")))
