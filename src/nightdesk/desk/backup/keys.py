"""What ties this desk to its paper: made, kept under the desk secret, renewed with it, found again by paper.

Belongs here: the two files of seal/recovery.py in the desk's folder. Does not belong here: the words on
paper (shares.py), the repositories (making.py).
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from nightdesk.desk.keyfiles import NotReady
from nightdesk.desk.private import write_private
from nightdesk.seal import recovery
from nightdesk.seal.container import KeyringDamaged
from nightdesk.seal.recovery import DESK, KEY, RECOVERY, Held, WrongKey

BACKUP_FILE, RECOVERY_FILE = "backup.json", "recovery.json"
NEW_SHARES = (
    "Issue new shares now: `nightdesk backup shares --new-key`. The old ones still open older backups."
)


def desk_secret() -> bytes:
    """The secret behind everything this desk has closed, while it is unlocked."""
    from nightdesk.desk import vault

    return vault.secret()


def make(directory: Path, secret: bytes) -> bytes:
    """A new master, which is on this machine only until its shares are printed. Returns it for them."""
    master = secrets.token_bytes(KEY)
    keep(directory, master, secret)
    return master


def keep(directory: Path, master: bytes, secret: bytes) -> None:
    """The desk in this folder writes for that paper from now on, in folders of its own."""
    _write(directory, recovery.public(master), secrets.token_bytes(DESK), secret)


def of_desk(directory: Path, secret: bytes) -> Held:
    """What this desk holds for its backups. Raises NotReady when there is nothing yet, or it is damaged.

    A power cut between the two files leaves a recovery that does not go with it: both are written anew.
    """
    path = directory / "keys" / BACKUP_FILE
    try:
        held = recovery.open_(secret, path.read_bytes())
    except FileNotFoundError:
        raise NotReady(
            "This desk has no backup key yet. Make one with `nightdesk backup shares`, and give its paper "
            "shares to the keyholders."
        ) from None
    except (WrongKey, KeyringDamaged) as error:
        raise NotReady(f"{path} cannot be used: {error}. {NEW_SHARES}") from None
    return held if _fits(directory, held) else _write(directory, held.public, held.desk, secret)


def renew(directory: Path, secrets_before: Iterable[bytes], new: bytes, meanwhile: bytes = b"") -> None:
    """The desk secret was renewed: the same paper opens the new one, and a new repository begins.

    `meanwhile` is what the paper opens until `forget_old`: both secrets, as long as the slots hold both.
    Nothing a leaver copied opens either. Safe to repeat with the new secret among those before: a power cut
    may have come in between. A desk without paper has nothing to renew; faults() tells of a damaged file.
    """
    path = directory / "keys" / BACKUP_FILE
    for secret in secrets_before if path.exists() else ():
        try:
            held = recovery.open_(secret, path.read_bytes())
        except (WrongKey, KeyringDamaged):
            continue
        _write(directory, held.public, held.desk, new, meanwhile or new)
        return


def foresee(directory: Path, old: bytes, new: bytes) -> bytes:
    """Before the desk secret is renewed: the paper opens both, whichever the database then has.

    Returns what lay there; empty when nothing was changed, because there is no paper or faults() tells of it.
    """
    folder = directory / "keys"
    try:
        held = recovery.open_(old, (folder / BACKUP_FILE).read_bytes())
        before = (folder / RECOVERY_FILE).read_bytes()
    except (FileNotFoundError, WrongKey, KeyringDamaged):
        return b""
    write_private(folder / RECOVERY_FILE, recovery.for_paper(RECOVERY, held.public, new + old))
    return before


def put_back(directory: Path, before: bytes) -> None:
    """The secret was not renewed after all: what `foresee` returned lies there again."""
    if before:
        write_private(directory / "keys" / RECOVERY_FILE, before)


def forget_old(directory: Path, new: bytes) -> None:
    """The slots hold the new secret alone: so does the paper's file. backup.json first, as in `_write`."""
    folder = directory / "keys"
    try:
        held = recovery.open_(new, (folder / BACKUP_FILE).read_bytes())
    except (FileNotFoundError, WrongKey, KeyringDamaged):
        return
    closed = recovery.for_paper(RECOVERY, held.public, new)
    held = replace(held, recovery=hashlib.sha256(closed).digest())
    write_private(folder / BACKUP_FILE, recovery.close(new, held, secrets.token_bytes(12)))
    write_private(folder / RECOVERY_FILE, closed)


def faults(directory: Path, secret: bytes) -> list[str]:
    """Why the paper shares may not open this desk any more, and what to do. A desk without paper has no fault."""
    folder = directory / "keys"
    if not (folder / BACKUP_FILE).exists() and not (folder / RECOVERY_FILE).exists():
        return []
    try:
        held = recovery.open_(secret, (folder / BACKUP_FILE).read_bytes())
    except (FileNotFoundError, WrongKey, KeyringDamaged):
        return [
            f"{folder / BACKUP_FILE} is missing or damaged: no backup can be written, and the paper shares "
            f"stop opening this desk. {NEW_SHARES}"
        ]
    if not _fits(directory, held):
        return [
            f"{folder / RECOVERY_FILE} is missing or was changed: the paper shares do not open this desk. "
            "`nightdesk backup` writes it anew."
        ]
    return []


def secret_from(directory: Path, master: bytes) -> bytes:
    """The desk secret, by the paper alone; new and old one while it is being renewed. Raises NotReady."""
    path = directory / "keys" / RECOVERY_FILE
    try:
        return recovery.by_paper(RECOVERY, master, path.read_bytes())
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


def unlock_with(directory: Path, master: bytes) -> None:
    """The desk in `directory` is open in this process, by the paper alone. Raises NotReady."""
    from nightdesk.desk import keyfiles, keys, renewing, vault

    held = secret_from(directory, master)
    secret = renewing.settled(held)
    vault.open_with(secret)
    keyring = keyfiles.read(directory, held)
    if len(held) > KEY:
        renewing.settle_files(held, secret, keyring)
    keys.hold(keyring)


def _write(directory: Path, public: bytes, desk: bytes, secret: bytes, for_paper: bytes = b"") -> Held:
    """Both files, with new words for a new repository. backup.json first: it can write the other anew."""
    folder = directory / "keys"
    closed = recovery.for_paper(RECOVERY, public, for_paper or secret)
    held = Held(public, secrets.token_bytes(KEY), desk, hashlib.sha256(closed).digest())
    write_private(folder / BACKUP_FILE, recovery.close(secret, held, secrets.token_bytes(12)))
    write_private(folder / RECOVERY_FILE, closed)
    return held


def _fits(directory: Path, held: Held) -> bool:
    path = directory / "keys" / RECOVERY_FILE
    return path.is_file() and hashlib.sha256(path.read_bytes()).digest() == held.recovery
