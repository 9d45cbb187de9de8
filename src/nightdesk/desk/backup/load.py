"""Reading a backup's stream back, and proving that what was loaded is what was told.

A stream is believed when it ends in its manifest and every table's rows have the digest named there; a
table is proved when the database, read again row by row, gives the same. Belongs here: lines in, rows
and files out, comparison. Does not belong here: where the stream comes from (borg.py), keys, folders.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from django.db import DatabaseError, connection

from nightdesk.desk.backup import dump
from nightdesk.desk.backup.dump import Digest, Tick, Told
from nightdesk.desk.keyfiles import NotReady

BATCH = 500  # rows in one executemany
CUT = "This backup is cut short or was changed: {}. Nothing was restored; take another one (`--list`)."
Keep = Callable[[str, list[str], list[Any], bytes], bool]


class Refused(NotReady):
    """The backup cannot be believed; nothing of it was kept."""

    def __init__(self, why: str) -> None:
        super().__init__(CUT.format(why))


@contextmanager
def _shaped() -> Iterator[None]:
    """A line that is JSON and not of a backup's form was changed too; so was a row the database cannot take."""
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, DatabaseError):
        raise Refused("a line of it has another form") from None


@dataclass
class Stream:
    """A part as it comes, with its header read. What is told and what passed are compared at the end."""

    header: dict[str, Any]
    _lines: Iterator[bytes]

    @classmethod
    @_shaped()
    def begin(cls, file: Iterable[bytes], part: str) -> Stream:
        """Raises Refused when the first line is not this part's header."""
        lines = iter(file)
        header = _parse(next(lines, b""))
        if not isinstance(header, dict) or header.get("nightdesk") != "backup" or header.get("part") != part:
            raise Refused("its first line is not that of a backup")
        if header.get("version") != dump.VERSION:
            raise NotReady(
                f"This backup has version {header.get('version')}, and this program reads {dump.VERSION}. "
                "Restore it with the version of Nightdesk that made it."
            )
        return cls(header, lines)

    @_shaped()
    def files(self, into: Path | None) -> tuple[bytes, dict[str, tuple[int, str]]]:
        """Writes the files below `into` (None: nowhere); returns the first line after them, and what passed."""
        passed: dict[str, list[Any]] = {}
        for line in self._lines:
            value = _parse(line)
            if not (isinstance(value, dict) and "file" in value):
                return line, {name: (size, sha.hexdigest()) for name, (size, sha) in passed.items()}
            piece = base64.b64decode(value["bytes"])
            size, sha = passed.setdefault(_safe(value["file"]), [0, hashlib.sha256()])
            if size != value["at"]:
                raise Refused(f"a piece of {value['file']} is missing")
            sha.update(piece)
            passed[value["file"]][0] += len(piece)
            if into is not None:
                _append(into / value["file"], piece)
        raise Refused("its end is missing")

    def rest(self) -> Iterator[bytes]:
        return self._lines


