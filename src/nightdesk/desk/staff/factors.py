"""The verbs of the second factor: enrol, remove, and use each code or proof once.

Belongs here: rows of Factor, one transaction a verb. Does not belong here: how a code or an answer of a
security key is checked (codes.py, passkeys.py), the steps of signing in (signing.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from nightdesk.desk import clock
from nightdesk.desk.custody.actions import record
from nightdesk.desk.errors import DeskError, NotAllowed
from nightdesk.desk.staff import codes
from nightdesk.desk.staff.models import Factor

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member


def is_required() -> bool:
    """Whether a member without a factor has to enrol one before a session begins."""
    return bool(settings.NIGHTDESK_SECOND_FACTOR == "required")


@transaction.atomic
def enrol_codes(member: Member, seed: str, code: str, label: str) -> Factor:
    """Keeps the app's seed once a first code shows that the app has it. That code counts as used."""
    step = codes.fitting_step(seed, code, clock.machine())
    if step is None:
        raise DeskError(_("That code does not fit."), _("Wait for the next one and check the phone's clock."))
    return _enrol(member, "code", seed.encode(), label, last_step=step)


@transaction.atomic
def enrol_key(member: Member, public: bytes, counter: int, host: str, label: str) -> Factor:
    """Keeps the public half of a security key, and under which name it answers."""
    return _enrol(member, "key", public, label, last_step=counter, host=host)


def _enrol(member: Member, kind: str, secret: bytes, label: str, *, last_step: int, host: str = "") -> Factor:
    factor = Factor.objects.create(
        member=member, kind=kind, secret=secret, label=" ".join(label.split())[:40], host=host,
        last_step=last_step, enrolled_at=clock.machine(),
    )  # fmt: skip
    record(member, "enrol factor", member)
    return factor


@transaction.atomic
def remove(member: Member, factor: Factor) -> None:
    """Takes one's own factor away; the last one stays while the desk asks for one."""
    if factor.member_id != member.pk:
        raise NotAllowed(_("That is not yours."), _("Nothing was changed."))
    if is_required() and member.factors.count() < 2:
        raise DeskError(
            _("This is your only second factor, and this desk asks for one."),
            _("Enrol another first, then remove this one."),
        )
    factor.delete()
    record(member, "remove factor", member)


def use_code(member: Member, code: str) -> bool:
    """Whether the code fits one of the member's apps and was not used yet. Each code serves once."""
    now = clock.machine()
    for factor in member.factors.filter(kind="code"):
        step = codes.fitting_step(bytes(factor.secret).decode(), code, now)
        if step is not None and _moved_on(factor, step):
            return True
    return False


def use_key(factor: Factor, counter: int) -> bool:
    """Whether the key's own counter went on; a copy of the key would repeat one. Keys that do not count say 0."""
    if counter == 0 and factor.last_step <= 0:
        return bool(Factor.objects.filter(pk=factor.pk).update(used_at=clock.machine()))
    return _moved_on(factor, counter)


def _moved_on(factor: Factor, step: int) -> bool:
    """One UPDATE decides between two tabs that bring the same code: only one moves the row."""
    waiting = Factor.objects.filter(pk=factor.pk, last_step__lt=step)
    return bool(waiting.update(last_step=step, used_at=clock.machine()))
