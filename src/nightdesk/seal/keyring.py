"""The newsroom's private keys, kept in files under a passphrase and readable without any database.

Two files of one format: the *identity* stays offline and only certifies a signing key for 90 days;
the *keyring* is what the running desk unlocks. Byte for byte in docs/formats/keyring.md. Belongs
here: making, closing, opening and using them. Does not belong here: the clock and randomness, which
are arguments.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from nightdesk.seal.board import PURPOSE, write_board
from nightdesk.seal.container import KeyringDamaged as KeyringDamaged
from nightdesk.seal.container import WrongPassphrase as WrongPassphrase
from nightdesk.seal.container import lock, read_object, unhex, unlock
from nightdesk.seal.daykeys import DayPrivateKey
from nightdesk.seal.signing import (
    LONGEST_CERTIFICATE,
    Certificate,
    SignatureError,
    canonical,
    certificate_bytes,
    newsroom_id,
    read_signature,
    signed_bytes,
    write_signature,
)
from nightdesk.seal.wire import PublicDayKey

MEMORY_KIB = 65536  # Argon2id; 64 MiB and three passes take about a quarter of a second


@dataclass(frozen=True, slots=True)
class Identity:
    """The offline root: an Ed25519 seed and the public key a newsroom prints."""

    seed: bytes = field(repr=False)
    public: bytes


@dataclass(frozen=True, slots=True)
class Keyring:
    """What the unlocked desk holds: its signing key with certificate, and the key over its day keys."""

    signing_seed: bytes = field(repr=False)
    certificate: Certificate
    desk_key: bytes = field(repr=False)
    identity_public: bytes

    @property
    def newsroom_id(self) -> bytes:
        return newsroom_id(self.identity_public)

    def sign(self, purpose: str, payload: bytes) -> bytes:
        """A detached signature over `payload`, good for `purpose` alone."""
        key = Ed25519PrivateKey.from_private_bytes(self.signing_seed)
        return write_signature(self.certificate, key.sign(signed_bytes(purpose, payload)))

    def key_list(self, name: str, days: Iterable[PublicDayKey], issued_on: date) -> tuple[bytes, bytes]:
        """The signed list of day keys: payload and signature."""
        listed = [_listed(key) for key in sorted(days, key=lambda key: key.day)]
        payload = canonical({
            "version": 1, "newsroom": self.newsroom_id.hex(), "name": name,
            "issued_on": issued_on.isoformat(), "days": listed,
        })  # fmt: skip
        return payload, self.sign("key-list", payload)

    def sign_pull(self, counter: int, limit: int, forget: Iterable[bytes] = ()) -> tuple[bytes, bytes]:
        """A signed pull request: up to `limit` (256) envelopes; `forget` confirms hashes collected."""
        payload = canonical({
            "version": 1, "newsroom": self.newsroom_id.hex(), "counter": counter, "limit": limit,
            "forget": sorted(each.hex() for each in forget),
        })  # fmt: skip
        return payload, self.sign("pull", payload)

    def sign_collect(self, day: date, number: int, limit: int) -> tuple[bytes, bytes]:
        """A request that a courier may send on `day`, once; it can make the drop forget nothing."""
        payload = canonical({
            "version": 1, "newsroom": self.newsroom_id.hex(), "day": day.isoformat(), "number": number,
            "limit": limit,
        })  # fmt: skip
        return payload, self.sign("collect", payload)

    def sign_board(self, day: date, number: int, cells: Sequence[bytes]) -> tuple[bytes, bytes]:
        """The reply board of `day`; `number` tells it from others of that day."""
        payload = write_board(self.identity_public, day, number, cells)
        return payload, self.sign(PURPOSE, payload)


def new_identity(seed: bytes) -> Identity:
    """The identity of 32 random bytes."""
    return Identity(seed, _public(seed))


def certify(identity_seed: bytes, signing_public: bytes, not_before: date, not_after: date) -> Certificate:
    """The identity's word for a signing key. ValueError beyond 90 days."""
    if not_after < not_before or not_after - not_before > LONGEST_CERTIFICATE:
        raise ValueError("a certificate lasts at most 90 days")
    words = certificate_bytes(signing_public, not_before, not_after)
    signature = Ed25519PrivateKey.from_private_bytes(identity_seed).sign(words)
    return Certificate(signing_public, not_before, not_after, signature)


