"""Programs that are forked from one which has read its libraries already: each starts in a third of the time.

Most of what a command of the desk costs is reading modules that are the same each time. Here one program reads
those that look at no setting, and whatever is run is a child of it with an environment, arguments and files of its
own: Django's set-up, every room of the desk and what the command does begin in that child, as ever. Belongs here:
running what ends by itself. Does not belong here: what is killed or left running (subprocess, in the tests).
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import IO, Any

# What takes longest, and reads no setting when it is imported: that is looked at before the first fork.
AHEAD = (
    "nightdesk.cli", "nightdesk.reading", "nightdesk.disclosure.review", "nightdesk.corroboration", "nightdesk.incidents",
    "nightdesk.release", "nightdesk.seal.opening", "nightdesk.seal.recovery", "nightdesk.seal.slots", "argon2",
    "cheroot.wsgi", "currency_converter", "django.contrib.auth.hashers", "django.core.handlers.wsgi",
    "django.core.management.commands.migrate", "django.db.backends.sqlite3.base", "django.forms",
    "django.template.backends.django", "django.test.signals", "django.views.generic", "fido2.server", "httpx", "numpy",
    "PIL.Image", "pyotp", "segno", "shamir_mnemonic", "sqlcipher3", "waitress", "whitenoise",
)  # fmt: skip
MOST = 1 << 17  # bytes of a request


def run(
    *words: object, env: dict[str, str], given: str = "", timeout: float = 300
) -> subprocess.CompletedProcess[str]:
    """What `python WORDS` does: "-m" and a module, "-c" and code, or a file; `given` is its input.

    Raises subprocess.TimeoutExpired, and ends it, after `timeout` seconds.
    """
    told = [str(word) for word in words]
    with (
        tempfile.TemporaryFile() as reads,
        tempfile.TemporaryFile() as says,
        tempfile.TemporaryFile() as errs,
    ):
        reads.write(given.encode())
        reads.seek(0)
        code = _first().runs({"words": told, "env": env, "at": str(Path.cwd())}, (reads, says, errs), timeout)
        return subprocess.CompletedProcess(told, code, _read(says), _read(errs))


def _read(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode()


class First:
    """The program that the others are forked from."""

    def __init__(self) -> None:
        self.channel, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("NIGHTDESK_", "DJANGO_"))}
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, __file__, str(theirs.fileno())], pass_fds=[theirs.fileno()],
                env=clean, start_new_session=True,
            )  # fmt: skip
        atexit.register(self.end)

    def runs(self, request: dict[str, Any], files: tuple[IO[bytes], ...], timeout: float) -> int:
        """The exit code of what was asked for; negative for the signal that ended it."""
        self.channel.settimeout(timeout)
        socket.send_fds(self.channel, [json.dumps(request).encode()], [file.fileno() for file in files])
        try:
            return int(self.channel.recv(MOST))
        except TimeoutError:
            os.killpg(self.process.pid, signal.SIGKILL)
            _first.cache_clear()
            raise subprocess.TimeoutExpired(request["words"], timeout) from None

    def end(self) -> None:
        self.channel.close()
        self.process.wait()


@cache
def _first() -> First:
    return First()


# --- the first program, and what a child of it becomes ----------------------------------------------------


def _asked(channel: socket.socket) -> tuple[dict[str, Any], list[int]]:
    """Forks for each request, and returns in the child alone."""
    while True:
        request, files, _flags, _address = socket.recv_fds(channel, MOST, 3)
        if not request:
            raise SystemExit
        child = os.fork()
        if not child:
            channel.close()
            return json.loads(request), files
        for file in files:
            os.close(file)
        channel.send(str(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])).encode())


def _become(request: dict[str, Any], files: list[int]) -> None:
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    os.environ.clear()
    os.environ.update(request["env"])
    os.chdir(request["at"])
    kind, *rest = request["words"]
    sys.path[0] = ""
    if kind == "-m":
        sys.argv[1:] = rest[1:]
        runpy.run_module(rest[0], run_name="__main__", alter_sys=True)
    elif kind == "-c":
        sys.argv = ["-c", *rest[1:]]
        exec(rest[0], {"__name__": "__main__"})
    else:
        sys.argv, sys.path[0] = [kind, *rest], str(Path(kind).parent)
        runpy.run_path(kind, run_name="__main__")


def main() -> None:
    for name in AHEAD:
        importlib.import_module(name)
    from django.conf import settings

    assert not settings.configured, "a module read settings before there was a folder to read them for"
    gc.collect()
    gc.freeze()
    _become(*_asked(socket.socket(fileno=int(sys.argv[1]))))


if __name__ == "__main__":
    main()
