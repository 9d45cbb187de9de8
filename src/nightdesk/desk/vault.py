"""The desk secret this process holds, and the keys made of it. It ends with the process.

Everything at rest hangs on it: the database's key and the key over the keyring. Belongs here: holding
it. Does not belong here: how it is found (slots.py), the signing keys (keys.py).
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nightdesk.desk.errors import DeskError
from nightdesk.seal import slots

_secret: bytes | None = None


class Locked(DeskError):
    """This process holds no secret: it can read neither the database nor the keyring."""


def open_with(secret: bytes | None) -> None:
    """Keep the desk secret (32 bytes) for this process; None lets go of it."""
    global _secret
    _secret = secret


def is_open() -> bool:
    """Whether this process can read the database."""
    return _secret is not None


def secret() -> bytes:
    """The desk secret, or Locked with what to do."""
    if _secret is None:
        raise Locked(_("The desk is locked: it holds no keys."), _("Sign in to unlock it."))
    return _secret


def database_key() -> bytes:
    """SQLCipher's raw key, 32 bytes."""
    return slots.database_key(secret())


def keyring_words() -> str:
    """What the keyring's file is closed under, in the place of a passphrase."""
    return slots.keyring_words(secret())
