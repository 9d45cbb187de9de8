"""The member's key slot, where this desk has them: what a passphrase opens beside the sign-in.

Every call into `nightdesk.desk.slots` from the staff's actions is here. The slot's file is written last in
the caller's transaction, so that rows which cannot be written leave the file as it was.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member


def _slots() -> Any:
    return import_module("nightdesk.desk.slots") if find_spec("nightdesk.desk.slots") else None


def change(member: Member, old: str, new: str) -> None:
    """The same key under a new passphrase."""
    if (slots := _slots()) is not None:
        slots.change(member.username, old, new)


def replace(member: Member, new: str) -> None:
    """A new key under a new passphrase; what was sealed to the old one must be sealed again by others."""
    if (slots := _slots()) is not None:
        slots.replace(member.username, new)


def add(member: Member, new: str) -> None:
    """The first slot of a member."""
    if (slots := _slots()) is not None:
        slots.add(member.username, new)


def drop(member: Member) -> None:
    """The member's passphrase opens nothing from now on."""
    if (slots := _slots()) is not None:
        slots.drop(member.username)
