"""Renewing the desk secret: whoever lost his slot cannot open what is written from now on.

At the next unlocking, before anything else is open: the slots hold both secrets, the database is
encrypted anew, the keyring and the backup key are closed anew, the slots hold the new secret alone. What the paper
opens holds both before the slots do, and until they hold one again. A power cut anywhere in between leaves slots, and
paper, that open whichever secret the database then has. Belongs here: that order.
Does not belong here: who was shut out and why.
"""

from __future__ import annotations

import logging
import secrets
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.utils import DatabaseError, OperationalError

from nightdesk.desk import keyfiles, slots, vault
from nightdesk.desk.backup import keys as backup_keys
from nightdesk.desk.private import erase
from nightdesk.seal.container import KeyringDamaged
from nightdesk.seal.keyring import Keyring
from nightdesk.seal.slots import SECRET, database_key

log = logging.getLogger("nightdesk.renewing")


def is_due() -> bool:
    """Whether a slot was taken away since the secret was last renewed."""
    return _mark().exists()


def settled(held: bytes) -> bytes:
    """The secret that opens the database: of two, the new one when the database already has it."""
    if len(held) == SECRET:
        return held
    new, old = held[:SECRET], held[SECRET:]
    return new if _opens(new) else old


def renew(held: bytes) -> None:
    """Renews the secret, going on where a power cut stopped it. `held` is what the slot gave; the vault is open."""
    old = vault.secret()
    new = held[:SECRET] if len(held) > SECRET else secrets.token_bytes(SECRET)
    keyring = keyfiles.read(settings.NIGHTDESK_DIR, held)
    before = b""
    if len(held) == SECRET:
        before = backup_keys.foresee(settings.NIGHTDESK_DIR, old, new)
        slots.renew(old, new + old)
    if old != new and not _encrypted_anew(new):
        slots.renew(new + old if len(held) == SECRET else held, old)  # the mark stays: the next time then
        backup_keys.put_back(settings.NIGHTDESK_DIR, before)
        return
    vault.open_with(new)
    keyfiles.write(settings.NIGHTDESK_DIR / "keys", keyring)
    both = new + old if len(held) == SECRET else held
    backup_keys.renew(settings.NIGHTDESK_DIR, (new, held[-SECRET:]), new, both)
    slots.renew(both, new)
    backup_keys.forget_old(settings.NIGHTDESK_DIR, new)
    erase(_mark())


def settle_files(held: bytes, secret: bytes, keyring: Keyring) -> None:
    """Paper opened a desk whose renewal was cut off: all files go with the one secret its database has.

    The mark stays, and with it the renewal at the next unlocking.
    """
    for before in (held, held[:SECRET], held[SECRET:]) if slots.path().exists() else ():
        try:
            slots.renew(before, secret)
            break
        except KeyringDamaged:
            continue
    keyfiles.write(settings.NIGHTDESK_DIR / "keys", keyring)
    backup_keys.renew(settings.NIGHTDESK_DIR, (held[:SECRET], held[SECRET:]), secret)


def _encrypted_anew(secret: bytes) -> bool:
    """SQLCipher's rekey: one transaction over every page, whole or not at all. Not while another program reads."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 1000")
            cursor.execute("PRAGMA journal_mode=DELETE")  # the log must not outlive its key
            cursor.execute(f"PRAGMA rekey = \"x'{database_key(secret).hex()}'\"")
    except OperationalError:
        log.warning("the desk's secret was not renewed: another program reads the database")
        return False
    finally:
        connection.close()
    return True


def _opens(secret: bytes) -> bool:
    vault.open_with(secret)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM sqlite_master")
    except DatabaseError:
        return False
    finally:
        connection.close()
    return True


def _mark() -> Path:
    return slots.path().with_name(slots.RENEW)