def new_keyring(
    identity_seed: bytes, signing_seed: bytes, desk_key: bytes, not_before: date, not_after: date
) -> Keyring:
    """A keyring whose signing key the identity certifies; each of the three secrets is 32 random bytes."""
    certificate = certify(identity_seed, _public(signing_seed), not_before, not_after)
    return Keyring(signing_seed, certificate, desk_key, _public(identity_seed))


def renewed(
    keyring: Keyring, identity_seed: bytes, signing_seed: bytes, not_before: date, not_after: date
) -> Keyring:
    """The keyring with another signing key, certified anew; its day keys stay readable.

    ValueError when the seed is not the identity this keyring belongs to.
    """
    if _public(identity_seed) != keyring.identity_public:
        raise ValueError("this identity is not the keyring's")
    return new_keyring(identity_seed, signing_seed, keyring.desk_key, not_before, not_after)


def close_identity(
    identity: Identity, passphrase: str, salt: bytes, nonce: bytes, memory_kib: int = MEMORY_KIB
) -> bytes:
    """The identity's file: keep it on a stick in a drawer, not on the desk."""
    return lock("identity", canonical({"seed": identity.seed.hex()}), passphrase, salt, nonce, memory_kib)


def open_identity(data: bytes, passphrase: str) -> Identity:
    """Raises WrongPassphrase or KeyringDamaged."""
    raw = read_object(unlock("identity", data, passphrase), {"seed"})
    return new_identity(unhex(raw["seed"], 32))


def close_keyring(
    keyring: Keyring, passphrase: str, salt: bytes, nonce: bytes, memory_kib: int = MEMORY_KIB
) -> bytes:
    """The keyring's file. `salt` 16 and `nonce` 12 fresh random bytes, new ones at every closing."""
    body = canonical({
        "signing_seed": keyring.signing_seed.hex(),
        "certificate": write_signature(keyring.certificate, bytes(64)).decode(),
        "desk_key": keyring.desk_key.hex(),
        "identity_public": keyring.identity_public.hex(),
    })  # fmt: skip
    return lock("keyring", body, passphrase, salt, nonce, memory_kib)


def open_keyring(data: bytes, passphrase: str) -> Keyring:
    """Raises WrongPassphrase or KeyringDamaged."""
    fields = {"signing_seed", "certificate", "desk_key", "identity_public"}
    raw = read_object(unlock("keyring", data, passphrase), fields)
    try:
        certificate, _ = read_signature(str(raw["certificate"]).encode())
    except SignatureError as error:
        raise KeyringDamaged(str(error)) from None
    return Keyring(
        signing_seed=unhex(raw["signing_seed"], 32),
        certificate=certificate,
        desk_key=unhex(raw["desk_key"], 32),
        identity_public=unhex(raw["identity_public"], 32),
    )


def wrap_day_key(keyring: Keyring, day_key: DayPrivateKey, nonce: bytes) -> bytes:
    """A day key's file, sealed under the keyring; erasing the file erases the key."""
    named = {"version": 1, "kind": "day-key", "day": day_key.day.isoformat(), "key_id": day_key.key_id.hex()}
    sealed = ChaCha20Poly1305(_wrapping(keyring)).encrypt(nonce, day_key.seed, canonical(named))
    return canonical({**named, "nonce": nonce.hex(), "sealed": sealed.hex()})


def unwrap_day_key(keyring: Keyring, data: bytes) -> DayPrivateKey:
    """The day key in a file. KeyringDamaged: not such a file, or another keyring's."""
    raw = read_object(data, {"version", "kind", "day", "key_id", "nonce", "sealed"})
    named = {name: raw[name] for name in ("version", "kind", "day", "key_id")}
    if raw["version"] != 1 or raw["kind"] != "day-key":
        raise KeyringDamaged("this is not a day key's file")
    try:
        box = ChaCha20Poly1305(_wrapping(keyring))
        seed = box.decrypt(unhex(raw["nonce"], 12), unhex(raw["sealed"], 48), canonical(named))
        return DayPrivateKey.from_seed(seed, date.fromisoformat(str(raw["day"])))
    except (InvalidTag, ValueError):
        raise KeyringDamaged("this day key belongs to another keyring, or its file was changed") from None


def _listed(key: PublicDayKey) -> dict[str, str]:
    public = base64.b64encode(key.public).decode()
    return {"day": key.day.isoformat(), "key_id": key.key_id.hex(), "public": public}


def _wrapping(keyring: Keyring) -> bytes:
    return HKDF(SHA256(), 32, None, b"nightdesk day key v1").derive(keyring.desk_key)


def _public(seed: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
