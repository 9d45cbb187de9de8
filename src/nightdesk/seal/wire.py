"""How an Envelope looks on the wire: header, padding, and the report inside.

Byte for byte in docs/formats/envelope.md. Belongs here: sizes, framing, parsing, the JSON of a
report. Does not belong here: any key. The drop imports this module, so it stays stdlib only.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from nightdesk.seal.collected import Collected as Collected
from nightdesk.seal.collected import CollectedError as CollectedError
from nightdesk.seal.collected import parse_collected as parse_collected
from nightdesk.seal.collected import write_collected as write_collected
from nightdesk.seal.report import ReportError as ReportError
from nightdesk.seal.report import ReportPayload as ReportPayload
from nightdesk.seal.report import UntrustedReport as UntrustedReport
from nightdesk.seal.report import decode_report as decode_report
from nightdesk.seal.report import encode_report as encode_report

SIZES = (4096, 65536)
MAGIC = b"NDSEAL"
VERSION = 1
HEADER = 32
ENCAPSULATION = 1120  # X-Wing ciphertext: ML-KEM-768 1,088 and X25519 32
TAG = 16
LENGTH = 4

WireReason = Literal["size", "magic", "version", "length", "padding"]


class WireError(ValueError):
    """Bytes that are no Envelope, or a plaintext framed wrongly; `reason` is for a program."""

    def __init__(self, reason: WireReason, detail: str) -> None:
        super().__init__(detail)
        self.reason: WireReason = reason


@dataclass(frozen=True, slots=True)
class Header:
    """The first 32 bytes of an Envelope: to which newsroom, for which day key. `size` is the whole."""

    newsroom: bytes  # 16
    key_id: bytes  # 8
    size: int


@dataclass(frozen=True, slots=True)
class PublicDayKey:
    """What a report is sealed to on `day`: an X-Wing public key (1,216 bytes) and its name."""

    day: date
    key_id: bytes
    public: bytes = field(repr=False)


def key_id(public: bytes) -> bytes:
    """The 8-byte name of a public key: the start of its SHA-256."""
    return hashlib.sha256(public).digest()[:8]


def capacity(size: int) -> int:
    """How many bytes of encoded report an Envelope of `size` holds: 2,924 or 64,364."""
    return size - HEADER - ENCAPSULATION - TAG - LENGTH


def size_for(length: int) -> int:
    """The smallest Envelope that holds `length` bytes of encoded report; WireError when none does."""
    for size in SIZES:
        if length <= capacity(size):
            return size
    most = capacity(SIZES[-1])
    raise WireError("length", f"the report takes {length:,} bytes and an Envelope holds {most:,}")


def write_header(newsroom: bytes, key: bytes) -> bytes:
    """The 32 header bytes."""
    if len(newsroom) != 16 or len(key) != 8:
        raise ValueError("a newsroom id is 16 bytes and a key id 8")
    return MAGIC + VERSION.to_bytes(2, "big") + newsroom + key


def parse_header(data: bytes) -> Header:
    """The header of a whole Envelope; WireError names what is wrong with the size, magic or version."""
    if len(data) not in SIZES:
        raise WireError("size", f"an Envelope is 4,096 or 65,536 bytes long, this is {len(data):,}")
    if data[:6] != MAGIC:
        raise WireError("magic", "this does not begin like an Envelope")
    if int.from_bytes(data[6:8], "big") != VERSION:
        raise WireError("version", "this Envelope is of a version that this program does not know")
    return Header(newsroom=data[8:24], key_id=data[24:32], size=len(data))


def info(header: bytes) -> bytes:
    """HPKE's info: binds the header, since the one-shot API has no associated data."""
    return b"nightdesk envelope v1\n" + header


def pad(body: bytes, size: int) -> bytes:
    """The plaintext for an Envelope of `size`: length, body, zeros."""
    if len(body) > capacity(size):
        raise WireError("length", f"{len(body):,} bytes do not fit the {capacity(size):,} of this size")
    return (len(body).to_bytes(LENGTH, "big") + body).ljust(LENGTH + capacity(size), b"\0")


def unpad(plaintext: bytes) -> bytes:
    """The body of a padded plaintext; WireError when the length lies or the padding is not zeros."""
    length = int.from_bytes(plaintext[:LENGTH], "big")
    end = LENGTH + length
    if end > len(plaintext):
        raise WireError("length", "the length inside is longer than what follows it")
    if plaintext[end:].count(0) != len(plaintext) - end:
        raise WireError("padding", "there is something in the padding")
    return plaintext[LENGTH:end]
