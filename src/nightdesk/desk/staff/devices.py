"""Browsers that somebody signed in with before: each has a count of failures of its own under that name.

So whoever hammers a name from elsewhere does not keep its owner out. The mark opens nothing and holds no
name. While the desk is locked it cannot be checked, and every browser is a new one.
"""

from __future__ import annotations

from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string

from nightdesk.desk import vault
from nightdesk.desk.unlocking import ready

COOKIE = "nightdesk-known"
KEPT = 365 * 86400  # seconds


def _signer(name: str) -> TimestampSigner:
    """Under the desk's secret: the key of the process would not outlive a restart."""
    return TimestampSigner(key=vault.secret().hex(), salt=f"nightdesk.device\n{name}")


def known(request: HttpRequest, name: str) -> str:
    """The mark of a browser this name signed in with before; '' for any other."""
    if not ready.is_set():
        return ""
    try:
        return _signer(name).unsign(request.COOKIES.get(COOKIE, ""), max_age=KEPT)
    except BadSignature:
        return ""


def remember(request: HttpRequest, response: HttpResponse, name: str) -> None:
    """Marks the browser for the next time."""
    mark = known(request, name) or get_random_string(22)
    response.set_cookie(
        COOKIE, _signer(name).sign(mark), max_age=KEPT, path="/sign-in/", httponly=True, samesite="Strict",
        secure=request.is_secure(),
    )  # fmt: skip
