"""Two parts of one moment: the short-lived one expires, and with it what a purge destroyed."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection, transaction

from nightdesk.desk.backup import borg as tool
from nightdesk.desk.backup import dump, keypart, load, making, restoring
from nightdesk.desk.backup.borg import Repository, Trouble
from nightdesk.desk.conftest import DAY
from nightdesk.desk.keyfiles import NotReady
from nightdesk.desk.translation.models import Term
from nightdesk.seal import recovery

MASTER = b"k" * 32
PAPER = recovery.public(MASTER)
HELD = recovery.Held(PAPER, b"w" * 32, b"desk", bytes(32))
pytestmark = [
    pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("borg"), pytest.mark.slow,
]  # fmt: skip


KILLED = """
import os, signal, sys
from pathlib import Path
from nightdesk.desk.backup.borg import Repository
def feed():
    yield b"x" * 1000
    os.kill(os.getpid(), signal.SIGKILL)
Repository(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])).write("20240101T000000Z-bbbbbb", feed())
"""


@pytest.fixture(autouse=True)
def _terms_are_keys(monkeypatch):
    """Any table can stand for the sources' keys; terms need nothing around them."""
    monkeypatch.setattr(dump, "KEY_TABLES", ("translation.Term",))


@pytest.fixture
def to(tmp_path):
    return tmp_path / "elsewhere"


def back_up(tmp_path, to, after: int = 0, days: int = 30, held=HELD) -> making.Made:
    return making.back_up(tmp_path, to, held, {}, DAY + timedelta(days=after), days, lambda n: None)


def place(tmp_path, to) -> making.Place:
    return making.Place.held(to, HELD, tmp_path / "backup")


def words_after_restoring(tmp_path, to, name: str) -> set[str]:
    with transaction.atomic():
        load.empty(dump.KEYS)
        keypart.load_into(place(tmp_path, to).short, name)
    return set(Term.objects.values_list("ko", flat=True))


def test_the_main_part_holds_no_key(tmp_path, to) -> None:
    Term.objects.create(ko="열쇠", en="key of a source")
    made = back_up(tmp_path, to)
    with place(tmp_path, to).main.read(made.name) as pipe:
        assert "열쇠" not in pipe.read().decode()
    assert made.keys == 1


def test_a_purge_is_not_undone_by_an_older_backup(tmp_path, to) -> None:
    Term.objects.create(ko="남음", en="stays")
    Term.objects.create(ko="없앰", en="purged")
    first = back_up(tmp_path, to)
    Term.objects.filter(ko="없앰").delete()
    assert words_after_restoring(tmp_path, to, first.name) == {"남음", "없앰"}, (
        "no newer part tells of the purge yet"
    )
    Term.objects.filter(ko="없앰").delete()
    back_up(tmp_path, to, after=1)
    assert words_after_restoring(tmp_path, to, first.name) == {"남음"}


def test_a_folder_whose_words_are_gone_is_not_passed_over_in_silence(tmp_path, to) -> None:
    """It may be the one that tells of a purge: without it the key of a purged source would come back."""
    Term.objects.create(ko="없앰", en="purged")
    back_up(tmp_path, to)
    Term.objects.filter(ko="없앰").delete()
    newer = replace(HELD, words=b"v" * 32)
    back_up(tmp_path, to, after=1, held=newer)
    (to / newer.folder / making.WORDS_FILE).unlink()
    with pytest.raises(NotReady, match="move it away first"):
        restoring.found_at(to, MASTER, tmp_path / "state")


def test_after_its_days_the_purged_key_is_in_no_part_at_all(tmp_path, to) -> None:
    Term.objects.create(ko="없앰", en="purged")
    first = back_up(tmp_path, to)
    Term.objects.all().delete()
    assert back_up(tmp_path, to, after=30).expired == 0
    second = back_up(tmp_path, to, after=31)
    assert second.expired == 1
    there = place(tmp_path, to)
    assert first.name in there.main.names() and first.name not in there.short.names()
    for name in there.short.names():
        with there.short.read(name) as pipe:
            assert "없앰" not in pipe.read().decode()
    there.short.check(every_byte=True)


def test_the_bytes_of_an_expired_part_leave_the_folder(tmp_path, to) -> None:
    """A segment of borg is taken away, not only its name: the sealed bytes themselves are nowhere."""
    Term.objects.bulk_create(
        Term(ko=f"열쇠{n}", en=random.Random(n).randbytes(80).hex()) for n in range(2000)
    )
    back_up(tmp_path, to)
    folder = place(tmp_path, to).short.path / "data"
    before = {
        path.read_bytes()[2000:4000]
        for path in folder.rglob("*")
        if path.is_file() and path.stat().st_size > 90_000
    }
    assert before
    Term.objects.all().delete()
    back_up(tmp_path, to, after=40)
    after = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert not [piece for piece in before if piece in after]


