"""The one file that speaks FTS5. A PostgreSQL store replaces this file and nothing else.

A table a kind of document, `rowid` the row's own key, and no copy of the words (`content=''`): what is
stored is term → rows. To take a document out the caller names the terms it was put in with. Belongs
here: SQL of the index. Does not belong here: which terms (terms.py, scoring.py), whose rows (finding.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db import DatabaseError
from django.db import connection as desk
from django.db.backends.base.base import BaseDatabaseWrapper

from nightdesk.desk.search.terms import Needle

KINDS = ("report", "claim", "edition")
LOT = 500  # rows asked for at once
SECURE_FROM = (3, 42)  # FTS5's own secure-delete; an older library is made to forget by merging all


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a document must hold: every needle's terms, and one of the scopes, unless all are open."""

    needles: tuple[Needle, ...]
    scopes: tuple[str, ...] | None = None
    levels: tuple[int, ...] = ()  # how heavy each needle must be, for relevance

    @property
    def expression(self) -> str:
        """The same in FTS5's language. Every word is quoted: nothing typed is an operator."""
        levels = self.levels or (0,) * len(self.needles)
        parts = [_all_of(needle, level) for needle, level in zip(self.needles, levels, strict=True)]
        if self.scopes is not None:
            parts.insert(0, "(" + " OR ".join(f'"{scope}"' for scope in self.scopes) + ")")
        return " AND ".join(parts)


def _all_of(needle: Needle, level: int) -> str:
    *first, last = (f'"{term}{"+" * level}"' for term in needle.terms)
    if needle.beginning:
        last = f'"{needle.terms[-1]}" *'
    return " AND ".join([*first, last])


class Disagrees(Exception):
    """FTS5 noticed that a document was not in with the terms it was to be taken out with."""


def create(connection: BaseDatabaseWrapper = desk) -> None:
    """The empty index. Terms come made: the tokenizer only parts them at spaces."""
    with connection.cursor() as cursor:
        for kind in KINDS:
            cursor.execute(
                f"CREATE VIRTUAL TABLE {_table(kind)} USING fts5(terms, content='', detail=none, "
                "tokenize=\"ascii tokenchars '_+'\")"
            )
            if _is_secure(connection):
                cursor.execute(f"INSERT INTO {_table(kind)}({_table(kind)}, rank) VALUES('secure-delete', 1)")


def drop(connection: BaseDatabaseWrapper = desk) -> None:
    """No index."""
    with connection.cursor() as cursor:
        for kind in KINDS:
            cursor.execute(f"DROP TABLE IF EXISTS {_table(kind)}")


def _table(kind: str) -> str:
    """A table's name, from our own list alone: it cannot be a parameter of SQL."""
    return f"search_{KINDS[KINDS.index(kind)]}"


def _is_secure(connection: BaseDatabaseWrapper) -> bool:
    with connection.cursor() as cursor:
        version: str = cursor.execute("SELECT sqlite_version()").fetchone()[0]
    return tuple(map(int, version.split(".")[:2])) >= SECURE_FROM


def add(kind: str, documents: Iterable[tuple[int, Sequence[str]]]) -> None:
    """Puts documents in, inside the caller's transaction."""
    rows = [(pk, " ".join(terms)) for pk, terms in documents]
    with desk.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {_table(kind)}(rowid, terms) VALUES(%s, %s)", rows)


def remove(kind: str, documents: Iterable[tuple[int, Sequence[str]]]) -> None:
    """Takes documents out, with exactly the terms they were put in with; the terms leave the file's pages."""
    table = _table(kind)
    chosen = {pk: " ".join(terms) for pk, terms in documents}
    gone = [(pk, chosen[pk]) for pk in _held(kind, list(chosen))]
    try:
        with desk.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {table}({table}, rowid, terms) VALUES('delete', %s, %s)", gone)
    except DatabaseError as error:
        raise Disagrees(kind) from error
    if gone and not _is_secure(desk):
        optimise(kind)


def _held(kind: str, pks: list[int]) -> Iterator[int]:
    """Which of the rows are in: FTS5 must not be told to take out what is not."""
    with desk.cursor() as cursor:
        for at in range(0, len(pks), LOT):
            lot = pks[at : at + LOT]
            marks = ", ".join(["%s"] * len(lot))
            asked = f"SELECT id FROM {_table(kind)}_docsize WHERE id IN ({marks})"
            yield from [pk for (pk,) in cursor.execute(asked, lot).fetchall()]


def newest(kind: str, wanted: Wanted, most: int, below: int | None = None) -> list[int]:
    """At most so many rows that hold what is wanted, newest first, `below` a row for the next ones."""
    if not wanted.needles or wanted.scopes == ():
        return []
    beyond, given = ("AND rowid < %s", [below]) if below is not None else ("", [])
    with desk.cursor() as cursor:
        cursor.execute(
            f"SELECT rowid FROM {_table(kind)} WHERE {_table(kind)} MATCH %s {beyond} "
            "ORDER BY rowid DESC LIMIT %s",
            [wanted.expression, *given, most],
        )
        return [pk for (pk,) in cursor.fetchall()]


def clear(kind: str, connection: BaseDatabaseWrapper = desk) -> None:
    """Empties one kind."""
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {_table(kind)}({_table(kind)}) VALUES('delete-all')")


def optimise(kind: str) -> None:
    """Merges all parts into one: smaller, faster, and without what was taken out."""
    with desk.cursor() as cursor:
        cursor.execute(f"INSERT INTO {_table(kind)}({_table(kind)}) VALUES('optimize')")


def parts(kind: str) -> int:
    """In how many parts the index lies; every question asks each of them."""
    with desk.cursor() as cursor:
        found: int = cursor.execute(f"SELECT count(DISTINCT segid) FROM {_table(kind)}_idx").fetchone()[0]
        return found


def merge(kind: str, pages: int) -> bool:
    """Merges parts until about so many pages are written; below zero all parts are set to be one. Whether any were.

    The 'merge' command of FTS5: https://www.sqlite.org/fts5.html#the_merge_command
    """
    desk.ensure_connection()
    before: int = desk.connection.total_changes
    with desk.cursor() as cursor:
        cursor.execute(f"INSERT INTO {_table(kind)}({_table(kind)}, rank) VALUES('merge', %s)", [pages])
    after: int = desk.connection.total_changes
    return after - before > 1  # the command itself is one


def count(kind: str) -> int:
    """How many documents are in."""
    with desk.cursor() as cursor:
        found: int = cursor.execute(f"SELECT count(*) FROM {_table(kind)}_docsize").fetchone()[0]
        return found


def rows(kind: str) -> Iterator[int]:
    """The rows that are in, in order."""
    with desk.cursor() as cursor:
        for (pk,) in cursor.execute(f"SELECT id FROM {_table(kind)}_docsize ORDER BY id"):
            yield pk


def frequencies(kind: str) -> Iterator[tuple[str, int]]:
    """Every term with the number of documents that hold it."""
    name = f"temp.{_table(kind)}_terms"
    with desk.cursor() as cursor:
        cursor.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {name} USING fts5vocab(main, '{_table(kind)}', 'row')"
        )
        yield from cursor.execute(f"SELECT term, doc FROM {name}")
        cursor.execute(f"DROP TABLE {name}")


def is_whole(kind: str) -> bool:
    """Whether FTS5 finds its own structure sound."""
    try:
        with desk.cursor() as cursor:
            cursor.execute(f"INSERT INTO {_table(kind)}({_table(kind)}) VALUES('integrity-check')")
    except DatabaseError:
        return False
    return True
