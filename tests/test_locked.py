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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from nightdesk.demo import canary, rows
from nightdesk.demo.person import Page, Person, Refused

pytestmark = pytest.mark.slow
WORDS, OWN = "five words that nobody guesses", "a grey heron on a ladder"
NIGHTDESK = [sys.executable, "-m", "nightdesk"]
CLEAN = {k: v for k, v in os.environ.items() if not k.startswith(("NIGHTDESK_", "DJANGO_"))}


def told(*words: object, **more: str) -> subprocess.CompletedProcess[str]:
    """`nightdesk WORDS` as a person would run it."""
    command = [*NIGHTDESK, *map(str, words)]
    return subprocess.run(
        command, env={**CLEAN, **more}, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with two members."""
    base = tmp_path_factory.mktemp("locked")
    (base / "desk-words").write_text(WORDS)
    (base / "own-words").write_text(OWN)
    made = told(
        "desk", "init", "--dir", base / "d", "--name", "Post", "--passphrase-file", base / "desk-words"
    )
    assert made.returncode == 0, made.stderr
    for name, role in (("Alice", "editor"), ("Bob", "reporter")):
        files = ("--passphrase-file", base / "own-words", "--desk-passphrase-file", base / "desk-words")
        added = told("desk", "member", "--dir", base / "d", name, "--role", role, *files)
        assert added.returncode == 0, added.stderr
    return base / "d"


class Running:
    """The keeper, the process it keeps, and where both listen."""

    def __init__(self, folder: Path, key_file: Path | None = None, **settings: str) -> None:
        self.folder = folder
        opening = ["--key-file", str(key_file)] if key_file else []
        spill = folder.parent / "spill"
        spill.mkdir(exist_ok=True)
        environment = {
            **CLEAN,
            "NIGHTDESK_COLLECT_EVERY": "0",
            "TMPDIR": str(spill),
            "NIGHTDESK_SECOND_FACTOR": "off",
            **settings,
        }
        self.keeper = subprocess.Popen(
            [*NIGHTDESK, "desk", "run", "--dir", str(folder), "--port", "0", *opening],
            env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip
        assert self.keeper.stdout is not None
        self.said = self.keeper.stdout.readline()
        self.address = re.search(r"http://\S+", self.said).group().rstrip("/")  # type: ignore[union-attr]  # no match fails the test, as it should

    @property
    def child(self) -> int:
        """The process that holds the keys, by the system's own list."""
        found = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self.keeper.pid)], capture_output=True, text=True, check=True
        )
        return int(found.stdout.split()[0])

    def page(self, path: str = "/") -> httpx.Response:
        return httpx.get(self.address + path, trust_env=False, timeout=30)

    def stop(self) -> None:
        if self.keeper.poll() is None:
            os.killpg(self.keeper.pid, signal.SIGKILL)
        self.keeper.communicate()


@contextmanager
def running(folder: Path, key_file: Path | None = None, **settings: str) -> Iterator[Running]:
    desk = Running(folder, key_file, **settings)
    try:
        yield desk
    finally:
        desk.stop()


def until(holds: Callable[[], bool], seconds: float = 20) -> None:
    """Waits until `holds()`."""
    last = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < last, "it never came"
        time.sleep(0.05)


def is_locked(desk: Running) -> bool:
    answer = desk.page("/reports/")
    return answer.status_code == 302 and "The desk is locked" in desk.page("/sign-in/").text


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
        if os.access(f"/proc/{desk.child}/fd", os.R_OK):  # other programs of this user may not look
            assert not [
                fd for fd in Path(f"/proc/{desk.child}/fd").iterdir() if "desk.sqlite3" in str(fd.readlink())
            ]


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
        Person(desk.address, "Bob", OWN).leaves()
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
    with running(folder, NIGHTDESK_LOCK_AFTER="1") as desk:
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


def test_whatever_was_typed_is_on_no_byte_of_the_disk_after_a_kill(folder: Path) -> None:
    with running(folder) as desk:
        planters = [Planter(Person(desk.address, name, OWN)) for name in ("Bob", "Alice", "Bob")]
        for planter in planters:
            planter.walk()
            planter.person.leaves()
        os.killpg(desk.keeper.pid, signal.SIGKILL)
        desk.keeper.communicate()
    planted = [word for planter in planters for word in planter.words]
    written = [*canary.files(folder.parent)]
    assert any(path.name == "desk.sqlite3-wal" and path.stat().st_size for path in written)
    assert canary.hits(planted, written) == []
    kept = " ".join(rows.words(folder, WORDS))
    assert len(planted) > 30 and sum(word in kept for word in planted) > 15  # so the search is not blind


class Planter:
    """Goes through every page one member can reach and types a word of its own into every field of every form."""

    LEFT = ("/sign-out/", "/language/", "/lock/", "/panic/")  # they end the walk

    def __init__(self, person: Person) -> None:
        self.person, self.words, self.seen, self.sent = person, [], set[str](), set[str]()

    def walk(self, path: str = "/", most: int = 60) -> None:
        waiting = [path]
        while waiting and len(self.seen) < most:
            path = waiting.pop(0).split("#")[0]
            if path in self.seen or not path.startswith("/"):
                continue
            self.seen.add(path)
            try:
                page = self.person.opens(path)
            except Refused:
                continue
            found = [self.fills(page, number) for number in range(len(page.forms))]
            waiting += [*page.links, *(link for each in found if each for link in [each.path, *each.links])]

    def fills(self, page: Page, number: int) -> Page | None:
        form = page.forms[number]
        typed = [e.name for e in form.element.iter("textarea", "input") if e.name and is_typed(e)]
        if not typed or form.path in self.sent or form.path.endswith(self.LEFT):
            return None
        self.sent.add(form.path)
        made = {name: f"딱새표식{len(self.words) + at}x" for at, name in enumerate(typed)}
        self.words += made.values()
        days = {e.name: "2026-01-02" for e in form.element.iter("input") if e.get("type") == "date"}
        try:
            return self.person.submits(form, **made, **days)
        except (Refused, ValueError):
            return (
                None  # a form may want more than words; what was typed passed through the desk all the same
            )


def is_typed(element: Any) -> bool:
    """Whether somebody types words into it."""
    kind = element.get("type", "text")
    return element.tag == "textarea" or kind in ("text", "search")
