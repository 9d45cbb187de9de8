"""The keys of members who are signed in: in this process's memory, by session, nowhere else.

They open what is sealed to one member alone. Belongs here: keeping them while a session lasts. Does
not belong here: opening a slot (signing in does), what the keys open.
"""

from __future__ import annotations

from django.http import HttpRequest

from nightdesk.seal.members import MemberKey

_keys: dict[str, MemberKey] = {}


def hold(session_key: str, key: MemberKey) -> None:
    """Keep the member's key for this session."""
    _keys[session_key] = key


def of(request: HttpRequest) -> MemberKey | None:
    """The key of the member who asks; None when the session began without one."""
    return _keys.get(request.session.session_key or "")


def move(before: str, after: str) -> None:
    """The session goes on under another key."""
    if before in _keys:
        _keys[after] = _keys.pop(before)


def drop(session_key: str) -> None:
    """The session is over."""
    _keys.pop(session_key, None)


def drop_all() -> None:
    """The desk is locked."""
    _keys.clear()
