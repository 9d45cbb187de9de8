"""The drop as an ASGI program: parse, append, count, hand over, forget.

`create_app` makes one; importing this module does nothing. What a stranger sends is answered the
same way whatever it was: see docs/formats/pull.md and docs/formats/envelope.md. Belongs here:
HTTP. Does not belong here: rows (store.py), what replaces what (published.py), the page (page.py).
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from nightdesk.drop.config import LANGUAGES, DropConfig
from nightdesk.drop.headers import StrictHeaders
from nightdesk.drop.page import Page, choose, load_files
from nightdesk.drop.published import Newer, newer_board, newer_keys, said
from nightdesk.drop.store import Published, ReplayedError, Store
from nightdesk.seal.signing import SignatureError, unpack, verify_collect, verify_pull
from nightdesk.seal.wire import SIZES, Collected, WireError, parse_header, write_collected

ANSWER = 70  # bytes of every answer to POST /envelopes
MOST_SIGNED = 1 << 20
SLOWEST = 300  # seconds a body may take; a phone behind Tor needs some of them
REFUSED = b"refused\n"


class Drop:
    """The handlers, and what they share."""

    def __init__(self, store_path: Path, config: DropConfig, today: Callable[[], date]) -> None:
        self.path, self.config, self.today = store_path, config, today
        self.files = load_files()
        self.page = Page(config.identity)
        self.store: Store

    @asynccontextmanager
    async def lifespan(self, app: Starlette) -> AsyncIterator[None]:
        self.store = Store(self.path, self.config.capacity)
        yield
        self.store.close()

    async def envelopes(self, request: Request) -> Response:
        """POST: one answer for good, bad and duplicate; another of the same length when full."""
        data, digest = await _read(request, SIZES[-1])
        try:
            room = await asyncio.wrap_future(self.store.keep(digest, self.today(), _if_envelope(data)))
        except sqlite3.Error:
            room = False
        words = f"held {digest.hex()}" if room else "later"
        return _plain(words.ljust(ANSWER - 1).encode() + b"\n")

    async def keys(self, request: Request) -> Response:
        """GET: the key list as published. PUT: a newer one, signed by this newsroom."""
        return await self._published(request, "keys", newer_keys)

    async def board(self, request: Request) -> Response:
        """GET: the reply board, the same for whoever asks. PUT: a newer one, signed by this newsroom."""
        return await self._published(request, "board", newer_board)

    async def _published(self, request: Request, name: Published, newer: Newer) -> Response:
        if request.method != "PUT":
            stored = await asyncio.wrap_future(self.store.published(name))
            missing = _plain(f"no {name} yet\n".encode(), 404)
            return Response(stored, media_type="application/json") if stored else missing
        packed, _ = await _read(request, MOST_SIGNED)
        # Asked for once all of the body is here: whoever sends slowly could else put an older one over a newer.
        stored = await asyncio.wrap_future(self.store.published(name))
        if not newer(packed or b"", stored, self.config.identity, self.today()):
            return _plain(REFUSED, 403)
        kept = await asyncio.wrap_future(self.store.publish(name, packed or b"", stored))
        return _plain(b"kept\n") if kept else _plain(REFUSED, 403)

    async def pull(self, request: Request) -> Response:
        """POST: a signed request for envelopes. Whatever is wrong with it, the answer is one."""
        packed, _ = await _read(request, MOST_SIGNED)
        try:
            asked = verify_pull(*unpack(packed or b""), self.config.identity, self.today())
            held = await asyncio.wrap_future(self.store.pull(asked))
        except (SignatureError, ReplayedError):
            return _plain(REFUSED, 403)
        found = [Collected(each.hash, each.day, each.data) for each in held]
        body = write_collected(found, more=self.store.count() > len(found))
        return Response(body, media_type="application/json")

    async def collect(self, request: Request) -> Response:
        """POST: a request that the desk signed in advance for its courier. It forgets nothing."""
        body, _ = await _read(request, MOST_SIGNED)
        try:
            have, packed = _have(body or b"")
            asked = verify_collect(*unpack(packed), self.config.identity, self.today())
            held, more = await asyncio.wrap_future(self.store.collect(asked, have))
        except (SignatureError, ReplayedError):
            return _plain(REFUSED, 403)
        found = [Collected(each.hash, each.day, each.data) for each in held]
        return Response(write_collected(found, more=more), media_type="application/json")

    async def front(self, request: Request) -> Response:
        """The sealing page, in the language of the path, of ?lang= or of Accept-Language."""
        asked = request.path_params.get("lang")
        if asked and asked not in LANGUAGES:
            return _plain(b"not here\n", 404)
        lang = choose(asked or request.query_params.get("lang"), request.headers.get("accept-language", ""))
        published = said(await asyncio.wrap_future(self.store.published("keys")))
        html = self.page.render(lang, self.today(), self._name(lang, published))
        return Response(
            html, media_type="text/html", headers={"content-language": lang, "vary": "accept-language"}
        )

    def _name(self, lang: str, published: dict[str, Any]) -> str:
        """How this drop was told to call the newsroom in `lang`, else the one name of its key list."""
        return self.config.names.get(lang) or str(published.get("name", ""))

    async def static(self, request: Request) -> Response:
        """A file of the page, from memory."""
        file = self.files.get(request.path_params["name"])
        if file is None:
            return _plain(b"not here\n", 404)
        if "gzip" in request.headers.get("accept-encoding", ""):
            headers = {"content-encoding": "gzip", "vary": "accept-encoding"}
            return Response(file.gzipped, media_type=file.type, headers=headers)
        return Response(file.data, media_type=file.type, headers={"vary": "accept-encoding"})


def create_app(store_path: Path | str, config: DropConfig, today: Callable[[], date]) -> Starlette:
    """A drop over the SQLite file at `store_path`, opened when the program starts. `today` is its clock."""
    drop = Drop(Path(store_path), config, today)
    routes = [
        Route("/", drop.front),
        Route("/envelopes", drop.envelopes, methods=["POST"]),
        Route("/keys", drop.keys, methods=["GET", "PUT"]),
        Route("/board", drop.board, methods=["GET", "PUT"]),
        Route("/pull", drop.pull, methods=["POST"]),
        Route("/collect", drop.collect, methods=["POST"]),
        Route("/static/{name:path}", drop.static),
        Route("/{lang}", drop.front),
    ]
    return Starlette(
        routes=routes, middleware=[Middleware(StrictHeaders, today=today)], lifespan=drop.lifespan
    )


async def _read(request: Request, most: int) -> tuple[bytes | None, bytes]:
    """The body, or None when it is longer than `most` bytes, and the SHA-256 of what was received.

    Reading stops there: a post of any length costs the drop no more memory than an Envelope.
    """
    kept, digest = bytearray(), hashlib.sha256()
    try:
        async with asyncio.timeout(SLOWEST):
            async for chunk in request.stream():
                digest.update(chunk)
                if len(kept) + len(chunk) > most:
                    return None, digest.digest()
                kept += chunk
    except (ClientDisconnect, TimeoutError):
        return None, digest.digest()
    return bytes(kept), digest.digest()


def _if_envelope(data: bytes | None) -> bytes | None:
    """`data` when it looks like an Envelope of any newsroom; the desk says the rest aloud."""
    try:
        parse_header(data or b"")
    except WireError:
        return None
    return data


def _have(body: bytes) -> tuple[frozenset[bytes], bytes]:
    """What a courier says it has already (nobody signed that: it only shortens the answer), and its request."""
    try:
        raw = json.loads(body)
        if set(raw) != {"have", "request"}:
            raise ValueError
        return frozenset(bytes.fromhex(each) for each in raw["have"]), raw["request"].encode()
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise SignatureError("this is no request of a courier") from None


def _plain(body: bytes, status: int = 200) -> Response:
    return Response(body, status, media_type="text/plain")
