"""The keeper: it holds the socket and no key, and starts the process that does.

When that process ends because the desk was locked, the keeper starts a locked one on the same socket,
so that members find the sign-in page at the same address. Belongs here: that, and being told to lock
from outside. Does not belong here: passphrases, which it never sees, and the database.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from nightdesk.desk.alone import Taken, alone
from nightdesk.desk.keyfiles import NotReady
from nightdesk.desk.listening import Place, refusal
from nightdesk.desk.locking import LOCKED

GRACE = 2.0  # seconds after which a process that was told to lock and has not ended is killed
TOO_SOON = 3.0  # a process that dies this fast would only die again
TELL_TO_LOCK = signal.SIGUSR1


def listen(place: Place) -> socket.socket:
    """A socket there; port 0 takes a free one. Raises NotReady when the desk will not or cannot listen there."""
    if reason := refusal(place):
        raise NotReady(reason)
    listening = socket.socket(socket.AF_INET6 if ":" in place.address else socket.AF_INET)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((place.address, place.port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise NotReady(
            f"Port {place.port} cannot be used ({error.strerror}). Choose another with --port."
        ) from None
    return listening


class Keeper:
    """Keeps one serving process after another on `listening` until it is told to stop."""

    def __init__(
        self,
        listening: socket.socket,
        unlocked: Sequence[str],
        locked: Sequence[str],
        on_lock: Callable[[], None],
    ) -> None:
        """`unlocked` is the first command, `locked` each one after; both get the two descriptors appended."""
        self.listening, self.commands, self.on_lock = listening, (unlocked, locked), on_lock
        self.pipe, self.held = os.pipe()
        self.child: subprocess.Popen[bytes] | None = None
        self.stopping = self.told_to_lock = False

    def run(self) -> int:
        """The exit code of the process that ended by itself or was told to stop."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        signal.signal(TELL_TO_LOCK, self._lock)
        command, locked = self.commands
        while True:
            began = time.monotonic()
            code = self._run(command)
            killed = code < 0 and time.monotonic() - began > TOO_SOON
            if self.stopping or not (code == LOCKED or self.told_to_lock or killed):
                return code
            command, self.told_to_lock = locked, False
            self.on_lock()

    def _run(self, command: Sequence[str]) -> int:
        descriptors = (self.listening.fileno(), self.pipe)
        words = [*command, "--socket", str(descriptors[0]), "--keeper", str(descriptors[1])]
        # pass_fds closes everything else in the child, the keeper's own end of the pipe above all.
        self.child = subprocess.Popen(words, pass_fds=descriptors)  # noqa: S603  # this very program
        if self.stopping:  # told so before there was a child to tell
            self.child.terminate()
        return self.child.wait()

    def _stop(self, signum: int, frame: object) -> None:
        self.stopping = True
        if self.child is not None:
            self.child.terminate()

    def _lock(self, signum: int, frame: object) -> None:
        """Told from outside to lock: the child ends at once, or is killed when it does not."""
        child = self.child
        if child is not None:
            self.told_to_lock = True
            child.send_signal(TELL_TO_LOCK)
            last = threading.Timer(GRACE, child.kill)
            last.daemon = True
            last.start()


def lock_from_outside(lock: Path) -> bool:
    """Tells the keeper that holds the file `lock` to lock its desk; whether one runs."""
    try:
        with alone(lock):
            return False
    except Taken:
        pass
    os.kill(int(lock.read_text()), TELL_TO_LOCK)
    return True
