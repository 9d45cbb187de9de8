"""One process to a folder: a lock that ends with the process, however it ends.

Two desks over one folder would each hold keys and each press the site. Belongs here: taking the
lock. Does not belong here: what is said when it is taken (whoever asked knows better).
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Taken(Exception):
    """Another process holds this lock."""


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Holds the file `lock` (made with mode 0600, never removed) for this process. Raises Taken at once.

    The kernel lets go of it when the process ends, by `kill -9` too, so a stale file means nothing.
    """
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Taken(str(lock)) from None
        os.ftruncate(descriptor, 0)
        os.write(descriptor, str(os.getpid()).encode())  # for whoever has something to tell the holder
        yield
    finally:
        os.close(descriptor)
