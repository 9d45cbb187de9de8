"""What is laid out from the tables once and read back at the next start: parsed tables, and where rules begin.

The tables stay the source: each file here names the size and age of every table and module it was made from,
and is made anew when one of them differs. The files lie in `__pycache__` beside the compiled modules, and are
trusted as those are; where the package may not be written to, nothing is kept, and starting takes longer. Belongs here: when what was kept may be used. Does not belong here: anything it means.
"""

from __future__ import annotations

import gc
import marshal
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

T = TypeVar("T")

ROOM = Path(__file__).parent
SOURCES = (ROOM, ROOM / "data", ROOM.parent / "values", ROOM.parent / "values" / "data")
PLACE = ROOM / "__pycache__"


def kept(name: str, make: Callable[[], T]) -> T:
    """What `make` gives, read back where it was kept. Only values that `marshal` knows."""
    path = PLACE / f"{name}.{sys.implementation.cache_tag}.kept"
    with suppress(OSError, ValueError, EOFError, TypeError):
        with _collecting_nothing():
            stamp, value = marshal.loads(path.read_bytes())  # noqa: S302 - trusted as the compiled modules beside it are
        if stamp == sources():
            return cast(T, value)  # what `make` returned when it was kept, by the same sources
    value = make()
    _keep(path, value)
    return value


@contextmanager
def _collecting_nothing() -> Iterator[None]:
    """What is read back is no garbage; looking through it while it grows takes four times as long as reading it."""
    wanted = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if wanted:
            gc.enable()


@cache
def sources() -> tuple[tuple[str, int, int], ...]:
    """Name, size and age of every table and module that what is kept was made from."""
    found = []
    for folder in SOURCES:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith((".py", ".toml")):
                    about = entry.stat()
                    found.append((f"{folder.name}/{entry.name}", about.st_size, about.st_mtime_ns))
    return tuple(sorted(found))


def _keep(path: Path, value: Any) -> None:
    """Written whole or not at all; a folder that cannot be written to is no mistake."""
    new = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        said = marshal.dumps((sources(), value))
    except ValueError:  # a table with days in it (lunar.toml) is parsed each time
        return
    try:
        path.parent.mkdir(exist_ok=True)
        new.write_bytes(said)
        new.replace(path)
    except OSError:
        with suppress(OSError):
            new.unlink()
