"""What a page worked out may serve the next one for as long as not one row of the database changed.

SQLite says so itself: `PRAGMA data_version` moves for a connection when any other one commits, in this process or
another. One connection is kept that only asks this. Belongs here: knowing that nothing changed. Does not belong
here: what is worked out (line.py).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cache
from threading import Lock
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections

from nightdesk.desk import clock

Result = TypeVar("Result")
_asking = Lock()
_held: tuple[object, dict[Hashable, Any]] = (None, {})


def remembered(key: Hashable, work: Callable[[], Result]) -> Result:
    """What `work` answers, or answered in this minute under `key` if no row has changed since.

    `key` names everything but rows and the clock that the answer hangs on: whose it is, in which language. The
    answer must be plain values, for it is given again. Inside a transaction nothing is kept or given: it sees rows
    that nobody else does, and may be rolled back.
    """
    global _held
    if connection.in_atomic_block or connection.vendor != "sqlite" or _in_memory():
        return work()
    state = _state()  # before the work: what is committed meanwhile makes the answer an old one
    if _held[0] != state:
        _held = (state, {})
    kept = _held[1]
    if key not in kept:
        kept[key] = work()
    answer: Result = kept[key]
    return answer


def _state() -> tuple[object, ...]:
    """Equal as long as no row changed and the minute has not passed."""
    with _asking, _watching().cursor() as cursor:
        cursor.execute("PRAGMA data_version")
        return *cursor.fetchone(), clock.now().replace(second=0, microsecond=0)


@cache
def _watching() -> Any:
    """A connection that never writes, so that every commit is another one's. Threads take turns at it."""
    made: Any = connections.create_connection(DEFAULT_DB_ALIAS)
    made.inc_thread_sharing()
    return made


def _in_memory() -> bool:
    """A database in memory shares its pages between connections, and its version with them."""
    return "memory" in str(connection.settings_dict["NAME"])
