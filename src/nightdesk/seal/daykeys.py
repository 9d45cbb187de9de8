"""A day's private key: a 32-byte X-Wing seed, and what it expands to.

Hybrid keys have no serialisation of their own, so the seed is what is kept. X-Wing
(draft-connolly-cfrg-xwing-kem) expands it with SHAKE256 into an ML-KEM seed and an X25519 key.
Belongs here: that expansion. Does not belong here: opening anything (opening.py).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey

from nightdesk.seal.wire import PublicDayKey, key_id


def expand(seed: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    """The two private keys an X-Wing seed of 32 bytes stands for. ValueError when they are not 32."""
    if len(seed) != 32:
        raise ValueError("the seed of an X-Wing key is 32 bytes")
    wide = hashlib.shake_256(seed).digest(96)
    return MLKEM768PrivateKey.from_seed_bytes(wide[:64]), X25519PrivateKey.from_private_bytes(wide[64:])


@dataclass(frozen=True, slots=True)
class DayPrivateKey:
    """What opens the envelopes of one day. Keep it loaded: expanding a seed takes tens of µs."""

    seed: bytes = field(repr=False)
    public: PublicDayKey
    loaded: MLKEM768X25519PrivateKey = field(repr=False, compare=False)

    @property
    def day(self) -> date:
        return self.public.day

    @property
    def key_id(self) -> bytes:
        return self.public.key_id

    @classmethod
    def from_seed(cls, seed: bytes, day: date) -> DayPrivateKey:
        """The key that 32 random bytes stand for. ValueError when they are not 32."""
        lattice, curve = expand(seed)
        public = lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()
        named = PublicDayKey(day, key_id(public), public)
        return cls(seed, named, MLKEM768X25519PrivateKey(lattice, curve))
