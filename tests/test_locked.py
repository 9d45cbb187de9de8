"""A real desk, locked: what opens, what ends, and what its disk tells.

A desk of its own is made by the README's commands and run as a program; every check looks from outside.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from tests.running import CLEAN, OWN, WORDS, is_locked, new_desk, running, told, until

from nightdesk.demo.person import Person

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with two members."""
    return new_desk(tmp_path_factory.mktemp("locked"))


def test_a_desk_starts_locked_and_no_door_but_one_answers(folder: Path) -> None:
    with running(folder) as desk:
        assert "locked: sign in" in desk.said
        for path in (
            "/",
            "/reports/",
            "/reports/1/",
            "/sources/",
            "/search/?q=x",
            "/custody/audit/",
            "/nothing/",
        ):
            answer = desk.page(path)
            assert (answer.status_code, answer.headers["location"].split("?")[0]) == (302, "/sign-in/"), path
        opened = Path(f"/proc/{desk.child}/fd")
        may_look = os.access(opened, os.R_OK)  # other programs of this user may not; root, as CI is, may
        assert may_look or os.environ.get("CI") != "true", "what the process holds open was not looked at"
        if may_look:
            assert not [fd for fd in opened.iterdir() if "desk.sqlite3" in str(fd.readlink())]


def test_a_restart_without_a_passphrase_opens_nothing(folder: Path) -> None:
    with running(folder) as desk, httpx.Client(base_url=desk.address, trust_env=False) as client:
        form = client.get("/sign-in/")
        token = re.search('name="csrfmiddlewaretoken" value="([^"]+)"', form.text).group(1)  # type: ignore[union-attr]  # no match fails the test, as it should
        for name, words in (("Alice", "a wrong passphrase"), ("Mallory", OWN), ("", ""), ("Alice", WORDS)):
            given = {"username": name, "passphrase": words, "csrfmiddlewaretoken": token}
            answer = client.post("/sign-in/", data=given, headers={"Referer": desk.address})
            assert answer.status_code == 401, name
        without = client.post("/sign-in/", data={"username": "Alice", "passphrase": OWN})
        assert without.status_code == 403  # no token: another site cannot unlock either
        assert is_locked(desk)


def test_a_form_sent_to_a_locked_desk_comes_back_with_its_words(folder: Path) -> None:
    with running(folder) as desk:
        form = {"statement": "Salt", "name": "a card's name", "csrfmiddlewaretoken": "x"}
        answer = httpx.post(desk.address + "/claims/new/", data=form, trust_env=False, timeout=30)
        assert answer.status_code == 503 and ">Salt</textarea>" in answer.text
        assert "a card" not in answer.text and 'href="/sign-in/"' in answer.text
        assert "set-cookie" not in answer.headers and answer.headers["cache-control"] == "no-store"


def test_a_passphrase_with_the_members_name_in_it_is_refused_at_the_machine_too(folder: Path) -> None:
    (folder.parent / "named").write_text("charlie walks to the river")
    files = ("--passphrase-file", folder.parent / "named")
    desk_words = ("--desk-passphrase-file", folder.parent / "desk-words")
    made = told("desk", "member", "--dir", folder, "Charlie", "--role", "reporter", *files, *desk_words)
    assert made.returncode == 1 and "It contains the member's name" in made.stderr


def test_a_member_who_signs_in_unlocks_it_for_all(folder: Path) -> None:
    with running(folder) as desk:
        Person(
            desk.address, "bob", OWN
        ).leaves()  # a locked desk has no list of names, and tries the usual spellings
        assert "The desk is locked" not in desk.page("/sign-in/").text
        alice = Person(desk.address, "Alice", OWN)
        assert alice.opens("/reports/").status == 200
        alice.leaves()


def test_locking_ends_the_process_that_holds_the_keys_and_every_session(folder: Path) -> None:
    with running(folder) as desk:
        alice, before = Person(desk.address, "Alice", OWN), desk.child
        assert "The desk is locked." in told("lock", "--dir", folder).stdout
        until(lambda: not Path(f"/proc/{before}").exists())
        until(lambda: is_locked(desk))
        assert desk.child != before
        alice.leaves()
        again = Person(desk.address, "Bob", OWN)  # unlocked once more; Alice's cookie is worth nothing now
        assert alice._client.is_closed and again.opens("/reports/").status == 200
        again.leaves()


def test_a_cookie_from_before_the_lock_signs_nobody_in(folder: Path) -> None:
    with running(folder) as desk:
        alice = Person(desk.address, "Alice", OWN)
        told("lock", "--dir", folder)
        until(lambda: is_locked(desk))
        bob = Person(desk.address, "Bob", OWN)
        answer = alice._client.get("/reports/")
        assert str(answer.url).startswith(f"{desk.address}/sign-in/")
        alice.leaves()
        bob.leaves()


def test_a_desk_nobody_works_at_locks_itself(folder: Path) -> None:
    # Longer than signing in takes on a busy machine: with 1 the desk could lock before it had answered.
    with running(folder, NIGHTDESK_LOCK_AFTER="3") as desk:
        Person(desk.address, "Alice", OWN).leaves()
        held = desk.child
        until(lambda: not Path(f"/proc/{held}").exists(), 30)
        until(lambda: is_locked(desk))


def test_no_process_holds_keys_once_its_keeper_is_gone(folder: Path) -> None:
    with running(folder) as desk:
        Person(desk.address, "Alice", OWN).leaves()
        held = desk.child
        os.kill(desk.keeper.pid, signal.SIGKILL)
        until(lambda: not Path(f"/proc/{held}").exists())


def test_a_killed_process_comes_back_locked(folder: Path) -> None:
    with running(folder) as desk:
        Person(desk.address, "Alice", OWN).leaves()
        time.sleep(3.1)  # one that dies at once is not started again
        os.kill(desk.child, signal.SIGKILL)
        until(lambda: is_locked(desk))


def test_a_key_file_starts_the_desk_unlocked_until_another_is_made(folder: Path, tmp_path: Path) -> None:
    made = [tmp_path / "first.key", tmp_path / "second.key"]
    for file in made:
        words = ("--dir", folder, "--to", file, "--passphrase-file", folder.parent / "desk-words")
        assert told("desk", "key-file", *words).returncode == 0
        assert file.stat().st_mode & 0o077 == 0
    with running(folder, key_file=made[1]) as desk:
        assert "unlocked" in desk.said and "The desk is locked" not in desk.page("/sign-in/").text
    old = told("desk", "run", "--dir", folder, "--port", "0", "--key-file", made[0])
    assert old.returncode == 1 and "does not open this desk" in old.stderr
    again = told("desk", "key-file", *words)
    assert again.returncode == 1 and "there already" in again.stderr


def test_locking_ends_a_command_that_holds_the_keys_too(folder: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from nightdesk.cli.asking import unlocked;"
        "unlocked(Path(sys.argv[1]), Path(sys.argv[2])); print('held', flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", code, str(folder), str(folder.parent / "desk-words")]
    with subprocess.Popen(command, env=CLEAN, stdout=subprocess.PIPE, text=True) as working:
        assert working.stdout is not None and working.stdout.readline() == "held\n"
        assert "The desk is locked." in told("lock", "--dir", folder).stdout
        assert working.wait(10) == -signal.SIGKILL
    assert "No desk runs" in told("lock", "--dir", folder).stdout


def test_locking_where_nothing_runs_says_so(folder: Path, tmp_path: Path) -> None:
    assert "No desk runs" in told("lock", "--dir", folder).stdout
    assert told("lock", "--dir", tmp_path).returncode == 1
