"""The files the press reads, and running the press as a program.

A Release's row comes first, with `written_at` empty: that row is the work queue. A desk killed
between row and file finishes with `write_waiting`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from nightdesk.desk import clock, keys
from nightdesk.desk.care.freezing import held_back
from nightdesk.desk.releases.models import Release, Scheduled
from nightdesk.release import attachment
from nightdesk.release.codec import from_bytes
from nightdesk.release.picture import file_name

PRESS = (sys.executable, "-c", "from nightdesk.cli import main; main()", "press")
LONGEST = 300  # seconds a build may take
_one_at_a_time = threading.Lock()  # two presses at once would swap each other's site away


@dataclass(frozen=True, slots=True)
class Pressed:
    """How the press ended: `said` is its last line."""

    ok: bool
    said: str


def releases_dir() -> Path:
    """Where signed Releases lie for the press."""
    return Path(settings.NIGHTDESK_DIR) / "releases"


def site_dir() -> Path:
    """Where the public site is built."""
    return Path(settings.NIGHTDESK_DIR) / "site"


def write_waiting() -> int:
    """Writes the files of every Release that has none yet and is not held back; says how many.

    Oldest first, but a tombstone before all: a desk killed in between leaves a gap, at which the press
    stops, and never a story without its tombstone.
    """
    waiting = Release.objects.filter(written_at=None).values_list("kind", "pk")
    order = sorted(waiting, key=lambda row: (row[0] != "withdrawal", row[1]))
    return sum(_write_unless_held(pk) for _kind, pk in order)


def held_releases() -> set[int]:
    """Keys of the signed releases that wait because a source behind them is in danger or unwilling."""
    # A story's tombstone counts here even when it is written already: it is what lets the rest go.
    unwritten = Release.objects.filter(written_at=None)
    stories = unwritten.order_by().values("story")
    rows = Release.objects.filter(story__in=stories).only("pk", "story_id", "kind", "written_at")
    return held_back(rows) & set(unwritten.values_list("pk", flat=True))


@transaction.atomic
def _write_unless_held(pk: int) -> bool:
    """One Release, in one transaction with the question: nobody marks its source in danger in between."""
    row = Release.objects.select_for_update().select_related("story").get(pk=pk)
    if row.written_at is not None or pk in held_releases():
        return False
    _write_release(row)
    Release.objects.filter(pk=pk).update(written_at=clock.now())
    return True


def _write_release(row: Release) -> None:
    folder = releases_dir()
    folder.mkdir(parents=True, exist_ok=True)
    if keys.is_held():
        put(folder / "identity.pub", f"{keys.held().identity_public.hex()}\n".encode())
    _write_beside(row, folder)
    name = f"{row.story.public_id}.v{row.version}"
    put(folder / f"{name}.sig", bytes(row.signature))
    put(folder / f"{name}.json", bytes(row.document))


def _write_beside(row: Release, folder: Path) -> None:
    """Photo and file first: a document whose photo is not there would stop the press."""
    said = from_bytes(bytes(row.document)) if row.photo or row.attachment else None
    if said is not None and said.photo is not None and row.photo:
        put(folder / file_name(said.photo), bytes(row.photo))
    if said is not None and said.attachment is not None and row.attachment:
        put(folder / attachment.file_name(said.attachment), bytes(row.attachment))


def path_of(row: Scheduled) -> Path:
    """Where the document of a scheduled version will lie, or lies already when a courier brought it."""
    return releases_dir() / f"{row.story.public_id}.v{row.version}.json"


def put(path: Path, data: bytes) -> None:
    """Writes a file whole or not at all, and has it on the disk before it returns."""
    handle, fresh = tempfile.mkstemp(dir=path.parent, prefix=".fresh-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(fresh).chmod(0o644)
        Path(fresh).replace(path)
    except OSError:
        Path(fresh).unlink(missing_ok=True)
        raise


def press() -> Pressed:
    """Rebuilds the public site from the signed Releases. On an error the old site stays as it was."""
    try:
        write_waiting()
    except OSError as error:
        return Pressed(False, error.strerror or str(error))
    return run("--base-url", settings.NIGHTDESK_SITE_URL, *_trusted(), str(releases_dir()), str(site_dir()))


def _trusted() -> tuple[str, ...]:
    """The identity from the keyring: whoever can write beside the Releases must not choose whom to trust."""
    return ("--identity", keys.held().identity_public.hex()) if keys.is_held() else ()


def run(*arguments: str) -> Pressed:
    """Runs `nightdesk press` as a program of its own; the desk never imports it."""
    try:
        with _one_at_a_time:
            done = subprocess.run(  # noqa: S603 - our own interpreter, our own command, no shell
                [*PRESS, *arguments], capture_output=True, text=True, timeout=LONGEST, check=False
            )
    except subprocess.TimeoutExpired:
        return Pressed(False, _("The press took too long and was stopped."))
    last = (done.stdout if done.returncode == 0 else done.stderr).strip().splitlines()
    return Pressed(done.returncode == 0, last[-1] if last else "")
