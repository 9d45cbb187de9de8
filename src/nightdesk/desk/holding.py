"""Which processes hold a desk's keys, so that locking can end every one; and no memory of theirs on the disk.

Beside the serving process a command (a backup, a check) holds the keys for as long as it works. Belongs
here: saying so, and ending them. Does not belong here: the keeper, which starts another (keeper.py).
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
from contextlib import ExitStack, suppress
from pathlib import Path

from nightdesk.desk.alone import Taken, alone

FOLDER = "holding"
PR_SET_DUMPABLE = 4  # linux/prctl.h
_held, _holds = ExitStack(), set[Path]()


def hold(directory: Path) -> None:
    """This process holds keys until it ends: `nightdesk lock` ends it, and a crash writes no memory down."""
    mine = directory / FOLDER / str(os.getpid())
    if mine in _holds:
        return
    no_dumps()
    mine.parent.mkdir(mode=0o700, exist_ok=True)
    _held.enter_context(alone(mine))
    _holds.add(mine)


def end_others(directory: Path) -> int:
    """Ends every process but this one that holds keys of the desk; how many there were."""
    ended = 0
    for path in (directory / FOLDER).glob("*"):
        try:
            with alone(path):
                pass  # nobody holds it: the process ended by itself
        except Taken:
            if path.name != str(os.getpid()):
                with suppress(ProcessLookupError):
                    os.kill(int(path.name), signal.SIGKILL)
                ended += 1
        path.unlink(missing_ok=True)
    return ended


def no_dumps() -> None:
    """A crash of this process leaves no image of its memory, and other programs of this user cannot read it."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError, AttributeError):  # Linux alone has it
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
