"""A member's own key pair, and small secrets wrapped to it: HPKE base mode over X-Wing.

What the desk keeps for some members alone (the desk secret, the key of an identity card) is wrapped
once to each of them. Byte for byte in docs/formats/slots.md. Belongs here: seed in, key pair out;
wrap and unwrap. Does not belong here: passphrases (slots.py), who is entitled (the desk).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from nightdesk.seal.daykeys import expand

LATTICE = 1184  # bytes of an ML-KEM-768 public key; X25519's 32 follow
PUBLIC = LATTICE + 32
SEED = 32


class NotForThisKey(ValueError):
    """The wrapped secret was made for another key or purpose, or was changed."""


@dataclass(frozen=True, slots=True)
class MemberKey:
    """What opens secrets wrapped to one member. Lives in memory while he or she is signed in."""

    seed: bytes = field(repr=False)
    public: bytes
    loaded: MLKEM768X25519PrivateKey = field(repr=False, compare=False)

    @classmethod
    def from_seed(cls, seed: bytes) -> MemberKey:
        """The key pair that 32 random bytes stand for. ValueError when they are not 32."""
        lattice, curve = expand(seed)
        public = lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()
        return cls(seed, public, MLKEM768X25519PrivateKey(lattice, curve))


def wrap(public: bytes, secret: bytes, purpose: bytes) -> bytes:
    """`secret` for the holder of `public` (1,216 bytes) alone, good for `purpose` alone.

    ValueError when `public` is no member's key. The purpose must name what the secret opens, so that a
    wrapped secret put in another's place does not open there.
    """
    if len(public) != PUBLIC:
        raise ValueError(f"a member's public key is {PUBLIC} bytes")
    lattice = MLKEM768PublicKey.from_public_bytes(public[:LATTICE])
    curve = X25519PublicKey.from_public_bytes(public[LATTICE:])
    return _suite().encrypt(secret, MLKEM768X25519PublicKey(lattice, curve), info=purpose)


def unwrap(seed: bytes, sealed: bytes, purpose: bytes) -> bytes:
    """What was wrapped. Raises NotForThisKey."""
    try:
        return _suite().decrypt(sealed, MemberKey.from_seed(seed).loaded, info=purpose)
    except (InvalidTag, ValueError):
        raise NotForThisKey("this was not wrapped to that key for that purpose") from None


def _suite() -> Suite:
    return Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
