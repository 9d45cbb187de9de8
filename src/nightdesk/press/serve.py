"""A small server for a built site on loopback: for the demo and for a look before publishing.

Belongs here: files, strict headers, nothing logged. Does not belong here: publishing to the
internet; any static host does that better.
"""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from nightdesk.press.attachments import FILES
from nightdesk.release.attachment import ENDINGS

LOOPBACK = "127.0.0.1"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
    "Cache-Control": "no-cache",
}
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".jsonl": "application/jsonl; charset=utf-8",
    ".xml": "application/xml",
    ".svg": "image/svg+xml",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".woff2": "font/woff2",
    **{f".{ending}": kind for kind, ending in ENDINGS.items()},
    "": "application/octet-stream",
}


class SiteHandler(SimpleHTTPRequestHandler):
    """Files of one folder: no listings, no dot files, no log of who read what."""

    server_version = "nightdesk"
    sys_version = ""
    extensions_map = TYPES

    def end_headers(self) -> None:
        for name, value in HEADERS.items():
            self.send_header(name, value)
        # Saved, never opened as a page of the site; asked by the file that is meant, however its address is written.
        if (
            Path(self.directory).joinpath(FILES)
            in Path(self.translate_path(getattr(self, "path", "/"))).parents
        ):
            self.send_header("Content-Disposition", "attachment")
        super().end_headers()

    def send_head(self) -> BytesIO | BinaryIO | None:
        if any(part.startswith(".") for part in self.path.split("/")) or "%2e" in self.path.lower():
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return super().send_head()

    def list_directory(self, path: object) -> None:
        """A folder without a page is not found; its contents are nobody's business."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            return super().send_error(code, message, explain)
        body = page.read_bytes()
        self.send_response(HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", TYPES[".html"])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is logged: a list of readers is a list somebody may want."""


def server(site_dir: Path, port: int) -> ThreadingHTTPServer:
    """A server of `site_dir` on loopback, not started; port 0 takes a free one. OSError: port taken."""
    return ThreadingHTTPServer((LOOPBACK, port), partial(SiteHandler, directory=str(site_dir)))


def serve(running: ThreadingHTTPServer) -> None:
    """Serves until Ctrl-C."""
    try:
        running.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        running.server_close()