def _safe(name: str) -> str:
    """A name below the desk's folder; anything else was not written by a desk."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        raise Refused(f"it names a file outside the desk: {name}")
    return name


def _append(path: Path, piece: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("ab") as file:
        file.write(piece)
    path.chmod(0o600)


@_shaped()
def tables(
    first: bytes, rest: Iterable[bytes], into: bool, keep: Keep | None = None, tick: Tick = lambda n: None
) -> tuple[Told, dict[str, int], dict[str, tuple[int, str]]]:
    """Loads the tables (or only reads them, when not `into`), and returns what was told, the counters, and
    what was kept. Raises Refused when rows and manifest disagree, or the manifest never comes."""
    passed: dict[str, tuple[int, str]] = {}
    kept: dict[str, tuple[int, str]] = {}
    table: _Table | None = None
    for line in _chain(first, rest):
        value = _parse(line)
        if isinstance(value, list):
            if table is None:
                raise Refused("a row stands outside a table")
            table.take(line, value)
            tick(1)
            continue
        if table is not None:
            passed[table.name], kept[table.name] = table.end()
            table = None
        if "manifest" in value:
            told = Told(
                {name: (n, sha) for name, (n, sha) in value["manifest"]["tables"].items()},
                {name: (n, sha) for name, (n, sha) in value["manifest"]["files"].items()},
            )
            _agree("table", told.tables, passed)
            if next(iter(rest), None) is not None:
                raise Refused("something stands behind its end")
            return told, value["manifest"]["sequences"], kept
        table = _Table(value["table"], value["columns"], into, keep)
    raise Refused("its end is missing")


def _chain(first: bytes, rest: Iterable[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


class _Table:
    """One table while its rows pass."""

    def __init__(self, name: str, columns: list[str], into: bool, keep: Keep | None) -> None:
        self.name, self.columns, self._into, self._keep = name, columns, into, keep
        self._all, self._kept = Digest(), Digest()
        self._batch: list[list[Any]] = []
        if into:
            there = dump.columns(name)
            if there != columns:
                raise NotReady(
                    f"This backup has a table {name} that this version of Nightdesk does not know in that shape. "
                    "Restore it with the version that made it, or a newer one."
                )

    def take(self, line: bytes, row: list[Any]) -> None:
        self._all.take(line)
        if self._keep is not None and not self._keep(self.name, self.columns, row, line):
            return
        self._kept.take(line)
        if self._into:
            self._batch.append(row)
            if len(self._batch) == BATCH:
                self._write()

    def _write(self) -> None:
        insert(self.name, self.columns, self._batch)
        self._batch = []

    def end(self) -> tuple[tuple[int, str], tuple[int, str]]:
        if self._batch:
            self._write()
        return self._all.told, self._kept.told


def insert(table: str, columns: list[str], rows: list[list[Any]]) -> None:
    """Writes rows as they stand in a backup."""
    names = ", ".join(dump.quoted(name) for name in columns)
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {dump.quoted(table)} ({names}) VALUES ({marks})",
            [[_stored(value) for value in row] for row in rows],
        )


def remove_orphans(table: str) -> None:
    """Takes out rows that point at a row which is not there."""
    with connection.cursor() as cursor:
        found = cursor.execute(f"PRAGMA foreign_key_check({dump.quoted(table)})").fetchall()
        for row in {rowid for _table, rowid, *_rest in found}:
            cursor.execute(f"DELETE FROM {dump.quoted(table)} WHERE rowid = %s", [row])


def _stored(value: Any) -> Any:
    return base64.b64decode(value["bytes"]) if isinstance(value, dict) else value


def empty(part: str) -> None:
    """No row in any table of the part: what migrations put there comes from the backup too."""
    with connection.cursor() as cursor:
        for table in dump.tables(part):
            cursor.execute(f"DELETE FROM {dump.quoted(table)}")


def set_sequences(counters: dict[str, int]) -> None:
    with connection.cursor() as cursor:
        for name, last in counters.items():
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [name])
            cursor.execute("INSERT INTO sqlite_sequence(name, seq) VALUES (%s, %s)", [name, last])


def prove(kept: dict[str, tuple[int, str]], part: str) -> int:
    """Reads every row of the part back from the database. Raises Refused at the first table that differs."""
    found = {}
    for table in dump.tables(part):
        digest = Digest()
        for line in dump.rows(table):
            digest.take(line)
        found[table] = digest.told
    # A table this program has and the backup's version had not yet is empty, or it is a fault.
    nothing = Digest().told
    _agree("table", kept, {name: told for name, told in found.items() if name in kept or told != nothing})
    return sum(count for count, _sha in found.values())


def prove_files(told: dict[str, tuple[int, str]], directory: Path) -> None:
    """Every file as the manifest has it, read back from the disk."""
    found = {
        name: (len(data), hashlib.sha256(data).hexdigest())
        for name in told
        if (path := directory / name).is_file() and (data := path.read_bytes()) is not None
    }
    _agree("file", told, found)


def agree_files(told: dict[str, tuple[int, str]], passed: dict[str, tuple[int, str]]) -> None:
    """What came by as files is what the manifest names."""
    _agree("file", told, passed)


def _agree(kind: str, told: dict[str, tuple[int, str]], found: dict[str, tuple[int, str]]) -> None:
    differ = sorted(name for name in told.keys() | found.keys() if told.get(name) != found.get(name))
    if differ:
        raise Refused(f"the {kind} {differ[0]} is not as its manifest says")


def _parse(line: bytes) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        raise Refused("a line of it is not whole") from None


def lines_of(file: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of a pipe; a last one without its end is one that was cut."""
    for line in file:
        if not line.endswith(b"\n"):
            raise Refused("its last line is not whole")
        yield line
