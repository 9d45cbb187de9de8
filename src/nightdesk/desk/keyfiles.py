"""The desk's two key files: made with the desk, unlocked at its start, renewed before 90 days are over.

Belongs here: files and passphrases. Does not belong here: what the bytes are (nightdesk.seal.keyring),
asking a person (cli/desk.py), the keys in use (keys.py).
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nightdesk.seal.keyring import Identity, Keyring
    from nightdesk.seal.signing import Certificate

CERTIFIED = timedelta(days=90)
KEYRING, IDENTITY = "keyring.json", "identity.json"


class NotReady(Exception):
    """The desk cannot start, be made or be changed as asked; the message says what to do."""


def make(folder: Path, passphrase: str, identity_passphrase: str) -> Keyring:
    """New identity and keyring in `folder`; the keyring, which makes it a desk, is written last."""
    from nightdesk.desk import clock
    from nightdesk.desk.intake.private import write_private
    from nightdesk.seal import keyring as ring

    identity, today = ring.new_identity(secrets.token_bytes(32)), clock.today()
    keyring = ring.new_keyring(
        identity.seed, secrets.token_bytes(32), secrets.token_bytes(32), today, today + CERTIFIED
    )
    closed = ring.close_identity(identity, identity_passphrase, *_salt(), ring.MEMORY_KIB)
    write_private(folder / IDENTITY, closed)
    _write(folder, keyring, passphrase)
    return keyring


def unlock(directory: Path, passphrase: str) -> Keyring:
    """The desk's keyring, held for this process. Raises NotReady in one sentence."""
    from nightdesk.desk import keys

    keyring = _open(directory, passphrase)
    keys.hold(keyring)
    return keyring


def renew(directory: Path, passphrase: str, identity_file: Path, identity_passphrase: str) -> Certificate:
    """A new signing key, certified by the offline identity for 90 days from today.

    What the old key signed stays good for the days it was certified. Raises NotReady: a passphrase that
    does not open, a file that is no identity, or another newsroom's.
    """
    from nightdesk.desk import clock
    from nightdesk.seal.keyring import renewed

    keyring = _open(directory, passphrase)
    identity = _open_identity(identity_file, identity_passphrase)
    if identity.public != keyring.identity_public:
        raise NotReady(f"{identity_file} is another newsroom's identity. Nothing was changed.")
    today = clock.today()
    new = renewed(keyring, identity.seed, secrets.token_bytes(32), today, today + CERTIFIED)
    _write(directory / "keys", new, passphrase)
    return new.certificate


def change_passphrase(directory: Path, old: str, new: str) -> None:
    """Closes the keyring under another passphrase; the old one opens copies of the old file for ever."""
    _write(directory / "keys", _open(directory, old), new)


def _open(directory: Path, passphrase: str) -> Keyring:
    from nightdesk.seal.keyring import KeyringDamaged, WrongPassphrase, open_keyring

    path = directory / "keys" / KEYRING
    try:
        return open_keyring(path.read_bytes(), passphrase)
    except FileNotFoundError:
        raise NotReady(f"There is no desk in {directory}. Make one with `nightdesk desk init`.") from None
    except WrongPassphrase:
        raise NotReady("That passphrase does not open this desk. Nothing was changed; try again.") from None
    except KeyringDamaged as error:
        raise NotReady(f"{path} cannot be used: {error}.") from None


def _open_identity(path: Path, passphrase: str) -> Identity:
    from nightdesk.seal.keyring import KeyringDamaged, WrongPassphrase, open_identity

    try:
        return open_identity(path.read_bytes(), passphrase)
    except OSError as error:
        raise NotReady(
            f"{path} cannot be read ({error.strerror}). Put in the stick that holds the identity, or name its file."
        ) from None
    except WrongPassphrase:
        raise NotReady(
            "That passphrase does not open the identity. Nothing was changed; try again."
        ) from None
    except KeyringDamaged as error:
        raise NotReady(f"{path} cannot be used: {error}.") from None


def _write(folder: Path, keyring: Keyring, passphrase: str) -> None:
    from nightdesk.desk.intake.private import write_private
    from nightdesk.seal import keyring as ring

    write_private(folder / KEYRING, ring.close_keyring(keyring, passphrase, *_salt(), ring.MEMORY_KIB))


def _salt() -> tuple[bytes, bytes]:
    """A salt and a nonce, new for every file that is closed."""
    return secrets.token_bytes(16), secrets.token_bytes(12)
