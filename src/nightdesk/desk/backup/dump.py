"""The desk as a stream of lines: a header, the small files, every table row by row, and a manifest last.

JSON lines, read as SQL stores them, in a stable order, so that a backup of the same rows has the same
bytes and deduplicates; the format is docs/formats/backup.md. One read transaction: what it holds is of
one moment, and the desk goes on writing meanwhile. Belongs here: what goes in, and what never does.
Does not belong here: sealing (borg.py), reading it back (load.py).
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

VERSION = 2
DESK, KEYS = "desk", "keys"  # the two parts of a backup
# What opens one source's words or card, for the desk or for single members: only in the short-lived part.
KEY_TABLES = ("sourcekeys.SourceKey", "sources.CardKey", "sources.Reveal", "reports.WordsKey")
# Whoever is signed in; the header names the migrations; findings quote what was told, a review finds them anew.
LEFT_OUT = ("staff_signedin", "django_migrations", "review_finding")
# What the desk makes of told words lies in no source's seal: it goes in empty, and is made anew afterwards.
# A review without its fingerprint is of no text: every story asks to be reviewed again.
EMPTIED: dict[str, dict[str, str]] = {
    "review_review": {"fingerprint": "", "cannot_estimate": "[]", "unread": "[]", "text": "{}"},
    "claims_event": {"why": "", "ask": "", "why_parts": "[]", "ask_parts": "[]"},
    "claims_corroboration": {"why": "", "why_parts": "[]", "says": "", "against": ""},
    # A reason may quote the other teller, whose key does not close it.
    "claims_judgement": {"why": ""},
    "sources_source": {"old_card": ""},  # plain words of before cards were sealed: see plain_cards()
}
FILES = ("newsroom.json", "keys/slots.json", "keys/keyring.json", "keys/recovery.json")
FOLDERS = ("releases",)  # signed and public
PIECE = 512 * 1024  # bytes of a file in one line
Tick = Callable[[int], object]


@dataclass
class Told:
    """What a part holds, as its manifest says it: rows and a digest for each table and file."""

    tables: dict[str, tuple[int, str]] = field(default_factory=dict)
    files: dict[str, tuple[int, str]] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return sum(count for count, _digest in self.tables.values())


class Digest:
    """Counts lines and takes their digest as they pass."""

    def __init__(self) -> None:
        self.count, self._sha = 0, hashlib.sha256()

    def take(self, line: bytes) -> bytes:
        self.count += 1
        self._sha.update(line)
        return line

    @property
    def told(self) -> tuple[int, str]:
        return self.count, self._sha.hexdigest()


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything read inside is of one moment. Takes no lock a writer would wait for."""
    connection.ensure_connection()
    raw = connection.connection
    raw.execute("BEGIN DEFERRED")  # not atomic(): the desk's transactions begin by taking the write lock
    try:
        raw.execute(
            "SELECT count(*) FROM sqlite_master"
        ).fetchone()  # the moment is now, not at the first row
        yield
    finally:
        raw.execute("ROLLBACK")


def lines(part: str, facts: dict[str, Any], directory: Path, tick: Tick = lambda n: None) -> Iterator[bytes]:
    """The part, line by line; the last line is its manifest. Call inside one_moment()."""
    told = Told()
    yield _line(
        {"nightdesk": "backup", "version": VERSION, "part": part, **facts, "migrations": migrations()}
    )
    if part == DESK:
        for path in small_files(directory):
            yield from _file(directory, path, told)
    for table in tables(part):
        yield _line({"table": table, "columns": columns(table)})
        digest = Digest()
        for line in rows(table):
            yield digest.take(line)
            tick(1)
        told.tables[table] = digest.told
    yield manifest_line(told, sequences(part))


def manifest_line(told: Told, counters: dict[str, int]) -> bytes:
    return _line({"manifest": {"tables": told.tables, "files": told.files, "sequences": counters}})


def migrations() -> list[list[str]]:
    """The migrations this database has, in the order of their names: the shape of its rows."""
    return sorted([app, name] for app, name in MigrationRecorder(connection).applied_migrations())


