"""A look into a demo desk's encrypted database from outside, with the demo's passphrase.

For tests and measurements only: the desk itself has `visible_to`. Belongs here: opening and reading.
Does not belong here: changing anything.
"""

from __future__ import annotations

import os
import subprocess
import sys
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


def words(folder: Path, passphrase: str = PASSPHRASE) -> list[str]:
    """Every text of every row, what lies under its source's key included; read by a program of its own."""
    given = {**os.environ, "DJANGO_SETTINGS_MODULE": "nightdesk.desk.settings"}
    command = [sys.executable, "-m", "nightdesk.demo.rows", str(folder)]
    run = subprocess.run(command, env=given, input=passphrase, capture_output=True, text=True, check=True)
    return run.stdout.splitlines()


def _texts() -> Iterator[str]:
    from django.apps import apps

    for model in apps.get_models():
        for row in model._base_manager.all():
            values = (getattr(row, field.attname) for field in model._meta.concrete_fields)
            yield from (value for value in values if isinstance(value, str))


def main() -> None:
    """Prints the texts of the desk whose folder is the argument; its passphrase comes on standard input."""
    from nightdesk.desk import keyfiles, serve

    folder = Path(sys.argv[1])
    serve.prepare(folder)
    keyfiles.unlock(folder, sys.stdin.read())
    for text in _texts():
        print(text)


if __name__ == "__main__":
    main()
