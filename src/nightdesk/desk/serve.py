"""The desk as a program: made once, then served on a socket it was given, locked or unlocked.

Belongs here: making a desk, and the process that holds its keys. Does not belong here: the keeper that
starts that process and holds none (keeper.py), where to listen and TLS (listening.py), asking a person (cli/desk.py), requests (the apps).
"""

from __future__ import annotations

import json
import os
import signal
import socket
import threading
from collections.abc import Callable
from pathlib import Path

from nightdesk.desk import keyfiles
from nightdesk.desk.keeper import TELL_TO_LOCK
from nightdesk.desk.keyfiles import NotReady
from nightdesk.desk.listening import Place, serving
from nightdesk.desk.locking import LOCKED

LOCK = "desk.lock"


def prepare(directory: Path, drop_url: str = "") -> None:
    """Points Django at the desk in `directory`. A process serves one desk: it cannot be pointed elsewhere."""
    import django
    from django.apps import apps

    from nightdesk.desk import holding

    holding.no_dumps()  # a command that makes or restores a desk holds its secret too
    if apps.ready:
        return
    os.environ["NIGHTDESK_DIR"] = str(directory)
    if drop_url:
        os.environ["NIGHTDESK_DROP_URL"] = drop_url
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nightdesk.desk.settings")
    django.setup()


def create(directory: Path, names: dict[str, str], passphrase: str, identity_passphrase: str = "") -> bytes:
    """Makes a desk: slots, identity, signing key for 90 days, database, first day keys. Returns the public identity.

    Raises NotReady when there is a desk already. Killed halfway, it can be called again: the keyring is
    written after everything a first run needs to be told about.
    """
    folder = directory / "keys"
    if (folder / keyfiles.KEYRING).exists():
        raise NotReady(f"{directory} already holds a desk. Choose another folder with --dir.")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    directory.chmod(0o700)  # it may have been there, made by hand with other modes
    prepare(directory)
    from nightdesk.desk import beginning, keys
    from nightdesk.desk.intake.daykeys import make_day_keys

    # What an earlier try left was encrypted with a secret that is gone; it held nothing yet.
    for left in directory.glob("desk.sqlite3*"):
        left.unlink()
    keyring = keyfiles.make(folder, passphrase, identity_passphrase or passphrase)
    keys.hold(keyring)
    _write_newsroom(directory, names, keyring.identity_public)
    # Before SQLite makes it for everybody to read; its journals take over this mode.
    (directory / "desk.sqlite3").touch(mode=0o600)
    beginning.migrate()
    make_day_keys()
    return keyring.identity_public


def _write_newsroom(directory: Path, names: dict[str, str], identity: bytes) -> None:
    path = directory / "newsroom.json"
    if path.exists():  # somebody prepared it with a house style and a standing note
        return
    facts = {"name": names, "languages": ["ko", "en"], "standing_note": {}, "identity": identity.hex()}
    path.write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def serve(
    directory: Path,
    listening: socket.socket,
    keeper: int,
    pair: tuple[str, str] | None = None,
    drop_url: str = "",
    on_ready: Callable[[bool], None] = lambda unlocked: None,
) -> None:
    """Serves the desk on `listening` until a signal; ends when the keeper's end of the pipe `keeper` closes.

    With a slot's name and passphrase it starts unlocked, without them locked: a member who signs in unlocks it.
    `on_ready` is told which. Raises NotReady.
    """
    prepare(directory, drop_url)
    from django.conf import settings

    from nightdesk.desk import holding, locking, tidying, unlocking
    from nightdesk.desk.releases import closedfiles
    from nightdesk.desk.wsgi import application

    holding.no_dumps()
    locking.end_with_keeper(keeper)
    closedfiles.erase_left()  # plain files of a press that was killed: no key is needed to destroy them
    if pair is not None:
        unlocking.unlock_now(*pair)
    address, port = listening.getsockname()[:2]
    place = Place(
        address, port, settings.NIGHTDESK_TLS_CERT, settings.NIGHTDESK_TLS_KEY, tuple(settings.ALLOWED_HOSTS)
    )
    with serving(application, listening, place) as run:
        _lock_when_idle(unlocking.ready)
        tidying.keep_tidy()
        _end_on_signals()
        on_ready(pair is not None)
        run()  # ends on a signal by itself, after the requests in hand


def _lock_when_idle(ready: threading.Event) -> None:
    from django.conf import settings

    from nightdesk.desk import locking

    locking.lock_when_idle(settings.NIGHTDESK_LOCK_AFTER, ready)


def _end_on_signals() -> None:
    """Told to stop, or to lock at once; a shell may have started the process deaf to Ctrl-C."""

    def end(signum: int, frame: object) -> None:
        raise SystemExit(0)

    def lock(signum: int, frame: object) -> None:
        os._exit(LOCKED)

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    signal.signal(TELL_TO_LOCK, lock)
