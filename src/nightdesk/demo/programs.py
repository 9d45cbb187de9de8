"""Starting the three programs as processes of their own, and stopping them cleanly."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from nightdesk.desk.alone import Taken, alone

DEFAULT_PORTS = {"drop": 8471, "desk": 8472, "press": 8473}
PATIENCE = 30.0  # seconds a program may take to answer


class DidNotStart(RuntimeError):
    """A program ended or stayed silent; its last lines are in the message."""


class PortTaken(DidNotStart):
    """Somebody began to listen on the port between the look for a free one and the start."""


def free_port(wanted: int) -> int:
    """`wanted` when nobody listens there, else one the system picks."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            chosen: int = probe.getsockname()[1]
            return chosen
    raise DidNotStart("no port is free on 127.0.0.1")


def held_port(held: ExitStack, wanted: int) -> int:
    """`wanted`, or one the system picks, that no other demo of this machine holds until `held` is closed.

    Free is not enough: two demos that start in the same second would find the same port free, and the
    one that loses it could take the other's desk for its own.
    """
    for candidate in (wanted, 0, 0, 0, 0):
        port = free_port(candidate)
        try:
            held.enter_context(alone(Path(tempfile.gettempdir()) / f"nightdesk-port-{port}.lock"))
        except (Taken, PermissionError):  # another demo's, or another person's
            continue
        return port
    raise DidNotStart("no port is free on 127.0.0.1 for this demo alone")


def _is_taken(url: str) -> bool:
    port = urlsplit(url).port or 0
    return free_port(port) != port


@dataclass
class Programs:
    """The running processes, by name, each with a log file of its own."""

    folder: Path
    environment: Mapping[str, str]
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str, *command: str, url: str) -> None:
        """Starts a program and waits until it answers at `url`. PortTaken when another listens there."""
        if _is_taken(url):  # the stranger's answer would pass for the program's
            raise PortTaken(f"the {name} did not start: another program listens at {url}")
        log = self.folder / "logs" / f"{name}.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as out:
            self.running[name] = subprocess.Popen(
                [sys.executable, *command], stdout=out, stderr=out, stdin=subprocess.DEVNULL,
                env={**os.environ, **self.environment}, start_new_session=True,
            )  # fmt: skip
        self._await(name, url, log)

    def _await(self, name: str, url: str, log: Path) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if self.running[name].poll() is not None:
                break
            try:
                httpx.get(url, timeout=5)
            except httpx.HTTPError:
                time.sleep(0.1)
            else:
                return
        if self.running[name].poll() is not None and _is_taken(url):
            raise PortTaken(f"the {name} did not start: another program listens at {url}")
        last = log.read_text("utf-8", "replace").strip().splitlines()[-5:]
        raise DidNotStart(f"the {name} did not start; its log {log} ends: " + " / ".join(last))

    def ended(self) -> str | None:
        """The name of a program that stopped by itself, or None."""
        return next((name for name, process in self.running.items() if process.poll() is not None), None)

    def stop(self) -> None:
        """Asks each to stop, newest first; one that does not is killed after five seconds."""
        for process in reversed(self.running.values()):
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
        for process in self.running.values():
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.running.clear()
