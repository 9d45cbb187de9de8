"""The store by itself: a full disk, a fault, and what a restart finds."""

import hashlib
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from nightdesk.drop.store import ReplayedError, Store
from nightdesk.seal.signing import Pull

DAY = date(2023, 12, 18)


def keep(store: Store, data: bytes) -> bool:
    return store.keep(hashlib.sha256(data).digest(), DAY, data).result()


@pytest.fixture
def store(tmp_path: Path):
    opened = Store(tmp_path / "drop.sqlite3", 100)
    yield opened
    opened.close()


def test_a_full_disk_holds_nothing_it_said_it_held_and_goes_on(store: Store) -> None:
    assert keep(store, b"first")
    pages = store._database.execute("PRAGMA page_count").fetchone()[0]
    store._database.execute(f"PRAGMA max_page_count={pages + 4}")
    with pytest.raises(sqlite3.OperationalError, match="full"):
        keep(store, b"x" * 65536)
    assert store.count() == 1
    store._database.execute("PRAGMA max_page_count=1000000")
    assert keep(store, b"x" * 65536)
    assert store.count() == 2


def test_one_fault_does_not_stop_the_writer(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        store._submit(lambda database: 1 / 0).result(timeout=10)
    assert store.keep(b"h" * 32, DAY, b"after").result(timeout=10)


def test_a_replay_in_a_batch_does_not_undo_its_neighbours(store: Store) -> None:
    store.pull(Pull(5, 0, ())).result()
    waiting = [
        store.keep(b"a" * 32, DAY, b"a"),
        store.pull(Pull(5, 10, ())),
        store.keep(b"b" * 32, DAY, b"b"),
    ]
    assert waiting[0].result() and waiting[2].result()
    with pytest.raises(ReplayedError):
        waiting[1].result()
    assert store.count() == 2


def test_a_restart_counts_what_lies_there(tmp_path: Path) -> None:
    for expected in (1, 2, 3):
        store = Store(tmp_path / "drop.sqlite3", 3)
        assert keep(store, str(expected).encode())
        assert store.count() == expected
        store.close()
    store = Store(tmp_path / "drop.sqlite3", 3)
    assert not keep(store, b"4")
    store.close()


def test_the_file_is_set_up_to_survive_and_to_forget(store: Store) -> None:
    read = {
        name: store._database.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "secure_delete")
    }
    assert read == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1}


def test_a_store_with_an_envelope_too_many_in_one_batch_keeps_its_capacity(tmp_path: Path) -> None:
    store = Store(tmp_path / "drop.sqlite3", 3)
    answers = [store.keep(bytes([number]) * 32, DAY, b"x") for number in range(10)]
    assert sum(answer.result() for answer in answers) == store.count() == 3
    store.close()
