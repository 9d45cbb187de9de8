"""Long work says on a terminal how far it is; in a pipe not a byte of that is to be seen."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner

from nightdesk.cli import main, progress

LINES = [
    {"id": str(n), "lang": "en", "on": "2023-12-15", "text": f"They paid RMB {n}00."} for n in range(1, 121)
]
GIVEN = "".join(json.dumps(line) + "\n" for line in LINES)
LONG = (["read"], ["corroborate"], ["review", "--spans", "-"])


def at_a_terminal(arguments: list[str], given: Path) -> tuple[str, str]:
    """stdout to a pipe, stderr to a terminal of our own; what came of each."""
    above, below = pty.openpty()
    command = [sys.executable, "-m", "nightdesk", *arguments]
    with given.open("rb") as lines:
        done = subprocess.run(command, stdin=lines, stdout=subprocess.PIPE, stderr=below, check=True)
    os.close(below)
    said = b""
    with suppress(OSError):  # Linux says so at the end, when the other side is closed
        while piece := os.read(above, 65536):  # a terminal hands out what it has, not all there is
            said += piece
    os.close(above)
    return done.stdout.decode(), said.decode()


@pytest.mark.parametrize("arguments", LONG)
def test_a_pipe_sees_the_lines_and_nothing_else(arguments: list[str]) -> None:
    done = CliRunner().invoke(main, arguments, input=GIVEN)
    assert (done.exit_code, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) >= len(LINES)
    assert all(json.loads(line) for line in done.stdout.splitlines())


@pytest.mark.parametrize("arguments", LONG)
def test_a_terminal_sees_the_count_and_the_pipe_beside_it_the_same_lines(
    arguments: list[str], tmp_path: Path
) -> None:
    (tmp_path / "lines.jsonl").write_text(GIVEN, "utf-8")
    written, said = at_a_terminal(arguments, tmp_path / "lines.jsonl")
    assert "50 lines…" in said and "100 lines…" in said
    assert written == CliRunner().invoke(main, arguments, input=GIVEN).stdout


def test_a_short_job_says_nothing_even_at_a_terminal(tmp_path: Path) -> None:
    (tmp_path / "lines.jsonl").write_text(GIVEN.splitlines()[0], "utf-8")
    assert at_a_terminal(["read"], tmp_path / "lines.jsonl")[1] == ""


def test_counting_changes_nothing_and_stops_with_its_reader() -> None:
    assert list(progress.counted(range(200))) == list(range(200))