def test_an_expired_main_part_still_restores_with_the_newest_keys(tmp_path, to) -> None:
    Term.objects.create(ko="남음", en="stays")
    first = back_up(tmp_path, to)
    back_up(tmp_path, to, after=40)
    assert words_after_restoring(tmp_path, to, first.name) == {"남음"}


def test_a_lost_key_part_loads_nothing_and_is_said(tmp_path, to) -> None:
    Term.objects.create(ko="남음", en="stays")
    made = back_up(tmp_path, to)
    shutil.rmtree(place(tmp_path, to).short.path)
    assert words_after_restoring(tmp_path, to, made.name) == set()


def aged(folder) -> None:
    """As if nothing had been written there since the first day."""
    for path in (*folder.rglob("*"), folder):
        os.utime(path, (DAY.timestamp(), DAY.timestamp()))


def test_this_desks_key_part_of_before_a_renewal_goes_with_its_time_and_another_desks_never(
    tmp_path, to
) -> None:
    back_up(tmp_path, to)
    old, renewed = place(tmp_path, to).short.path, replace(HELD, words=b"v" * 32)
    another = replace(HELD, words=b"u" * 32, desk=b"else")
    aged(old)
    back_up(tmp_path, to, after=40, held=another)
    assert old.exists(), "another desk on the same disk"
    back_up(tmp_path, to, after=1, held=renewed)
    assert old.exists(), "its days are not over"
    assert back_up(tmp_path, to, after=41, held=renewed).expired == 2
    assert not old.exists() and place(tmp_path, to).main.exists


def test_a_purge_after_a_renewal_reaches_the_repository_of_before(tmp_path, to) -> None:
    Term.objects.create(ko="남음", en="stays")
    Term.objects.create(ko="없앰", en="purged")
    first = back_up(tmp_path, to)
    Term.objects.filter(ko="없앰").delete()
    back_up(tmp_path, to, after=1, held=replace(HELD, words=b"v" * 32))
    Term.objects.all().delete()
    back_up(tmp_path, to, after=3, held=replace(HELD, words=b"t" * 32, desk=b"else"))
    there = restoring.found_at(to, MASTER, tmp_path / "state")
    own, name = restoring.chosen(there, first.name)
    with transaction.atomic():
        keypart.load_into(own.short, name, [each.short for each in restoring.alike(own, there)])
    assert set(Term.objects.values_list("ko", flat=True)) == {"남음"}, (
        "another desk's purge is not this one's"
    )


def test_paper_opens_what_was_written_before_and_after_a_renewal_and_a_leaver_only_the_former(
    tmp_path, to
) -> None:
    first = back_up(tmp_path, to)
    renewed = replace(HELD, words=b"v" * 32)
    second = back_up(tmp_path, to, after=1, held=renewed)
    there = restoring.found_at(to, MASTER, tmp_path / "state")
    for made in (first, second):
        own, name = restoring.chosen(there, made.name)
        assert whole(own, name)
    assert restoring.chosen(there, "")[1] == second.name
    with pytest.raises(Trouble, match="does not open"):
        making.Place.of(to / renewed.folder, HELD.words, tmp_path / "leaver").main.names()


def test_the_wrong_paper_is_told_which_backups_there_are(tmp_path, to) -> None:
    back_up(tmp_path, to)
    with pytest.raises(NotReady, match=HELD.paper):
        restoring.found_at(to, b"w" * 32, tmp_path / "state")


def test_a_damaged_file_of_words_is_said_and_the_next_backup_writes_it_anew(tmp_path, to) -> None:
    back_up(tmp_path, to)
    (to / HELD.folder / making.WORDS_FILE).write_bytes(b"cut")
    with pytest.raises(NotReady, match=r"words\.json is missing or was changed"):
        restoring.found_at(to, MASTER, tmp_path / "state")
    back_up(tmp_path, to, after=1)
    assert restoring.found_at(to, MASTER, tmp_path / "state")


# --- nothing of it is to be seen, nothing altered is believed ------------------------------------------


def whole(there: making.Place, name: str) -> bytes:
    """What a restore would read, or NotReady."""
    there.main.check()
    with there.main.read(name) as pipe:
        lines = list(load.lines_of(pipe))
        stream = load.Stream.begin(lines, dump.DESK)
        first, files = stream.files(None)
        told, _counters, _kept = load.tables(first, stream.rest(), False)
        load.agree_files(told.files, files)
    return b"".join(lines)


