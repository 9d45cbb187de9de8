"""A parcel as the desk would have signed it, and a drop that answers as it is told."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from nightdesk.courier.drop import Drop
from nightdesk.courier.hold import Hold
from nightdesk.courier.rounds import Courier
from nightdesk.seal.closing import seal
from nightdesk.seal.parcel import MANIFEST, PURPOSE, Item, Parcel, write_parcel
from nightdesk.seal.replying import close_board
from nightdesk.seal.signing import pack
from nightdesk.seal.wire import Collected, ReportPayload, write_collected

NOON = datetime(2023, 12, 18, 12, tzinfo=UTC)


@pytest.fixture
def sealed() -> Callable[..., bytes]:
    """sealed(newsroom, text) -> an envelope for its day."""

    def made(newsroom: Any, text: str = "회령에서 2만 위안을 내라고 했다.") -> bytes:
        return seal(ReportPayload(text, "ko"), newsroom.day.public, newsroom.id)

    return made


@dataclass
class Packer:
    """Signs and writes a parcel; what a test wants wrong, it changes afterwards or says here."""

    folder: Path
    newsroom: Any
    made: list[tuple[Item, bytes]] = field(default_factory=list)

    def add(self, kind: str, data: bytes, at: datetime = NOON, name: str = "", batch: str = "") -> None:
        digest = hashlib.sha256(data).hexdigest()
        until = datetime.combine(self.newsroom.today + timedelta(8), time(), UTC)
        item = Item(kind, f"{kind}-{digest[:16]}.bin", digest, at, until, name, batch)
        self.made.append((item, data))

    def usual(self, days: int = 2, requests: int = 24) -> Packer:
        """Key list and requests of some days."""
        keyring, today = self.newsroom.keyring, self.newsroom.today
        begin = datetime.combine(today, time(), UTC)
        self.add("keys", pack(*keyring.key_list("Post", [self.newsroom.day.public], today)), begin)
        for offset in range(days + 1):
            day = today + timedelta(offset)
            lines = [pack(*keyring.sign_collect(day, n, 256)) for n in range(1, requests + 1)]
            self.add("collect", b"\n".join(lines), begin + timedelta(offset))
        return self

    def boards(self, days: int = 2) -> Packer:
        """A board for each day."""
        for offset in range(days + 1):
            day = self.newsroom.today + timedelta(offset)
            cells = close_board([], self.newsroom.id, day, secrets.token_bytes)
            begin = datetime.combine(day, time(), UTC)
            self.add("board", pack(*self.newsroom.keyring.sign_board(day, 0, cells)), begin)
        return self

    def write(self, days: int = 2) -> Path:
        self.folder.mkdir(exist_ok=True)
        for item, data in self.made:
            (self.folder / item.file).write_bytes(data)
        last = self.newsroom.today + timedelta(days)
        items = tuple(item for item, _data in self.made)
        payload = write_parcel(Parcel(self.newsroom.identity.public, NOON.replace(hour=0), last, items))
        (self.folder / MANIFEST).write_bytes(pack(payload, self.newsroom.keyring.sign(PURPOSE, payload)))
        return self.folder


@dataclass
class Told:
    """A drop in memory: holds envelopes, and answers otherwise when a test says so."""

    held: list[bytes] = field(default_factory=list)
    day: str = "2023-12-18"
    keys: bytes = b""
    boards: bytes = b""
    asked: list[str] = field(default_factory=list)
    instead: Callable[[httpx.Request], httpx.Response | None] = lambda request: None

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(f"{request.method} {request.url.path}")
        stamp = datetime.fromisoformat(self.day).replace(tzinfo=UTC)
        headers = {"date": format_datetime(stamp, usegmt=True)}
        other = self.instead(request)
        if other is not None:
            return other
        if request.url.path == "/keys" and request.method == "PUT":
            self.keys = request.content
            return httpx.Response(200, headers=headers)
        if request.url.path == "/keys":
            return httpx.Response(200 if self.keys else 404, content=self.keys, headers=headers)
        if request.url.path == "/board" and request.method == "PUT":
            self.boards = request.content
            return httpx.Response(200, headers=headers)
        if request.url.path == "/board":
            return httpx.Response(200 if self.boards else 404, content=self.boards, headers=headers)
        have = request.read().decode()
        rows = [(hashlib.sha256(data).digest(), data) for data in self.held]
        found = [
            Collected(hash_, datetime.fromisoformat(self.day).date(), data)
            for hash_, data in sorted(rows)
            if hash_.hex() not in have
        ]
        return httpx.Response(200, content=write_collected(found, False), headers=headers)


@pytest.fixture
def packer(tmp_path: Path, ours: Any) -> Packer:
    return Packer(tmp_path / "parcel", ours)


@pytest.fixture
def drop() -> Told:
    return Told()


@pytest.fixture
def courier(tmp_path: Path, ours: Any, drop: Told) -> Courier:
    speaking = Drop("http://drop", httpx.MockTransport(drop.answer))
    return Courier(tmp_path / "parcel", ours.identity.public, Hold(tmp_path / "hold"), speaking)
