"""Sealing a report: only public keys are needed, and none that open can be reached from here.

Belongs here: report in, Envelope out. Does not belong here: opening, keeping keys, and choosing
the day's key (whoever holds the verified key list does that).
"""

from __future__ import annotations

from datetime import timedelta

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PublicKey, Suite

from nightdesk.seal.wire import (
    SIZES,
    PublicDayKey,
    ReportPayload,
    capacity,
    encode_report,
    info,
    pad,
    size_for,
    write_header,
)

LATTICE = 1184  # bytes of an ML-KEM-768 public key; X25519's 32 follow


class SealingError(ValueError):
    """A report that cannot be sealed as it is; the message says what to change."""


def supported() -> bool:
    """Whether this machine's `cryptography` can do ML-KEM-768 + X25519; some builds cannot."""
    try:
        MLKEM768PrivateKey.from_seed_bytes(bytes(64))
        suite()
    except (UnsupportedAlgorithm, AttributeError):
        return False
    return True


def suite() -> Suite:
    """HPKE base mode: X-Wing, HKDF-SHA256, ChaCha20-Poly1305."""
    return Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


def seal(payload: ReportPayload, to: PublicDayKey, newsroom: bytes) -> bytes:
    """An Envelope of exactly 4,096 or 65,536 bytes for `newsroom` (16 bytes).

    Raises SealingError when the report is too long or tells of a contact after the key's day (a day
    ahead is let through for time zones), ReportError when it is empty or malformed.
    """
    _check_day(payload, to)
    body = encode_report(payload)
    most = capacity(SIZES[-1])
    if len(body) > most:
        raise SealingError(
            f"the report is {len(body) - most:,} bytes too long: an Envelope holds {most:,} bytes, "
            "about 21,000 Korean or 64,000 Latin letters; seal it in parts"
        )
    return seal_bytes(pad(body, size_for(len(body))), to, newsroom)


def seal_bytes(plaintext: bytes, to: PublicDayKey, newsroom: bytes) -> bytes:
    """An Envelope around an already padded plaintext."""
    header = write_header(newsroom, to.key_id)
    return header + suite().encrypt(plaintext, _load(to.public), info=info(header))


def _check_day(payload: ReportPayload, to: PublicDayKey) -> None:
    if payload.contact_on and payload.contact_on > to.day + timedelta(days=1):
        raise SealingError(
            f"the contact day {payload.contact_on} lies in the future (today is {to.day}): correct the date"
        )


def _load(public: bytes) -> MLKEM768X25519PublicKey:
    try:
        lattice = MLKEM768PublicKey.from_public_bytes(public[:LATTICE])
        curve = X25519PublicKey.from_public_bytes(public[LATTICE:])
    except ValueError:
        raise SealingError("this is not a day key") from None
    return MLKEM768X25519PublicKey(lattice, curve)
