"""Opening a member's own key at sign-in, with the passphrase that was just typed.

A change of passphrase writes the slot, then commits the row; a power cut between them leaves a slot under the new
words and a row under the old ones. Then the new words sign in and the row catches up; the old ones are refused, and
never is a key drawn over one that is there. Belongs here: the slot of one member. Does not belong here: keeping the key (held.py), the file of
slots (desk/slots.py).
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from nightdesk.desk import slots
from nightdesk.desk.custody.actions import record
from nightdesk.desk.errors import DeskError
from nightdesk.desk.staff import held, sessions
from nightdesk.desk.staff.models import Member
from nightdesk.seal import slots as sealed
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
    except FileNotFoundError:
        key = slots.new_key(member.username, passphrase)
    except WrongPassphrase:
        if sealed.normal(member.username) in slots.names():
            raise DeskError(
                _("Your key lies under another passphrase: a change of it was cut off in the middle."),
                _(
                    "Sign in with the new passphrase you had typed. Your key and all that is sealed to it are there."
                ),
            ) from None
        key = slots.new_key(member.username, passphrase)
    if bytes(member.public_key) != key.public:
        member.public_key = key.public
        member.save(update_fields=["public_key"])
    return key


@transaction.atomic
def caught_up(name: str, passphrase: str) -> Member | None:
    """The member whose own slot these words open although the row knows older ones; the row takes them over.

    None for everybody else, at the cost of one stretching whatever is wrong.
    """
    try:
        key = slots.open_slot(name, passphrase).member
    except (WrongPassphrase, FileNotFoundError):
        return None
    member = Member.objects.filter(username=name, is_active=True, must_change=False).first()
    if member is None or bytes(member.public_key) != key.public:
        return None
    member.set_password(passphrase)
    member.save(update_fields=["password"])
    sessions.end_all(member)
    record(member, "change passphrase", member)
    return member
