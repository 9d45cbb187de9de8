"""One program, one file, one room: a bubblewrap sandbox whose only writable folder is memory of its own.

The file goes in through a memory file and comes out through a pipe; no byte of it has a name on the machine's
own file system. The room has no network, none of the desk's files or processes, an empty environment, and ends
with the program. Decision record 0045.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

BWRAP = Path("/usr/bin/bwrap")  # by its whole name: nothing on anybody's PATH is run
_PROGRAM, _FOLDER = "/program", "/room"  # their names inside
_SHARED = "/dev/shm"  # noqa: S108 - the room's own; semaphores of mat2's workers lie in it
_MIB = 1024 * 1024
# What mat2's libraries look up: the linker's cache, which program is meant, fonts, endings of files.
_ETC = ("ld.so.cache", "alternatives", "fonts", "mime.types")
_READABLE = tuple(part for name in _ETC for part in ("--ro-bind-try", f"/etc/{name}", f"/etc/{name}"))
# mat2 looks at pictures inside documents in a room of bubblewrap's own; none can be made inside this one, which does.
_NO_ROOM_INSIDE = ("--ro-bind", "/dev/null", str(BWRAP))
_one_at_a_time = threading.Lock()  # the limits are for one; two would take twice the memory


@dataclass(frozen=True, slots=True)
class Limits:
    """What one run may take."""

    seconds: float = 90
    memory: int = 2048 * _MIB  # bytes of addresses a process may ask for
    folder: int = 256 * _MIB  # bytes of the room's own folder
    answer: int = 33 * _MIB  # bytes of the answer


class RoomError(Exception):
    """The run gave nothing that may be used; `why` is one of: no room, too long, too much, failed."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def run(program: Path, script: str, name: str, data: bytes, limits: Limits) -> bytes:
    """What `script` (for sh) prints; `"$program"` and `data` under `name` are at hand. RoomError for all else."""
    if sys.platform != "linux" or not BWRAP.is_file():
        raise RoomError("no room")
    with _one_at_a_time:
        try:
            return _run(program, script, name, data, limits)
        except RoomError as error:
            if error.why == "failed" and not _opens(program, limits):
                raise RoomError("no room") from error
            raise


def _run(program: Path, script: str, name: str, data: bytes, limits: Limits) -> bytes:
    with _memory_file(data) as given:
        return _answer(_start(_command(program, script, name, given, limits), given), limits)


def _opens(program: Path, limits: Limits) -> bool:
    """Whether a room can be made at all: some containers and systems let bubblewrap make none."""
    try:
        return _run(program, "echo open", "nothing", b"", limits) == b"open\n"
    except RoomError:
        return False


@contextmanager
def _memory_file(data: bytes) -> Iterator[int]:
    handle = os.memfd_create("given", os.MFD_CLOEXEC)
    try:
        with os.fdopen(os.dup(handle), "wb") as file:
            file.write(data)
        os.lseek(handle, 0, os.SEEK_SET)
        yield handle
    finally:
        os.close(handle)


def _command(program: Path, script: str, name: str, given: int, limits: Limits) -> list[str]:
    """Only /usr, the linker's cache and fonts are to be read, and nothing of theirs can be written."""
    limited = f"ulimit -c 0 && ulimit -v {limits.memory // 1024} && ulimit -t {int(limits.seconds) + 1} && "
    return [
        str(BWRAP), "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--clearenv",
        "--setenv", "PATH", "/usr/bin", "--setenv", "HOME", _FOLDER, "--setenv", "TMPDIR", _FOLDER,
        "--setenv", "LANG", "C.UTF-8", "--setenv", "program", _PROGRAM,
        "--ro-bind", "/usr", "/usr", *_NO_ROOM_INSIDE, "--symlink", "usr/bin", "/bin", "--symlink", "usr/lib", "/lib",
        "--symlink", "usr/lib64", "/lib64", *_READABLE, "--ro-bind", str(program), _PROGRAM,
        "--proc", "/proc", "--dev", "/dev", "--size", str(_MIB), "--tmpfs", _SHARED,
        "--size", str(limits.folder), "--tmpfs", _FOLDER, "--chdir", _FOLDER,
        "--file", str(given), f"{_FOLDER}/{name}", "--remount-ro", "/dev", "--remount-ro", "/",
        "--", "/bin/sh", "-c", limited + script,
    ]  # fmt: skip


def _start(command: list[str], given: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - bubblewrap by its whole name; the script is ours, the file is only read
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        pass_fds=(given,), env={}, cwd="/",
    )  # fmt: skip


def _answer(process: subprocess.Popen[bytes], limits: Limits) -> bytes:
    """What it prints, no more than it may, no later than it may. With bwrap ends everything in the room."""
    late = threading.Event()

    def stop() -> None:
        late.set()
        process.kill()

    timer = threading.Timer(limits.seconds, stop)
    timer.start()
    try:
        assert process.stdout is not None  # it is a pipe
        with process.stdout as answer:
            said = answer.read(limits.answer + 1)
        if len(said) > limits.answer:
            process.kill()
        code = process.wait()
    finally:
        timer.cancel()
        process.kill()  # no more than a look when it has ended by itself
    return _judged(said, code, late.is_set(), limits)


def _judged(said: bytes, code: int, late: bool, limits: Limits) -> bytes:
    if late:
        raise RoomError("too long")
    if len(said) > limits.answer:
        raise RoomError("too much")
    if code:
        raise RoomError("failed")
    return said
