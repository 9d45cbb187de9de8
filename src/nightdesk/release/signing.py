"""The signature beside a Release: which identity, for which purpose, valid on which day."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from nightdesk.release.model import ReleaseError
from nightdesk.seal.signing import verify

PURPOSE = "release"
IDENTITY_BYTES = 32


def verify_release(payload: bytes, signature: bytes, identity: bytes, on: date) -> None:
    """Returns when `signature` covers `payload` under `identity` with a key valid on day `on`.

    `on` is the day the Release says it was released: a page stays verifiable after its key's
    ninety days. Raises ReleaseError otherwise.
    """
    try:
        verify(payload, signature, identity, PURPOSE, on)
    except ValueError as error:  # seal's own errors are ValueErrors; the reason is theirs
        raise ReleaseError(f"the signature does not hold: {error}") from error


def read_identity(words: str) -> bytes:
    """The newsroom's public identity key from hex. ReleaseError when it is not 32 bytes of hex."""
    try:
        identity = bytes.fromhex(words.strip())
    except ValueError as error:
        raise ReleaseError("an identity is 64 hexadecimal digits; this is not hexadecimal") from error
    if len(identity) != IDENTITY_BYTES:
        raise ReleaseError(f"an identity is 64 hexadecimal digits; this has {len(words.strip())}")
    return identity


def fingerprint(identity: bytes) -> str:
    """What people compare over the phone: 32 hex digits of SHA-256 in groups of four."""
    digits = sha256(identity).hexdigest()[:32]
    return " ".join(digits[i : i + 4] for i in range(0, 32, 4))
