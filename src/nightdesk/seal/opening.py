"""Opening an Envelope. Imported by the desk's intake and by `nightdesk open`, by nobody else.

Belongs here: Envelope and day keys in, UntrustedReport out, or one Refused with a reason. Does not
belong here: keeping keys, and deciding what to do with what was refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from nightdesk.seal.daykeys import DayPrivateKey as DayPrivateKey
from nightdesk.seal.wire import (
    HEADER,
    Header,
    ReportError,
    UntrustedReport,
    WireError,
    decode_report,
    info,
    parse_header,
    unpad,
)
from nightdesk.seal.wire import (
    PublicDayKey as PublicDayKey,
)

__all__ = ["DayPrivateKey", "Reason", "Refused", "open_envelope"]

Reason = Literal["wrong size", "not an envelope", "another newsroom", "no key", "damaged", "not a report"]


class Refused(ValueError):
    """An arrival that is no report; `reason` for a program, the message for a person."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason: Reason = reason


def open_envelope(data: bytes, keys: Mapping[bytes, DayPrivateKey], newsroom: bytes) -> UntrustedReport:
    """The report in `data`, opened with the day key that its header names. Raises Refused."""
    header = _header(data)
    if header.newsroom != newsroom:
        raise Refused("another newsroom", "this Envelope was sealed for another newsroom")
    key = keys.get(header.key_id)
    if key is None:
        raise Refused("no key", f"no day key {header.key_id.hex()} is here: it is unknown or was erased")
    plaintext = _decrypt(data, key)
    try:
        return decode_report(unpad(plaintext))
    except (ReportError, WireError) as error:
        raise Refused("not a report", str(error)) from None


def _header(data: bytes) -> Header:
    try:
        return parse_header(data)
    except WireError as error:
        raise Refused("wrong size" if error.reason == "size" else "not an envelope", str(error)) from None


def _decrypt(data: bytes, key: DayPrivateKey) -> bytes:
    suite = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
    try:
        return suite.decrypt(data[HEADER:], key.loaded, info=info(data[:HEADER]))
    except (InvalidTag, ValueError):
        raise Refused("damaged", "this Envelope does not open: it was changed on its way") from None
