"""Where the drop keeps ciphertext until the desk has collected it: one SQLite file, one writer.

All work goes through one thread, which runs what has piled up as one transaction and answers after
the commit has reached the disk (WAL, synchronous=FULL): `held` is never said of what a power cut
could take. Rows are ordered by hash, so that the file does not tell in which order they came.
Belongs here: rows. Does not belong here: HTTP, and judging what an envelope is.
"""

from __future__ import annotations

import queue
import sqlite3
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from nightdesk.seal.signing import CollectRequest, Pull

SCHEMA = """
CREATE TABLE IF NOT EXISTS envelope (hash BLOB PRIMARY KEY, day TEXT NOT NULL, data BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
"""
SETTINGS = ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "foreign_keys=ON")
BATCH = 256
ANSWER_BYTES = 4 << 20  # of ciphertext in one answer to a pull, whatever its limit

Published = Literal["keys", "board"]
Job = Callable[[sqlite3.Connection], Any]


class ReplayedError(ValueError):
    """A pull request whose counter was used before."""


@dataclass(frozen=True, slots=True)
class Held:
    """One envelope as it lies here: its SHA-256, the day it came, its bytes."""

    hash: bytes
    day: date
    data: bytes


class Store:
    """Opens (and creates) the file at once; `close` waits for what is queued."""

    def __init__(self, path: Path, capacity: int) -> None:
        self._capacity = capacity
        self._jobs: queue.SimpleQueue[tuple[Future[Any], Job] | None] = queue.SimpleQueue()
        path.touch(mode=0o600)  # before SQLite makes it for everybody; its journals take over this mode
        path.chmod(0o600)
        self._database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        for setting in SETTINGS:
            self._database.execute(f"PRAGMA {setting}")
        self._database.executescript(SCHEMA)
        self._count: int = self._database.execute("SELECT count(*) FROM envelope").fetchone()[0]
        self._thread = threading.Thread(target=self._work, name="drop-writer", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Finishes what is queued, then closes the file."""
        self._jobs.put(None)
        self._thread.join()
        self._database.close()

    def keep(self, hash_: bytes, day: date, data: bytes | None) -> Future[bool]:
        """Whether there was room. `data` None is no envelope: it takes the same way and leaves no row."""

        def job(database: sqlite3.Connection) -> bool:
            if self._count >= self._capacity:
                return False
            if data is not None:
                row = (hash_, day.isoformat(), data)
                self._count += database.execute(
                    "INSERT OR IGNORE INTO envelope VALUES (?, ?, ?)", row
                ).rowcount
            return True

        return self._submit(job)

    def pull(self, request: Pull) -> Future[list[Held]]:
        """Forgets what `request` confirms, then hands out the oldest. ReplayedError on a used counter."""

        def job(database: sqlite3.Connection) -> list[Held]:
            if request.counter <= int(_fact(database, "counter") or b"0"):
                raise ReplayedError
            _set_fact(database, "counter", str(request.counter).encode())
            for hash_ in request.forget:
                self._count -= database.execute("DELETE FROM envelope WHERE hash = ?", (hash_,)).rowcount
            rows = database.execute(
                "SELECT hash, day, data FROM envelope ORDER BY day, hash LIMIT ?", (request.limit,)
            )
            return _within(ANSWER_BYTES, rows)

        return self._submit(job)

    def collect(self, request: CollectRequest, have: frozenset[bytes]) -> Future[tuple[list[Held], bool]]:
        """The oldest that are not in `have`, and whether more are left; forgets nothing.

        Its numbers rise within a day and are not the desk's: who steals a courier's requests can use
        them up, but cannot get ahead of the desk's own counter. ReplayedError on a used one.
        """

        def job(database: sqlite3.Connection) -> tuple[list[Held], bool]:
            mark = f"{request.day.isoformat()} {request.number:08d}".encode()
            if mark <= (_fact(database, "collected") or b""):
                raise ReplayedError
            _set_fact(database, "collected", mark)
            known = database.execute("SELECT hash FROM envelope ORDER BY day, hash")
            wanted = [hash_ for (hash_,) in known if hash_ not in have]
            return _handed_over(database, wanted, request.limit)

        return self._submit(job)

    def count(self) -> int:
        """How many envelopes lie here."""
        return self._count

    def published(self, name: Published) -> Future[bytes | None]:
        """The packed key list or reply board, as the desk published it."""
        return self._submit(lambda database: _fact(database, name))

    def publish(self, name: Published, packed: bytes, stored: bytes | None) -> Future[bool]:
        """Replaces `stored`; False when another took its place meanwhile, which may be newer than `packed`."""

        def job(database: sqlite3.Connection) -> bool:
            still = _fact(database, name) == stored
            if still:
                _set_fact(database, name, packed)
            return still

        return self._submit(job)

    def _submit(self, job: Job) -> Future[Any]:
        future: Future[Any] = Future()
        self._jobs.put((future, job))
        return future

    def _work(self) -> None:
        open_ = True
        while open_:
            batch = [self._jobs.get()]
            with suppress(queue.Empty):
                while len(batch) < BATCH:
                    batch.append(self._jobs.get_nowait())
            open_ = None not in batch
            self._commit([each for each in batch if each and each[0].set_running_or_notify_cancel()])

    def _commit(self, batch: list[tuple[Future[Any], Job]]) -> None:
        """Runs a batch as one transaction; every answer waits until it is on the disk."""
        before = self._count
        try:
            self._database.execute("BEGIN IMMEDIATE")
            answers = [_outcome(job, self._database) for _, job in batch]
            self._database.execute("COMMIT")
        # A full disk, or a fault of ours: nobody of this batch was promised anything, and a writer that
        # died here would leave every later request waiting for ever.
        except Exception as error:  # noqa: BLE001 - as said above; each waiting request gets it
            self._count = before
            with suppress(sqlite3.Error):
                self._database.execute("ROLLBACK")
            answers = [error] * len(batch)
        if self._count < before:  # forgotten bytes leave the write-ahead log too
            with suppress(sqlite3.Error):  # the next forgetting tries again
                self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for (future, _), answer in zip(batch, answers, strict=True):
            _settle(future, answer)


def _outcome(job: Job, database: sqlite3.Connection) -> Any:
    try:
        return job(database)
    except ReplayedError as error:  # refused before it wrote anything: the rest of the batch stands
        return error


def _settle(future: Future[Any], answer: Any) -> None:
    if isinstance(answer, Exception):
        future.set_exception(answer)
    else:
        future.set_result(answer)


def _within(budget: int, rows: Iterable[tuple[bytes, str, bytes]]) -> list[Held]:
    found: list[Held] = []
    for hash_, day, data in rows:
        found.append(Held(hash_, date.fromisoformat(day), data))
        budget -= len(data)
        if budget <= 0:
            break
    return found


def _handed_over(database: sqlite3.Connection, wanted: list[bytes], limit: int) -> tuple[list[Held], bool]:
    one = "SELECT hash, day, data FROM envelope WHERE hash = ?"
    rows = (database.execute(one, (hash_,)).fetchone() for hash_ in wanted[:limit])
    found = _within(ANSWER_BYTES, rows)
    return found, len(wanted) > len(found)


def _fact(database: sqlite3.Connection, name: str) -> bytes | None:
    row = database.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
    return row[0] if row else None


def _set_fact(database: sqlite3.Connection, name: str, value: bytes) -> None:
    database.execute("INSERT OR REPLACE INTO fact VALUES (?, ?)", (name, value))
