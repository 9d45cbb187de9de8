"""What the newsroom publishes at the drop: its key list and its reply board. Each is replaced by a newer one alone.

Belongs here: whether an offered document takes the place of the stored one. Does not belong here: HTTP (app.py),
rows (store.py).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from nightdesk.seal.board import verify_board
from nightdesk.seal.signing import SignatureError, unpack, verify_key_list

Newer = Callable[[bytes, bytes | None, bytes, date], bool]


def newer_keys(offered: bytes, stored: bytes | None, identity: bytes, today: date) -> bool:
    """Whether `offered` is a key list of this newsroom, and none of an earlier day than the stored one."""
    try:
        found = verify_key_list(*unpack(offered), identity, today)
    except SignatureError:
        return False
    return str(said(stored).get("issued_on", "")) <= found.issued_on.isoformat()


def newer_board(offered: bytes, stored: bytes | None, identity: bytes, today: date) -> bool:
    """Whether `offered` is this newsroom's board of today, and came after the stored one: an old one sent once more
    would take back what was said since. One of a later day was put up by a clock that ran ahead, and gives way.
    """
    try:
        found = verify_board(*unpack(offered), identity, today)
    except SignatureError:
        return False
    shown = said(stored)
    if not shown or shown["day"] > today.isoformat():
        return True
    return (shown["day"], shown["number"]) < (found.day.isoformat(), found.number)


def said(packed: bytes | None) -> dict[str, Any]:
    """The payload of a stored document, which was verified when it came; {} when there is none."""
    raw: dict[str, Any] = json.loads(unpack(packed)[0]) if packed else {}
    return raw
