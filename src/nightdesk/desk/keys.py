"""The keyring this process holds while the desk runs. It ends with the process.

Opened when a member unlocks the desk. Python cannot erase memory: ending the process is how the desk
is locked.
"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from nightdesk.desk.errors import DeskError
from nightdesk.desk.vault import Locked as Locked
from nightdesk.seal.keyring import Keyring

_held: Keyring | None = None


class Ended(DeskError):
    """The signing key is not certified for that day: whatever it signed would be refused."""


def hold(keyring: Keyring | None) -> None:
    """Keep the opened keyring for this process; None lets go of it."""
    global _held
    _held = keyring
    if keyring is None:
        from nightdesk.desk.sourcekeys.sealing import let_go

        let_go()


def held() -> Keyring:
    """The keyring, or Locked with what to do."""
    if _held is None:
        raise Locked(
            _("The desk is locked: it holds no keys."),
            _("Sign in to unlock it."),
        )
    return _held


def to_sign(on: date) -> Keyring:
    """The keyring for a signature that readers check against day `on`; Ended when its key may not sign that day."""
    keyring = held()
    first, last = keyring.certificate.not_before, keyring.certificate.not_after
    if not first <= on <= last:
        raise Ended(
            _("The desk's signing key is good from %(first)s to %(last)s, and today is %(on)s.")
            % {"first": first, "last": last, "on": on},
            _(
                "Stop the desk and run `nightdesk desk renew` with the identity from its stick. Nothing is lost."
            ),
        )
    return keyring


def days_left(on: date) -> int | None:
    """Days until the signing key ends, 0 on its last, below after it; None while the desk is locked."""
    return None if _held is None else (_held.certificate.not_after - on).days


def is_held() -> bool:
    """Whether this process can open and sign."""
    return _held is not None
