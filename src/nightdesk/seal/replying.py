"""A reply to a source: closed into one cell of the board under a key that only the source's words and the desk derive.

    words ─▶ 16 bytes ─▶ reply secret (in the Envelope, to the desk) ─▶ cell key ─▶ cell of one day

Byte for byte in docs/formats/board.md. HKDF-SHA256 (RFC 5869) and ChaCha20-Poly1305 (RFC 8439). Belongs here:
deriving, closing, opening. Does not belong here: words (the sealing page and its word lists), signing, the
clock and chance, which are arguments.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from nightdesk.seal.board import CELL, CELLS
from nightdesk.seal.report import CONTROL, HALF
from nightdesk.seal.signing import canonical

ENTROPY = 16  # bytes behind twelve words
SECRET = 32
NONCE, TAG, LENGTH = 12, 16, 4
ROOM = CELL - NONCE - TAG - LENGTH  # bytes of an encoded reply


class ReplyError(ValueError):
    """A reply that cannot be closed; the message says what to change."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the desk says to one source, the day it was written, and which of the replies to that report it is, from 1.

    Of two replies of one day the later must be known: "call at ten" and "do not call".
    """

    text: str
    on: date
    number: int = 1


def reply_secret(entropy: bytes, newsroom: bytes) -> bytes:
    """The 32 bytes a source's words come down to for one newsroom (its 16-byte name)."""
    if len(entropy) != ENTROPY:
        raise ValueError("twelve words are 16 bytes")
    return HKDF(SHA256(), SECRET, newsroom, b"nightdesk reply v1\n").derive(entropy)


def reply_tag(secret: bytes) -> str:
    """32 hex digits by which a desk knows that two Envelopes came with the same words. It opens nothing."""
    return hashlib.sha256(b"nightdesk reply tag v1\n" + secret).hexdigest()[:32]


def encode_reply(reply: Reply) -> bytes:
    """The JSON bytes of a reply. ReplyError: empty, too long for a cell, or with what a screen might obey."""
    if not reply.text.strip():
        raise ReplyError("the reply is empty")
    if CONTROL.search(reply.text) or HALF.search(reply.text):
        raise ReplyError("the reply has control characters in it, or half a character")
    body = canonical({
        "version": 1, "on": reply.on.isoformat(), "number": reply.number, "text": reply.text,
    })  # fmt: skip
    if len(body) > ROOM:
        raise ReplyError(f"the reply is {len(body) - ROOM:,} bytes too long")
    return body


def close_cell(secret: bytes, newsroom: bytes, day: date, reply: Reply, nonce: bytes) -> bytes:
    """The cell of `day`. `nonce`: 12 fresh random bytes, others for every board."""
    body = encode_reply(reply)
    plain = (len(body).to_bytes(LENGTH, "big") + body).ljust(LENGTH + ROOM, b"\0")
    return nonce + _box(secret, newsroom).encrypt(nonce, plain, _bound(newsroom, day))


def open_cell(secret: bytes, newsroom: bytes, day: date, cell: bytes) -> Reply | None:
    """The reply in a cell; None when it is not for this secret, or not of this day's board."""
    try:
        plain = _box(secret, newsroom).decrypt(cell[:NONCE], cell[NONCE:], _bound(newsroom, day))
    except InvalidTag:
        return None
    raw = json.loads(plain[LENGTH : LENGTH + int.from_bytes(plain[:LENGTH], "big")])
    return Reply(raw["text"], date.fromisoformat(raw["on"]), raw["number"])


def close_board(
    replies: Iterable[tuple[bytes, Reply]], newsroom: bytes, day: date, draw: Callable[[int], bytes]
) -> tuple[bytes, ...]:
    """All cells of a board: the replies, each with its secret, and noise in the rest. `draw(n)`: n random bytes.

    They stand in the order of their bytes, which begin with a random nonce, so that a place tells nothing.
    ReplyError when there are more replies than cells.
    """
    said = [close_cell(secret, newsroom, day, reply, draw(NONCE)) for secret, reply in replies]
    if len(said) > CELLS:
        raise ReplyError(f"a board has room for {CELLS} replies")
    return tuple(sorted([*said, *(draw(CELL) for _ in range(CELLS - len(said)))]))


def _box(secret: bytes, newsroom: bytes) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(HKDF(SHA256(), 32, newsroom, b"nightdesk cell v1\n").derive(secret))


def _bound(newsroom: bytes, day: date) -> bytes:
    """A cell moved to another day's board, or another newsroom's, does not open."""
    return b"nightdesk board v1\n" + newsroom + day.isoformat().encode()
