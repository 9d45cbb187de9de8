"""The headers every answer of the drop carries. Belongs here: those, and nothing per visitor."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from email.utils import format_datetime

from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join((
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "img-src 'self'",
    "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'",
))  # fmt: skip
DENIED = ("camera", "geolocation", "microphone", "payment", "usb", "display-capture", "browsing-topics")
STRICT = {
    "content-security-policy": POLICY,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": ", ".join(f"{each}=()" for each in DENIED),
}


class StrictHeaders:
    """Puts the strict headers and a Date that is true to the day on every answer."""

    def __init__(self, app: ASGIApp, today: Callable[[], date]) -> None:
        self.app = app
        self.today = today
        self.fixed = [(name.encode(), value.encode()) for name, value in STRICT.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def strictly(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *self.fixed, (b"date", self._date())]
            await send(message)

        await self.app(scope, receive, strictly if scope["type"] == "http" else send)

    def _date(self) -> bytes:
        midnight = datetime.combine(self.today(), datetime.min.time(), UTC)
        return format_datetime(midnight, usegmt=True).encode()
