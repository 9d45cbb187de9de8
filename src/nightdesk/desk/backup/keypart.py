"""The short-lived part: what opens each source's words, so that a purge reaches the main part too.

A source that is in an older key part and not in the newest was purged in between: it stays purged, and
with it the wraps of its card and of its eyes-only words. Wraps are judged by their source and not by
their own rows: a card that was written anew has others, and an older backup needs the older ones. Belongs here: which keys come back. Does not belong here: expiry (making.py).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from nightdesk.desk.backup import dump, load
from nightdesk.desk.backup.borg import Repository

# A table of wraps -> the source each row belongs to. Without that source's key the row is not loaded.
OF_SOURCE = {
    "sources_cardkey": "SELECT c.source_id FROM sources_card c WHERE c.id = w.row_id",
    "sources_reveal": "SELECT c.source_id FROM sources_card c WHERE c.id = w.card_id",
    "reports_wordskey": (
        "SELECT r.source_id FROM reports_sealedwords s JOIN reports_report r ON r.id = s.report_id "
        "WHERE s.id = w.row_id"
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
    """Loads the lines, lets go of those whose source is not in this archive, and says what is there then."""
    load.insert(table, columns, [json.loads(line) for line in lines.values()])
    load.remove_orphans(table)
    if table in OF_SOURCE:
        _let_go_of_purged(table)
    digest = dump.Digest()
    there = set(dump.rows(table))
    for line in lines.values():
        if line in there:
            digest.take(line)
    return digest.told


def _let_go_of_purged(table: str) -> None:
    """Takes out the wraps of sources that have no key any more."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {table} AS w WHERE NOT EXISTS (SELECT 1 FROM sourcekeys_sourcekey k "  # noqa: S608  # both from OF_SOURCE
            f"WHERE k.source_id = ({OF_SOURCE[table]}))"
        )