def tables(part: str) -> list[str]:
    """The part's tables by name. A table nobody thought of is in the main part: nothing is lost silently."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name")
        found = cursor.fetchall()
    virtual = tuple(name for name, sql in found if str(sql).upper().startswith("CREATE VIRTUAL"))
    index = {
        name for name, _sql in found if name in virtual or name.startswith(tuple(f"{v}_" for v in virtual))
    }
    kept = [n for n, _s in found if n not in index and n not in LEFT_OUT and not n.startswith("sqlite_")]
    return [name for name in kept if (name in key_tables()) == (part == KEYS)]


def key_tables() -> set[str]:
    """Names of the tables whose rows open a source's words."""
    known = {model._meta.label: model._meta.db_table for model in apps.get_models()}
    return {known[label] for label in KEY_TABLES if label in known}


def columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        return sorted(row[1] for row in cursor.execute(f"PRAGMA table_info({quoted(table)})").fetchall())


def rows(table: str) -> Iterator[bytes]:
    """Every row of a table in the order of its key, one line each; never more than one in memory."""
    connection.ensure_connection()
    # A bare "+": an expression has no declared type, so the value comes as it is stored, not as a date.
    emptied = EMPTIED.get(table, {})
    names = ", ".join(
        f"'{emptied[name]}'" if name in emptied else f"+{quoted(name)}" for name in columns(table)
    )
    cursor = connection.connection.cursor()
    try:
        for row in cursor.execute(f"SELECT {names} FROM {quoted(table)} ORDER BY {_order(table)}"):
            yield _line([_plain(value) for value in row])
    finally:
        cursor.close()


def total(part: str) -> int:
    """How many rows there are to read."""
    with connection.cursor() as cursor:
        return sum(
            cursor.execute(f"SELECT count(*) FROM {quoted(table)}").fetchone()[0] for table in tables(part)
        )


def plain_cards() -> int:
    """Identity cards that nobody has opened since cards are sealed: they are in no backup."""
    if "old_card" not in columns("sources_source"):
        return 0
    with connection.cursor() as cursor:
        found = cursor.execute("SELECT count(*) FROM sources_source WHERE old_card <> ''").fetchone()
    return int(found[0])


def sequences(part: str) -> dict[str, int]:
    """The last number each table gave out: a number that was purged must not be given to somebody else."""
    ours = {*tables(part), *(LEFT_OUT if part == DESK else ())}
    with connection.cursor() as cursor:
        found = cursor.execute("SELECT name, seq FROM sqlite_sequence ORDER BY name").fetchall()
    return {name: seq for name, seq in found if name in ours}


def small_files(directory: Path) -> list[str]:
    """What is not in the database: never a day key, never the session secret, never the offline identity."""
    there = [name for name in FILES if (directory / name).is_file()]
    for folder in FOLDERS:
        found = (path for path in (directory / folder).rglob("*") if path.is_file())
        there += sorted(path.relative_to(directory).as_posix() for path in found)
    return there


def _file(directory: Path, name: str, told: Told) -> Iterator[bytes]:
    """A file in pieces; one that is exchanged meanwhile is read whole from its old inode."""
    sha, size = hashlib.sha256(), 0
    with (directory / name).open("rb") as file:
        while piece := file.read(PIECE):
            yield _line({"file": name, "at": size, "bytes": base64.b64encode(piece).decode()})
            sha.update(piece)
            size += len(piece)
    told.files[name] = (size, sha.hexdigest())


def key_of(table: str) -> list[str]:
    """The columns of the table's key, in their order."""
    with connection.cursor() as cursor:
        info = cursor.execute(f"PRAGMA table_info({quoted(table)})").fetchall()
    return [name for _place, name in sorted((row[5], row[1]) for row in info if row[5])]


def _order(table: str) -> str:
    """By its key, so that the order is the same whatever the table went through."""
    return ", ".join(quoted(name) for name in key_of(table)) or "rowid"


def quoted(name: str) -> str:
    """A name of the schema inside SQL; names come from the database itself or are checked against it."""
    return connection.ops.quote_name(name)


def _plain(value: Any) -> Any:
    return {"bytes": base64.b64encode(value).decode()} if isinstance(value, bytes | memoryview) else value


def _line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def chunks(found: Iterable[bytes], size: int = 1 << 20) -> Iterator[bytes]:
    """The same bytes in pieces of about a megabyte, for a pipe."""
    held: list[bytes] = []
    length = 0
    for line in found:
        held.append(line)
        length += len(line)
        if length >= size:
            yield b"".join(held)
            held, length = [], 0
    if held:
        yield b"".join(held)
