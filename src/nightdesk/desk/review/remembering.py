"""Reading each released version once, into rows that drafts look up; and how many are still unread.

A version is read in the transaction that releases it. What came without (an older desk, a restored backup) and what
was read by rules that have changed since is read behind everybody's back, where a desk is served. Belongs here:
reading and counting. Does not belong here: looking up (past.py), what an unread past stops (standing, actions).
"""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from django.db import connection, transaction

from nightdesk import disclosure, reading, values
from nightdesk.desk.review import printed
from nightdesk.desk.review.models import RememberedRelease, RememberedValue
from nightdesk.desk.review.past import text_of
from nightdesk.disclosure import Earlier, Remembered, keys_of, remember
from nightdesk.disclosure.wording import Wording
from nightdesk.release.codec import from_bytes
from nightdesk.release.model import Release as PublicRelease

if TYPE_CHECKING:
    from nightdesk.desk.releases.models import Release
    from nightdesk.desk.stories.models import Story

log = logging.getLogger(__name__)
AT_ONCE = 20  # versions read while somebody waits, some 20 ms each; more are read behind their back
LOT, BREATH = 10, 0.05  # versions of one transaction; seconds until the next, for others read and write too
PAUSES = (1, 10, 60, 300)  # seconds after each failure
NOBODY = (
    "?"  # stands for the source while the keys are taken: who is behind a story is asked when it is looked up
)
serving = threading.Event()  # a command and a test wait for what they ask


@cache
def rules() -> str:
    """A digest of everything a reading hangs on: code and tables of the rooms that read. Another one reads anew."""
    found = hashlib.sha256()
    for room in (values, reading, disclosure):
        folder = Path(str(room.__file__)).parent
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                found.update(f"{path.relative_to(folder)} {path.stat().st_size}\n".encode())
                found.update(path.read_bytes())
    return found.hexdigest()[:16]


def unread() -> int:
    """Versions that were not read under today's rules."""
    return released() - RememberedRelease.objects.filter(rules=rules()).count()


def released() -> int:
    """All versions there are; a withdrawal counts, although it says nothing."""
    from nightdesk.desk.releases.models import Release

    return Release.objects.count()


class Reading(NamedTuple):
    """What was read of a version, not saved yet."""

    kept: RememberedRelease
    gave: list[RememberedValue]
    wording: Wording


def read(row: Release) -> Reading:
    """A version's rows, not saved. Read on its own day, in the country of its own story."""
    said, rules_now = from_bytes(bytes(row.document)), rules()
    kept = RememberedRelease(
        release=row, story=row.story, name="", released_on=said.released_on, rules=rules_now
    )
    if said.kind == "withdrawal":
        return Reading(kept, [], Wording())
    kept.name = name_of(row.story, said)
    found = remember(Earlier(kept.name, said.released_on, text_in(said), NOBODY), row.story.country)
    return Reading(kept, list(_values(kept, found)), found.wording or Wording())


def _values(kept: RememberedRelease, found: Remembered) -> Iterator[RememberedValue]:
    for key in dict.fromkeys(keys_of(found)):
        # Keys are tuples that begin with their kind; `keys_of` promises no more than that they hash.
        kind, *_source, value = cast("tuple[Any, ...]", key)
        yield RememberedValue(of=kept, on=kept.released_on, key=text_of(kind, value))
    rows: dict[str, tuple[int, ...]] = {}
    for words, numbers in found.lines:
        rows.setdefault(words, numbers)
    for words, numbers in rows.items():
        yield RememberedValue(of=kept, on=kept.released_on, key=text_of("row", words), numbers=list(numbers))


def text_in(said: PublicRelease) -> str:
    """Every word of every edition."""
    return "\n".join(
        "\n".join([e.title, e.summary, *("".join(r.words for r in p.runs) for p in e.paragraphs)])
        for e in said.editions
    )


def name_of(story: Story, said: PublicRelease) -> str:
    """What the newsroom knows the story by: its headline in the language it was written in."""
    titles = {edition.lang: edition.title for edition in said.editions}
    return f"“{titles.get(story.source_lang) or next(iter(titles.values()), story.slug)}”"


@transaction.atomic
def keep(rows: Iterable[Reading]) -> None:
    """Saves what was read, in place of what an older reading left."""
    for kept, gave, wording in rows:
        RememberedRelease.objects.filter(release=kept.release_id).delete()
        kept.save()
        RememberedValue.objects.bulk_create(gave)
        printed.keep(kept.release, wording)


def remember_now(row: Release) -> None:
    """Part of the release's own transaction."""
    keep([read(row)])


def catch_up() -> int:
    """Reads what is missing, unless it is much and a thread reads it; says how many are unread after that."""
    missing = unread()
    if not missing or (serving.is_set() and missing > AT_ONCE):
        return missing
    _read_all()
    return unread()


def _missing(after: int) -> Any:
    from nightdesk.desk.releases.models import Release

    done = RememberedRelease.objects.filter(rules=rules()).values("release")
    rows = Release.objects.filter(pk__gt=after).exclude(pk__in=done)
    return rows.select_related("story").defer("photo", "attachment").order_by("pk")


def _read_all(breath: float = 0) -> None:
    """The oldest first. One that cannot be read stays unread, which is said; the others are read."""
    at = 0
    while lot := list(_missing(at)[:LOT]):
        keep(list(_readable(lot)))
        at = lot[-1].pk
        time.sleep(breath)


def _readable(lot: Iterable[Release]) -> Iterator[Reading]:
    for row in lot:
        try:
            yield read(row)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with one, the others are read; words are in no log
            log.error("Release %s cannot be read for reviews (%s).", row.pk, type(error).__name__)


def read_behind() -> None:
    """From now on this process reads much in a thread, which begins when something is unread."""
    serving.set()
    if unread():
        threading.Thread(target=_read_until_done, name="remember", daemon=True).start()


def _read_until_done() -> None:
    """A failure is tried again after a while."""
    for pause in (*PAUSES, None):
        try:
            _read_all(BREATH)
            return
        except Exception as error:  # noqa: BLE001 - whatever it was, the desk goes on; its words are in no log
            log.error("Reading releases in the background failed (%s).", type(error).__name__)
        finally:
            connection.close()
        if pause is not None:
            time.sleep(pause)
