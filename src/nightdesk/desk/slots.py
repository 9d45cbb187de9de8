"""The file of slots on the desk's disk: who can unlock it, changed while it is unlocked.

Belongs here: reading and writing keys/slots.json, one writer at a time. Does not belong here: what is
in it (nightdesk.seal.slots), who may ask for a change (staff).
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from nightdesk.desk import vault
from nightdesk.desk.private import alone, erase, write_private
from nightdesk.seal import slotfile
from nightdesk.seal import slots as sealed
from nightdesk.seal.members import MemberKey
from nightdesk.seal.slots import Opened, Slots

MEMORY_KIB = sealed.MEMORY_KIB
DESK = ""  # the name of the desk's own slot: a passphrase that lies in a safe
KEY_FILE = "key\0file"  # no member can be called so
DESTROYED = "destroyed"  # beside the slots once they were destroyed in a panic
RENEW = "renew"  # beside the slots while the secret waits to be renewed


def path() -> Path:
    """Where the slots lie; readable without the database, and worthless without a passphrase."""
    folder: Path = settings.NIGHTDESK_DIR
    return folder / "keys" / "slots.json"


def open_slot(name: str, passphrase: str) -> Opened:
    """What the name's slot holds. Raises WrongPassphrase, KeyringDamaged, FileNotFoundError."""
    return sealed.open_slot(slotfile.read(_bytes()), name, passphrase)


def begin() -> bytes:
    """A new desk secret with nobody's slot yet, held by this process from now on."""
    secret = secrets.token_bytes(32)
    write_private(path(), slotfile.write(sealed.new(secret, secrets.token_bytes, MEMORY_KIB)))
    vault.open_with(secret)
    return secret


def add(name: str, passphrase: str) -> bytes:
    """A slot with a new key pair for `name`, in place of an older one. Returns the public key."""
    return new_key(name, passphrase).public


def new_key(name: str, passphrase: str) -> MemberKey:
    """The same, for whoever needs the private half at once."""
    made = MemberKey.from_seed(secrets.token_bytes(32))
    _put(name, passphrase, made.seed)
    return made


replace = (
    add  # a lost passphrase cannot be replaced without a new key: what was wrapped to the old one is lost
)


def write_key_file(file: Path) -> None:
    """Makes `file` (32 random bytes in hex), which opens a slot of its own; another made before opens no more."""
    made = secrets.token_hex(32)
    write_private(file, f"{made}\n".encode())
    add(KEY_FILE, made)


def change(name: str, old: str, new: str) -> None:
    """The same key under another passphrase. Raises WrongPassphrase."""
    _put(name, new, open_slot(name, old).member.seed)


def drop(name: str) -> None:
    """Takes the name's slot away, and has the secret renewed at the next unlocking (renewing.py).

    Until then a copy of the older file, with the passphrase, still opens this desk.
    """
    write_private(path().with_name(RENEW), b"")
    _changed(lambda slots: sealed.drop(slots, vault.secret(), name, secrets.token_bytes))


def renew(old: bytes, secret: bytes) -> None:
    """Every holder's slot with another secret, or with two while the database is between them."""
    _changed(lambda slots: sealed.renew(slots, old, secret, secrets.token_bytes))


def names() -> list[str]:
    """Who has a slot, the desk's own as an empty name."""
    slots = slotfile.read(_bytes())
    return [holder.name for holder in sealed.holders(slots, vault.secret())]


def _put(name: str, passphrase: str, seed: bytes) -> None:
    """In place of an older slot of that name, whose passphrase then opens nothing that is written later."""
    if path().exists() and sealed.normal(name) in names():
        write_private(path().with_name(RENEW), b"")
    _changed(lambda slots: sealed.put(slots, vault.secret(), name, passphrase, seed, secrets.token_bytes))


def _changed(change: Callable[[Slots], Slots]) -> None:
    with _alone():
        write_private(path(), slotfile.write(change(_there())))
        if path().with_name(DESTROYED).exists():  # destroyed meanwhile
            erase(path())


def _there() -> Slots:
    """The file; an unlocked desk whose file is gone begins another, lest locking it shut everybody out."""
    if path().with_name(DESTROYED).exists():
        raise vault.Locked(
            _("The keys of this desk were destroyed."), _("Only the paper shares open it again.")
        )
    try:
        return slotfile.read(path().read_bytes())
    except FileNotFoundError:
        return sealed.new(vault.secret(), secrets.token_bytes, MEMORY_KIB)


def _bytes() -> bytes:
    """The file as it stands; not while another is put in its place and this one is overwritten."""
    if not path().exists():
        raise FileNotFoundError(path())
    with _alone():
        return path().read_bytes()


def _alone() -> AbstractContextManager[bool]:
    """Waits for whoever is changing the file, and keeps others waiting; panic takes the same lock."""
    return alone(path().with_suffix(".lock"))
