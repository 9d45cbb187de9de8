"""Whether two members are two people: asked by every rule that needs two.

Whoever adds a member on a screen, or lets one in again, chose the first passphrase and could sign in with it.
So the two count as one until another vouches. Belongs here: asking the rule (rules.py) about rows, and the
words of a refusal. Does not belong here: vouching itself (vouching.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from nightdesk.desk.errors import DeskError, NotAllowed
from nightdesk.desk.staff import rules
from nightdesk.desk.staff.models import Member

if TYPE_CHECKING:
    from collections.abc import Iterable


def under() -> dict[int, int]:
    """Who was brought in by whom, and is vouched for by nobody yet. One question, mostly an empty answer."""
    rows = Member.objects.exclude(brought_in_by=None).values_list("pk", "brought_in_by")
    return {member: by for member, by in rows if by is not None}


def one_with(member: Member) -> frozenset[int]:
    """The member and all who count as one person with her or him."""
    known = under()
    mine = rules.root(member.pk, known)
    return frozenset({member.pk, mine, *(one for one in known if rules.root(one, known) == mine)})


def people(members: Iterable[int]) -> int:
    """How many people these members are."""
    known = under()
    return len({rules.root(one, known) for one in members})


def why_one(member: Member, other: Member) -> tuple[str, str] | None:
    """What `member` is told when the two count as one, and what to do; None when they are two, or the same member."""
    known = under()
    waits = rules.to_vouch_for(other.pk, member.pk, known)
    if waits is None:
        return None
    names = Member.objects.in_bulk({waits, known[waits]})
    name, by = names[waits].username, names[known[waits]].username
    if waits == member.pk:
        what = _(
            "You were brought in by %(by)s and nobody has vouched for you yet: with %(other)s you count as one person."
        )
    elif known[waits] == member.pk:
        what = _(
            "%(name)s was brought in by you and nobody else has vouched for him or her yet: the two of you count as one person."
        )
    else:
        what = _(
            "%(name)s was brought in by %(by)s and nobody else has vouched for him or her yet: you and %(other)s count as one person."
        )
    remedy = _(
        "Ask another editor or keyholder to vouch for %(name)s on the members' screen. Where there is none, "
        "`nightdesk desk member %(name)s --vouch` at the machine does it, with the passphrase of the desk."
    )
    return what % {"name": name, "by": by, "other": other.username}, remedy % {"name": name}


def words_if_one(member: Member, other: Member) -> str:
    """The same for a screen, before anybody presses a button; '' when nothing stands in the way."""
    return " ".join(why_one(member, other) or ())


def refuse_one(member: Member, other: Member, same: DeskError) -> None:
    """Raises `same` when it is the same member, and says who has to be vouched for when they count as one."""
    if member.pk == other.pk:
        raise same
    if (said := why_one(member, other)) is not None:
        what, remedy = said
        raise NotAllowed(what, f"{remedy} {_('Nothing was changed.')}")
