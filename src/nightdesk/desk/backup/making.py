"""One backup: the main part, the short-lived key part, and what has expired.

The place of the backups holds a folder for each paper, desk and renewal of that desk's secret, and in it
the two parts and the file that opens them with paper. Belongs here: the order of things, and which key
parts have had their time. Does not belong here: lines (dump.py), borg (borg.py), where the words come
from (keys.py).
"""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from nightdesk.desk.backup.borg import HALF, Repository
from nightdesk.desk.backup.dump import DESK, KEYS, Tick
from nightdesk.desk.private import write_private
from nightdesk.seal.recovery import WORDS, Held, for_paper, passphrase

STAMP = "%Y%m%dT%H%M%SZ"
WORDS_FILE = "words.json"  # beside the parts: opens them with paper
NAME = re.compile(r"(\d{8}T\d{6}Z)-[0-9a-f]{6}")


@dataclass(frozen=True)
class Made:
    """What a run wrote and took away."""

    name: str
    rows: int
    files: int
    bytes: int
    added: int
    keys: int  # rows of the key part
    expired: int  # key parts that were taken out
    plain_cards: int  # identity cards from before they were sealed: in no backup


@dataclass(frozen=True)
class Place:
    """Where backups lie: two repositories under the same words, so that one of them can be short-lived."""

    folder: Path
    main: Repository
    short: Repository

    @classmethod
    def of(cls, folder: Path, words: bytes, state: Path) -> Place:
        mine, said = state / folder.name, passphrase(words)
        return cls(
            folder, Repository(folder / DESK, said, mine / DESK), Repository(folder / KEYS, said, mine / KEYS)
        )

    @classmethod
    def held(cls, to: Path, held: Held, state: Path) -> Place:
        """The one this desk writes to."""
        return cls.of(to / held.folder, held.words, state)


def new_name(now: datetime) -> str:
    """A name that sorts by time and is nobody else's."""
    return f"{now.astimezone(UTC).strftime(STAMP)}-{secrets.token_hex(3)}"


def when(name: str) -> datetime | None:
    """The moment in an archive's name."""
    found = NAME.fullmatch(name)
    return datetime.strptime(found[1], STAMP).replace(tzinfo=UTC) if found else None


def expired(names: Iterable[str], now: datetime, days: int) -> list[str]:
    """The key parts older than `days`; the newest is never one of them, or nothing could be restored."""
    ordered = sorted(names)
    return [
        name
        for name in ordered[:-1]
        if (made := when(name)) is not None and now - made > timedelta(days=days)
    ]


def back_up(
    directory: Path, to: Path, held: Held, facts: dict[str, Any], now: datetime, days: int, tick: Tick
) -> Made:
    """Writes both parts of one moment, then lets go of key parts that had their time."""
    from nightdesk.desk.backup import dump

    place = Place.held(to, held, directory / "backup")
    # Before the first byte, and each time: without it paper opens nothing of what follows.
    write_private(place.folder / WORDS_FILE, for_paper(WORDS, held.public, held.words))
    parts: dict[Repository, list[str]] = {}
    for repository in (place.main, place.short):
        if not repository.exists:
            repository.make()
            parts[repository] = []
            continue
        parts[repository] = repository.every_name()
        repository.remove(each for each in parts[repository] if each.startswith(HALF))
    name = new_name(now)
    facts = {"name": name, **facts}
    with dump.one_moment():
        rows, keys = dump.total(DESK), dump.total(KEYS)
        files, plain = len(dump.small_files(directory)), dump.plain_cards()
        # The key part first: a main part whose sources' words nothing opens would look like a backup.
        place.short.write(name, dump.chunks(dump.lines(KEYS, facts, directory, tick)))
        sizes = place.main.write(name, dump.chunks(dump.lines(DESK, facts, directory, tick)))
    earlier = [each for each in parts[place.short] if not each.startswith(HALF)]
    gone = expired([*earlier, name], now, days)
    place.short.remove(gone)
    older = _old_keys(to, place, held.desk, now, days)
    return Made(name, rows, files, sizes["bytes"], sizes["added"], keys, len(gone) + older, plain)


def _old_keys(to: Path, place: Place, desk: bytes, now: datetime, days: int) -> int:
    """This desk's own earlier key parts, which it cannot open any more to prune: the whole folder has its time.

    Another desk's folders on the same disk are never touched.
    """
    gone = 0
    for folder in to.glob(f"*-{desk.hex()}-*/{KEYS}"):
        if folder.parent == place.folder or not (folder / "config").is_file():
            continue
        newest = max(path.stat().st_mtime for path in folder.rglob("*"))
        if now - datetime.fromtimestamp(newest, UTC) > timedelta(days=days):
            shutil.rmtree(folder)
            gone += 1
    return gone
