"""A look into a demo desk's encrypted database from outside, with the demo's passphrase.

For tests and measurements only: the desk itself has `visible_to`. Belongs here: opening and reading.
Does not belong here: changing anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from nightdesk.demo.prepare import PASSPHRASE
from nightdesk.seal import slotfile, slots


def connect(folder: Path, passphrase: str = PASSPHRASE) -> Any:
    """A connection to the database of the desk in `folder`, opened with the desk's own slot."""
    file = slotfile.read((folder / "keys" / "slots.json").read_bytes())
    return keyed(folder / "desk.sqlite3", slots.database_key(slots.open_slot(file, "", passphrase).secret))


def keyed(database: Path, key: bytes) -> Any:
    """A connection under a raw key; whether it opens anything is seen at the first question."""
    connection = dbapi2.connect(database)
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return connection


def words(folder: Path, passphrase: str = PASSPHRASE) -> Iterator[str]:
    """Every text in every column of every table."""
    connection = connect(folder, passphrase)
    try:
        tables = connection.execute(
            "select name from sqlite_master where type = 'table' and sql not like '%virtual%'"
        )
        for (table,) in tables.fetchall():
            for row in connection.execute(f'select * from "{table}"'):  # noqa: S608  # names come from the file
                yield from (value for value in row if isinstance(value, str))
    finally:
        connection.close()
