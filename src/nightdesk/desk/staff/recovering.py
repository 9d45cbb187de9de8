"""A lost passphrase or factor: two keyholders confirm, and the member comes back with two halves of words.

Each keyholder is shown one half, once; only both together open the form. So neither of the two can take
the member's place without the other, and nobody alone can do anything.
Belongs here: the verbs, one transaction each. Does not belong here: who is a third person (rules.py).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import Q
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from nightdesk.desk import clock
from nightdesk.desk.custody.actions import record
from nightdesk.desk.errors import DeskError, NotAllowed, Stale
from nightdesk.desk.staff import passphrases, rules, sessions, tries, two
from nightdesk.desk.staff.models import Member, Recovery
from nightdesk.desk.staff.roles import require

if TYPE_CHECKING:
    from django.db.models import QuerySet

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none can be mistaken for another
GROUPS, LETTERS_A_GROUP = 4, 4  # 16 of 31 letters: some 79 bits a half
SERVES = timedelta(hours=24)  # from the first keyholder on, for the second and the member


def _half() -> str:
    return "-".join(get_random_string(LETTERS_A_GROUP, LETTERS) for _each in range(GROUPS))


def _plain(half: str) -> str:
    return "".join(letter for letter in half.lower() if letter in LETTERS)


def waiting() -> QuerySet[Recovery]:
    """Recoveries that still wait for a keyholder or for the member."""
    fresh = clock.machine() - SERVES
    confirmed = Q(second=None) | Q(second__is_active=True, second__keyholder=True)
    return Recovery.objects.filter(
        confirmed, ended_at=None, first_at__gt=fresh, first__is_active=True, first__keyholder=True
    ).select_related("member", "first", "second")


@transaction.atomic
def propose(keyholder: Member, member: Member, lost: str) -> str:
    """The first keyholder says that it is this member. Returns the first half, shown once."""
    require(keyholder, "recover")
    _refuse_one(keyholder, member, None)
    if not member.is_active:
        raise DeskError(_("This member is shut out."), _("Letting in again is another step."))
    if lost not in dict(Recovery.LOST):
        raise DeskError(_("Say what was lost."), _("Nothing was changed."))
    if waiting().filter(member=member, first=keyholder).exists():
        raise _shown_once()
    member.recoveries.filter(ended_at=None).update(ended_at=clock.machine())  # a newer one takes its place
    half = _half()
    Recovery.objects.create(
        member=member, lost=lost, first=keyholder, first_half=make_password(_plain(half)), first_at=clock.machine()
    )  # fmt: skip
    record(member, "propose recovery", keyholder)
    return half


@transaction.atomic
def agree(keyholder: Member, seen: Recovery) -> str:
    """The second keyholder says the same. Returns the second half, shown once."""
    require(keyholder, "recover")
    found = waiting().filter(pk=seen.pk, second=None).select_for_update(of=("self",)).first()
    if found is None and waiting().filter(pk=seen.pk, second=keyholder).exists():
        raise _shown_once()
    if found is None:
        raise Stale(_("This recovery no longer waits."), _("Open the page again; nothing was changed."))
    _refuse_one(keyholder, found.member, found.first)
    half = _half()
    found.second, found.second_at = keyholder, clock.machine()
    found.second_half = make_password(_plain(half))
    found.save(update_fields=["second", "second_at", "second_half"])
    record(found.member, "agree recovery", keyholder)
    return half


@transaction.atomic
def stop(keyholder: Member, seen: Recovery) -> None:
    """Any keyholder stops a recovery, one's own too: a no needs no second person."""
    require(keyholder, "recover")
    if not Recovery.objects.filter(pk=seen.pk, ended_at=None).update(ended_at=clock.machine()):
        raise Stale(_("This recovery no longer waits."), _("Open the page again; nothing was changed."))
    record(seen.member, "stop recovery", keyholder)


def _shown_once() -> Stale:
    """The page with a half was loaded again: no second half is made behind the one that may be on its way."""
    return Stale(
        _("Your half was shown once."), _("If it was not handed over, stop the recovery and begin anew.")
    )


def _refuse_one(keyholder: Member, member: Member, first: Member | None) -> None:
    if rules.may_recover(member.pk, keyholder.pk, first.pk if first else None, two.under()):
        return
    same = NotAllowed(
        _("A recovery takes two keyholders who are two people, and neither is the member."),
        _("Ask another keyholder; nothing was changed."),
    )
    for other in filter(None, (first, member)):
        two.refuse_one(keyholder, other, same)
    raise same


def found_by(name: str, first: str, second: str, device: str = "") -> Recovery | None:
    """The recovery both halves belong to, in either order: nobody remembers who confirmed first.

    As paced as a passphrase, and four hashes whatever was typed.
    """
    guess, name = tries.begin("recovery", name, device), Member.objects.spelled(name)
    found = waiting().filter(member__username=name, member__is_active=True).exclude(second=None).first()
    # A hash that nothing fits is still computed, so that a name nobody recovers costs the same.
    kept = (found.first_half, found.second_half) if found else (make_password(None), make_password(None))
    orders = [(first, second), (second, first)]
    fits = [[_check(half, hashed) for half, hashed in zip(said, kept, strict=True)] for said in orders]
    if found is None or not any(all(each) for each in fits):
        guess.wrong()
        return None
    guess.right()
    return found


def _check(half: str, hashed: str) -> bool:
    if hashed.startswith("!"):
        make_password(_plain(half))
        return False
    return check_password(_plain(half), hashed)


@transaction.atomic
def use(seen: Recovery, passphrase: str, again: str) -> Member:
    """The member comes back: a new passphrase, or no factor any more, or both. Serves once."""
    found = waiting().filter(pk=seen.pk).exclude(second=None).select_for_update(of=("self",)).first()
    if found is None:
        raise Stale(_("This recovery no longer waits."), _("Ask your keyholders for another."))
    member = found.member
    if found.lost == "factor":
        if not member.check_password(passphrase):
            raise DeskError(_("The passphrase is another."), _("Nothing was changed."))
    else:
        passphrases.refuse_faulty(passphrase, again, member.username)
    found.ended_at = clock.machine()
    found.save(update_fields=["ended_at"])
    if found.lost in ("factor", "both"):
        member.factors.all().delete()
    sessions.end_all(member)
    record(member, "use recovery", member)
    if found.lost != "factor":
        passphrases.set_for(member, passphrase)
    return member
