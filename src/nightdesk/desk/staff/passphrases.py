"""A passphrase: the rule for a new one, setting it, changing it. The member's key slot goes along.

`change`, `set_for` and `lend` write a passphrase; nothing else but the making of a member calls set_password.
Belongs here: passphrases. Does not belong here: signing in (signing.py), who may let somebody in (staffing.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nightdesk.desk.custody.actions import record
from nightdesk.desk.errors import DeskError, Stale
from nightdesk.desk.staff import sessions, slotting

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member


def fault_of(passphrase: str, again: str, name: str = "") -> str:
    """What is wrong with a new passphrase, as a sentence; '' when nothing is."""
    if passphrase != again:
        return _("The two do not agree: type the new passphrase twice.")
    try:
        validate_password(passphrase)
    except ValidationError:
        return _("That is short: take 12 characters or more, best several words.")
    if name and name.casefold() in passphrase.casefold():
        return _("It contains the member's name: take other words.")
    return ""


def refuse_faulty(passphrase: str, again: str, name: str = "") -> None:
    """DeskError when the new passphrase breaks the rule."""
    if fault := fault_of(passphrase, again, name):
        raise DeskError(fault, _("Nothing was changed."))


@transaction.atomic
def change(member: Member, old: str, new: str, again: str, session_key: str) -> int:
    """The member's own change; every other session of his or hers ends. Returns how many did."""
    if not member.check_password(old):
        raise DeskError(_("The old passphrase is another."), _("The passphrase was not changed."))
    refuse_faulty(new, again, member.username)
    if new == old:
        raise DeskError(_("The new passphrase is the old one."), _("Take another; nothing was changed."))
    member.set_password(new)
    member.save(update_fields=["password"])
    ended = sessions.end_all(member, but=session_key)
    record(member, "change passphrase", member)
    slotting.change(member, old, new)
    return ended


@transaction.atomic
def take_own(member: Member, new: str, again: str) -> None:
    """The member's own words in place of those somebody else chose: with them comes the first key."""
    refuse_faulty(new, again, member.username)
    if member.check_password(new):
        raise DeskError(_("That passphrase was chosen for you: somebody else knows it."), _("Take another."))
    if not type(member).objects.filter(pk=member.pk, must_change=True, is_active=True).exists():
        raise Stale(_("A passphrase of your own is set already."), _("Sign in with it."))
    record(member, "change passphrase", member)
    set_for(member, new)


def set_for(member: Member, new: str) -> None:
    """A passphrase in place of a lost or dropped one: a new slot, and so a new key of the member's own.

    Called inside the action that writes why.
    """
    member.set_password(new)
    member.must_change = False
    member.save(update_fields=["password", "must_change"])
    slotting.replace(member, new)


def lend(member: Member, passphrase: str) -> None:
    """A passphrase that somebody else chose: good for taking another, and for nothing else."""
    member.set_password(passphrase)
    member.must_change = True
    member.save(update_fields=["password", "must_change"])
    slotting.lend(member, passphrase)
