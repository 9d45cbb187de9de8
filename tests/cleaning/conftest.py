"""Says aloud what is left out where mat2 or its room is not installed, and makes programs that stand in for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from nightdesk.cleaning import missing
from nightdesk.cleaning.room import BWRAP


@pytest.fixture
def mat2() -> None:
    """The real program."""
    if lacking := missing():
        pytest.skip(f"left out: no {lacking} (Debian: apt-get install mat2 bubblewrap)")


@pytest.fixture
def fake(tmp_path: Path) -> Callable[[str], Path]:
    """A program for the room that does what the given lines of sh say; $1 is `--show` when it is only to look."""
    if not BWRAP.is_file():
        pytest.skip("left out: no bubblewrap (Debian: apt-get install bubblewrap)")

    def make(lines: str) -> Path:
        program = tmp_path / "program"
        program.write_text(f"#!/bin/sh\n{lines}\n")
        program.chmod(0o755)
        return program

    return make
