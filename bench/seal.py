"""Sealing and opening beside a libsodium sealed box, the reply board, and how fast the drop takes Envelopes in.

The sealed box is X25519 alone and one call of C: the yardstick, not an alternative (it has nothing
against a computer that breaks X25519 later).
"""

from __future__ import annotations

import asyncio
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from statistics import median

from nacl.public import PrivateKey, SealedBox

from nightdesk.drop.store import Store
from nightdesk.seal.board import CELLS, verify_board
from nightdesk.seal.closing import seal
from nightdesk.seal.daykeys import DayPrivateKey
from nightdesk.seal.keyring import new_keyring
from nightdesk.seal.opening import open_envelope
from nightdesk.seal.replying import Reply, close_board, open_cell
from nightdesk.seal.signing import pack
from nightdesk.seal.wire import ReportPayload, write_header

DAY = date(2023, 12, 18)
NEWSROOM = bytes(16)
ROUNDS = 7
CALLS = 200
POSTS = 4000
CONNECTIONS = 64
DROP = """
import socket, sys
from datetime import date
from nightdesk.drop.app import create_app
from nightdesk.drop.config import DropConfig
from nightdesk.drop.serve import server
app = create_app(sys.argv[1], DropConfig(bytes(32), 10**6), lambda: date(2023, 12, 18))
server(app, "127.0.0.1", int(sys.argv[2])).run()
"""

Row = tuple[str, float, str, str]


def bench() -> Iterator[Row]:
    """Rows (name, value, unit, note); rounds of the compared calls are interleaved."""
    yield from _sealing()
    yield from _replying()
    yield from _storing()
    yield from _posting()


def _sealing() -> Iterator[Row]:
    key = DayPrivateKey.from_seed(bytes(range(32)), DAY)
    short, long_ = ReportPayload("가" * 900, "ko"), ReportPayload("가" * 21_000, "ko")
    envelopes = [seal(report, key.public, NEWSROOM) for report in (short, long_)]
    keys = {key.key_id: key}
    private = PrivateKey.generate()
    box, unbox, plain = SealedBox(private.public_key), SealedBox(private), bytes(2928)
    boxed = box.encrypt(plain)
    figures = _interleaved({
        "seal 4 KiB": lambda: seal(short, key.public, NEWSROOM),
        "seal 4 KiB, sealed box": lambda: box.encrypt(plain),
        "open 4 KiB": lambda: open_envelope(envelopes[0], keys, NEWSROOM),
        "open 4 KiB, sealed box": lambda: unbox.decrypt(boxed),
        "seal 64 KiB": lambda: seal(long_, key.public, NEWSROOM),
        "open 64 KiB": lambda: open_envelope(envelopes[1], keys, NEWSROOM),
        "load a day key": lambda: DayPrivateKey.from_seed(key.seed, DAY),
    })  # fmt: skip
    for name, micros in figures.items():
        yield name, micros, "µs", "PyNaCl, X25519 alone" if "box" in name else "median, report JSON included"


def _replying() -> Iterator[Row]:
    """A board with a reply in every cell, as the desk makes one at each round, and what a source's side does with it."""
    ours = new_keyring(bytes(32), b"s" * 32, b"d" * 32, DAY, DAY)
    owned = [bytes([n]) * 32 for n in range(CELLS)]
    said = [(secret, Reply("가" * 300, DAY)) for secret in owned]

    def board(replies: list[tuple[bytes, Reply]]) -> tuple[bytes, bytes]:
        return ours.sign_board(DAY, 1, close_board(replies, ours.newsroom_id, DAY, secrets.token_bytes))

    signed = board(said)
    cells = verify_board(*signed, ours.identity_public, DAY).cells
    figures = _interleaved({
        "board, no reply: close, sign": lambda: board([]),
        "board, 64 replies: close, sign": lambda: board(said),
        "board: verify": lambda: verify_board(*signed, ours.identity_public, DAY),
        "board: try every cell": lambda: [open_cell(owned[0], ours.newsroom_id, DAY, each) for each in cells],
    })  # fmt: skip
    for name, micros in figures.items():
        yield name, micros, "µs", f"{len(pack(*signed)):,} bytes as sent" if "verify" in name else ""


def _interleaved(calls: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Median µs a call, one round of each after the other so that noise falls on all alike."""
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(ROUNDS):
        for name, call in calls.items():
            start = time.perf_counter()
            for _ in range(CALLS):
                call()
            taken[name].append((time.perf_counter() - start) / CALLS * 1e6)
    return {name: median(times) for name, times in taken.items()}


def _envelopes(count: int) -> list[bytes]:
    """Bytes that look like Envelopes: the drop cannot tell, and sealing is not what is measured."""
    return [write_header(NEWSROOM, bytes(8)) + os.urandom(4096 - 32) for _ in range(count)]


def _storing() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "drop.sqlite3", 10**6)
        one_by_one = _rate(400, lambda sent: [store.keep(each[32:64], DAY, each).result() for each in sent])
        together = _rate(
            POSTS, lambda sent: [each.result() for each in [store.keep(d[32:64], DAY, d) for d in sent]]
        )
        store.close()
    yield "drop store, one commit each", one_by_one, "envelopes/s", "synchronous=FULL"
    yield "drop store, group commit", together, "envelopes/s", "synchronous=FULL, up to 256 a commit"


def _rate(count: int, keep: Callable[[list[bytes]], object]) -> float:
    rates = []
    for _ in range(3):
        sent = _envelopes(count)
        start = time.perf_counter()
        keep(sent)
        rates.append(count / (time.perf_counter() - start))
    return median(rates)


def _posting() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        port = _free_port()
        process = subprocess.Popen([sys.executable, "-c", DROP, f"{folder}/drop.sqlite3", str(port)])
        try:
            measured = [asyncio.run(_post_all(port, _envelopes(POSTS))) for _ in range(3)]
        finally:
            process.terminate()
            process.wait()
    note = f"{CONNECTIONS} connections, client on the same cores"
    yield "drop over HTTP", median(rate for rate, _ in measured), "posts/s", note
    yield "drop over HTTP, p99", median(late for _, late in measured) * 1e3, "ms", "to `held`, on the disk"


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def _post_all(port: int, sent: list[bytes]) -> tuple[float, float]:
    """Posts a second, and the 99th percentile of seconds a post took."""
    waiting, taken = list(sent), []

    async def client() -> None:
        reader, writer = await _connect(port)
        while waiting:
            data = waiting.pop()
            start = time.perf_counter()
            writer.write(b"POST /envelopes HTTP/1.1\r\nhost: d\r\ncontent-length: 4096\r\n\r\n" + data)
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200") and (await reader.readexactly(70)).startswith(b"held")
            taken.append(time.perf_counter() - start)
        writer.close()

    start = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(CONNECTIONS)))
    rate = len(sent) / (time.perf_counter() - start)
    return rate, sorted(taken)[int(len(taken) * 0.99)]


async def _connect(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    for _ in range(100):
        try:
            return await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.1)
    raise TimeoutError("the drop did not start")
