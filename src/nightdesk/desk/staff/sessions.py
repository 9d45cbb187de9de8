"""Sessions: one table for keeping and listing them, their two ends (idle, age), and ending them by hand.

Django's engine with a model of our own. A session's time is the machine's, never the demo's clock.
Belongs here: rows of sessions and who may end which. Does not belong here: what a request is told when
its session has ended (watching.py).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import transaction
from django.db.models import Q, QuerySet

from nightdesk.desk import clock
from nightdesk.desk.custody.actions import record

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member, SignedIn

BROWSER, FAMILY, BEGAN = "browser", "family", "began"  # names in a session's data
LONGEST = timedelta(seconds=settings.SESSION_COOKIE_AGE)
SEEN_EVERY = timedelta(minutes=1)  # between two writes of when a session was last seen


class SessionStore(DatabaseStore):
    """Django looks this name up in the module that SESSION_ENGINE names."""

    seen_at: datetime | None = None

    @classmethod
    def get_model_class(cls) -> Any:
        from nightdesk.desk.staff.models import SignedIn

        return SignedIn

    def load(self) -> dict[str, Any]:
        """The session's data; the same row says when it was last seen."""
        row = self._get_session_from_db()  # type: ignore[attr-defined]  # Django's own hook for a model of one's own
        self.seen_at = row.seen_at if row else None
        return self.decode(row.session_data) if row else {}

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row, with the columns a list of sessions wants."""
        row: Any = super().create_model_instance(data)
        row.member_id = data.get(SESSION_KEY)
        row.family = data.get(FAMILY, "")
        row.began_at = datetime.fromisoformat(data[BEGAN]) if BEGAN in data else None
        row.seen_at = self.seen_at = clock.machine()
        return row


def idle_after() -> timedelta:
    """How long a session may rest."""
    return timedelta(minutes=settings.NIGHTDESK_SESSION_IDLE)


def over(began: datetime, seen: datetime, now: datetime) -> str:
    """Why a session is over: `idle`, `age`; '' while it lives. Pure."""
    if now - seen > idle_after():
        return "idle"
    return "age" if now - began > LONGEST else ""


def seen(key: str) -> None:
    """Writes down that the session was used; called at most once a minute."""
    _all().filter(pk=key).update(seen_at=clock.machine())


def _all() -> QuerySet[SignedIn]:
    from nightdesk.desk.staff.models import SignedIn

    return SignedIn.objects.all()


def living(member: Member) -> QuerySet[SignedIn]:
    """The member's sessions that still open something, newest use first."""
    now = clock.machine()
    alive = Q(seen_at__gte=now - idle_after(), began_at__gte=now - LONGEST, expire_date__gt=now)
    return _all().filter(alive, member=member).order_by("-seen_at")


def sweep() -> None:
    """Ends what is over, although nobody came back to hear it: neither row nor key outlives the session."""
    from nightdesk.desk.staff import held

    now = clock.machine()
    over = Q(expire_date__lt=now) | Q(seen_at__lt=now - idle_after()) | Q(began_at__lt=now - LONGEST)
    end(_all().filter(over))
    held.drop_late()


def forget_all() -> None:
    """Every session of an earlier process: its signature died with that process, and so did its member's key."""
    _all().delete()


def handle(row: SignedIn) -> str:
    """What a page calls a session by: its key would be the session itself."""
    return sha256(row.session_key.encode()).hexdigest()[:16]


def end(rows: QuerySet[SignedIn] | list[SignedIn]) -> int:
    """Ends sessions at once: their next request is a stranger's. Their keys leave memory."""
    from nightdesk.desk.staff.signing import let_go

    keys = [row.session_key for row in rows]
    if keys:
        _all().filter(pk__in=keys).delete()
    for key in keys:
        let_go(key)
    return len(keys)


def end_all(member: Member, but: str = "") -> int:
    """Ends every session of the member, the one with key `but` left out."""
    return end(_all().filter(member=member).exclude(pk=but))


@transaction.atomic
def end_own(member: Member, current: str, which: str) -> int:
    """The member ends one session by its handle, or with '' all but the one asking."""
    if not which:
        ended = end_all(member, but=current)
    else:
        ended = end([row for row in _all().filter(member=member) if handle(row) == which])
    record(member, "end sessions", member)
    return ended


@transaction.atomic
def end_of(by: Member, member: Member) -> int:
    """Somebody who keeps the staff ends every session of a member."""
    from nightdesk.desk.staff.roles import require

    require(by, "members")
    ended = end_all(member)
    record(member, "end sessions", by)
    return ended
