"""The desk's settings for a bench: unlocked, without the second step, on a day of its own; one of two engines."""

from __future__ import annotations

import os
from datetime import UTC, datetime

os.environ |= {
    "NIGHTDESK_COLLECT_EVERY": "0", "NIGHTDESK_SECOND_FACTOR": "off", "NIGHTDESK_CLOCK": "bench._settings.day",
}  # fmt: skip

from nightdesk.desk import unlocking, vault
from nightdesk.desk.settings import *  # noqa: F403  # as the desk runs, but for what follows

if os.environ.get("BENCH_ENGINE") == "plain":
    DATABASES["default"]["ENGINE"] = "django.db.backends.sqlite3"  # noqa: F405  # of the desk's settings

vault.open_with(bytes(32))
unlocking.ready.set()


def day() -> datetime:
    """The clock of the bench."""
    return datetime(2023, 12, 18, 9, tzinfo=UTC)
