"""What was worked out for a page is given again exactly as long as the rows it was told stay the same, whoever changes them.

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

from nightdesk.desk import noting, unchanged


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
        made.execute("CREATE TABLE other (n INTEGER)")
    made.close()
    mine, watching = opened(path), opened(path)
    monkeypatch.setattr(unchanged, "connection", mine)
    monkeypatch.setattr(noting, "connection", mine)
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

    def work() -> int:
        found = rows_of(own)
        if not found:
            write(other)
        return found

    assert unchanged.remembered("x", work) == 0
    assert unchanged.remembered("x", work) == 1
    other.close()


def rows_of(own: Any, table: str = "row") -> int:
    with own.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {table}")
        return int(cursor.fetchone()[0])


def test_a_row_nobody_asked_for_changes_nothing(own: Any, counted: Any) -> None:
    counted()
    with own.cursor() as cursor:
        cursor.execute("INSERT INTO other VALUES (1)")
    assert counted() == (0, 1)
    write(own)
    assert counted() == (1, 2)


def test_a_row_changed_in_place_or_taken_away_is_seen(own: Any) -> None:
    def work() -> list[int]:
        with own.cursor() as cursor:
            cursor.execute("SELECT n FROM row ORDER BY rowid")
            return [row[0] for row in cursor]

    write(own)
    assert unchanged.remembered("n", work) == [1]
    for sql, then in (
        ("UPDATE row SET n = -2", [-2]),
        ("UPDATE row SET n = -1", [-1]),
        ("DELETE FROM row", []),
    ):
        with own.cursor() as cursor:
            cursor.execute(sql)
        assert unchanged.remembered("n", work) == then


def test_however_rows_are_fetched_they_are_the_same_rows(own: Any) -> None:
    for _turn in range(5):
        write(own)
    times = []

    def work(fetch: Callable[[Any], object]) -> None:
        times.append(1)
        with own.cursor() as cursor:
            cursor.execute("SELECT n FROM row")
            fetch(cursor)

    ways: list[Callable[[Any], object]] = [
        list, lambda c: c.fetchall(), lambda c: list(iter(lambda: c.fetchmany(2), [])),
        lambda c: list(iter(c.fetchone, None)),
    ]  # fmt: skip
    for number, way in enumerate(ways):
        unchanged.remembered(number, lambda way=way: work(way))
    with own.cursor() as cursor:
        cursor.execute("INSERT INTO other VALUES (1)")
    for number, way in enumerate(ways):
        unchanged.remembered(number, lambda way=way: work(way))
    assert len(times) == len(ways)


def test_an_answer_hangs_on_what_another_answer_under_it_hangs_on(own: Any) -> None:
    def inner() -> int:
        return unchanged.remembered("inner", lambda: rows_of(own))

    def outer() -> str:
        return f"{inner()} rows, {rows_of(own, 'other')} others"

    inner()
    assert unchanged.remembered("outer", outer) == "0 rows, 0 others"
    write(own)
    assert inner() == 1
    assert unchanged.remembered("outer", outer) == "1 rows, 0 others"


def test_no_row_is_kept_only_a_digest_of_it(own: Any) -> None:
    with own.cursor() as cursor:
        cursor.execute("INSERT INTO row VALUES ('told in confidence')")

    def work() -> int:
        with own.cursor() as cursor:
            cursor.execute("SELECT n FROM row")
            return len(cursor.fetchall())

    found = unchanged.noted("words", work)
    assert [list(map(len, question.digests().values())) for question in found.asked] == [[64]]
    assert "confidence" not in repr(found)


def test_work_that_fails_leaves_nothing_behind(own: Any, counted: Any) -> None:
    def fails() -> None:
        rows_of(own)
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        unchanged.remembered("fails", fails)
    assert counted() == (0, 1)
    write(own)
    assert counted() == (1, 2)


def test_one_members_answer_is_never_anothers(counted: Any) -> None:
    assert unchanged.remembered(("line", 1, "ko"), lambda: "hers") == "hers"
    assert unchanged.remembered(("line", 2, "ko"), lambda: "his") == "his"
    assert unchanged.remembered(("line", 1, "en"), lambda: "hers, in English") == "hers, in English"


def test_a_minute_later_it_is_worked_out_anew(counted: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    minutes = iter((0, 0, 1))
    monkeypatch.setattr(unchanged.clock, "now", lambda: datetime(2023, 12, 18, 9, next(minutes), tzinfo=UTC))
    assert [counted(), counted(), counted()] == [(0, 1), (0, 1), (0, 2)]


def test_the_line_hangs_on_what_a_view_asked_before_it(own: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the stories stand is read by a view first, or by the stage before: each stage that uses it hangs on it."""
    from types import SimpleNamespace

    from nightdesk.desk import line
    from nightdesk.desk.review import standing

    def stage(key: str) -> Any:
        return SimpleNamespace(key=key, room="", find=lambda asked: line.Waiting(len(asked.standings)))

    def said() -> list[int]:
        asked = line.Asked(member)
        assert len(asked.standings) == rows_of(own)  # the view
        return [found.count for _stage, found in line.stages_of(member, asked)]

    monkeypatch.setattr(line, "STAGES", (stage("review"), stage("releases")))
    monkeypatch.setattr(standing, "standings_at_work", lambda _member: dict.fromkeys(range(rows_of(own))))
    member: Any = SimpleNamespace(pk=1, role="editor", keyholder=False, sees=lambda _room: True)
    assert said() == [0, 0]
    write(own)
    assert said() == [1, 1]
    assert line.stages_of(member)[1][1].count == 1


