"""The short-lived part: what opens each source's words, so that a purge reaches the main part too.

A source that is in an older key part and not in the newest was purged in between: it stays purged, and
with it the wraps of its card and of its eyes-only words. Wraps are judged by their source and not by
their own rows: a card that was written anew has others, and an older backup needs the older ones. Belongs here: which keys come back. Does not belong here: expiry (making.py).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from nightdesk.desk.backup import dump, load
from nightdesk.desk.backup.borg import Repository

# A table of wraps -> its column, and the source of what each number there names. Without that source's key the
# row is not loaded.
OF_SOURCE = {
    "sources_cardkey": ("row_id", "SELECT id, source_id FROM sources_card"),
    "sources_reveal": ("card_id", "SELECT id, source_id FROM sources_card"),
    "reports_wordskey": (
        "row_id",
        "SELECT s.id, r.source_id FROM reports_sealedwords s JOIN reports_report r ON r.id = s.report_id",
    ),
}

Rows = dict[str, tuple[list[str], dict[str, bytes]]]  # table -> its columns, and its lines by key


@dataclass
class Opened:
    """What was loaded: from which part, how many rows, and what the tables must hold."""

    name: str = ""
    rows: int = 0
    kept: dict[str, tuple[int, str]] = field(default_factory=dict)


def load_into(short: Repository, name: str, others: Iterable[Repository] = ()) -> Opened:
    """Loads the keys that go with archive `name`, inside the caller's transaction.

    `others` are the same desk's key parts under other words: the newest of all says what was purged.
    """
    there = {each: where for where in (*others, short) if where.exists for each in where.names()}
    if not there:
        return Opened(kept={table: dump.Digest().told for table in dump.tables(dump.KEYS)})
    last = max(there)
    newest = _read(there[last], last)
    own = _read(there[name], name) if name in there else newest
    kept = {
        table: lines if table in OF_SOURCE else chosen(lines, newest.get(table, ([], {}))[1])
        for table, (_names, lines) in own.items()
    }
    opened = Opened(name if name in there else last)
    for table, lines in sorted(kept.items(), key=lambda one: one[0] in OF_SOURCE):  # sources' keys first
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
    """Loads the lines, lets go of those whose source is not in this archive, and says what must be there then.

    Told from the lines before any is a row: one that is lost on the way is missed when the table is proved.
    """
    expected = dump.Digest()
    for line in _that_stay(table, columns, lines):
        expected.take(line)
    load.insert(table, columns, [json.loads(line) for line in lines.values()])
    load.remove_orphans(table)
    if table in OF_SOURCE:
        _let_go_of_purged(table)
    return expected.told


def _that_stay(table: str, columns: list[str], lines: dict[str, bytes]) -> Iterator[bytes]:
    """The lines that name nothing but what is there, and no source that was purged."""
    with connection.cursor() as cursor:
        points = cursor.execute(f"PRAGMA foreign_key_list({dump.quoted(table)})").fetchall()
        asked = [
            (column, f"SELECT {dump.quoted(to)} FROM {dump.quoted(other)}")  # noqa: S608  # names of the schema
            for _number, _place, other, column, to, *_rest in points
        ]
        if table in OF_SOURCE:
            asked.append(_with_a_key(table))
        there = [
            (columns.index(column), {found for (found,) in cursor.execute(question).fetchall()})
            for column, question in asked
        ]
    for line in lines.values():
        row = json.loads(line)
        if all(row[at] is None or row[at] in found for at, found in there):
            yield line


def _with_a_key(table: str) -> tuple[str, str]:
    """The table's column, and the question which numbers may stand there."""
    column, things = OF_SOURCE[table]
    return column, (
        f"SELECT thing.id FROM ({things}) thing "  # noqa: S608  # from OF_SOURCE
        "JOIN sourcekeys_sourcekey k ON k.source_id = thing.source_id"
    )


def _let_go_of_purged(table: str) -> None:
    """Takes out the wraps of sources that have no key any more."""
    column, with_a_key = _with_a_key(table)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE {column} NOT IN ({with_a_key})")  # noqa: S608  # from OF_SOURCE
