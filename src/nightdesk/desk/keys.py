"""The keyring this process holds while the desk runs. It ends with the process.

Opened once, by `nightdesk desk run`, with the desk's passphrase. Python cannot erase memory: ending
the process is how the desk is locked.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nightdesk.desk.errors import DeskError
from nightdesk.seal.keyring import Keyring

_held: Keyring | None = None


class Locked(DeskError):
    """The desk holds no keys, so it can neither open nor sign."""


def hold(keyring: Keyring | None) -> None:
    """Keep the opened keyring for this process; None lets go of it."""
    global _held
    _held = keyring


def held() -> Keyring:
    """The keyring, or Locked with what to do."""
    if _held is None:
        raise Locked(
            _("The desk is locked: it holds no keys."),
            _("Stop it and start it again with `nightdesk desk run`, then enter the desk's passphrase."),
        )
    return _held


def is_held() -> bool:
    """Whether this process can open and sign."""
    return _held is not None
