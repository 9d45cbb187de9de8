"""What was deleted or changed is in no byte of the database's files, without a VACUUM."""

from __future__ import annotations

import importlib

import pytest

from nightdesk.desk.search import documents, index

PLANTED, KEPT = "zqplantedwordqz", "keptwordqz"


class Desk:
    """A database of its own with the desk's pragmas, as `index` sees one."""

    def __init__(self, module, path):
        self.path, self.connection = path, module.connect(path, isolation_level=None)
        for pragma in ("journal_mode=WAL", "secure_delete=ON", "synchronous=FULL"):
            self.connection.execute(f"PRAGMA {pragma}")

    def cursor(self):
        return Cursor(self.connection.cursor())

    def bytes(self):
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return b"".join(one.read_bytes() for one in self.path.parent.glob("t.db*"))


class Cursor:
    """Django's way of naming parameters, and of ending."""

    def __init__(self, cursor):
        self.cursor = cursor

    def __enter__(self):
        return self

    def __exit__(self, *_given):
        self.cursor.close()

    def execute(self, sql, given=()):
        return self.cursor.execute(sql.replace("%s", "?"), given)

    def executemany(self, sql, given):
        return self.cursor.executemany(sql.replace("%s", "?"), given)

    def fetchall(self):
        return self.cursor.fetchall()


@pytest.fixture(params=["sqlite3", "sqlcipher3.dbapi2"])
def desk(request, tmp_path, monkeypatch):
    """The machine's own SQLite, and SQLCipher's newer one (without a key: to be grepped)."""
    made = Desk(importlib.import_module(request.param), tmp_path / "t.db")
    monkeypatch.setattr(index, "desk", made)
    index.create(made)
    yield made
    made.connection.close()


def terms(pk, word):
    return documents.Document(pk, (f"회령 {word} 시장 {pk}",), ("_s1",)).terms


def test_deleted_words_leave_every_byte_of_the_files(desk):
    index.add("report", [(pk, terms(pk, KEPT)) for pk in range(1, 400)])
    index.add("report", [(500, terms(500, PLANTED))])
    index.add("report", [(pk, terms(pk, KEPT)) for pk in range(501, 700)])
    before = desk.bytes()
    assert PLANTED.encode() in before and KEPT.encode() in before
    index.remove("report", [(500, terms(500, PLANTED))])
    after = desk.bytes()
    assert PLANTED.encode() not in after and KEPT[:8].encode() in after
    assert index.is_whole("report") and index.count("report") == 598


def test_a_word_changed_leaves_too_and_other_rows_keep_theirs(desk):
    index.add("claim", [(1, terms(1, PLANTED)), (2, terms(2, KEPT))])
    index.remove("claim", [(1, terms(1, PLANTED))])
    index.add("claim", [(1, terms(1, KEPT))])
    assert PLANTED.encode() not in desk.bytes()
    assert dict(index.frequencies("claim"))[KEPT] == 2


def test_taking_out_what_is_not_in_harms_nothing(desk):
    index.add("report", [(1, terms(1, KEPT))])
    index.remove("report", [(7, terms(7, PLANTED))])
    assert index.count("report") == 1 and index.is_whole("report")
