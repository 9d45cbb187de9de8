"""A file under a passphrase: Argon2id, then ChaCha20-Poly1305, in JSON with its own parameters.

Byte for byte in docs/formats/keyring.md. Belongs here: locking and unlocking opaque bytes. Does not
belong here: what the bytes mean (keyring.py).
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from nightdesk.seal.signing import canonical

ITERATIONS = 3
LANES = 1
MOST_MEMORY_KIB = 1 << 20  # a changed file must not make the desk reserve all its memory
FIELDS = {
    "version", "kind", "kdf", "memory_kib", "iterations", "lanes", "salt", "nonce", "sealed", "sha256",
}  # fmt: skip


class KeyringError(ValueError):
    """A key file that does not open; one of the two below."""


class WrongPassphrase(KeyringError):
    """The file is whole and this passphrase does not open it."""


class KeyringDamaged(KeyringError):
    """Not a key file, of another kind, or changed since it was written."""


def lock(kind: str, body: bytes, passphrase: str, salt: bytes, nonce: bytes, memory_kib: int) -> bytes:
    """`body` as a file of `kind`. `salt` is 16 and `nonce` 12 fresh random bytes."""
    if len(salt) != 16 or len(nonce) != 12:
        raise ValueError("a salt is 16 bytes and a nonce 12")
    params: dict[str, object] = {
        "version": 1, "kind": kind, "kdf": "argon2id", "memory_kib": memory_kib,
        "iterations": ITERATIONS, "lanes": LANES, "salt": salt.hex(), "nonce": nonce.hex(),
    }  # fmt: skip
    key = stretch(passphrase, salt, memory_kib, ITERATIONS, LANES)
    sealed = ChaCha20Poly1305(key).encrypt(nonce, body, canonical(params))
    whole = {**params, "sealed": sealed.hex()}
    return canonical({**whole, "sha256": checksum(whole)})


def unlock(kind: str, data: bytes, passphrase: str) -> bytes:
    """The bytes locked as `kind`. Raises WrongPassphrase or KeyringDamaged.

    The checksum tells the two apart: it only guards against accident, the tag against malice.
    """
    raw = read_object(data, FIELDS)
    params = {name: raw[name] for name in FIELDS - {"sealed", "sha256"}}
    if raw["sha256"] != checksum({**params, "sealed": raw["sealed"]}):
        raise KeyringDamaged("this key file was changed or cut short: take a copy of it from elsewhere")
    if raw["kind"] != kind or raw["version"] != 1 or raw["kdf"] != "argon2id":
        raise KeyringDamaged(f"this is not a file of kind {kind}")
    memory, passes, lanes = (_count(raw, name) for name in ("memory_kib", "iterations", "lanes"))
    try:
        key = stretch(passphrase, unhex(raw["salt"], 16), memory, passes, lanes)
        return ChaCha20Poly1305(key).decrypt(unhex(raw["nonce"], 12), unhex(raw["sealed"]), canonical(params))
    except InvalidTag:
        raise WrongPassphrase("this passphrase does not open the key file") from None


def read_object(data: bytes, fields: set[str]) -> dict[str, Any]:
    """`data` as a JSON object of exactly `fields`; KeyringDamaged otherwise."""
    try:
        raw = json.loads(data)
    except (ValueError, RecursionError):
        raise KeyringDamaged("this is not a key file of Nightdesk") from None
    if not isinstance(raw, dict) or set(raw) != fields:
        raise KeyringDamaged("this is not a key file of Nightdesk, or of another version")
    return raw


def unhex(value: object, size: int | None = None) -> bytes:
    """Bytes from hex, of `size` when given; KeyringDamaged otherwise."""
    try:
        found = bytes.fromhex(value if isinstance(value, str) else "-")
    except ValueError:
        raise KeyringDamaged("a field of this key file is not hex") from None
    if size is not None and len(found) != size:
        raise KeyringDamaged("a field of this key file has the wrong length")
    return found


def _count(raw: Mapping[str, Any], name: str) -> int:
    value = raw[name]
    if not isinstance(value, int) or not 1 <= value <= MOST_MEMORY_KIB:
        raise KeyringDamaged(f"{name} of this key file is out of bounds")
    return value


def stretch(passphrase: str, salt: bytes, memory_kib: int, iterations: int, lanes: int) -> bytes:
    # NFC: the same Hangul passphrase can arrive composed from one keyboard and decomposed from another.
    words = unicodedata.normalize("NFC", passphrase).encode()
    kdf = Argon2id(salt=salt, length=32, iterations=iterations, lanes=lanes, memory_cost=memory_kib)
    try:
        return kdf.derive(words)
    except ValueError:
        raise KeyringDamaged("the parameters of this key file cannot be used") from None


def checksum(whole: Mapping[str, object]) -> str:
    return hashlib.sha256(canonical(whole)).hexdigest()
