"""`nightdesk demo` as a visitor meets it: what it empties, where it listens, how it ends and goes on."""

from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, nullcontext, suppress
from pathlib import Path
from unittest.mock import patch

import pytest

from nightdesk.demo import canary
from nightdesk.demo.person import Person
from nightdesk.demo.prepare import PASSPHRASE
from nightdesk.demo.programs import DEFAULT_PORTS, DidNotStart, PortTaken, Programs, held_port
from nightdesk.demo.running import MARK, Demo, NotADemo, reset
from nightdesk.demo.sample import read

SAMPLE = Path(canary.__file__).with_name("sample")
PATIENCE = 60.0  # seconds the demo may take to greet


class Visit:
    """One run of the command, greeted and not yet left."""

    def __init__(self, folder: Path) -> None:
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("NIGHTDESK_", "DJANGO_"))}
        environment["NIGHTDESK_COLLECT_EVERY"] = "0"  # the drop keeps what was posted
        self.log = folder.with_name("stderr")
        with self.log.open("wb") as errors:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "nightdesk", "demo", "--dir", str(folder)], stdout=subprocess.PIPE,
                stderr=errors, text=True, env=environment, start_new_session=True,
            )  # fmt: skip
        self.said = self._greeting()
        self.ports = [int(port) for port in re.findall(r"http://127\.0\.0\.1:(\d+)", self.said)]

    def _greeting(self) -> str:
        assert self.process.stdout is not None
        said = ""
        for line in self.process.stdout:
            said += line
            if "Ctrl-C stops all three" in line:
                return said
        raise AssertionError(self.log.read_text("utf-8"))

    def leaves(self) -> int:
        """Ctrl-C, as a shell sends it to the program in front."""
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(30)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code


def listens(port: int) -> bool:
    with closing(socket.socket()) as knock:
        return knock.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("visit") / "demo"


@pytest.fixture(scope="module")
def first(folder: Path) -> Iterator[Visit]:
    """A visit while the usual ports are busy, left by Ctrl-C."""
    with ExitStack() as busy:
        for port in DEFAULT_PORTS.values():
            taken = busy.enter_context(closing(socket.socket()))
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with suppress(OSError):  # busy by somebody else is busy too
                taken.bind(("127.0.0.1", port))
                taken.listen()
        visit = Visit(folder)
    yield visit
    if visit.process.poll() is None:
        visit.leaves()


def test_busy_ports_are_replaced_by_free_ones_and_said(first: Visit) -> None:
    assert len(set(first.ports)) == 3 and not set(first.ports) & set(DEFAULT_PORTS.values())
    assert all(listens(port) for port in first.ports)


