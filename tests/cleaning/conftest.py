"""Says aloud what is left out where mat2 or its room is not to be had, and makes programs that stand in for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.samples import lacking


@pytest.fixture
def mat2() -> None:
    """The real program."""
    if why := lacking():
        pytest.skip(why)


@pytest.fixture
def fake(mat2: None, tmp_path: Path) -> Callable[[str], Path]:
    """A program for the room that does what the given lines of sh say; $1 is `--show` when it is only to look."""

    def make(lines: str) -> Path:
        program = tmp_path / "program"
        program.write_text(f"#!/bin/sh\n{lines}\n")
        program.chmod(0o755)
        return program

    return make
