"""The desk as a program: prepared once, unlocked with a passphrase, served on loopback, ended by Ctrl-C.

Belongs here: what happens before the first request and after the last. Does not belong here: asking
a person for a passphrase (cli/desk.py), requests (the apps).
"""

from __future__ import annotations

import json
import os
import signal
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nightdesk.desk import keyfiles
from nightdesk.desk.keyfiles import NotReady

LOCK = "desk.lock"
THREADS = 8
LARGEST_REQUEST = 32 * 1024 * 1024  # bytes; a photo too large by little is refused with a sentence


@dataclass(frozen=True)
class Checked:
    """What `nightdesk desk check` found: how much was looked at, and a sentence for each fault."""

    chains: int
    keys: int
    found: int
    faults: list[str] = field(default_factory=list)


def prepare(directory: Path, drop_url: str = "") -> None:
    """Points Django at the desk in `directory`. A process serves one desk: it cannot be pointed elsewhere."""
    import django
    from django.apps import apps

    if apps.ready:
        return
    os.environ["NIGHTDESK_DIR"] = str(directory)
    if drop_url:
        os.environ["NIGHTDESK_DROP_URL"] = drop_url
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nightdesk.desk.settings")
    django.setup()


def create(directory: Path, names: dict[str, str], passphrase: str, identity_passphrase: str = "") -> bytes:
    """Makes a desk: identity, signing key for 90 days, database, first day keys. Returns the public identity.

    Raises NotReady when there is a desk already. Killed halfway, it can be called again: the keyring is
    written after everything a first run needs to be told about.
    """
    folder = directory / "keys"
    if (folder / keyfiles.KEYRING).exists():
        raise NotReady(f"{directory} already holds a desk. Choose another folder with --dir.")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    directory.chmod(0o700)  # it may have been there, made by hand with other modes
    prepare(directory)
    from nightdesk.desk import keys
    from nightdesk.desk.intake.daykeys import make_day_keys

    keyring = keyfiles.make(folder, passphrase, identity_passphrase or passphrase)
    _write_newsroom(directory, names, keyring.identity_public)
    # Before SQLite makes it for everybody to read; its journals take over this mode.
    (directory / "desk.sqlite3").touch(mode=0o600)
    migrate()
    keys.hold(keyring)
    make_day_keys()
    return keyring.identity_public


def _write_newsroom(directory: Path, names: dict[str, str], identity: bytes) -> None:
    path = directory / "newsroom.json"
    if path.exists():  # somebody prepared it with a house style and a standing note
        return
    facts = {"name": names, "languages": ["ko", "en"], "standing_note": {}, "identity": identity.hex()}
    path.write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def migrate() -> None:
    """Brings the database to this version's shape."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def serve(
    directory: Path,
    port: int,
    passphrase: str,
    drop_url: str = "",
    on_ready: Callable[[str], None] = print,
) -> None:
    """Serves the desk on 127.0.0.1 until Ctrl-C or SIGTERM; then lets go of the keys. Raises NotReady.

    One process: the keyring lives in it and nowhere else. `on_ready` is given the address. Port 0 takes
    a free one.
    """
    prepare(directory, drop_url)
    keyfiles.unlock(directory, passphrase)
    from nightdesk.desk.alone import Taken, alone

    try:
        with alone(directory / LOCK):
            _serve_until_told(port, on_ready)
    except Taken:
        raise NotReady(f"The desk in {directory} is running already. Stop it first, or use it.") from None


def _serve_until_told(port: int, on_ready: Callable[[str], None]) -> None:
    from waitress import wasyncore
    from waitress.server import create_server

    from nightdesk.desk import keys
    from nightdesk.desk.intake.daykeys import make_day_keys
    from nightdesk.desk.review.settling import settle_all
    from nightdesk.desk.search.keeping import catch_up
    from nightdesk.desk.wsgi import application

    migrate()
    catch_up()
    settle_all()
    make_day_keys()
    finish_releases()
    connections: dict[int, Any] = {}
    listening = _listen(port)
    server = create_server(
        application, map=connections, sockets=[listening], threads=THREADS, ident="",
        # What a member uploads stays in memory: a spool file would keep a photo's metadata on the disk.
        inbuf_overflow=LARGEST_REQUEST, max_request_body_size=LARGEST_REQUEST,
    )  # fmt: skip
    stop = _start_collecting()
    _end_on_signals()
    try:
        on_ready(f"http://127.0.0.1:{server.effective_port}/")
        server.run()  # ends on Ctrl-C by itself, after the requests in hand
    finally:
        stop.set()
        wasyncore.close_all(
            connections, ignore_all=True
        )  # browsers keep theirs open; the listener is one too
        keys.hold(None)


def finish_releases() -> None:
    """A Release that a power cut kept from the press goes out now; a withdrawal above all must not wait."""
    from nightdesk.desk.releases.files import press, releases_dir, site_dir
    from nightdesk.desk.releases.models import Release

    if Release.objects.filter(written_at=None).exists() or _is_behind(site_dir(), releases_dir()):
        press()


def _is_behind(site: Path, releases: Path) -> bool:
    """Whether a signed Release came to the disk after the site was built: a press was cut short."""
    written = max((path.stat().st_mtime_ns for path in releases.glob("*.json")), default=None)
    return written is not None and (not site.exists() or site.stat().st_mtime_ns < written)


def _listen(port: int) -> socket.socket:
    """A socket on loopback; the desk has no setting for another address."""
    listening = socket.socket()
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", port))
    except OSError as error:
        listening.close()
        raise NotReady(
            f"Port {port} cannot be used ({error.strerror}). Choose another with --port."
        ) from None
    return listening


def _start_collecting() -> threading.Event:
    from django.conf import settings

    from nightdesk.desk.intake.collecting import keep_collecting

    stop = threading.Event()
    if settings.NIGHTDESK_DROP_URL and settings.NIGHTDESK_COLLECT_EVERY:
        args = (stop, settings.NIGHTDESK_COLLECT_EVERY)
        threading.Thread(target=keep_collecting, args=args, name="collect", daemon=True).start()
    return stop


def _end_on_signals() -> None:
    """Both ways of being told to stop; a shell may have started the process deaf to Ctrl-C."""

    def end(signum: int, frame: object) -> None:
        raise SystemExit(0)

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, end)
        signal.signal(signal.SIGINT, end)


def check(directory: Path) -> Checked:
    """Looks at every custody chain, at every key file that should be there, and at the search index."""
    from nightdesk.desk.custody.actions import broken_chain
    from nightdesk.desk.custody.models import CustodyEntry
    from nightdesk.desk.intake.daykeys import path_of
    from nightdesk.desk.intake.models import DayKey
    from nightdesk.desk.search import keeping

    subjects = list(CustodyEntry.objects.order_by("subject").values_list("subject", flat=True).distinct())
    faults = [f"The custody log of {subject} was changed." for subject in subjects if broken_chain(subject)]
    days = list(DayKey.objects.filter(erased_at=None).values_list("day", flat=True))
    faults += [f"The key of {day} is missing: {path_of(day)}." for day in days if not path_of(day).exists()]
    if not (directory / "keys" / keyfiles.KEYRING).exists():
        faults.append(f"The keyring is missing: {directory / 'keys' / keyfiles.KEYRING}.")
    faults += keeping.faults()
    return Checked(len(subjects), len(days), keeping.total(), faults)
