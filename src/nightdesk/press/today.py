"""Which day it is, for Releases that wait for theirs. The only clock of the press."""

from __future__ import annotations

from datetime import UTC, date, datetime


def today() -> date:
    """The later of this machine's day and UTC's: a story of this morning in Seoul does not wait for London."""
    return max(datetime.now(UTC).date(), datetime.now(UTC).astimezone().date())
