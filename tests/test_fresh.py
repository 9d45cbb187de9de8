"""A new desk's tables, made at once, are those that all migrations would have made."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests import forked

SHAPE = """
import json, os, sys
os.environ |= {"NIGHTDESK_DIR": sys.argv[1], "DJANGO_SETTINGS_MODULE": "nightdesk.desk.settings"}
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from nightdesk.desk import beginning, fresh, vault
vault.open_with(bytes(32))
if sys.argv[2] == "cut":
    from django.db.models.query import QuerySet
    QuerySet.bulk_create = lambda *_given: os._exit(9)
if sys.argv[2] == "migrations":
    call_command("migrate", verbosity=0, interactive=False)
else:
    if sys.argv[2] == "older":
        call_command("migrate", "staff", "0003", verbosity=0, interactive=False)
    beginning.migrate()
    assert not fresh.create()
call_command("makemigrations", check=True, dry_run=True, verbosity=0)

def rows(cursor, sql):
    return sorted(map(list, cursor.execute(sql).fetchall()), key=repr)

with connection.cursor() as cursor:
    names = [name for (name,) in cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]
    shape = {}
    for name in names:
        made, = cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = %s", [name]).fetchone()
        indexes = [
            [index[1] if index[3] == "c" else "", index[2], index[3], index[4],
             rows(cursor, f'SELECT "desc", name FROM pragma_index_xinfo("{index[1]}")')]
            for index in cursor.execute(f'PRAGMA index_list("{name}")').fetchall()
        ]
        shape[name] = {
            "columns": rows(cursor, f'SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_info("{name}")'),
            "keys": rows(cursor, f'SELECT "table", "from", "to", on_update, on_delete FROM pragma_foreign_key_list("{name}")'),
            "indexes": sorted(indexes, key=repr),
            "checks": sorted(made.upper().count(word) for word in ("CHECK", "UNIQUE", "DEFERRABLE", "AUTOINCREMENT")),
            "rows": -1 if name in ("django_migrations", "sqlite_sequence") else cursor.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0],
            "virtual": made if "VIRTUAL" in made else "",
        }
    done = rows(cursor, "SELECT app, name FROM django_migrations")
    kinds = rows(cursor, "SELECT app_label, model FROM django_content_type")
print(json.dumps([shape, done, kinds]))
"""


def shaped(folder: Path, how: str) -> subprocess.CompletedProcess[str]:
    (folder / "keys").mkdir(parents=True, exist_ok=True)
    return forked.run("-c", SHAPE, folder, how, env=dict(os.environ))


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Any:
    done = shaped(tmp_path_factory.mktemp("migrated"), "migrations")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_tables_made_at_once_are_those_the_migrations_make(tmp_path: Path, migrated: Any) -> None:
    done = shaped(tmp_path, "fresh")
    assert done.returncode == 0, done.stderr
    shape, applied, kinds = json.loads(done.stdout)
    assert shape.keys() == migrated[0].keys() and len(shape) > 60
    for name in shape:
        assert shape[name] == migrated[0][name], name
    assert [applied, kinds] == migrated[1:]


def test_an_older_desk_is_brought_forward_to_the_same_tables(tmp_path: Path, migrated: Any) -> None:
    done = shaped(tmp_path, "older")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == migrated


def test_cut_short_it_leaves_no_table_and_begins_anew(tmp_path: Path, migrated: Any) -> None:
    assert shaped(tmp_path, "cut").returncode == 9
    done = shaped(tmp_path, "fresh")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)[1:] == migrated[1:]