def nightdesk(*arguments: str) -> subprocess.CompletedProcess[str]:
    """One command as a visitor types it, to its end."""
    return subprocess.run(
        [sys.executable, "-m", "nightdesk", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("more", [(), ("--reset",), ("--through",)])
def test_a_second_demo_over_the_folder_is_refused_and_the_first_goes_on(
    first: Visit, folder: Path, more: tuple[str, ...]
) -> None:
    second = nightdesk("demo", "--dir", str(folder), *more)
    assert second.returncode == 1 and "Another demo runs over" in second.stderr
    assert all(listens(port) for port in first.ports) and (folder / "desk.sqlite3").exists()


def test_a_second_desk_over_the_folder_is_refused(first: Visit, folder: Path) -> None:
    passphrase = str(folder / "demo-passphrase")
    second = nightdesk("desk", "run", "--dir", str(folder), "--port", "0", "--passphrase-file", passphrase)
    assert second.returncode == 1 and "is running already" in second.stderr


def test_a_foreign_folder_is_not_even_locked(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear", "utf-8")
    refused = nightdesk("demo", "--dir", str(tmp_path))
    assert refused.returncode == 1 and "left alone" in refused.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_ctrl_c_ends_all_three_and_is_no_failure(first: Visit) -> None:
    assert first.leaves() == 0
    until = time.monotonic() + 5
    while any(map(listens, first.ports)) and time.monotonic() < until:
        time.sleep(0.1)
    assert not [port for port in first.ports if listens(port)]


def needles() -> list[str]:
    """Every pseudonym and relay of the sample, and a piece of every report's words."""
    reports = read(SAMPLE).reports
    names = {name for report in reports for name in (report.source, report.via) if name}
    return sorted(name for name in names if "unknown" not in name) + [report.text[:20] for report in reports]


def in_the_drop(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "drop" / "drop.sqlite3")) as rows:
        return int(rows.execute("select count(*) from envelope").fetchone()[0])


def test_a_full_drop_names_nobody_and_says_nothing(first: Visit, folder: Path) -> None:
    assert in_the_drop(folder) == 13
    assert canary.hits(needles(), canary.files(folder / "drop", folder / "logs")) == []


def test_one_report_stored_open_among_the_envelopes_would_be_found(folder: Path, tmp_path: Path) -> None:
    told = read(SAMPLE).reports[0].text
    for path in canary.files(folder / "drop"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    with closing(sqlite3.connect(tmp_path / "drop.sqlite3")) as rows, rows:
        rows.execute("insert into fact values (?, ?)", ("planted", told.encode()))
    assert told[:20] in {word for word, _path in canary.hits(needles(), canary.files(tmp_path))}


def test_a_second_visit_goes_on_and_posts_nothing_twice(first: Visit, folder: Path) -> None:
    visit = Visit(folder)
    assert visit.leaves() == 0
    assert in_the_drop(folder) == 13


def test_a_step_of_the_clock_posts_once_however_often_the_demo_starts_again(
    first: Visit, folder: Path
) -> None:
    visit = Visit(folder)
    editor = Person(f"http://127.0.0.1:{visit.ports[0]}", "Alice", PASSPHRASE)
    editor.sends(editor.opens("/arrivals/"), "/demo/step/")
    editor.leaves()
    assert visit.leaves() == 0
    stepped = in_the_drop(folder)
    again = Visit(folder)
    assert again.leaves() == 0
    assert stepped == in_the_drop(folder) == 14
    assert "Going on with the demo" in again.log.read_text("utf-8")


# --- what is never emptied, and a lost port ------------------------------------------------------------


def test_reset_empties_a_folder_the_demo_made_and_leaves_another_alone(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    for each in (ours, theirs):
        each.mkdir()
        (each / "letter.txt").write_text("dear", "utf-8")
    (ours / MARK).write_text("{}", "utf-8")
    reset(ours)
    assert list(ours.iterdir()) == []
    with pytest.raises(NotADemo, match="left alone"):
        reset(theirs)
    assert (theirs / "letter.txt").read_text("utf-8") == "dear"


def test_a_stranger_who_answers_at_the_port_does_not_pass_for_the_program(tmp_path: Path) -> None:
    with closing(socket.socket()) as stranger:
        stranger.bind(("127.0.0.1", 0))
        stranger.listen()
        url = f"http://127.0.0.1:{stranger.getsockname()[1]}"
        with pytest.raises(PortTaken):
            Programs(tmp_path, {}).start("drop", "-c", "pass", url=url)


@pytest.mark.parametrize("times", [1, 2])
def test_a_port_lost_between_looking_and_starting_is_replaced_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    lost: list[int] = []
    said: list[str] = []

    def start_all(demo: Demo) -> None:
        if len(lost) < times:
            lost.append(1)
            raise PortTaken("the drop did not start")

    monkeypatch.setattr(Demo, "_start_all", start_all)
    with patch.dict(os.environ):  # the demo tells its children by the environment where everything is
        demo = Demo(tmp_path / "d", None, said.append)
        with pytest.raises(DidNotStart) if times > 1 else nullcontext():
            demo.start()
    assert len(said) == 1


def test_two_demos_that_start_together_never_hold_one_port() -> None:
    """Both find it free; only one may have it, or the other's desk would pass for its own."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        free = int(probe.getsockname()[1])
    with ExitStack() as first, ExitStack() as second:
        assert held_port(first, free) == free
        assert held_port(second, free) != free
    with ExitStack() as third:
        assert held_port(third, free) == free
