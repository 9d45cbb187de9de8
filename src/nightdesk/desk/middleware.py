"""Headers every page carries, and errors as sentences."""

from __future__ import annotations

import logging
from collections.abc import Callable
from traceback import extract_tb

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db.utils import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils.decorators import sync_only_middleware
from django.utils.translation import gettext as _

from nightdesk.desk.errors import DeskError, fragment_of, page, too_big

log = logging.getLogger(__name__)
Next = Callable[[HttpRequest], HttpResponse]

CSP = "; ".join(
    (
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
        "connect-src 'self'", "frame-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'self'",
        # Where the browser has Trusted Types, no string becomes markup or script but by desk/trusted.js.
        "require-trusted-types-for 'script'", "trusted-types default",
    )
)  # fmt: skip
METHODS = ("GET", "HEAD", "POST")  # what forms and links send; a view says which of them it takes
DENIED = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "fullscreen",
    "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi",
    "payment", "picture-in-picture", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
HEADERS = {
    "Content-Security-Policy": CSP,
    "Permissions-Policy": ", ".join(f"{each}=()" for each in DENIED),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "X-Frame-Options": "SAMEORIGIN",  # the preview shows the press's own pages in a frame of the desk
    "X-Permitted-Cross-Domain-Policies": "none",
}


@sync_only_middleware
def strict_headers(get_response: Next) -> Next:
    """No inline script, nothing from elsewhere, nothing cached, no method that no page uses."""

    def middleware(request: HttpRequest) -> HttpResponse:
        allowed = request.method in METHODS
        response = get_response(request) if allowed else HttpResponseNotAllowed(METHODS)
        for name, value in HEADERS.items():
            response.setdefault(name, value)
        if not request.path.startswith("/static/"):
            response.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def _log(error: Exception) -> None:
    """Where it broke, for whoever keeps the desk. Never the message: it may quote what somebody typed."""
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in extract_tb(error.__traceback__)]
    log.error("%s at %s", type(error).__name__, " < ".join(reversed(places[-6:])))


@sync_only_middleware
def explain_errors(get_response: Next) -> Next:
    """Turns a DeskError into a page that says what to do."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if (
            response.status_code == 405 and request.method == "GET"
        ):  # Back to an address that only takes forms
            only_forms = DeskError(
                _("Nothing stands at this address."), _("It only takes what a form sends.")
            )
            only_forms.status = 405
            return page(request, only_forms)
        return fragment_of(request, response) if request.headers.get("HX-Request") else response

    def process_exception(request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, DeskError):
            return page(request, error)
        if isinstance(error, RequestDataTooBig):
            return page(request, too_big(), with_words=False)
        if isinstance(error, OverflowError):  # a number no row could have, in an address or a form
            return render(request, "404.html", status=404)
        if isinstance(error, OperationalError) and "locked" in str(error):
            busy = DeskError(_("The desk is busy writing."), _("Nothing was changed. Send it once more."))
            busy.status = 503
            return page(request, busy)
        if not isinstance(error, Http404 | PermissionDenied | SuspiciousOperation):
            _log(error)
        return None

    middleware.process_exception = process_exception  # type: ignore[attr-defined]  # Django looks it up by name
    return middleware
