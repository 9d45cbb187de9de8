"""Vouching: another says that a member who was brought in on a screen is a person of his or her own.

Belongs here: the verb, and who waits for it. Does not belong here: what hangs on it (two.py), coming back with
two keyholders (recovering.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from nightdesk.desk.custody.actions import record
from nightdesk.desk.errors import DeskError, NotAllowed, Stale
from nightdesk.desk.staff import rules, two
from nightdesk.desk.staff.models import Member
from nightdesk.desk.staff.roles import require

if TYPE_CHECKING:
    from django.db.models import QuerySet


def waiting() -> QuerySet[Member]:
    """Who works here, has words of his or her own, and is vouched for by nobody yet."""
    rows = Member.objects.filter(is_active=True, must_change=False).exclude(brought_in_by=None)
    return rows.select_related("brought_in_by").order_by("username")


def waiting_for(member: Member) -> list[Member]:
    """Those this member could vouch for."""
    if not member.may("vouch"):
        return []
    known = two.under()
    return [one for one in waiting() if rules.are_two(member.pk, one.pk, known)]


@transaction.atomic
def vouch(by: Member, member: Member) -> None:
    """`by`, who is another person than the member and whoever brought her or him in, gives his word."""
    require(by, "vouch")
    found = _who_waits(member)
    known = two.under()
    if not rules.are_two(by.pk, found.pk, known):
        raise NotAllowed(
            _("You and %(name)s count as one person: somebody else has to vouch.") % {"name": found.username},
            _(
                "Ask an editor or a keyholder whom neither of you brought in, or use `nightdesk desk member %(name)s "
                "--vouch` at the machine, with the passphrase of the desk. Nothing was changed."
            )
            % {"name": found.username},
        )
    _stands_alone(found, by)


@transaction.atomic
def vouch_here(member: Member) -> None:
    """The same from a command at the machine: whoever holds the passphrase of the desk can do it alone."""
    _stands_alone(_who_waits(member), None)


def _who_waits(member: Member) -> Member:
    found = Member.objects.select_for_update().filter(pk=member.pk).first()
    if found is None or not found.is_active or found.brought_in_by_id is None:
        raise Stale(
            _("Nobody has to vouch for this member any more."), _("Open the page again; nothing was changed.")
        )
    if found.must_change:  # whoever chose the passphrase could still be the first to sign in with it
        raise DeskError(
            _("%(name)s has not taken a passphrase of his or her own yet.") % {"name": found.username},
            _("Vouch after the first sign-in; nothing was changed."),
        )
    return found


def _stands_alone(member: Member, by: Member | None) -> None:
    member.brought_in_by = None
    member.save(update_fields=["brought_in_by"])
    record(member, "vouch", by)
