"""Opening a member's own key at sign-in, with the passphrase that was just typed.

Belongs here: the slot of one member. Does not belong here: keeping the key (held.py), the file of
slots (desk/slots.py).
"""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest

from nightdesk.desk import slots
from nightdesk.desk.staff import held
from nightdesk.desk.staff.models import Member
from nightdesk.seal.container import WrongPassphrase
from nightdesk.seal.members import MemberKey


def opened(request: HttpRequest, member: Member, passphrase: str, until: datetime) -> None:
    """Holds the member's key for the half-way session, as long as that; a member without a slot gets one.

    Not of a member whose passphrase somebody else chose: what that one opens is nobody's key.
    """
    if not member.must_change:
        held.hold(request.session.session_key or "", _key(member, passphrase), until)


def _key(member: Member, passphrase: str) -> MemberKey:
    try:
        key = slots.open_slot(member.username, passphrase).member
    except (WrongPassphrase, FileNotFoundError):
        key = slots.new_key(member.username, passphrase)
    if bytes(member.public_key) != key.public:
        member.public_key = key.public
        member.save(update_fields=["public_key"])
    return key
