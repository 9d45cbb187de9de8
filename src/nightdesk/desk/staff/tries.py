"""Failed tries, counted in memory and kept in the database, so that a restart forgives nothing.

A try is counted before the passphrase is looked at and taken back when it was right: eight threads get
one guess, not eight. A browser that a member signed in with before has a count of its own under that
name, so that whoever hammers a name from elsewhere does not keep its owner out.
Belongs here: counting. Does not belong here: how long a wait is (pacing.py).
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nightdesk.desk import clock
from nightdesk.desk.errors import DeskError
from nightdesk.desk.staff import pacing
from nightdesk.desk.staff.models import FailedTries
from nightdesk.desk.staff.pacing import Tries

COOKIE = "nightdesk-known"
KEPT = 365 * 86400
MOST = 2000  # names remembered at a time; the oldest go

_guard = threading.Lock()
_names: OrderedDict[str, Tries] = OrderedDict()
_desk = Tries()


class TooSoon(DeskError):
    """Too many failed tries; says when the next one counts."""

    status = 429

    def __init__(self, seconds: int) -> None:
        said = ngettext("%(n)d second", "%(n)d seconds", seconds) % {"n": seconds}
        super().__init__(
            _("Too many failed tries. Try again in %(time)s.") % {"time": said},
            _("Nothing is locked for good. Trying earlier does not count and makes the wait no longer."),
        )
        self.seconds = seconds


def tag_of(kind: str, name: str) -> str:
    """What a name is counted under: a keyed hash, for names that nobody has as well."""
    return salted_hmac("nightdesk.tries", f"{kind}\n{name}", algorithm="sha256").hexdigest()


def reset() -> None:
    """Forgets what is in memory; tests begin with it, and a restart does the same."""
    global _desk
    with _guard:
        _names.clear()
        _desk = Tries()


@dataclass(frozen=True)
class Try:
    """One guess that was let through and counts as failed until `right` is said."""

    tag: str
    before: Tries

    def right(self) -> None:
        """It was right: it never counted."""
        global _desk
        with _guard:
            _names[self.tag] = self.before
            _desk = Tries(max(0, _desk.count - 1), _desk.last)

    def wrong(self) -> None:
        """It stays counted, in the database too: the same one row for every name."""
        kept = _names.get(self.tag, Tries())
        moment = datetime.fromtimestamp(kept.last, UTC)
        FailedTries.objects.update_or_create(tag=self.tag, defaults={"count": kept.count, "last_at": moment})
        oldest = FailedTries.objects.order_by("-last_at").values_list("pk", flat=True)[MOST:]
        FailedTries.objects.filter(pk__in=list(oldest)).delete()


def begin(kind: str, name: str, device: str = "") -> Try:
    """Lets one guess through, or raises TooSoon."""
    global _desk
    tag, now = tag_of(f"{kind} {device}", name), clock.machine().timestamp()
    kept = _kept(tag)
    with _guard:
        before = _names.setdefault(tag, kept)
        _names.move_to_end(tag)
        wait = pacing.wait_of_name(before, now)
        if not device:
            wait = max(wait, pacing.wait_of_desk(_desk, now))
            _desk = _desk if wait else pacing.failed(pacing.faded(_desk, now), now)
        if wait:
            raise TooSoon(wait)
        _names[tag] = pacing.failed(before, now)
        while len(_names) > MOST:
            _names.popitem(last=False)
    return Try(tag, before)


def _kept(tag: str) -> Tries:
    """What the database knows; asked for every name, whether anybody has it or not."""
    row = FailedTries.objects.filter(tag=tag).first()
    return Tries(row.count, row.last_at.timestamp()) if row else Tries()


def forget(kind: str, name: str, device: str = "") -> int:
    """How often it was tried in vain since the last time, from anywhere; from now on none."""
    tags = {tag_of(f"{kind} {each}", name) for each in ("", device)}
    rows = FailedTries.objects.filter(tag__in=tags)
    counts = {row.tag: row.count for row in rows}
    with _guard:
        for tag in tags:
            counts[tag] = max(counts.get(tag, 0), _names.pop(tag, Tries()).count)
    rows.delete()
    return sum(counts.values())


def device_of(request: HttpRequest, name: str) -> str:
    """The mark of a browser this name signed in with before; '' for any other."""
    mark = request.get_signed_cookie(COOKIE, "", salt=tag_of("device", name), max_age=KEPT)
    return str(mark or "")


def remember_device(request: HttpRequest, response: HttpResponse, name: str) -> None:
    """Marks the browser. The cookie holds no name and opens nothing: it only has its own count of failures."""
    mark = device_of(request, name) or get_random_string(22)
    response.set_signed_cookie(
        COOKIE, mark, salt=tag_of("device", name), max_age=KEPT, path="/sign-in/", httponly=True,
        samesite="Strict", secure=request.is_secure(),
    )  # fmt: skip
