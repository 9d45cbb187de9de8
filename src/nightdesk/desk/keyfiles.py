"""The desk's key files: made with the desk, unlocked with a slot, renewed before 90 days are over.

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
    from nightdesk.seal.slots import Opened

CERTIFIED = timedelta(days=90)
KEYRING, IDENTITY = "keyring.json", "identity.json"


class NotReady(Exception):
    """The desk cannot start, be made or be changed as asked; the message says what to do."""


class DoesNotOpen(NotReady):
    """That passphrase is nobody's."""


def make(folder: Path, passphrase: str, identity_passphrase: str) -> Keyring:
    """New identity, slots and keyring in `folder`; the keyring, which makes it a desk, is written last."""
    from nightdesk.desk import clock, slots
    from nightdesk.desk.private import write_private
    from nightdesk.seal import keyring as ring

    identity, today = ring.new_identity(secrets.token_bytes(32)), clock.today()
    keyring = ring.new_keyring(
        identity.seed, secrets.token_bytes(32), secrets.token_bytes(32), today, today + CERTIFIED
    )
    closed = ring.close_identity(identity, identity_passphrase, *_salt(), ring.MEMORY_KIB)
    write_private(folder / IDENTITY, closed)
    slots.begin()
    slots.add(slots.DESK, passphrase)
    write(folder, keyring)
    return keyring


def unlock(directory: Path, passphrase: str, name: str = "") -> Opened:
    """Opens the slot of `name` (the desk's own when empty) and holds the secret and the keyring for this process.

    Raises NotReady in one sentence.
    """
    from nightdesk.desk import keys, renewing, slots, vault
    from nightdesk.seal.keyring import KeyringDamaged, WrongPassphrase

    try:
        opened = slots.open_slot(name, passphrase)
    except FileNotFoundError:
        raise NotReady(_none_in(directory)) from None
    except WrongPassphrase:
        raise DoesNotOpen(
            "That passphrase does not open this desk. Nothing was changed; try again."
        ) from None
    except KeyringDamaged as error:
        raise NotReady(f"{slots.path()} cannot be used: {error}.") from None
    try:
        vault.open_with(renewing.settled(opened.secret))
        keys.hold(read(directory, opened.secret))
    except NotReady:
        vault.open_with(None)
        raise
    return opened


def renew(directory: Path, passphrase: str, identity_file: Path, identity_passphrase: str) -> Certificate:
    """A new signing key, certified by the offline identity for 90 days from today.

    What the old key signed stays good for the days it was certified. Raises NotReady: a passphrase that
    does not open, a file that is no identity, or another newsroom's.
    """
    from nightdesk.desk import clock, keys
    from nightdesk.seal.keyring import renewed

    unlock(directory, passphrase)
    keyring = keys.held()
    identity = _open_identity(identity_file, identity_passphrase)
    if identity.public != keyring.identity_public:
        raise NotReady(f"{identity_file} is another newsroom's identity. Nothing was changed.")
    today = clock.today()
    new = renewed(keyring, identity.seed, secrets.token_bytes(32), today, today + CERTIFIED)
    write(directory / "keys", new)
    return new.certificate


def change_passphrase(directory: Path, old: str, new: str) -> None:
    """Another passphrase for the desk's own slot; the old one opens copies of the old file of slots."""
    from nightdesk.desk import slots

    unlock(directory, old)
    slots.change(slots.DESK, old, new)


def _none_in(directory: Path) -> str:
    if (directory / "keys" / KEYRING).exists():
        return (
            f"{directory / 'keys' / 'slots.json'} is gone: without it no passphrase opens this desk. "
            "Take it from a backup, or reopen the desk with the paper shares."
        )
    return f"There is no desk in {directory}. Make one with `nightdesk desk init`."


def read(directory: Path, held: bytes) -> Keyring:
    """The keyring, closed under one of the secrets a slot held: two while the secret is being renewed."""
    from nightdesk.seal.keyring import KeyringDamaged, WrongPassphrase, open_keyring
    from nightdesk.seal.slots import SECRET, keyring_words

    path = directory / "keys" / KEYRING
    for start in range(0, len(held), SECRET):
        try:
            return open_keyring(path.read_bytes(), keyring_words(held[start : start + SECRET]))
        except FileNotFoundError:
            raise NotReady(f"There is no desk in {directory}. Make one with `nightdesk desk init`.") from None
        except WrongPassphrase:
            continue
        except KeyringDamaged as error:
            raise NotReady(f"{path} cannot be used: {error}.") from None
    raise NotReady(f"{path} was not written with the slots that lie beside it.")


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


def write(folder: Path, keyring: Keyring) -> None:
    """The keyring's file, closed under the secret this process holds."""
    from nightdesk.desk import vault
    from nightdesk.desk.private import write_private
    from nightdesk.seal import keyring as ring

    # 256 random bits need no stretching; whoever guesses passphrases meets the slots.
    write_private(folder / KEYRING, ring.close_keyring(keyring, vault.keyring_words(), *_salt(), 8))


def _salt() -> tuple[bytes, bytes]:
    """A salt and a nonce, new for every file that is closed."""
    return secrets.token_bytes(16), secrets.token_bytes(12)
