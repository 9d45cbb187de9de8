"""A browser window before the desk's own code: each request is asked of a Django client, on the test's connection.

Belongs here: the small server between the two, and what it leaves out. Does not belong here: the browser (conftest.py),
what is pressed (the tests).
"""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAMES = {"accept": "HTTP_ACCEPT", "hx-request": "HTTP_HX_REQUEST", "x-csrftoken": "HTTP_X_CSRFTOKEN",
         "hx-target": "HTTP_HX_TARGET", "referer": "HTTP_REFERER"}  # fmt: skip
# What the server says itself; no cookie reaches the browser, since the client keeps them.
OURS = ("set-cookie", "content-length", "connection")


class Window:
    """One member's browser. `down` answers as a desk that is off would: not at all.

    A server, not Playwright's interception: that forbids the browser to keep anything, so that each page would
    fetch and compile two dozen files again.
    """

    def __init__(self, browser: Browser, language: str = "en", width: int = 1280) -> None:
        from django.db import connection
        from django.test import Client

        self.connection = connection._connections[connection._alias]  # the test's own, with what it wrote
        self.connection.inc_thread_sharing()
        self.client, self.language, self.down = Client(enforce_csrf_checks=True), language, False
        self.client.raise_request_exception = False
        self.sent: list[tuple[str, str, int]] = []
        self._one, self._server = threading.Lock(), ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        self.context = browser.new_context(viewport={"width": width, "height": 900}, locale=language)
        self.page = self.context.new_page()

    def opens(self, path: str) -> Page:
        self.page.goto(f"http://127.0.0.1:{self._server.server_port}{path}")
        return self.page

    def close(self) -> None:
        self.context.close()
        self._server.shutdown()
        self._server.server_close()
        with self._one:  # a request in hand has the test's connection
            self.down = True
        self.connection.dec_thread_sharing()

    def answer(self, method: str, path: str, head: Any, body: bytes) -> tuple[Any, bytes] | None:
        """What the desk says; None when it is off."""
        from django.db import connections

        heads = {NAMES[name.lower()]: value for name, value in head.items() if name.lower() in NAMES}
        with self._one:
            if self.down:
                return None
            connections["default"] = self.connection  # this thread would be given another one
            answer = self.client.generic(
                method, path, body, content_type=head.get("content-type", "application/octet-stream"),
                HTTP_HOST="127.0.0.1:8472", HTTP_ACCEPT_LANGUAGE=self.language, **heads,
            )  # fmt: skip
            given = b"".join(answer) if answer.streaming else answer.content
        plain = path.partition("?")[0]
        if plain.startswith("/static/"):
            answer.headers["Cache-Control"] = "max-age=3600"
        else:
            self.sent.append((method, plain, answer.status_code))
        return answer, b"" if plain.endswith(".woff2") else given

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        window = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                said = window.answer(self.command, self.path, self.headers, body)
                if said is None:
                    self.close_connection = True
                    return
                answer, given = said
                self.send_response(answer.status_code)
                for name, value in answer.headers.items():
                    if name.lower() not in OURS:
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(given)))
                self.end_headers()
                self.wfile.write(given)

            do_POST = do_GET  # noqa: N815 - http.server's own name

            def log_message(self, *_given: object) -> None:
                """Nothing: the tests look at `sent`."""

        return Handler
