"""The steps of signing in: passphrase, second factor, session; and what ends with it.

Between the passphrase and the factor nobody is signed in: the browser's session holds a note of who is
half way (`HALFWAY`), and every door but the second step treats it as a stranger's.
Belongs here: the steps and their order. Does not belong here: screens (entering.py), counting failures
(tries.py), checking a factor (factors.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth import authenticate, login
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from nightdesk.desk import clock, unlocking
from nightdesk.desk.errors import DeskError
from nightdesk.desk.staff import browsers, devices, factors, held, names, opening, sessions, tries, watching

if TYPE_CHECKING:
    from django.http import HttpRequest

    from nightdesk.desk.staff.models import Member

HALFWAY = "halfway"
PATIENCE = timedelta(minutes=10)  # for finding the phone
KINDS = ("passphrase", "factor", "recovery", "coming back")  # what is counted in vain for a name
OWN = "own"  # what a signed-in member says once more
MOST_WRONG = 5  # codes, then the passphrase again
BACKEND = "nightdesk.desk.staff.backend.Passphrase"


# --- the member's own key --------------------------------------------------------------------------------


def opened(request: HttpRequest, member: Member, passphrase: str) -> None:
    """Opens the member's key with the passphrase that was right, before the second factor.

    It is held under the key of the half-way session, which opens no door, and goes along in `complete`.
    """
    opening.opened(request, member, passphrase, clock.machine() + PATIENCE)


def moved(request: HttpRequest, before: str) -> None:
    """The session took a new key at its beginning or a change of passphrase: what was held goes along."""
    held.move(before, str(request.session.session_key))


def let_go(session_key: str) -> None:
    """The session is over: what was held under it leaves memory."""
    held.drop(session_key)


# --- first step -------------------------------------------------------------------------------------------


def passphrase_fits(request: HttpRequest, name: str, passphrase: str) -> Member | None:
    """The member, or None: the same hashes either way. tries.TooSoon before any when it is too early.

    The slot first: while the desk is locked there is no table to look members up in.
    """
    name = _spelled(name)
    guess = tries.begin("passphrase", name, devices.known(request, name))
    found = _unlocked(name, passphrase) and _found(request, _spelled(name), passphrase)
    if not found:
        guess.wrong()
        return None
    guess.right()
    return found


def _spelled(name: str) -> str:
    """As the member spells it; as it was typed while there is no table to ask."""
    from nightdesk.desk.staff.models import Member

    return Member.objects.spelled(name) if unlocking.ready.is_set() else name


def _unlocked(name: str, passphrase: str) -> bool:
    return any(unlocking.unlock(each, passphrase) for each in names.spellings(name))


def _found(request: HttpRequest, name: str, passphrase: str) -> Member | None:
    found: Any = authenticate(request, username=name, password=passphrase)
    return found or opening.caught_up(name, passphrase)


def go_half_way(request: HttpRequest, member: Member, following: str, **more: Any) -> None:
    """Notes who is half way, under a session key of its own, so that no key known before serves after."""
    turn_back(request)  # whoever was signed in in this browser is so no more
    request.session.create()
    request.session[HALFWAY] = {
        "member": member.pk, "hash": member.get_session_auth_hash(), "at": clock.machine().isoformat(),
        "browser": browsers.mark(watching.header(request)), "next": following, "wrong": 0, **more,
    }  # fmt: skip


@dataclass(frozen=True)
class Halfway:
    """Who is half way, and what the note says."""

    member: Member
    note: dict[str, Any]

    @property
    def following(self) -> str:
        return str(self.note["next"])


def halfway(request: HttpRequest) -> Halfway | None:
    """Who stands between the two steps in this browser; None when nobody does, or no longer."""
    from nightdesk.desk.staff.models import Member

    note = request.session.get(HALFWAY)
    if not note:
        return None
    member = Member.objects.filter(pk=note["member"], is_active=True).first()
    same = member is not None and constant_time_compare(note["hash"], member.get_session_auth_hash())
    here = constant_time_compare(note["browser"], browsers.mark(watching.header(request)))
    in_time = clock.machine() - datetime.fromisoformat(note["at"]) < PATIENCE
    if member is None or not (same and here and in_time):
        turn_back(request)
        return None
    return Halfway(member, note)


def turn_back(request: HttpRequest) -> None:
    """Ends what was half way; the passphrase is asked again."""
    let_go(str(request.session.session_key))
    request.session.flush()


def confirm(request: HttpRequest, member: Member, passphrase: str) -> None:
    """A signed-in member says the passphrase once more, before something that a found session must not do."""
    guess = tries.begin(OWN, member.username, devices.known(request, member.username))
    if not member.check_password(passphrase):
        guess.wrong()
        raise DeskError(_("That is not your passphrase."), _("Nothing was changed."))
    guess.right()


# --- second step ------------------------------------------------------------------------------------------


def next_step(member: Member) -> str:
    """The door that stands between the passphrase and a session; '' when none does.

    Whose passphrase somebody else chose takes one of his or her own before anything else.
    """
    if member.must_change:
        return "staff:first_passphrase"
    if member.factors.exists():
        return "staff:second"
    return "staff:first_factor" if factors.is_required() else ""


def code_fits(request: HttpRequest, found: Halfway, code: str) -> bool:
    """One code, paced like a passphrase; the fifth wrong one ends the half-way session."""
    guess = _second_try(request, found)
    return _counted(request, guess, factors.use_code(found.member, code))


def key_fits(request: HttpRequest, found: Halfway, proof: Any) -> bool:
    """One answer of a security key, checked by `proof()`, paced in the same way."""
    guess = _second_try(request, found)
    return _counted(request, guess, bool(proof()))


def _second_try(request: HttpRequest, found: Halfway) -> tries.Try:
    name = found.member.username
    return tries.begin("factor", name, devices.known(request, name))


def _counted(request: HttpRequest, guess: tries.Try, fits: bool) -> bool:
    if fits:
        guess.right()
        return True
    guess.wrong()
    note = request.session[HALFWAY]
    request.session[HALFWAY] = {**note, "wrong": note["wrong"] + 1}
    return False


def is_worn_out(request: HttpRequest) -> bool:
    """Whether the second step failed too often; then it is over."""
    if request.session.get(HALFWAY, {}).get("wrong", 0) < MOST_WRONG:
        return False
    turn_back(request)
    return True


# --- the session ------------------------------------------------------------------------------------------


def complete(request: HttpRequest, member: Member) -> int:
    """Begins the session under a new key. Returns how often the name was tried in vain since the last."""
    sessions.sweep()
    device = devices.known(request, member.username)
    failed = sum(tries.forget(kind, member.username, device) for kind in KINDS)
    tries.forget(OWN, member.username, device)  # said by who was signed in: no stranger's try
    note = request.session.pop(HALFWAY, None) or {}
    failed = max(
        0, failed - int(note.get("wrong", 0))
    )  # slips of this very sign-in, whose code fitted in the end
    before = str(request.session.session_key)
    login(request, member, backend=BACKEND)
    moved(request, before)
    return failed
