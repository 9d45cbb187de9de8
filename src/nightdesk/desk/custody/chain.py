"""The links of a custody log: what a digest is over, and the sealed part of an entry.

A sealed entry's digest is over its sealed bytes: it can be verified without the key, and tells nothing to
who would guess at members and times.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from nightdesk.desk.custody.models import CustodyEntry
from nightdesk.desk.sourcekeys import sealing


def digest_of(entry: CustodyEntry, previous: str) -> str:
    """The digest an entry must have after `previous`."""
    at = entry.at.isoformat() if entry.at else None
    told: list[Any] = [previous, entry.subject, entry.verb, entry.member_id, at, entry.note]
    if entry.sealed:
        told += [entry.token, bytes(entry.sealed).hex()]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def _place(token: str) -> bytes:
    return sealing.place(CustodyEntry._meta.db_table, "sealed", token)


def seal_facts(facts: list[Any], source: int, token: str) -> bytes:
    """[member, when, note] under the key of the report's source."""
    return sealing.seal(json.dumps(facts, ensure_ascii=False), source, _place(token))


def unseal_facts(entry: CustodyEntry) -> list[Any]:
    """The same back."""
    found: list[Any] = json.loads(sealing.unseal(bytes(entry.sealed), _place(entry.token)))
    return found