@pytest.fixture
def parts(own: Any) -> Callable[[], dict[int, tuple[list[str], int]]]:
    """{part: (its words, how often this part was worked out)}: all of them, or those parts alone that changed."""
    with own.cursor() as cursor:
        cursor.execute("CREATE TABLE said (part INTEGER, words TEXT)")
        for part, words in ((1, "a"), (2, "b"), (3, "c"), (1, "d"), (4, "e"), (5, "f"), (6, "g")):
            cursor.execute("INSERT INTO said VALUES (%s, %s)", [part, words])
    times: dict[int, int] = {}

    def work(only: int | None = None) -> dict[int, tuple[list[str], int]]:
        found: dict[int, list[str]] = {}
        assert rows_of(own) >= 0
        with noting.parted(lambda row: row[0]), own.cursor() as cursor:
            cursor.execute("SELECT part, words FROM said WHERE %s IS NULL OR part = %s", [only, only])
            for part, words in cursor.fetchall():
                found.setdefault(part, []).append(words)
        for part in found:
            times[part] = times.get(part, 0) + 1
        return {part: (words, times[part]) for part, words in found.items()}

    def mend(found: dict[int, tuple[list[str], int]], part: int) -> dict[int, tuple[list[str], int]]:
        return {**found, part: work(part).get(part, ([], 0))}

    return lambda: unchanged.remembered("parts", work, mend)


def say(own: Any, part: int, words: str) -> None:
    with own.cursor() as cursor:
        cursor.execute("UPDATE said SET words = %s WHERE part = %s", [words, part])


def test_a_part_that_changed_is_worked_out_anew_and_the_others_are_not(own: Any, parts: Any) -> None:
    first = parts()
    assert first[1] == (["a", "d"], 1) and first[2] == (["b"], 1)
    for turn in range(2, 5):
        say(own, 2, f"b{turn}")
        assert parts() == {**first, 2: ([f"b{turn}"], turn)} == parts()
    assert first[2] == (["b"], 1), "what others were given stays as it was"


def test_parts_mended_one_after_the_other_all_stay_right(own: Any, parts: Any) -> None:
    parts()
    for part in (2, 1, 2, 3, 1):
        say(own, part, f"new {part}")
        assert {part: words for part, (words, _times) in parts().items()} == said(own)
    assert parts()[4] == (["e"], 1)


def test_more_parts_than_a_few_are_worked_out_all_at_once(own: Any, parts: Any) -> None:
    parts()
    for part in range(1, unchanged.MENDS + 2):
        say(own, part, "new")
    assert parts()[6] == (["g"], 2)


def test_a_row_that_is_of_no_part_has_all_worked_out_anew(own: Any, parts: Any) -> None:
    parts()
    write(own)
    say(own, 2, "new")
    assert parts()[3] == (["c"], 2)


def test_a_part_that_comes_or_goes_is_seen(own: Any, parts: Any) -> None:
    parts()
    with own.cursor() as cursor:
        cursor.execute("DELETE FROM said WHERE part = 3")
        cursor.execute("INSERT INTO said VALUES (7, 'new')")
    found = parts()
    assert found[7] == (["new"], 1) and found[3] == ([], 0) and found[1] == (["a", "d"], 1)


def test_what_hangs_on_a_mended_answer_is_worked_out_anew(own: Any, parts: Any) -> None:
    def outer() -> str:
        return unchanged.remembered(
            "outer", lambda: " ".join(word for words, _n in parts().values() for word in words)
        )

    assert outer() == "a d b c e f g"
    for words in ("x", "y", "z"):
        say(own, 2, words)
        assert outer() == f"a d {words} c e f g"


def test_a_mend_that_fails_leaves_the_old_answer_out_of_use(own: Any, parts: Any) -> None:
    def fails(_found: object, _part: object) -> Any:
        raise ValueError("no")

    def asked() -> Any:
        with noting.parted(lambda row: row[0]), own.cursor() as cursor:
            cursor.execute("SELECT part, words FROM said")
            return dict(cursor.fetchall())

    assert unchanged.remembered("fails", asked, fails)[2] == "b"
    say(own, 2, "new")
    for _turn in range(2):
        with pytest.raises(ValueError, match="no"):
            unchanged.remembered("fails", asked, fails)
    assert unchanged.remembered("fails", asked)[2] == "new"


def said(own: Any) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    with own.cursor() as cursor:
        cursor.execute("SELECT part, words FROM said")
        for part, words in cursor.fetchall():
            found.setdefault(part, []).append(words)
    return found
