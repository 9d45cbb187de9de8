"""A newsroom that takes a second to make, made once a process and put back row by row in every later test.

Reviewing, clearing and releasing a story are tested where they are the subject; elsewhere they are how a test begins.
Belongs here: keeping the rows and files a fixture made, and putting them back. Does not belong here: making them
(making.py, the conftests). Nothing is kept on the disk: each run makes its own, by the actions as they are today.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

INDEX = "search_"  # FTS5's own tables are written by FTS5 alone
Rows = dict[str, list[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Stencil:
    """What making it added: rows by table, where the numbering stands, files below the desk's folder."""

    rows: Rows
    numbering: list[tuple[Any, ...]]
    files: dict[str, bytes]


_kept: dict[str, Stencil] = {}


def put(name: str, make: Callable[[], Any]) -> None:
    """The desk as `make` leaves it: by `make` the first time, and whenever the test has rows of its own already."""
    if name in _kept and not any(_rows_of(table) for table in _kept[name].rows):
        _put_back(_kept[name])
        return
    before = _everything()
    make()
    after = _everything()
    changed = {table: rows for table, rows in after.items() if rows != before[table]}
    assert not [table for table in changed if table.startswith(INDEX)], "a stencil holds no search index"
    if not any(
        before[table] for table in changed
    ):  # else the test had rows of its own: nothing to begin others with
        _kept[name] = Stencil(changed, _rows_of("sqlite_sequence"), _files())


def _everything() -> Rows:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        names = [name for (name,) in cursor.fetchall()]
    own = [name for name in names if not name.startswith(INDEX) or name.endswith("_docsize")]
    return {name: _rows_of(name) for name in own}


def _rows_of(table: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        return list(cursor.execute(f'SELECT * FROM "{table}"').fetchall())


def _files() -> dict[str, bytes]:
    folder: Path = settings.NIGHTDESK_DIR
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _put_back(kept: Stencil) -> None:
    with connection.cursor() as cursor:
        for table, rows in kept.rows.items():
            _insert(cursor, table, rows)
        cursor.execute("DELETE FROM sqlite_sequence")  # SQLite has just begun to count the rows itself
        _insert(cursor, "sqlite_sequence", kept.numbering)
    for name, data in kept.files.items():
        path = settings.NIGHTDESK_DIR / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.write_bytes(data)


def _insert(cursor: Any, table: str, rows: list[tuple[Any, ...]]) -> None:
    if rows:
        marks = ", ".join(["%s"] * len(rows[0]))
        cursor.executemany(f'INSERT INTO "{table}" VALUES ({marks})', rows)
