"""A desk of its own, made by the README's commands and run as a program: its keeper and the process it keeps."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from tests import forked

WORDS, OWN = "five words that nobody guesses", "a grey heron on a ladder"
NIGHTDESK = [sys.executable, "-m", "nightdesk"]
CLEAN = {k: v for k, v in os.environ.items() if not k.startswith(("NIGHTDESK_", "DJANGO_"))}


def told(*words: object, **more: str) -> subprocess.CompletedProcess[str]:
    """`nightdesk WORDS` as a person would run it."""
    return forked.run("-m", "nightdesk", *words, env={**CLEAN, **more})


def new_desk(base: Path) -> Path:
    """The folder of a new desk with two members."""
    (base / "desk-words").write_text(WORDS)
    (base / "own-words").write_text(OWN)
    made = told(
        "desk", "init", "--dir", base / "d", "--name", "Post", "--passphrase-file", base / "desk-words"
    )
    assert made.returncode == 0, made.stderr
    for name, role in (("Alice", "editor"), ("Bob", "reporter")):
        files = ("--passphrase-file", base / "own-words", "--desk-passphrase-file", base / "desk-words")
        added = told("desk", "member", "--dir", base / "d", name, "--role", role, *files)
        assert added.returncode == 0, added.stderr
    return base / "d"


def places(base: Path) -> dict[str, str]:
    """Where a program writes that nobody asked to: made below `base`, so that it can be searched."""
    found = {
        "TMPDIR": base / "spill",
        "HOME": base / "home",
        "XDG_CACHE_HOME": base / "home" / "cache",
        "XDG_CONFIG_HOME": base / "home" / "config",
    }
    for folder in found.values():
        folder.mkdir(exist_ok=True)
    return {name: str(folder) for name, folder in found.items()}


class Running:
    """The keeper, the process it keeps, and where both listen."""

    def __init__(self, folder: Path, key_file: Path | None = None, **settings: str) -> None:
        self.folder = folder
        opening = ["--key-file", str(key_file)] if key_file else []
        environment = {
            **CLEAN,
            **places(folder.parent),
            "NIGHTDESK_COLLECT_EVERY": "0",
            "NIGHTDESK_SECOND_FACTOR": "off",
            **settings,
        }
        self.keeper = subprocess.Popen(
            [*NIGHTDESK, "desk", "run", "--dir", str(folder), "--port", "0", *opening],
            env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip
        assert self.keeper.stdout is not None
        self.said = self.keeper.stdout.readline()
        self.address = re.search(r"http://\S+", self.said).group().rstrip("/")  # type: ignore[union-attr]  # no match fails the test, as it should

    @property
    def child(self) -> int:
        """The process that holds the keys, by the system's own list."""
        found = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self.keeper.pid)], capture_output=True, text=True, check=True
        )
        return int(found.stdout.split()[0])

    def page(self, path: str = "/") -> httpx.Response:
        return httpx.get(self.address + path, trust_env=False, timeout=30)

    def stop(self) -> None:
        if self.keeper.poll() is None:
            os.killpg(self.keeper.pid, signal.SIGKILL)
        self.keeper.communicate()


@contextmanager
def running(folder: Path, key_file: Path | None = None, **settings: str) -> Iterator[Running]:
    desk = Running(folder, key_file, **settings)
    try:
        yield desk
    finally:
        desk.stop()


def until(holds: Callable[[], bool], seconds: float = 20) -> None:
    """Waits until `holds()`."""
    last = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < last, "it never came"
        time.sleep(0.05)


def is_locked(desk: Running) -> bool:
    answer = desk.page("/reports/")
    return answer.status_code == 302 and "The desk is locked" in desk.page("/sign-in/").text
