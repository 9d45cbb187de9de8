"""Where the desk listens, and with what: loopback as it is, any other address only under TLS.

Belongs here: which addresses, certificates and host names are refused and why, and the two servers.
Does not belong here: what is served (wsgi.py), or when (serve.py). TLS is Python's ssl module inside
cheroot; nothing of it is ours. What a proxy in front would say of itself is never believed.
"""

from __future__ import annotations

import os
import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any

THREADS = 8
LARGEST_REQUEST = 32 * 1024 * 1024  # bytes; a photo too large by little is refused with a sentence
LARGEST_HEADERS = 64 * 1024
NO_SPOOL = 1 << 62  # bytes; no answer is so large
LOOPBACK = "127.0.0.1"
OWN_NAMES = "127.0.0.1,localhost,[::1]"


@dataclass(frozen=True)
class Place:
    """An address to listen at, the TLS files for it, and the names the desk answers to."""

    address: str = LOOPBACK
    port: int = 0
    cert: str = ""
    key: str = ""
    hosts: Sequence[str] = ()

    @property
    def secure(self) -> bool:
        """Whether TLS is on."""
        return bool(self.cert and self.key)

    @property
    def loopback(self) -> bool:
        """Whether nobody but this machine reaches the address."""
        return ip_address(self.address).is_loopback

    def url(self) -> str:
        """What to type into a browser."""
        name = next((host for host in self.hosts if self.secure and not _is_address(host)), self.address)
        shown = f"[{name}]" if ":" in name else name
        return f"{'https' if self.secure else 'http'}://{shown}:{self.port}/"


def wanted(address: str, port: int) -> Place:
    """The place asked for on the command line, with what the environment says of TLS and names (see settings.py)."""
    said = os.environ
    hosts = [name.strip() for name in said.get("NIGHTDESK_HOSTS", OWN_NAMES).split(",") if name.strip()]
    return Place(address, port, said.get("NIGHTDESK_TLS_CERT", ""), said.get("NIGHTDESK_TLS_KEY", ""), hosts)


def refusal(place: Place) -> str:
    """Why the desk will not listen there, in a sentence with what to do; empty when it will."""
    if not _is_address(place.address):
        return (
            f"{place.address} is no IP address. Give --listen an address of this machine, such as 127.0.0.1."
        )
    if bool(place.cert) != bool(place.key):
        return "TLS needs both NIGHTDESK_TLS_CERT and NIGHTDESK_TLS_KEY. Set the other one too, or neither."
    if any(name == "*" or name.startswith(".") for name in place.hosts):
        return "NIGHTDESK_HOSTS lets in every name. List the names members type, separated by commas."
    if not place.loopback and not place.secure:
        return (
            f"{place.address} can be reached from other machines, so it needs TLS: "
            "set NIGHTDESK_TLS_CERT and NIGHTDESK_TLS_KEY, or leave --listen out."
        )
    if not place.loopback and all(_is_loopback_name(name) for name in place.hosts):
        return "The desk answers to no name but this machine's own. Set NIGHTDESK_HOSTS to what members type."
    return _refused_files(place) if place.secure else ""


def _refused_files(place: Place) -> str:
    try:
        if Path(place.key).stat().st_mode & 0o077:
            return f"Others on this machine may read {place.key}: run `chmod 600 {place.key}` first."
        context(place)
    except (OSError, ssl.SSLError) as error:
        return f"The certificate and its key cannot be used ({error.strerror or error}). Check both files."
    return ""


def _is_address(said: str) -> bool:
    try:
        return bool(ip_address(said))
    except ValueError:
        return False


def _is_loopback_name(name: str) -> bool:
    plain = name.strip("[]")
    return plain == "localhost" or (_is_address(plain) and ip_address(plain).is_loopback)


def context(place: Place) -> ssl.SSLContext:
    """TLS 1.3 and nothing older, with Python's own choice of ciphers. OSError when the files do not fit."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.minimum_version = ssl.TLSVersion.TLSv1_3
    made.load_cert_chain(place.cert, place.key)
    return made


@contextmanager
def serving(application: Any, listening: socket.socket, place: Place) -> Iterator[Callable[[], None]]:
    """What serves on a socket that listens there, until the process is told to stop."""
    with (_under_tls if place.secure else _in_the_clear)(application, listening, place) as run:
        yield run


@contextmanager
def _in_the_clear(application: Any, listening: socket.socket, place: Place) -> Iterator[Callable[[], None]]:
    from waitress import wasyncore
    from waitress.server import create_server

    connections: dict[int, Any] = {}
    server = create_server(
        application, map=connections, sockets=[listening], threads=THREADS, ident="",
        # What a member uploads stays in memory: a spool file would keep a photo's metadata on the disk.
        inbuf_overflow=LARGEST_REQUEST, max_request_body_size=LARGEST_REQUEST,
        # And so does what is sent: from a megabyte on waitress would put an answer into a file, in plain.
        outbuf_overflow=NO_SPOOL,
        max_request_header_size=LARGEST_HEADERS,
    )  # fmt: skip
    try:
        yield server.run
    finally:
        # Browsers keep their connections open; the listener is one too.
        wasyncore.close_all(connections, ignore_all=True)


@contextmanager
def _under_tls(application: Any, listening: socket.socket, place: Place) -> Iterator[Callable[[], None]]:
    from cheroot.ssl.builtin import BuiltinSSLAdapter
    from cheroot.wsgi import Server

    class OnSocket(Server):
        """Serves on the keeper's socket instead of one of its own."""

        def bind(self, *asked: object, **more: object) -> socket.socket:
            self.socket, self.bind_addr = listening, listening.getsockname()[:2]
            return listening

        def error_log(self, *said: object, **more: object) -> None:
            """Nothing: a handshake that failed would name an address."""

    server = OnSocket((place.address, place.port), application, numthreads=THREADS, server_name="desk")
    server.max_request_body_size, server.max_request_header_size = LARGEST_REQUEST, LARGEST_HEADERS
    server.ssl_adapter = BuiltinSSLAdapter(place.cert, place.key)
    server.ssl_adapter.context = context(place)
    server.prepare()
    try:
        yield server.serve
    finally:
        server.stop()
