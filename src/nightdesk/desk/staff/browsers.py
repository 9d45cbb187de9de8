"""Which browser shows a session: its family for a person to read, and a hash that the session is bound to. Pure
but for the desk's own secret in the hash."""

from __future__ import annotations

from django.utils.crypto import salted_hmac

# The first that fits counts: others call themselves Chrome and Safari too.
BROWSERS = [
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
]
SYSTEMS = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
]


def _first(table: list[tuple[str, str]], said: str) -> str:
    return next((name for mark, name in table if mark in said), "")


def family(header: str) -> str:
    """`Firefox, Linux`; '' for a program that is no browser. No version: it would tell one person from another."""
    return ", ".join(filter(None, [_first(BROWSERS, header), _first(SYSTEMS, header)]))


def mark(header: str) -> str:
    """What a session remembers of its browser."""
    return salted_hmac("nightdesk.browser", header, algorithm="sha256").hexdigest()
