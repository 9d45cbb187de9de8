"""Files that hold keys: readable by their owner alone, written whole or not at all, erased by overwriting.

Overwriting reaches the file, not the copies a flash disk or a backup may keep; docs/threat-model.md
says so. Belongs here: bytes to disk and off it. Does not belong here: what the bytes open.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

OWNER_ONLY = 0o600
LOOK = 0.02  # seconds between two tries for a lock that is waited for with an end


def write_private(path: Path, data: bytes) -> None:
    """Writes `data` under `path` with mode 0600; after a power cut there is the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    half = path.with_name(f".{path.name}.half")
    half.unlink(missing_ok=True)
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    with _old(path) as old:
        half.replace(path)
        _sync_folder(path.parent)
        _zero(old)


def erase(path: Path) -> None:
    """Overwrites the file with zeros, then unlinks it. A file that is already gone is erased."""
    try:
        with path.open("r+b") as file:
            _zero(file)
    except FileNotFoundError:
        return
    path.unlink()
    _sync_folder(path.parent)


@contextmanager
def alone(lock: Path, patience: float | None = None) -> Iterator[bool]:
    """Holds `lock` against the other threads and processes that change what it stands for.

    Waits as long as it takes, or `patience` seconds; tells whether it is held. It goes with the process.
    """
    lock.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, OWNER_ONLY)
    try:
        yield _held(descriptor, patience)
    finally:
        os.close(descriptor)


def _held(descriptor: int, patience: float | None) -> bool:
    if patience is None:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        return True
    last = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            if time.monotonic() >= last:
                return False
            time.sleep(LOOK)


@contextmanager
def _old(path: Path) -> Iterator[BinaryIO | None]:
    """The file that is about to be replaced: what it held is overwritten once its name points elsewhere."""
    if not path.exists():
        yield None
        return
    with path.open("r+b") as file:
        yield file


def _zero(file: BinaryIO | None) -> None:
    if file is not None:
        file.seek(0)
        file.write(bytes(os.fstat(file.fileno()).st_size))
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """The rename or unlink itself reaches the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
