"""The member's key slot: what a passphrase opens beside the sign-in, changed by the verbs on a member.

Every call into `nightdesk.desk.slots` from the staff's actions is here. The file is written last in the
caller's transaction, so that rows which cannot be written leave it as it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nightdesk.desk import slots
from nightdesk.seal import slots as sealed
from nightdesk.seal.container import WrongPassphrase

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member


def change(member: Member, old: str, new: str) -> None:
    """The same key under a new passphrase; a member who never had a slot gets one."""
    try:
        slots.change(member.username, old, new)
    except (WrongPassphrase, FileNotFoundError):
        replace(member, new)


def replace(member: Member, new: str) -> None:
    """A new key under a new passphrase; what was sealed to the old one must be sealed again by others."""
    member.public_key = slots.replace(member.username, new)
    member.save(update_fields=["public_key"])


def lend(member: Member, passphrase: str) -> None:
    """A slot under a passphrase that somebody else chose: it unlocks the desk, and is nobody's key.

    Whoever typed that passphrase could keep what is drawn here; so nothing is ever sealed to it.
    """
    member.public_key = b""
    member.save(update_fields=["public_key"])
    slots.add(member.username, passphrase)


def drop(member: Member) -> None:
    """The member's passphrase opens nothing from now on, and nothing more is sealed to this member."""
    member.public_key = b""
    member.save(update_fields=["public_key"])
    slots.drop(member.username)


def drop_left() -> None:
    """Takes away the slots of nobody who may work here, as at every unlocking.

    File and rows are written one after the other: a power cut between them leaves the slot of somebody who was
    never added, or whose letting in was never saved. Their passphrase would open the desk.
    """
    from nightdesk.desk.staff.models import Member

    if not slots.path().exists():
        return
    working = Member.objects.filter(is_active=True).values_list("username", flat=True)
    known = {slots.DESK, slots.KEY_FILE, *map(sealed.normal, working)}
    for name in slots.names():
        if name not in known:
            slots.drop(name)
