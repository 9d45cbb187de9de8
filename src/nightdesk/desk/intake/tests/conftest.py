"""An unlocked desk, a drop that lives in this process, and envelopes to put into it."""

from __future__ import annotations

import hashlib
from datetime import date

import httpx
import pytest

from nightdesk.desk import clock, keys
from nightdesk.desk.intake import daykeys, drop
from nightdesk.seal.board import verify_board
from nightdesk.seal.closing import seal, seal_bytes
from nightdesk.seal.collected import Collected, write_collected
from nightdesk.seal.keyring import new_keyring
from nightdesk.seal.signing import SignatureError, unpack, verify_key_list, verify_pull
from nightdesk.seal.wire import ReportPayload, pad, size_for

WORDS = "회령에서 보위원 두 명이 2만 위안을 내라고 했다."


@pytest.fixture
def keyring():
    made = new_keyring(b"i" * 32, b"s" * 32, b"d" * 32, date(2023, 12, 1), date(2024, 2, 20))
    keys.hold(made)
    return made


@pytest.fixture
def envelope(db, keyring):
    """envelope(text=…, source=…) -> sealed bytes for today's key."""

    def sealed(text=WORDS, day=None, **said):
        said.setdefault("lang", "ko")
        return seal(
            ReportPayload(text=text, **said), daykeys.public_key(day or clock.today()), keyring.newsroom_id
        )

    return sealed


@pytest.fixture
def raw_envelope(db, keyring):
    """raw_envelope(b'…') -> an envelope around any bytes, however wrong."""

    def sealed(body: bytes):
        key = daykeys.public_key(clock.today())
        return seal_bytes(pad(body, size_for(len(body))), key, keyring.newsroom_id)

    return sealed


class FakeDrop:
    """What the real drop does with a pull, in memory: check, forget, hand out."""

    def __init__(self, identity: bytes) -> None:
        self.identity, self.held, self.counter, self.keys, self.board = identity, {}, 0, None, None
        self.reachable, self.requests = True, 0

    def post(self, envelope: bytes) -> None:
        self.held[hashlib.sha256(envelope).digest()] = envelope

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.requests += 1
        if not self.reachable:
            raise httpx.ConnectError("nobody there")
        if request.method == "GET":
            return httpx.Response(404)
        signed = unpack(request.content)
        if request.url.path == "/board":
            self.board = verify_board(*signed, self.identity, clock.today())
            return httpx.Response(200)
        if request.url.path == "/keys":
            self.keys = verify_key_list(*signed, self.identity, clock.today())
            return httpx.Response(200)
        try:
            asked = verify_pull(*signed, self.identity, clock.today())
        except SignatureError:
            return httpx.Response(403)
        if asked.counter <= self.counter:
            return httpx.Response(403)
        self.counter = asked.counter
        for digest in asked.forget:
            self.held.pop(digest, None)
        found = [Collected(d, clock.today(), data) for d, data in sorted(self.held.items())][: asked.limit]
        return httpx.Response(200, content=write_collected(found, len(self.held) > len(found)))


@pytest.fixture
def the_drop(monkeypatch, settings, keyring):
    settings.NIGHTDESK_DROP_URL = "http://drop"
    fake = FakeDrop(keyring.identity_public)

    def client():
        return httpx.Client(base_url="http://drop", transport=httpx.MockTransport(fake.answer))

    monkeypatch.setattr(drop, "client", client)
    return fake
