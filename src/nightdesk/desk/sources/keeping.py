"""Between rows and the rule of sealing: one way for cards and for words marked eyes only.

Belongs here: rows in, plain values out, and back. Does not belong here: who is entitled (cards.py,
reports/eyesonly.py), the rule itself (sealing.py).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from nightdesk.desk.errors import DeskError
from nightdesk.desk.sources import sealing
from nightdesk.desk.sources.sealing import Holder, Opened, Sealed, Thing, Wrapped
from nightdesk.desk.staff.models import Member

if TYPE_CHECKING:
    from nightdesk.desk.sources.models import Source
    from nightdesk.seal.members import MemberKey


def own_key(member: Member, key: MemberKey | None) -> MemberKey:
    """The member's own key, as this session holds it. Unknown means stop."""
    if not member.public_key:
        raise DeskError(
            _("You have no key of your own yet."),
            _("Sign out and sign in again with your passphrase: the desk makes one for you then."),
        )
    if key is None or key.public != bytes(member.public_key):
        raise DeskError(
            _("This session does not hold your key."),
            _("Sign out and sign in again with your passphrase; nothing was changed."),
        )
    return key


def holder(member: Member) -> Holder:
    """A member as the rule takes one."""
    return Holder(member.pk, bytes(member.public_key))


def able(source: Source) -> dict[int, bytes]:
    """Members who may hold what is sealed for a source: cleared, working here, with a key of their own."""
    rows = source.cleared.filter(is_active=True).values_list("pk", "public_key")
    return {pk: bytes(public) for pk, public in rows if public}


def sealed_of(row: Any) -> Sealed:
    """The row with its keys, as the rule takes it."""
    wraps = tuple(
        Wrapped(one.member_id, getattr(one, "second_id", None) or 0, bytes(one.sealed))
        for one in row.keys.all()
    )
    return Sealed(row.version, bytes(row.body), wraps)


def put(
    row: Any, thing: Thing, said: Mapping[str, Any], holders: Iterable[Holder], *, two: bool = False
) -> None:
    """Seals anew over what stood there: a new version, a new key, new wraps; the old ones are deleted."""
    row.version += 1
    sealed = sealing.seal(thing, row.version, said, holders, two=two, draw=secrets.token_bytes)
    row.body, row.to_rotate = sealed.body, False
    row.save()
    row.keys.all().delete()  # secure_delete writes zeros over what stood there
    pairs = ({"second_id": one.second} if one.second else {} for one in sealed.wraps)
    row.keys.bulk_create(
        row.keys.model(row=row, member_id=one.member, sealed=one.sealed, **pair)
        for one, pair in zip(sealed.wraps, pairs, strict=True)
    )


def open_alone(row: Any, thing: Thing, member: Member, key: MemberKey | None) -> Opened:
    """What is inside, with this member's key; a sentence when it is not for him or her."""
    seed = own_key(member, key).seed
    try:
        return sealing.open_alone(thing, sealed_of(row), member.pk, seed)
    except sealing.Closed:
        raise closed() from None


def still_hold(row: Any, opened: Opened, source: Source, without: Member | None = None) -> list[Holder]:
    """To whom it is sealed the next time: who held it, still may, and has the key it was given to."""
    wrapped = {pk for one in sealed_of(row).wraps for pk in (one.member, one.second) if pk}
    now = {pk: public for pk, public in able(source).items() if pk in wrapped}
    if without is not None:
        now.pop(without.pk, None)
    return sealing.remaining(opened, now)


def rotate(
    row: Any, thing: Thing, member: Member, key: MemberKey | None, source: Source, without: Member
) -> bool:
    """A new key without one member, if `member` can open it here and now; whether that was done.

    Taking something away never fails because this could not be done: the next who opens it does it.
    """
    try:
        opened = open_alone(row, thing, member, key)
    except DeskError:
        return False
    put(row, thing, opened.said, still_hold(row, opened, source, without))
    return True


def nobody_left(other: Member) -> DeskError:
    """The same words for a card and for an eyes-only report: an editor shall not learn that there is one."""
    return DeskError(
        _("Without %(name)s, nobody could open what is sealed here.") % {"name": other.username},
        _("Let another member open it first, or tick that it may be lost. Nothing was changed."),
    )


def closed() -> DeskError:
    """Nobody is told why it does not open: for another key, moved, or changed are alike."""
    return DeskError(
        _("It does not open with your key."),
        _(
            "It was sealed to another key of yours, or somebody changed it. A member who can open it gives "
            "it to you anew. Nothing was changed."
        ),
    )
