"""The reply board: what only the source's words open, and what shows to everybody else."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from nightdesk.seal.board import CELL, CELLS, verify_board, write_board
from nightdesk.seal.keyring import Keyring, new_keyring
from nightdesk.seal.replying import (
    ROOM,
    Reply,
    ReplyError,
    close_board,
    close_cell,
    encode_reply,
    open_cell,
    reply_secret,
)
from nightdesk.seal.signing import SignatureError

DAY = date(2023, 12, 18)
NEWSROOM = bytes(range(16))
SECRET = reply_secret(b"m" * 16, NEWSROOM)
OTHER = reply_secret(b"h" * 16, NEWSROOM)
SAID = Reply("18일 밤에 다시 전화하겠습니다. 서두르지 마십시오.", DAY)


def drawing(seed: bytes) -> Callable[[int], bytes]:
    """Random bytes that are the same at every run."""
    count = iter(range(1 << 20))
    return lambda n: hashlib.shake_256(seed + str(next(count)).encode()).digest(n)


@pytest.fixture
def keyring() -> Keyring:
    return new_keyring(bytes(32), b"s" * 32, b"d" * 32, DAY, DAY + timedelta(days=89))


def test_the_words_open_their_cell_and_no_other() -> None:
    cells = close_board([(SECRET, SAID), (OTHER, Reply("다른 사람에게", DAY))], NEWSROOM, DAY, drawing(b"a"))
    assert [found for cell in cells if (found := open_cell(SECRET, NEWSROOM, DAY, cell))] == [SAID]


def test_a_board_shows_neither_how_many_nor_where() -> None:
    full = close_board([(SECRET, SAID)] * CELLS, NEWSROOM, DAY, drawing(b"a"))
    none = close_board([], NEWSROOM, DAY, drawing(b"b"))
    assert {len(full), len(none)} == {CELLS}
    assert {len(cell) for cell in (*full, *none)} == {CELL}
    assert list(full) == sorted(full)
    assert list(none) == sorted(none)


def test_no_cell_of_one_board_is_on_the_next() -> None:
    boards = [close_board([(SECRET, SAID)], NEWSROOM, DAY, drawing(seed)) for seed in (b"a", b"b")]
    assert not {*boards[0]} & {*boards[1]}


def test_a_board_takes_no_more_than_it_has_cells() -> None:
    with pytest.raises(ReplyError, match="room for 64"):
        close_board([(SECRET, SAID)] * (CELLS + 1), NEWSROOM, DAY, drawing(b"a"))


@pytest.mark.parametrize(
    ("secret", "newsroom", "day"),
    [(OTHER, NEWSROOM, DAY), (SECRET, bytes(16), DAY), (SECRET, NEWSROOM, DAY + timedelta(days=1))],
)
def test_a_cell_opens_for_nobody_else_and_on_no_other_board(
    secret: bytes, newsroom: bytes, day: date
) -> None:
    cell = close_cell(SECRET, NEWSROOM, DAY, SAID, b"n" * 12)
    assert open_cell(SECRET, NEWSROOM, DAY, cell) == SAID
    assert open_cell(secret, newsroom, day, cell) is None


def test_one_bit_changed_does_not_open() -> None:
    cell = close_cell(SECRET, NEWSROOM, DAY, SAID, b"n" * 12)
    for at in (0, 12, CELL - 1):
        assert open_cell(SECRET, NEWSROOM, DAY, cell[:at] + bytes([cell[at] ^ 1]) + cell[at + 1 :]) is None


def test_a_long_reply_fills_a_cell_and_one_byte_more_does_not() -> None:
    spare = ROOM - len(encode_reply(Reply("a", DAY)))
    longest = Reply("a" * (1 + spare), DAY)
    assert open_cell(SECRET, NEWSROOM, DAY, close_cell(SECRET, NEWSROOM, DAY, longest, b"n" * 12)) == longest
    with pytest.raises(ReplyError, match="1 bytes too long"):
        encode_reply(Reply(longest.text + "a", DAY))


@pytest.mark.parametrize("text", ["", " \n", "a\x1b[2J", "\ud800"])
def test_what_no_screen_should_show_is_no_reply(text: str) -> None:
    with pytest.raises(ReplyError):
        encode_reply(Reply(text, DAY))


def test_words_come_down_to_another_secret_for_another_newsroom() -> None:
    assert reply_secret(b"m" * 16, NEWSROOM) != reply_secret(b"m" * 16, bytes(16))
    with pytest.raises(ValueError, match="16 bytes"):
        reply_secret(b"m" * 15, NEWSROOM)


def test_a_signed_board_is_believed_on_its_day(keyring: Keyring) -> None:
    cells = close_board([(SECRET, SAID)], keyring.newsroom_id, DAY, drawing(b"a"))
    signed = keyring.sign_board(DAY, 3, cells)
    board = verify_board(*signed, keyring.identity_public, DAY)
    assert (board.age, board.cells) == ((DAY, 3), cells)
    with pytest.raises(SignatureError, match="good on 2023-12-18"):
        verify_board(*signed, keyring.identity_public, DAY + timedelta(days=1))


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2}, {"newsroom": "00" * 16}, {"day": "yesterday"}, {"number": -1}, {"number": "x"},
        {"cells": []}, {"cells": ["!"] * CELLS}, {"cells": 7}, {"more": 1},
    ],
)  # fmt: skip
def test_a_board_of_another_shape_is_refused(keyring: Keyring, change: dict[str, object]) -> None:
    payload = write_board(keyring.identity_public, DAY, 0, close_board([], NEWSROOM, DAY, drawing(b"a")))
    odd = json.dumps({**json.loads(payload), **change}, sort_keys=True, separators=(",", ":")).encode()
    with pytest.raises(SignatureError):
        verify_board(odd, keyring.sign("board", odd), keyring.identity_public, DAY)


def test_a_key_list_is_no_board(keyring: Keyring) -> None:
    payload, _ = keyring.sign_board(DAY, 0, close_board([], NEWSROOM, DAY, drawing(b"a")))
    with pytest.raises(SignatureError, match="not signed by the newsroom"):
        verify_board(payload, keyring.sign("key-list", payload), keyring.identity_public, DAY)


def test_write_board_takes_whole_boards_alone(keyring: Keyring) -> None:
    with pytest.raises(ValueError, match="64 cells"):
        write_board(keyring.identity_public, DAY, 0, [b""] * CELLS)
