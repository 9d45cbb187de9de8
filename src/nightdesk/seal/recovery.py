"""The backup key, and the two small files that tie it to the desk.

`backup.json` is the backup key under the desk secret: the desk backs itself up unattended.
`recovery.json` is the desk secret under the backup key: whoever holds enough paper shares opens the
desk without any member. Byte for byte in docs/formats/backup.md. Belongs here: deriving, closing,
opening. Does not belong here: paper (desk/backup/shares.py), files, randomness.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from nightdesk.seal.container import KeyringDamaged, read_object, unhex
from nightdesk.seal.signing import canonical

KEY = 32  # bytes of the backup key and of the desk secret
BACKUP, RECOVERY = "backup-key", "recovery"
FIELDS = {"version", "kind", "fingerprint", "nonce", "sealed"}


class WrongKey(ValueError):
    """The file is of that kind and another key closed it."""


def fingerprint(backup_key: bytes) -> str:
    """Sixteen hex digits that name a backup key, on paper and in a folder's name; they open nothing."""
    return _derive(backup_key, b"nightdesk backup fingerprint v1", 8).hex()


def repository_words(backup_key: bytes) -> str:
    """What a backup repository is closed under in the place of a passphrase: 64 hex digits."""
    return _derive(backup_key, b"nightdesk backup repository v1").hex()


def close(kind: str, under: bytes, secret: bytes, mark: str, nonce: bytes) -> bytes:
    """`secret` (32 bytes) in a file of `kind` under the key `under`; `mark` is the backup key's fingerprint."""
    named = {"version": 1, "kind": kind, "fingerprint": mark}
    sealed = ChaCha20Poly1305(_wrapping(kind, under)).encrypt(nonce, secret, canonical(named))
    return canonical({**named, "nonce": nonce.hex(), "sealed": sealed.hex()})


def open_(kind: str, under: bytes, data: bytes) -> bytes:
    """The secret in the file. Raises WrongKey, or KeyringDamaged for a file of another kind."""
    raw = read_object(data, FIELDS)
    named = {name: raw[name] for name in ("version", "kind", "fingerprint")}
    if raw["version"] != 1 or raw["kind"] != kind:
        raise KeyringDamaged(f"this is not a file of kind {kind}")
    box = ChaCha20Poly1305(_wrapping(kind, under))
    try:
        return box.decrypt(unhex(raw["nonce"], 12), unhex(raw["sealed"], KEY + 16), canonical(named))
    except InvalidTag:
        raise WrongKey("another key closed this file, or it was changed") from None


def mark_of(data: bytes) -> str:
    """The fingerprint a file names: which backup key it goes with."""
    return str(read_object(data, FIELDS)["fingerprint"])


def _wrapping(kind: str, under: bytes) -> bytes:
    return _derive(under, f"nightdesk {kind} v1".encode())


def _derive(key: bytes, purpose: bytes, length: int = 32) -> bytes:
    return HKDFExpand(SHA256(), length, purpose).derive(key)
