"""The keys of members who are signed in: in this process's memory, by session, nowhere else.

They open what is sealed to one member alone. Belongs here: keeping them while a session lasts. Does
not belong here: opening a slot (signing in does), what the keys open.
"""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest

from nightdesk.desk import clock
from nightdesk.seal.members import MemberKey

_keys: dict[str, MemberKey] = {}
_until: dict[str, datetime] = {}  # of those who are half way: an end that needs nobody to come back


def hold(session_key: str, key: MemberKey, until: datetime | None = None) -> None:
    """Keep the member's key for this session; of one that has not begun, `until` then."""
    _keys[session_key] = key
    if until is not None:
        _until[session_key] = until


def of(request: HttpRequest) -> MemberKey | None:
    """The key of the member who asks; None when the session began without one."""
    return _keys.get(request.session.session_key or "")


def move(before: str, after: str) -> None:
    """The session goes on under another key, and has begun."""
    _until.pop(before, None)
    if before in _keys:
        _keys[after] = _keys.pop(before)


def drop(session_key: str) -> None:
    """The session is over."""
    _keys.pop(session_key, None)
    _until.pop(session_key, None)


def drop_late() -> None:
    """Whoever stayed half way too long: looked at with every request and in the desk's own round."""
    if _until:
        now = clock.machine()
        for session_key in [key for key, until in list(_until.items()) if until <= now]:
            drop(session_key)


def drop_all() -> None:
    """The desk is locked."""
    _keys.clear()
    _until.clear()
