"""The backup key on this desk: made, kept under the desk secret, found again from paper.

Belongs here: the two files of seal/recovery.py. Does not belong here: the words on paper (shares.py),
the repository (borg.py).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from pathlib import Path

from nightdesk.desk.intake.private import write_private
from nightdesk.desk.keyfiles import NotReady
from nightdesk.seal import recovery
from nightdesk.seal.container import KeyringDamaged
from nightdesk.seal.recovery import BACKUP, RECOVERY, WrongKey

BACKUP_FILE, RECOVERY_FILE = "backup.json", "recovery.json"


def desk_secret() -> bytes:
    """The secret behind everything this desk has closed, while it is unlocked."""
    from nightdesk.desk import vault

    return vault.secret()


def make(directory: Path, secret: bytes) -> bytes:
    """A new backup key; the files for an older one are replaced. Returns the key, for the paper shares."""
    key = secrets.token_bytes(recovery.KEY)
    _write(directory, key, secret)
    return key


def of_desk(directory: Path, secret: bytes) -> bytes:
    """This desk's backup key. Raises NotReady when there is none yet.

    A power cut between the two files leaves a recovery that goes with an older key: it is written anew.
    """
    path = directory / "keys" / BACKUP_FILE
    try:
        key = recovery.open_(BACKUP, secret, path.read_bytes())
    except FileNotFoundError:
        raise NotReady(
            "This desk has no backup key yet. Make one with `nightdesk backup shares`, and give its paper "
            "shares to the keyholders."
        ) from None
    except (WrongKey, KeyringDamaged) as error:
        raise NotReady(f"{path} cannot be used: {error}.") from None
    if not _fits(directory, key, secret):
        _write(directory, key, secret)
    return key


def renew(directory: Path, secrets_before: Iterable[bytes], new: bytes) -> None:
    """The desk secret was renewed: the same backup key goes on, and its paper opens the new secret.

    Safe to repeat with the new secret among those before: a power cut may have come in between. A desk
    without a backup key has nothing to renew.
    """
    path = directory / "keys" / BACKUP_FILE
    for secret in secrets_before if path.exists() else ():
        try:
            key = recovery.open_(BACKUP, secret, path.read_bytes())
        except WrongKey:
            continue
        _write(directory, key, new)
        return


def secret_from(directory: Path, key: bytes) -> bytes:
    """The desk secret, by the backup key alone. Raises NotReady."""
    path = directory / "keys" / RECOVERY_FILE
    try:
        return recovery.open_(RECOVERY, key, path.read_bytes())
    except FileNotFoundError:
        raise NotReady(
            f"There is no {path}: no paper shares were made for this desk. Restore a backup instead."
        ) from None
    except WrongKey:
        raise NotReady(
            "These shares are of another backup key: they were issued for another desk, or newer ones were "
            "issued since. Take the newest set."
        ) from None
    except KeyringDamaged as error:
        raise NotReady(f"{path} cannot be used: {error}. Restore a backup instead.") from None


def unlock_with(directory: Path, key: bytes) -> None:
    """The desk in `directory` is open in this process, by the backup key alone. Raises NotReady."""
    from nightdesk.desk import keyfiles, keys, vault

    secret = secret_from(directory, key)
    vault.open_with(secret)
    keys.hold(keyfiles.read(directory, secret))


def keep(directory: Path, key: bytes) -> None:
    """The same backup key goes on in a restored folder, where no file holds it yet."""
    _write(directory, key, desk_secret())


def _write(directory: Path, key: bytes, secret: bytes) -> None:
    """The key first: what cannot be found again is worse than a recovery that is made anew."""
    mark, folder = recovery.fingerprint(key), directory / "keys"
    write_private(folder / BACKUP_FILE, recovery.close(BACKUP, secret, key, mark, secrets.token_bytes(12)))
    write_private(
        folder / RECOVERY_FILE, recovery.close(RECOVERY, key, secret, mark, secrets.token_bytes(12))
    )


def _fits(directory: Path, key: bytes, secret: bytes) -> bool:
    try:
        return recovery.open_(RECOVERY, key, (directory / "keys" / RECOVERY_FILE).read_bytes()) == secret
    except (FileNotFoundError, WrongKey, KeyringDamaged):
        return False
