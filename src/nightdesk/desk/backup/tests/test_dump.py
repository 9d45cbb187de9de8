"""What a backup's stream holds, what it never holds, and that a changed one is not believed."""

from __future__ import annotations

import json
import random

import pytest
from django.db import connection

from nightdesk.desk.backup import dump, load
from nightdesk.desk.backup.dump import DESK, KEYS
from nightdesk.desk.backup.load import Refused, Stream
from nightdesk.desk.keyfiles import NotReady
from nightdesk.desk.review.tests import making
from nightdesk.desk.staff.models import Member, SignedIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(bob, tariq, signed_in, tmp_path):
    """A small newsroom with a story, a session, and files of every kind."""
    making.newsroom()
    making.story(bob, tariq)
    signed_in(bob)
    for name in (
        *dump.FILES,
        "keys/days/2023-12-18.key",
        "keys/session-secret",
        "keys/identity.json",
        "releases/a.json",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode() * 3)
    return tmp_path


def told(directory, part: str = DESK) -> list[bytes]:
    return list(dump.lines(part, {"made_at": "now"}, directory))


def believed(lines: list[bytes], part: str = DESK) -> tuple:
    stream = Stream.begin(lines, part)
    first, files = stream.files(None)
    found, counters, kept = load.tables(first, stream.rest(), False)
    load.agree_files(found.files, files)
    return found, counters, kept


def test_every_table_is_in_but_sessions_the_index_and_the_list_of_migrations(desk) -> None:
    with connection.cursor() as cursor:
        names = {
            row[0] for row in cursor.execute("SELECT name FROM sqlite_master WHERE type='table'").fetchall()
        }
    left = {
        n for n in names if n.startswith(("search_", "sqlite_")) or n in dump.LEFT_OUT
    } | dump.key_tables()
    assert set(dump.tables(DESK)) == names - left
    assert set(dump.tables(KEYS)) == dump.key_tables()


def test_no_session_no_day_key_and_no_offline_identity_is_in(desk) -> None:
    whole = b"".join(told(desk))
    session = SignedIn.objects.get()
    assert session.session_key.encode() not in whole
    for name in ("keys/days", "session-secret", "identity.json"):
        assert name.encode() not in whole
    assert b'"releases/a.json"' in whole and b'"keys/slots.json"' in whole


def test_the_same_rows_make_the_same_bytes(desk) -> None:
    assert told(desk) == told(desk)


def test_the_manifest_counts_every_row(desk) -> None:
    found, _counters, _kept = believed(told(desk))
    assert found.tables["staff_member"][0] == Member.objects.count()
    assert found.rows == dump.total(DESK)


def test_what_is_loaded_is_what_was_told(desk) -> None:
    lines = told(desk)
    load.empty(DESK)
    stream = Stream.begin(lines, DESK)
    first, _files = stream.files(None)
    _told, counters, kept = load.tables(first, stream.rest(), True)
    load.set_sequences(counters)
    load.prove(kept, DESK)
    connection.check_constraints()
    assert told(desk) == lines


def test_a_row_that_came_otherwise_is_not_proved(desk) -> None:
    _told, _counters, kept = believed(told(desk))
    Member.objects.filter(username="Bob").update(byline="Somebody")
    with pytest.raises(Refused, match="staff_member"):
        load.prove(kept, DESK)


def test_a_number_that_was_given_out_is_not_given_out_again(desk) -> None:
    gone = Member.objects.create_member("Gone", "five words that nobody guesses", role="reporter")
    pk = gone.pk
    gone.delete()
    lines = told(desk)
    load.empty(DESK)
    stream = Stream.begin(lines, DESK)
    first, _files = stream.files(None)
    _told, counters, _kept = load.tables(first, stream.rest(), True)
    load.set_sequences(counters)
    assert Member.objects.create_member("New", "five words that nobody guesses", role="reporter").pk > pk


def test_cut_anywhere_it_is_refused(desk) -> None:
    whole = b"".join(told(desk))
    chance = random.Random(7)
    for at in (0, 1, len(whole) - 1, *(chance.randrange(len(whole)) for _ in range(60))):
        with pytest.raises(NotReady):
            believed(list(load.lines_of(whole[:at].splitlines(keepends=True))))


def test_with_a_byte_changed_it_is_refused_or_means_the_same(desk) -> None:
    """Borg's own seals come first; this is what would stop a fault behind them."""
    whole = b"".join(told(desk))
    chance, refused = random.Random(8), 0
    right = believed(whole.splitlines(keepends=True))[2]
    for _ in range(120):
        at = chance.randrange(whole.index(b'{"table"'), len(whole))
        changed = whole[:at] + bytes([whole[at] ^ (1 << chance.randrange(8))]) + whole[at + 1 :]
        try:
            _told, _counters, kept = believed(changed.splitlines(keepends=True))
        except NotReady:
            refused += 1
        else:
            assert {name: kept[name][1] for name in kept} == {name: right[name][1] for name in right}
    assert refused > 90  # most bytes; the others are spaces, or stand in words that nobody counts


def test_a_file_outside_the_desk_is_refused(desk, tmp_path) -> None:
    lines = told(desk)
    evil = json.dumps({"file": "../../evil", "at": 0, "bytes": ""}).encode() + b"\n"
    with pytest.raises(Refused, match="outside"):
        believed([lines[0], evil, *lines[1:]])


def test_a_backup_of_another_version_says_so(desk) -> None:
    lines = told(desk)
    with pytest.raises(NotReady, match="version 9"):
        believed([lines[0].replace(b'"version":2', b'"version":9'), *lines[1:]])


def test_rows_come_one_by_one_and_not_all_at_once(desk, monkeypatch) -> None:
    """A million rows fit: what is read is a cursor, and a piece for the pipe is about a megabyte."""
    assert max(map(len, dump.chunks(iter([b"x" * 1000] * 5000)))) <= (1 << 20) + 1000
    found = dump.rows("staff_member")
    assert iter(found) is found
