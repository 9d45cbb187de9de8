"""The verbs on a member that another member does: add, shut out, let in again.

Belongs here: one transaction a verb. Does not belong here: the rules (rules.py), a lost passphrase (recovering.py),
ending sessions alone (sessions.py).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nightdesk.desk import clock
from nightdesk.desk.custody.actions import record
from nightdesk.desk.errors import DeskError, NotAllowed, Stale
from nightdesk.desk.staff import passphrases, rules, sessions, slotting
from nightdesk.desk.staff.models import Member
from nightdesk.desk.staff.roles import ROLES, Role, require

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from nightdesk.desk.sources.models import Source

# What a desk loses with a member, said before it happens.
LOST: dict[str, Promise] = {
    "no editor": gettext_lazy(
        "Nobody is left who may clear, release or withdraw. Only a command at the machine adds an editor then."
    ),
    "one editor": gettext_lazy(
        "One editor is left: nothing that takes two people can be decided, and no danger can be lifted."
    ),
    "no recovery": gettext_lazy(
        "Fewer than two keyholders are left: no lost passphrase and no lost factor can be recovered."
    ),
    "alone": gettext_lazy(
        "There are sources that nobody else is cleared for: their cards stay shut until somebody who knows writes them anew."
    ),
}


def roles_to_give(member: Member) -> list[Role]:
    """The roles this member may let somebody in with."""
    return [role for role in ROLES.values() if rules.may_give(member.rights.may, role.may)]


def _may_give(member: Member, role: str) -> None:
    require(member, "members")
    if role not in ROLES or ROLES[role] not in roles_to_give(member):
        raise NotAllowed(
            _("Nobody gives a role that may do what his or her own may not."),
            _("Ask an editor; nothing was changed."),
        )


@transaction.atomic
def add(member: Member, name: str, role: str, byline: str, passphrase: str, again: str) -> Member:
    """A new member. Never a keyholder: that mark is given at the machine."""
    _may_give(member, role)
    name = " ".join(name.split())
    if not name or Member.objects.filter(username__iexact=name).exists():
        raise DeskError(
            _("That name is taken, or it is empty."), _("Choose another name; nothing was changed.")
        )
    passphrases.refuse_faulty(passphrase, again, name)
    made = Member.objects.create_member(name, passphrase, role=role, byline=byline.strip())
    record(made, "add member", member)
    slotting.replace(made, passphrase)
    return made


@transaction.atomic
def add_here(name: str, role: str, byline: str, passphrase: str, *, keyholder: bool) -> Member:
    """The same from a command at the machine, which may make a keyholder. Nobody stands in the log as who did it."""
    made = Member.objects.create_member(name, passphrase, role=role, byline=byline, keyholder=keyholder)
    record(made, "add member", None)
    slotting.replace(made, passphrase)
    return made


@transaction.atomic
def mark_keyholder(member: Member) -> None:
    """Gives the mark to somebody who works here already; from a command at the machine alone."""
    member.keyholder = True
    member.save(update_fields=["keyholder"])
    record(member, "mark keyholder", None)


def lost_without(member: Member) -> list[str]:
    """What the desk would lose with this member: keys of LOST."""
    others = Member.objects.filter(is_active=True).exclude(pk=member.pk)
    edits = [name for name, role in ROLES.items() if "decide" in role.may]
    left = rules.Remaining(
        others.filter(role__in=edits).count(), others.filter(keyholder=True).count(), _alone(member).count()
    )
    return rules.lost_without(member.role in edits, member.keyholder, left)


def _alone(member: Member) -> QuerySet[Source]:
    """Sources that this member is cleared for and no other member who works here."""
    working = Count("cleared", filter=Q(cleared__is_active=True), distinct=True)
    return cleared_for(member).annotate(working=working).filter(working__lte=1)


def cleared_for(member: Member) -> QuerySet[Source]:
    """The sources a member is cleared for: for counting and for taking away, never for showing."""
    from nightdesk.desk.sources.models import Source

    return Source.objects.filter(pk__in=Source.cleared.through.objects.filter(member=member).values("source"))


@transaction.atomic
def shut_out(by: Member, member: Member, understood: Collection[str]) -> int:
    """Ends every session at once, drops the key slot, takes away clearances and the keyholder's mark.

    `understood` is what the screen said would be lost: something else by now means that it has to be
    read again. Returns how many sessions ended.
    """
    require(by, "members")
    member = _working(member)
    if by.pk == member.pk:
        raise DeskError(_("Nobody shuts himself or herself out."), _("Ask another; nothing was changed."))
    if set(lost_without(member)) - set(understood):
        raise Stale(
            _("The desk would lose something that was not said or not ticked."),
            _("Read what stands there, tick it, and send it again."),
        )
    _take_clearances(by, member)
    member.is_active, member.keyholder = False, False
    member.save(update_fields=["is_active", "keyholder"])
    member.recoveries.filter(ended_at=None).update(ended_at=clock.machine())
    ended = sessions.end_all(member)
    record(member, "shut out", by)
    slotting.drop(member)
    return ended


def _working(member: Member) -> Member:
    found = Member.objects.select_for_update().filter(pk=member.pk, is_active=True).first()
    if found is None:
        raise Stale(_("This member is shut out already."), _("Open the page again; nothing was changed."))
    return found


def _take_clearances(by: Member, member: Member) -> None:
    for source in cleared_for(member):
        source.cleared.remove(member)
        record(source, "unclear", by)


@transaction.atomic
def let_in(by: Member, member: Member, passphrase: str, again: str) -> None:
    """A member who was shut out works here again, with a new passphrase and nothing that was taken away."""
    _may_give(by, member.role)
    passphrases.refuse_faulty(passphrase, again, member.username)
    if not Member.objects.filter(pk=member.pk, is_active=False).update(is_active=True):
        raise Stale(_("This member works here already."), _("Open the page again; nothing was changed."))
    member.refresh_from_db()
    member.factors.all().delete()
    record(member, "let in", by)
    passphrases.set_for(member, passphrase)
