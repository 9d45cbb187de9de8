"""The lines of an input in lots: as many as are at hand, so that nobody waits for a lot to fill.

Not a subcommand. Lines are bytes and end with a line feed, as those of a file in binary do. Belongs here: which lines
make a lot. Does not belong here: what a line says.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import BinaryIO

MOST = 32  # lines of a lot
LONG = 1 << 15  # bytes: a lot is over with the line that reaches them
PIECE = 1 << 16  # bytes read at once


def lots(source: BinaryIO) -> Iterator[list[bytes]]:
    """The lines that one reading of `source` gave, MOST at a time; only then it is read again."""
    lot, length = list[bytes](), 0
    for line in _lines(source):
        if line:
            lot.append(line)
            length += len(line)
        if lot and (not line or len(lot) == MOST or length >= LONG):
            yield lot
            lot, length = [], 0


def _lines(source: BinaryIO) -> Iterator[bytes]:
    """Each line as it comes, and nothing (b"") where more would have to be waited for."""
    begun = list[bytes]()
    for piece in _pieces(source):
        *whole, rest = piece.split(b"\n")
        for line in whole:
            yield b"".join((*begun, line, b"\n"))
            begun.clear()
        begun += [rest] if rest else []
        yield b""
    yield b"".join(begun)
    yield b""


def _pieces(source: BinaryIO) -> Iterator[bytes]:
    try:
        number = source.fileno()
    except OSError:  # not of the system: a test's input
        yield from source
        return
    while piece := os.read(number, PIECE):
        yield piece
