"""The short-lived part: what opens each source's words, so that a purge reaches the main part too.

A source that is in an older key part and not in the newest was purged in between: it stays purged.
Belongs here: which keys come back. Does not belong here: expiry (making.py).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from nightdesk.desk.backup import dump, load
from nightdesk.desk.backup.borg import Repository

Rows = dict[str, tuple[list[str], dict[str, bytes]]]  # table -> its columns, and its lines by key


@dataclass
class Opened:
    """What was loaded: from which part, how many rows, and what the tables must hold."""

    name: str = ""
    rows: int = 0
    kept: dict[str, tuple[int, str]] = field(default_factory=dict)


def load_into(short: Repository, name: str) -> Opened:
    """Loads the keys that go with archive `name`, inside the caller's transaction."""
    names = short.names() if short.exists else []
    if not names:
        return Opened(kept={table: dump.Digest().told for table in dump.tables(dump.KEYS)})
    newest = _read(short, names[-1])
    own = _read(short, name) if name in names else newest
    kept = {table: chosen(lines, newest.get(table, ([], {}))[1]) for table, (_names, lines) in own.items()}
    opened = Opened(name if name in names else names[-1])
    for table, lines in kept.items():
        opened.kept[table] = _load(table, own[table][0], lines)
        opened.rows += opened.kept[table][0]
    return opened


def chosen(own: dict[str, bytes], newest: dict[str, bytes]) -> dict[str, bytes]:
    """The archive's own keys, without those that were destroyed since."""
    return {key: line for key, line in own.items() if key in newest}


def _read(short: Repository, name: str) -> Rows:
    """One part in memory: a row a source, and it is believed only with its manifest."""
    found: Rows = {}

    def keep(table: str, columns: list[str], row: list[Any], line: bytes) -> bool:
        key = json.dumps([row[columns.index(column)] for column in dump.key_of(table)])
        found.setdefault(table, (columns, {}))[1][key] = line
        return False

    with short.read(name) as pipe:
        stream = load.Stream.begin(load.lines_of(pipe), dump.KEYS)
        first, _files = stream.files(None)
        told, _counters, _kept = load.tables(first, stream.rest(), True, keep)
    return {**{table: (dump.columns(table), {}) for table in told.tables}, **found}


def _load(table: str, columns: list[str], lines: dict[str, bytes]) -> tuple[int, str]:
    """Loads the lines, lets go of those whose source is not in this archive, and says what is there then."""
    load.insert(table, columns, [json.loads(line) for line in lines.values()])
    load.remove_orphans(table)
    digest = dump.Digest()
    there = set(dump.rows(table))
    for line in lines.values():
        if line in there:
            digest.take(line)
    return digest.told
