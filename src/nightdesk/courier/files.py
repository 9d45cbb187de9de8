"""Files whole or not at all. Belongs here: bytes to disk; nothing that knows what they are."""

from __future__ import annotations

import os
from pathlib import Path

HALF = ".half"


def write(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Writes `data` under `path`; after a power cut there is the old file, the new one, or a half beside it."""
    half = path.with_name(f".{path.name}{HALF}")
    half.unlink(missing_ok=True)
    try:
        descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        half.chmod(mode)  # whatever the umask says
        half.replace(path)
    except OSError:
        half.unlink(missing_ok=True)
        raise
    sync(path.parent)


def sync(folder: Path) -> None:
    """A rename itself reaches the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
