"""Failed tries, counted in memory and kept in the database, so that a restart forgives nothing.

A try is counted before the passphrase is looked at and taken back when it was right: eight threads get
one guess, not eight. While the desk is locked there is no database: what fails then is counted in
memory, and written with the next failure after unlocking.
Belongs here: counting. Does not belong here: how long a wait is (pacing.py), known browsers (devices.py).
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nightdesk.desk import clock, vault
from nightdesk.desk.errors import DeskError
from nightdesk.desk.staff import pacing
from nightdesk.desk.staff.models import FailedTries
from nightdesk.desk.staff.pacing import Tries
from nightdesk.desk.unlocking import ready
from nightdesk.seal.slots import normal

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


def _hash(what: str, secret: str | None) -> str:
    return salted_hmac("nightdesk.tries", what, secret=secret, algorithm="sha256").hexdigest()


def _tag(what: str) -> str:
    """What the database calls it: hashed under the desk's secret, the same after a restart."""
    return _hash(what, vault.secret().hex())


def reset() -> None:
    """Forgets what is in memory; tests begin with it, and a restart does the same."""
    global _desk
    with _guard:
        _names.clear()
        _desk = Tries()


@dataclass(frozen=True)
class Try:
    """One guess that was let through and counts as failed until `right` is said."""

    what: str
    before: Tries

    def right(self) -> None:
        """It was right: it never counted."""
        global _desk
        with _guard:
            _names[_hash(self.what, None)] = self.before
            _desk = Tries(max(0, _desk.count - 1), _desk.last)

    def wrong(self) -> None:
        """It stays counted, in the database too: the same one row for every name."""
        if not ready.is_set():
            return
        kept = _names.get(_hash(self.what, None), Tries())
        facts = {"count": kept.count, "last_at": datetime.fromtimestamp(kept.last, UTC)}
        FailedTries.objects.update_or_create(tag=_tag(self.what), defaults=facts)
        oldest = FailedTries.objects.order_by("-last_at").values_list("pk", flat=True)[MOST:]
        FailedTries.objects.filter(pk__in=list(oldest)).delete()


def begin(kind: str, name: str, device: str = "") -> Try:
    """Lets one guess through, or raises TooSoon. A name that nobody has is counted like any other."""
    global _desk
    what, now = _what(kind, name, device), clock.machine().timestamp()
    mark, kept = _hash(what, None), _kept(what)
    with _guard:
        before = _later(kept, _names.get(mark, Tries()))
        wait = pacing.wait_of_name(before, now)
        if not device:
            wait = max(wait, pacing.wait_of_desk(_desk, now))
            _desk = _desk if wait else pacing.failed(pacing.faded(_desk, now), now)
        if wait:
            raise TooSoon(wait)
        _names[mark] = pacing.failed(before, now)
        _names.move_to_end(mark)
        while len(_names) > MOST:
            _names.popitem(last=False)
    return Try(what, before)


def _what(kind: str, name: str, device: str) -> str:
    """As a name is taken: Hangul typed in pieces or other capitals are the same name, and no new guesses."""
    return "\n".join((kind, device, normal(name).casefold()))


def _later(one: Tries, other: Tries) -> Tries:
    return Tries(max(one.count, other.count), max(one.last, other.last))


def _kept(what: str) -> Tries:
    """What the database knows; asked for every name, whether anybody has it or not."""
    row = FailedTries.objects.filter(tag=_tag(what)).first() if ready.is_set() else None
    return Tries(row.count, row.last_at.timestamp()) if row else Tries()


def forget(kind: str, name: str, device: str = "") -> int:
    """How often it was tried in vain since the last time, from anywhere; from now on none."""
    total = 0
    for what in {_what(kind, name, each) for each in ("", device)}:
        kept = _kept(what)
        with _guard:
            total += max(kept.count, _names.pop(_hash(what, None), Tries()).count)
        if kept.count:
            FailedTries.objects.filter(tag=_tag(what)).delete()
    return total
