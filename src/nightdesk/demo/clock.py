"""The demo's own clock: the sample's day, read from a file, at this machine's time of day.

Only the demo has one. The file's name comes from NIGHTDESK_DEMO_CLOCK, so that the three programs,
which are separate processes, agree on the day.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

VARIABLE = "NIGHTDESK_DEMO_CLOCK"


def path() -> Path:
    """Where the day is written."""
    return Path(os.environ[VARIABLE])


def today() -> date:
    """The demo's day."""
    return date.fromisoformat(path().read_text("utf-8").strip())


def now() -> datetime:
    """The demo's day at the machine's time of day, in UTC."""
    return datetime.combine(today(), datetime.now(UTC).time(), UTC)


def move_to(day: date) -> None:
    """Sets the demo's day for all three programs, in one step."""
    beside = path().with_suffix(".new")
    beside.write_text(day.isoformat(), "utf-8")
    beside.replace(path())
