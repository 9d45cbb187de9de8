"""A look into a demo desk's encrypted database from outside, with the demo's passphrase.

For tests and measurements only: the desk itself has `visible_to`. Belongs here: opening and reading.
Does not belong here: changing anything.
"""

from __future__ import annotations

import json
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
    return [line for said in fields(folder, passphrase).values() for line in said.splitlines()]


def fields(folder: Path, passphrase: str = PASSPHRASE) -> dict[str, str]:
    """The same by field: "app.Model.field" -> its words in all rows, for every field that could hold words."""
    given = {**os.environ, "DJANGO_SETTINGS_MODULE": "nightdesk.desk.settings"}
    command = [sys.executable, "-m", "nightdesk.demo.rows", str(folder)]
    run = subprocess.run(command, env=given, input=passphrase, capture_output=True, text=True, check=True)
    found: dict[str, str] = json.loads(run.stdout)
    return found


def _texts() -> Iterator[tuple[str, str]]:
    from django.apps import apps

    for model in apps.get_models():
        rows = list(model._base_manager.all())
        for field in model._meta.concrete_fields:
            if _takes_words(field):
                said = (_said(getattr(row, field.attname)) for row in rows)
                yield f"{model._meta.label}.{field.name}", "\n".join(said)


def _takes_words(field: Any) -> bool:
    """Whether a text, or bytes that could be one, lie in it: sealed and JSON too, a choice from a list not."""
    from django.db import models

    from nightdesk.desk.sourcekeys.fields import SealedField

    kinds = (models.CharField, models.TextField, models.JSONField, models.BinaryField, SealedField)
    return not field.choices and isinstance(field, kinds)


def _said(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace")
    return json.dumps(value, ensure_ascii=False)


def main() -> None:
    """Prints the texts of the desk whose folder is the argument; its passphrase comes on standard input."""
    from nightdesk.desk import keyfiles, serve

    folder = Path(sys.argv[1])
    serve.prepare(folder)
    keyfiles.unlock(folder, sys.stdin.read())
    print(json.dumps(dict(_texts())))


if __name__ == "__main__":
    main()
