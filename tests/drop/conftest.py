"""A drop in memory and a drop as a process, each with one newsroom's keys published."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import httpx
import pytest
from starlette.exceptions import StarletteDeprecationWarning

from nightdesk.drop.app import create_app
from nightdesk.drop.config import DropConfig
from nightdesk.seal.closing import seal
from nightdesk.seal.signing import pack
from nightdesk.seal.wire import Collected, ReportPayload, parse_collected

with warnings.catch_warnings():  # Starlette's client moves to a package that the lock does not hold yet
    warnings.simplefilter("ignore", StarletteDeprecationWarning)
    from starlette.testclient import TestClient


def envelope(newsroom, text: str = "회령에서 2만 위안을 내라고 했다.") -> bytes:
    return seal(ReportPayload(text, "ko"), newsroom.day.public, newsroom.id)


def key_list(newsroom, issued_on: date | None = None) -> bytes:
    return pack(
        *newsroom.keyring.key_list("두만강포스트", [newsroom.day.public], issued_on or newsroom.today)
    )


@dataclass
class Desk:
    """The desk's end of the channel, over any client."""

    client: httpx.Client
    newsroom: object
    counter: int = 0

    def request(
        self, limit: int = 100, forget: list[bytes] | None = None, counter: int | None = None
    ) -> bytes:
        self.counter += 1
        number = self.counter if counter is None else counter
        return pack(*self.newsroom.keyring.sign_pull(number, limit, forget or []))

    def pulls(self, limit: int = 100, forget: list[bytes] | None = None) -> tuple[Collected, ...]:
        answer = self.client.post("/pull", content=self.request(limit, forget))
        assert answer.status_code == 200
        return parse_collected(answer.content)[0]


@pytest.fixture
def client_for(tmp_path: Path, ours) -> Iterator[Callable[..., TestClient]]:
    """Makes drops over one file: `client_for(capacity=2)`; closed at the end of the test."""
    opened: list[TestClient] = []

    def make(capacity: int = 100, today: date | None = None, **names: str) -> TestClient:
        config = DropConfig(ours.identity.public, capacity, names)
        client = TestClient(create_app(tmp_path / "drop.sqlite3", config, lambda: today or ours.today))
        opened.append(client.__enter__())
        return opened[-1]

    yield make
    for client in opened:
        client.__exit__(None, None, None)


@pytest.fixture
def client(client_for) -> TestClient:
    return client_for()


@pytest.fixture
def desk(client: TestClient, ours) -> Desk:
    return Desk(client, ours)


@dataclass
class Process:
    """`nightdesk drop serve` in a process of its own."""

    url: str
    directory: Path
    process: subprocess.Popen[bytes] = field(repr=False)

    def kill(self) -> None:
        """As a power cut would: no goodbye."""
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def running(directory: Path, newsroom, log: Path, *settings: str) -> Iterator[Process]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "nightdesk",
        "drop",
        "serve",
        "--dir",
        str(directory),
        "--port",
        str(port),
    ]
    with log.open("ab") as out:
        process = subprocess.Popen(
            [*command, "--identity", newsroom.identity.public.hex(), *settings],
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_for(port, process)
        yield Process(f"http://127.0.0.1:{port}", directory, process)
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        assert process.poll() is None, "the drop did not start"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the drop did not answer within 20 seconds")


@pytest.fixture
def drop_process():
    return running


@pytest.fixture
def seal_for():
    return envelope


@pytest.fixture
def keys_of():
    return key_list


@pytest.fixture
def desk_over():
    return Desk
