"""A desk out of its backup: into an empty folder, in one transaction, proved row by row before it counts.

Belongs here: the order of things, the shape of the database, and what a restored desk must not simply go
on with (day keys, the drop's counter). Does not belong here: lines (load.py), borg (borg.py), asking a
person for shares (cli).
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from nightdesk.desk.backup import keys
from nightdesk.desk.backup.making import WORDS_FILE, Place
from nightdesk.desk.keyfiles import NotReady
from nightdesk.desk.private import write_private
from nightdesk.seal import recovery
from nightdesk.seal.container import KeyringDamaged
from nightdesk.seal.recovery import WORDS, WrongKey

AHEAD = 1 << 20  # pulls a desk makes in two years: the drop refuses a counter it has seen


@dataclass(frozen=True)
class Restored:
    """What came back, and what did not."""

    name: str
    rows: int
    files: int
    keys: int  # rows of the key part
    key_part: str  # the key part they came from; '' when there was none
    lost_arrivals: int  # envelopes that were collected, not opened, and whose day keys no backup holds
    faults: list[str]


def restore(
    source: Path, to: Path, key: bytes, name: str, unlock: Callable[[Path], object], tick: Any, say: Any
) -> Restored:
    """The desk of archive `name` ('' takes the newest) in `to`. Raises NotReady; then `to` is as it was.

    `unlock` is given the folder once its key files lie in it, and must make its database open.
    """
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise NotReady(f"{to} is not empty. Choose a folder that is not there yet.")
    work = to.with_name(f".{to.name}.restoring")
    shutil.rmtree(work, ignore_errors=True)  # of a run that was cut short
    with tempfile.TemporaryDirectory() as state:
        places = found_at(source, key, Path(state))
        place, name = chosen(places, name)
        say("Checking every byte of the backup…")
        place.main.check()
        work.mkdir(parents=True, mode=0o700)
        try:
            restored = _restore(place, alike(place, places), work, name, key, unlock, tick, say)
        except BaseException:
            shutil.rmtree(work, ignore_errors=True)
            raise
    if to.exists():
        to.rmdir()
    work.rename(to)
    return restored


def found_at(source: Path, key: bytes, state: Path) -> list[Place]:
    """Every repository in a folder that this paper opens. Raises NotReady and names what lies there instead."""
    mark, damaged = recovery.fingerprint(recovery.public(key)), []
    found = []
    for config in sorted(source.glob(f"{mark}-*/desk/config")):
        folder = config.parent.parent
        try:
            words = recovery.by_paper(WORDS, key, (folder / WORDS_FILE).read_bytes())
        except (FileNotFoundError, WrongKey, KeyringDamaged):
            damaged.append(folder.name)
        else:
            found.append(Place.of(folder, words, state))
    if damaged:  # although others open: what was purged later may be told in this one alone
        raise NotReady(
            f"{damaged[0]}/{WORDS_FILE} is missing or was changed: without it paper opens nothing there. Take "
            "another copy of the backup; the desk itself, if it is there, writes the file anew at its next backup. "
            "To restore without what that folder tells, of purges too, move it away first. Nothing was restored."
        )
    if found:
        return found
    others = sorted(path.parent.parent.name.partition("-")[0] for path in source.glob("*/desk/config"))
    there = f"There are backups of other keys: {', '.join(others)}." if others else "There is no backup."
    raise NotReady(f"{source} holds no backup of the key {mark}. {there}")


def chosen(places: list[Place], name: str) -> tuple[Place, str]:
    """Where the archive asked for lies, or the newest of all."""
    there = {each: place for place in places for each in place.main.names()}
    if not there:
        raise NotReady("This backup holds no archive: its first run was cut short.")
    if name and name not in there:
        raise NotReady(f"There is no archive {name}. `nightdesk backup --list` shows them.")
    name = name or max(there)
    return there[name], name


def alike(place: Place, places: list[Place]) -> list[Place]:
    """The other repositories of the same desk: what it purged later counts here too; another desk's does not."""
    desk = place.folder.name.rpartition("-")[0]
    return [each for each in places if each != place and each.folder.name.rpartition("-")[0] == desk]


def _restore(
    place: Place, others: list[Place], work: Path, name: str, key: bytes,
    unlock: Callable[[Path], object], tick: Any, say: Any,
) -> Restored:  # fmt: skip
    from nightdesk.desk import serve

    serve.prepare(work)
    from django.db import connection, transaction

    from nightdesk.desk import checking, slots
    from nightdesk.desk.backup import dump, keypart, load

    with place.main.read(name) as pipe:  # its end raises when borg found anything amiss
        stream = load.Stream.begin(load.lines_of(pipe), dump.DESK)
        first, files = stream.files(work)
        (work / "desk.sqlite3").touch(mode=0o600)
        unlock(work)
        shape(stream.header["migrations"])
        with transaction.atomic():
            load.empty(dump.DESK)
            load.empty(dump.KEYS)
            told, counters, kept = load.tables(first, stream.rest(), True, tick=tick)
            load.agree_files(told.files, files)
            load.prove_files(told.files, work)
            load.set_sequences(counters)
            opened = keypart.load_into(place.short, name, [each.short for each in others])
            say("Comparing every row with the backup…")
            rows = load.prove(kept, dump.DESK)
            load.prove(opened.kept, dump.KEYS)
            connection.check_constraints()
    lost = begin_again()
    keys.keep(work, key, keys.desk_secret())
    # Whoever left between this backup and now had its secret: the first unlocking makes another.
    write_private(slots.path().with_name(slots.RENEW), b"")
    say("Building the search index…")
    faults = checking.check(work).faults
    connection.close()
    return Restored(name, rows, len(files), opened.rows, opened.name, lost, faults)


def shape(wanted: list[list[str]]) -> None:
    """A database of exactly the shape the backup's had, older or the same; begin_again() brings it forward.

    Raises NotReady for a newer one: this program cannot know what its rows mean.
    """
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from nightdesk.desk import fresh

    executor = MigrationExecutor(connection)
    graph = executor.loader.graph
    names = [(app, name) for app, name in wanted]
    if beyond := sorted(f"{app}.{name}" for app, name in names if (app, name) not in graph.nodes):
        raise NotReady(
            f"This backup was made by a newer version of Nightdesk (it has {beyond[0]}). Restore it with that "
            "version or a newer one."
        )
    if set(names) >= graph.nodes.keys() and fresh.create():
        return  # today's shape at once; every migration in its turn takes six seconds more to arrive at it
    last = [
        node
        for node in names
        if not any(child.key[0] == node[0] and child.key in names for child in graph.node_map[node].children)
    ]  # of each app: naming an earlier one as well would ask to go back to it
    executor.migrate(last)


def begin_again() -> int:
    """What a restored desk does before its first start; returns how many sealed envelopes can never be opened.

    Day keys are in no backup: new ones are made. Whatever was sealed to the old ones and is not opened
    yet cannot be opened any more.
    """
    from django.db import transaction

    from nightdesk.desk import beginning, clock
    from nightdesk.desk.intake.daykeys import make_day_keys
    from nightdesk.desk.intake.models import Arrival, DayKey, PullCounter
    from nightdesk.desk.search import keeping

    beginning.migrate()
    with transaction.atomic():
        DayKey.objects.filter(day__gte=clock.today() - timedelta(days=1), erased_at=None).delete()
        DayKey.objects.filter(erased_at=None).update(erased_at=clock.now())
        for counter in PullCounter.objects.all():
            counter.last += AHEAD
            counter.save(update_fields=["last"])
    keeping.rebuild()
    make_day_keys()
    return Arrival.objects.filter(opened_at=None, refused="").count()
