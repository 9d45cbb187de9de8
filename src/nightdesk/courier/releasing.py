"""Releases whose hour has come: the signed bytes go to the press's folder, and the press runs as a program.

Belongs here: that copy. Does not belong here: what a Release says; the press verifies it again and
refuses what is out of line.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from pathlib import Path

from nightdesk.courier.carried import Carried
from nightdesk.courier.files import write
from nightdesk.courier.hold import Hold
from nightdesk.courier.trouble import Trouble, of_disk
from nightdesk.seal.parcel import Item
from nightdesk.seal.signing import SignatureError, verify

# What a document names: its photo, its file. A document without it would stop the press, so they go first.
BESIDE = [".jpg", ".png", ".pdf", ".odt", ".ods", ".odp", ".docx", ".xlsx", ".pptx", ".mp3", ".ogg", ".flac"]
LAST = {**dict.fromkeys(BESIDE, 0), ".sig": 1, ".json": 2}
LONGEST = 300  # seconds a build may take


@dataclass(frozen=True, slots=True)
class Press:
    """Where signed Releases lie, and the site that is built from them; without `site` they are only put there."""

    releases: Path
    site: Path | None = None
    base_url: str = ""


Run = Callable[[Press, bytes], None]


def release_due(
    carried: Carried, hold: Hold, press: Press, now: datetime, run: Run
) -> tuple[list[str], list[str]]:
    """Brings every release that is due and was not brought yet: their names, and a sentence for each that is none."""
    state, brought, faults = hold.state(), [], []
    due = sorted((i for i in carried.due("release", now) if i.batch not in state.released), key=_order)
    for (_at, batch), items in groupby(due, _order):
        try:
            _bring(carried, list(items), press)
            brought.append(batch)
        except Trouble as trouble:
            faults.append(str(trouble))
    if brought:
        run(press, carried.parcel.identity)
        state.released += brought  # only now: a press that failed, or a power cut, is tried again
        hold.remember(state)
    return brought, faults


def _order(item: Item) -> tuple[datetime, str]:
    return item.at, item.batch


def _bring(carried: Carried, items: list[Item], press: Press) -> None:
    files = {item.name: carried.bytes_of(item) for item in items}
    _check(files, carried.parcel.identity)
    try:
        press.releases.mkdir(parents=True, exist_ok=True)
        for name in sorted(files, key=lambda name: LAST[Path(name).suffix]):
            write(press.releases / name, files[name], 0o644)
    except OSError as error:
        raise of_disk(error, press.releases) from None


def _check(files: dict[str, bytes], identity: bytes) -> None:
    """A document with its signature, made for purpose `release` by this newsroom, and nothing of another kind."""
    documents = [name for name in files if name.endswith(".json")]
    if len(documents) != 1 or any(Path(name).suffix not in LAST for name in files):
        raise Trouble("A release in the parcel is not one document with its signature. It is not brought.")
    document = files[documents[0]]
    try:
        on = date.fromisoformat(json.loads(document)["released_on"])
        verify(document, files.get(documents[0].removesuffix(".json") + ".sig", b""), identity, "release", on)
    except (SignatureError, ValueError, KeyError, TypeError) as error:
        raise Trouble(f"The release {documents[0]} is not brought to the press: {error}.") from None


def run_press(press: Press, identity: bytes) -> None:
    """`nightdesk press`, in a process of its own. Trouble: the old site stays as it was."""
    if press.site is None:
        return
    base = ["--base-url", press.base_url] if press.base_url else []
    told = [str(press.releases), str(press.site), "--identity", identity.hex(), *base]
    command = [sys.executable, "-c", "from nightdesk.cli import main; main()", "press", *told]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter, our own command, no shell
            command, capture_output=True, text=True, timeout=LONGEST, check=False
        )
    except subprocess.TimeoutExpired:
        raise Trouble("The press took too long and was stopped. The site stands as it was.") from None
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise Trouble(f"The press could not build the site, which stands as it was: {said}")