def test_every_file_of_the_repository_flipped_or_cut_is_refused_or_changes_nothing(
    tmp_path, to, alice
) -> None:
    """borg mends its own index and hints; of what it holds for us nothing altered passes."""
    made = back_up(tmp_path, to)
    right = whole(place(tmp_path, to), made.name)
    source = place(tmp_path, to).main.path
    files = sorted(path.relative_to(source) for path in source.rglob("*") if path.is_file())
    chance, refused = random.Random(5), set()
    for number, name in enumerate(files):
        copy = tmp_path / f"copy{number}"
        shutil.copytree(to, copy)
        victim = copy / HELD.folder / dump.DESK / name
        victim.chmod(0o600)
        data = bytearray(victim.read_bytes())
        if (number % 2 or name.name == "config") and data:
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        else:
            del data[len(data) // 2 :]
        victim.write_bytes(data)
        there = making.Place.held(copy, HELD, tmp_path / f"state{number}")
        try:
            assert whole(there, made.name) == right, name
        except NotReady:
            refused.add(name.parts[0])
        shutil.rmtree(copy)
    assert {"data", "config"} <= refused


def test_what_a_refusal_says_is_a_sentence_with_a_way_on(tmp_path, to) -> None:
    made = back_up(tmp_path, to)
    there = place(tmp_path, to)
    segment = max(
        (there.main.path / "data").rglob("*"), key=lambda path: path.stat().st_size * path.is_file()
    )
    data = bytearray(segment.read_bytes())
    data[len(data) // 2] ^= 1
    segment.write_bytes(data)
    with pytest.raises(Trouble, match=r"damaged or was changed.*Take another copy"):
        whole(there, made.name)


def test_the_repository_shows_no_word_name_or_number_of_the_desk(tmp_path, to, alice) -> None:
    Term.objects.create(ko="까막딱따구리", en="black woodpecker")
    made = back_up(tmp_path, to)
    held = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for word in ("까막딱따구리", "woodpecker", "Alice", "staff_member", made.name):
        assert word.encode() not in held, word


def test_the_passphrase_is_on_no_command_line_and_in_no_environment(tmp_path, to, monkeypatch) -> None:
    seen: list[object] = []
    start = subprocess.Popen

    def watched(words, **how):
        seen.append((words, how["env"]))
        return start(words, **how)

    monkeypatch.setattr(tool.subprocess, "Popen", watched)
    back_up(tmp_path, to)
    assert seen and place(tmp_path, to).main.words not in repr(seen)


# --- while the desk runs, and when the power goes ----------------------------------------------------------


def test_a_run_that_was_killed_leaves_no_backup_and_the_next_one_works(tmp_path, to) -> None:
    back_up(tmp_path, to)
    there = place(tmp_path, to)

    def feed():
        yield b'{"nightdesk":"backup"}\n' * 1000
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        there.main.write("20240101T000000Z-aaaaaa", feed())
    assert len(there.main.names()) == 1
    made = back_up(tmp_path, to, after=1)
    assert there.main.names()[-1] == made.name and there.main.halves() == []


def test_an_archive_that_borg_finished_without_us_is_never_offered(tmp_path, to) -> None:
    """Killed outright we cannot stop borg: it takes the closed pipe for the end of the archive."""
    back_up(tmp_path, to)
    there = place(tmp_path, to)
    subprocess.run(
        [sys.executable, "-c", KILLED, str(there.main.path), there.main.words, str(tmp_path / "other")],
        check=False,
    )
    deadline = time.monotonic() + 20
    while not there.main.halves() and time.monotonic() < deadline:
        time.sleep(0.2)
    assert len(there.main.names()) == 1
    back_up(tmp_path, to, after=1)
    assert len(there.main.names()) == 2 and there.main.halves() == []


def test_a_lock_that_a_killed_borg_left_is_freed(tmp_path, to) -> None:
    back_up(tmp_path, to)
    there = place(tmp_path, to)
    began = threading.Event()
    killed: list[subprocess.Popen] = []
    start = subprocess.Popen

    def remember(words, **how):
        process = start(words, **how)
        killed.append(process)
        return process

    def feed():
        yield b"x" * 3_000_000
        began.set()
        killed[-1].kill()
        yield b"x" * 3_000_000

    tool.subprocess.Popen, kept = remember, tool.subprocess.Popen
    try:
        with pytest.raises(Trouble):
            there.main.write("20240101T000000Z-cccccc", feed())
    finally:
        tool.subprocess.Popen = kept
    assert began.is_set()
    back_up(tmp_path, to, after=1)
    assert len(there.main.names()) == 2


def test_the_moment_of_a_backup_takes_no_lock_that_a_writer_waits_for(tmp_path, to) -> None:
    with dump.one_moment():
        assert connection.connection.in_transaction
        connection.connection.execute("SELECT count(*) FROM translation_term").fetchone()
    assert not connection.connection.in_transaction


def test_a_backup_of_a_newer_desk_is_refused(tmp_path) -> None:
    with pytest.raises(NotReady, match="newer version"):
        restoring.shape([["staff", "0999_from_the_future"]])


def test_without_borg_the_sentence_says_what_to_install(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(tool.shutil, "which", lambda name: None)
    with pytest.raises(NotReady, match="apt-get install borgbackup"):
        Repository(tmp_path / "r", "words", tmp_path / "s").make()
