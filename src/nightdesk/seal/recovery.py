"""What stands on paper, and the small files that tie it to the desk and to its backups.

The paper holds a master of 32 bytes. From it comes a key pair like a member's own; the desk knows the
public half alone, so that what it writes for the paper nobody opens who was a member before. `backup.json`
lies under the desk secret; `recovery.json` is the desk secret for the paper, and `words.json`, beside each
repository, what that repository is closed under. Byte for byte in docs/formats/backup.md. Belongs here:
deriving, closing, opening. Does not belong here: paper (desk/backup/shares.py), files, randomness.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from nightdesk.seal.container import KeyringDamaged, read_object, unhex
from nightdesk.seal.members import PUBLIC, MemberKey, NotForThisKey, unwrap, wrap
from nightdesk.seal.signing import canonical

KEY = 32  # bytes of the master, of the desk secret, and of what a repository is closed under
BACKUP, RECOVERY, WORDS = "backup-key", "recovery", "repository"
DESK = 4  # bytes that tell one desk's folders from another's; random, and they open nothing
VERSION = 2
CLOSED = {"version", "kind", "fingerprint", "nonce", "sealed"}  # under the desk secret
WRAPPED = {"version", "kind", "fingerprint", "sealed"}  # for the paper


class WrongKey(ValueError):
    """The file is of that kind and another key closed it."""


@dataclass(frozen=True, slots=True)
class Held:
    """What the desk keeps for its backups: nothing of it opens what is written for the paper."""

    public: bytes = field(repr=False)  # of the paper's key pair
    words: bytes = field(repr=False)  # of the repository that is being written
    desk: bytes
    recovery: bytes = field(repr=False)  # SHA-256 of the recovery.json that goes with it

    @property
    def paper(self) -> str:
        return fingerprint(self.public)

    @property
    def folder(self) -> str:
        """The repository's folder: whose paper opens it, which desk writes it, and which of that desk's it is."""
        return (
            f"{self.paper}-{self.desk.hex()}-{_derive(self.words, b'nightdesk repository name v2', 4).hex()}"
        )


def seed(master: bytes) -> bytes:
    """The seed of the paper's key pair."""
    return _derive(master, b"nightdesk recovery key v2")


def public(master: bytes) -> bytes:
    """The half of it that the desk may know."""
    return MemberKey.from_seed(seed(master)).public


def fingerprint(key: bytes) -> str:
    """Sixteen hex digits that name a paper by its public key; they open nothing."""
    return hashlib.sha256(b"nightdesk backup fingerprint v2" + key).hexdigest()[:16]


def passphrase(words: bytes) -> str:
    """What a repository is closed under in the place of a passphrase: 64 hex digits."""
    return _derive(words, b"nightdesk backup repository v2").hex()


def close(secret: bytes, held: Held, nonce: bytes) -> bytes:
    """backup.json: what the desk holds, under its secret."""
    named = {"version": VERSION, "kind": BACKUP, "fingerprint": held.paper}
    plain = held.public + held.words + held.desk + held.recovery
    sealed = ChaCha20Poly1305(_under(secret)).encrypt(nonce, plain, canonical(named))
    return canonical({**named, "nonce": nonce.hex(), "sealed": sealed.hex()})


def open_(secret: bytes, data: bytes) -> Held:
    """What backup.json holds. Raises WrongKey, or KeyringDamaged for a file of another kind."""
    raw = _read(data, CLOSED, BACKUP)
    named = {name: raw[name] for name in ("version", "kind", "fingerprint")}
    nonce, sealed = unhex(raw["nonce"], 12), unhex(raw["sealed"], PUBLIC + KEY + DESK + 32 + 16)
    try:
        plain = ChaCha20Poly1305(_under(secret)).decrypt(nonce, sealed, canonical(named))
    except InvalidTag:
        raise WrongKey("another key closed this file, or it was changed") from None
    ends = PUBLIC, PUBLIC + KEY, PUBLIC + KEY + DESK
    return Held(plain[: ends[0]], plain[ends[0] : ends[1]], plain[ends[1] : ends[2]], plain[ends[2] :])


def for_paper(kind: str, key: bytes, secret: bytes) -> bytes:
    """`secret` in a file of `kind` that the paper of the public key `key` opens, and nothing on the desk."""
    mark = fingerprint(key)
    sealed = wrap(key, secret, _purpose(kind, mark))
    return canonical({"version": VERSION, "kind": kind, "fingerprint": mark, "sealed": sealed.hex()})


def by_paper(kind: str, master: bytes, data: bytes) -> bytes:
    """The secret in such a file. Raises WrongKey, or KeyringDamaged for a file of another kind."""
    raw = _read(data, WRAPPED, kind)
    try:
        return unwrap(seed(master), unhex(raw["sealed"]), _purpose(kind, raw["fingerprint"]))
    except NotForThisKey:
        raise WrongKey("it is for another paper, or it was changed") from None


def mark_of(kind: str, data: bytes) -> str:
    """The fingerprint such a file names: whose paper opens it."""
    return str(_read(data, WRAPPED, kind)["fingerprint"])


def _purpose(kind: str, mark: str) -> bytes:
    return f"nightdesk {kind} v2 {mark}".encode()


def _read(data: bytes, fields: set[str], kind: str) -> dict[str, str]:
    raw = read_object(data, fields)
    if raw["version"] != VERSION or raw["kind"] != kind or not isinstance(raw["fingerprint"], str):
        raise KeyringDamaged(f"this is not a file of kind {kind}, version {VERSION}")
    return raw


def _under(secret: bytes) -> bytes:
    return _derive(secret, f"nightdesk {BACKUP} v2".encode())


def _derive(key: bytes, purpose: bytes, length: int = 32) -> bytes:
    return HKDFExpand(SHA256(), length, purpose).derive(key)
