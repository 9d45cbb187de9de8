"""The reply board: as many cells of one size as ever, signed for one day; which of them say something shows to nobody.

Byte for byte in docs/formats/board.md. Belongs here: the board's document, written and verified. Does not
belong here: what is in a cell (replying.py), any private key (keyring.py), the clock. The drop imports this module.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from nightdesk.seal.signing import SignatureError, canonical, newsroom_id, verify

PURPOSE = "board"
CELLS = 64  # on every board, said or not: how many replies wait does not show
CELL = 1024  # bytes of one: nonce, ciphertext, tag
MOST_NUMBER = 1 << 20  # boards of one day, the courier's among them


@dataclass(frozen=True, slots=True)
class Board:
    """A board as verified. Of two, the newer is the one with the later day, then with the higher number."""

    day: date
    number: int
    cells: tuple[bytes, ...] = field(repr=False)

    @property
    def age(self) -> tuple[date, int]:
        """By which boards are ordered."""
        return self.day, self.number


def write_board(identity: bytes, day: date, number: int, cells: Sequence[bytes]) -> bytes:
    """The payload to sign for purpose `board`. ValueError unless there are CELLS cells of CELL bytes."""
    if len(cells) != CELLS or any(len(each) != CELL for each in cells):
        raise ValueError(f"a board has {CELLS} cells of {CELL} bytes")
    return canonical({
        "version": 1, "newsroom": newsroom_id(identity).hex(), "day": day.isoformat(), "number": number,
        "cells": [base64.b64encode(each).decode() for each in cells],
    })  # fmt: skip


def verify_board(payload: bytes, signature: bytes, identity: bytes, on: date) -> Board:
    """The board in `payload`, good on day `on` alone; SignatureError when it is not this newsroom's or not well formed."""
    verify(payload, signature, identity, PURPOSE, on)
    raw = json.loads(payload)  # signed, so the newsroom wrote it: what is wrong here is another version
    if not isinstance(raw, dict) or set(raw) != {"version", "newsroom", "day", "number", "cells"}:
        raise SignatureError("this is not a board")
    if raw["version"] != 1 or raw["newsroom"] != newsroom_id(identity).hex():
        raise SignatureError(
            "the board is of a version that this program does not know, or another newsroom's"
        )
    try:
        board = Board(date.fromisoformat(raw["day"]), int(raw["number"]), tuple(map(_cell, raw["cells"])))
    except (TypeError, ValueError) as error:
        raise SignatureError(f"the board is not well formed ({error})") from None
    if len(board.cells) != CELLS or not 0 <= board.number < MOST_NUMBER:
        raise SignatureError("the board has another number of cells, or a number that cannot be")
    if board.day != on:
        raise SignatureError(f"this board is good on {board.day}, not on {on}")
    return board


def _cell(written: str) -> bytes:
    cell = base64.b64decode(written, validate=True)
    if len(cell) != CELL:
        raise ValueError("a cell has another size")
    return cell
