"""What was worked out for a page is given again exactly as long as no row has changed, whoever changed it.

With connections of their own to a file: the tests' database lies in memory, where nothing is remembered.
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from nightdesk.desk import unchanged


def opened(path: Path) -> Any:
    from django.db.backends.sqlite3.base import DatabaseWrapper

    made = DatabaseWrapper({**connection.settings_dict, "NAME": str(path), "OPTIONS": {}})
    made.inc_thread_sharing()
    return made


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_db_blocker: Any) -> Iterator[Any]:
    """This thread's connection, beside the one that watches."""
    path = tmp_path / "rows.sqlite3"
    with sqlite3.connect(path) as made:
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("CREATE TABLE row (n INTEGER)")
    made.close()
    mine, watching = opened(path), opened(path)
    monkeypatch.setattr(unchanged, "connection", mine)
    monkeypatch.setattr(unchanged, "_watching", lambda: watching)
    monkeypatch.setattr(unchanged, "_held", (None, {}))
    with django_db_blocker.unblock():
        yield mine
        mine.close()
        watching.close()


@pytest.fixture
def counted(own: Any) -> Callable[[], tuple[int, int]]:
    """(rows, how often they were counted so far), as remembered."""
    times = 0

    def count() -> tuple[int, int]:
        nonlocal times
        times += 1
        with own.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM row")
            return cursor.fetchone()[0], times

    return lambda: unchanged.remembered("rows", count)


def write(to: Any) -> None:
    with to.cursor() as cursor:
        cursor.execute("INSERT INTO row VALUES (1)")


def test_nothing_is_worked_out_twice_while_no_row_changes(counted: Any) -> None:
    assert [counted(), counted(), counted()] == [(0, 1)] * 3


def test_a_row_of_ones_own_is_seen_at_once(own: Any, counted: Any) -> None:
    counted()
    write(own)
    assert counted() == (1, 2)


def test_a_row_of_another_process_is_seen_at_once(own: Any, counted: Any) -> None:
    counted()
    said = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('INSERT INTO row VALUES (2)'); c.commit(); c.close()"
    subprocess.run([sys.executable, "-c", said, own.settings_dict["NAME"]], check=True)
    assert counted() == (1, 2)


def test_what_a_transaction_saw_is_not_kept_when_it_is_rolled_back(own: Any, counted: Any) -> None:
    counted()
    own.set_autocommit(False)
    own.in_atomic_block = True
    write(own)
    assert counted() == (1, 2)
    own.in_atomic_block = False
    own.rollback()
    own.set_autocommit(True)
    assert counted() == (0, 1)


def test_a_row_committed_while_it_is_worked_out_makes_the_answer_an_old_one(own: Any, tmp_path: Path) -> None:
    other = opened(tmp_path / "rows.sqlite3")

    def work() -> str:
        write(other)
        return "old"

    assert unchanged.remembered("x", work) == "old"
    assert unchanged.remembered("x", lambda: "new") == "new"
    other.close()


def test_one_members_answer_is_never_anothers(counted: Any) -> None:
    assert unchanged.remembered(("line", 1, "ko"), lambda: "hers") == "hers"
    assert unchanged.remembered(("line", 2, "ko"), lambda: "his") == "his"
    assert unchanged.remembered(("line", 1, "en"), lambda: "hers, in English") == "hers, in English"


def test_a_minute_later_it_is_worked_out_anew(counted: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    minutes = iter((0, 0, 1))
    monkeypatch.setattr(unchanged.clock, "now", lambda: datetime(2023, 12, 18, 9, next(minutes), tzinfo=UTC))
    assert [counted(), counted(), counted()] == [(0, 1), (0, 1), (0, 2)]


def test_the_line_is_not_kept_when_a_view_asked_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the view read may be older than the state it would be kept under."""
    from types import SimpleNamespace

    from nightdesk.desk import line

    monkeypatch.setattr(line, "STAGES", ())
    monkeypatch.setattr(line, "remembered", lambda _key, _work: "kept")
    member: Any = SimpleNamespace(pk=1)
    asked = line.Asked(member)
    assert line.stages_of(member, asked) == "kept"
    asked.__dict__["standings"] = {}
    assert line.stages_of(member, asked) == []
