"""Locking from inside: the process that holds the keys ends, and its keeper starts a locked one.

Python cannot erase memory; a process can end. Belongs here: ending, and when nobody has worked for a
while. Does not belong here: the keeper (keeping.py), unlocking.
"""

from __future__ import annotations

import os
import threading
import time

LOCKED = 75  # exit code: start again, locked
FAREWELL = 0.4  # seconds an answer in hand has to reach the browser
LOOK = 5.0  # seconds between two looks at the clock

_last = time.monotonic()
ending = threading.Event()  # set once this process is about to end: what it still answers says so


def lock(after: float = FAREWELL) -> None:
    """Ends this process, at most `after` seconds from now, whatever it is doing.

    A write in hand is as if it had never begun: the database is made for a power cut.
    """
    ending.set()
    timer = threading.Timer(after, os._exit, (LOCKED,))
    timer.daemon = True
    timer.start()


def worked() -> None:
    """A member asked for something just now."""
    global _last
    _last = time.monotonic()


def idle() -> float:
    """Seconds since a member last asked for something."""
    return time.monotonic() - _last


def lock_when_idle(limit: int, is_unlocked: threading.Event, look: float = LOOK) -> None:
    """Begins to watch: after `limit` seconds without a member's request an unlocked desk locks. 0: never."""

    def watch() -> None:
        while True:
            time.sleep(look)
            if is_unlocked.is_set() and idle() > limit:
                lock(0)

    if limit:
        threading.Thread(target=watch, name="idle", daemon=True).start()


def end_with_keeper(pipe: int) -> None:
    """Ends this process when the keeper that holds the other end of `pipe` is gone: nobody could lock it."""

    def watch() -> None:
        os.read(pipe, 1)  # nothing is ever written: it returns when the other end closes
        os._exit(LOCKED)

    threading.Thread(target=watch, name="keeper", daemon=True).start()
