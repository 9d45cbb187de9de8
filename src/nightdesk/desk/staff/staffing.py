"""The verbs on a member that another member does: add, shut out, let in again.

Belongs here: one transaction a verb. Does not belong here: the rules (rules.py), a lost passphrase (recovering.py),
ending sessions alone (sessions.py).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from nightdesk.desk import clock
from nightdesk.desk.custody.actions import record
from nightdesk.desk.errors import DeskError, NotAllowed, Stale
from nightdesk.desk.staff import names, passphrases, rules, sessions, slotting, two
from nightdesk.desk.staff.models import Member
from nightdesk.desk.staff.roles import ROLES, Role, require

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from nightdesk.desk.sources.models import Source
    from nightdesk.seal.members import MemberKey

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
    """A new member, who stands under this one until another vouches. Never a keyholder: that mark is given at the machine."""
    _may_give(member, role)
    refuse_name(name)
    passphrases.refuse_faulty(passphrase, again, name)
    made = Member.objects.create_member(
        name, passphrase, role=role, byline=byline.strip(), must_change=True, brought_in_by=member
    )
    record(made, "add member", member)
    slotting.lend(made, passphrase)
    return made


def refuse_name(name: str) -> None:
    """DeskError unless the name is written in one way and nobody has it, here or shut out."""
    if not names.is_plain(name):
        raise DeskError(
            _("That is no name a member can sign in with."),
            _(
                "Type 1 to 40 letters without a space before, behind or twice between, without signs that do "
                "not show, and with composed letters (NFC). Nothing was changed."
            ),
        )
    if names.is_taken(name, Member.objects.values_list("username", flat=True)):
        raise DeskError(_("That name is taken."), _("Choose another name; nothing was changed."))


@transaction.atomic
def add_here(
    name: str, role: str, byline: str, passphrase: str, *, keyholder: bool, must_change: bool = False
) -> Member:
    """The same from a command at the machine, which may make a keyholder. Nobody stands in the log as who did it.

    The member types the passphrase there, unless `must_change` says that somebody else did.
    """
    refuse_name(name)
    made = Member.objects.create_member(
        name, passphrase, role=role, byline=byline, keyholder=keyholder, must_change=must_change
    )
    record(made, "add member", None)
    (slotting.lend if must_change else slotting.replace)(made, passphrase)
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
    editors, keyholders = others.filter(role__in=edits), others.filter(keyholder=True)
    left = rules.Remaining(*(two.people(kept.values_list("pk", flat=True)) for kept in (editors, keyholders)))
    return rules.lost_without(member.role in edits, member.keyholder, left)


def losses(by: Member, member: Member) -> dict[str, str]:
    """The same with what is sealed to this member alone: key -> sentence, each to be ticked.

    A card and an eyes-only report are said in the same words, and a source by name only to who sees it.
    """
    from nightdesk.desk.sources import actions
    from nightdesk.desk.sources.models import Source

    said = {key: str(LOST[key]) for key in lost_without(member)}
    sources = actions.lost_without(member)
    seen = set(Source.objects.visible_to(by).values_list("pk", flat=True))
    for source in sources:
        if source.pk in seen:
            said[f"loses {source.pk}"] = _(
                "Something of %(source)s could be opened by nobody any more: it is lost for good."
            ) % {"source": source.pseudonym}
    if hidden := len([source for source in sources if source.pk not in seen]):
        said[f"loses hidden {hidden}"] = ngettext(
            "Something of %(n)d source that you do not see could be opened by nobody any more: it is lost for good.",
            "Something of %(n)d sources that you do not see could be opened by nobody any more: it is lost for good.",
            hidden,
        ) % {"n": hidden}
    return said


def cleared_for(member: Member) -> QuerySet[Source]:
    """The sources a member is cleared for: for counting and for taking away, never for showing."""
    from nightdesk.desk.sources.models import Source

    return Source.objects.filter(pk__in=Source.cleared.through.objects.filter(member=member).values("source"))


@transaction.atomic
def shut_out(by: Member, member: Member, understood: Collection[str], key: MemberKey | None = None) -> int:
    """Ends every session at once, drops the key slot, takes away clearances and the keyholder's mark.

    What was sealed to the member is so no more: it gets a new key at once where `by` opens it with `key`,
    else when the next holder does.

    `understood` is what the screen said would be lost: something else by now means that it has to be
    read again. Returns how many sessions ended.
    """
    from nightdesk.desk.sources import actions

    require(by, "members")
    member = _working(member)
    if by.pk == member.pk:
        raise DeskError(_("Nobody shuts himself or herself out."), _("Ask another; nothing was changed."))
    if set(losses(by, member)) - set(understood):
        raise Stale(
            _("The desk would lose something that was not said or not ticked."),
            _("Read what stands there, tick it, and send it again."),
        )
    actions.take_everything(by, member, key)
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


@transaction.atomic
def let_in(by: Member, member: Member, passphrase: str, again: str) -> None:
    """A member who was shut out works here again, with nothing that was taken away.

    The passphrase is another's words: the member takes one of his or her own first, and has a key from then on.
    Whoever vouched before vouched for somebody with other words: it takes another's word again.
    """
    _may_give(by, member.role)
    passphrases.refuse_faulty(passphrase, again, member.username)
    if not Member.objects.filter(pk=member.pk, is_active=False).update(is_active=True, brought_in_by=by):
        raise Stale(_("This member works here already."), _("Open the page again; nothing was changed."))
    member.refresh_from_db()
    member.factors.all().delete()
    record(member, "let in", by)
    passphrases.lend(member, passphrase)
