"""The parcel's folder, written: requests and reply board of each day, the key list, releases with an hour, the manifest.

Every file is named by its hash and is there before the manifest that speaks of it; what no manifest
speaks of any more is erased. Belongs here: files. Does not belong here: rows (actions.py), the
manifest's bytes (nightdesk.seal.parcel).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from nightdesk.desk import clock, keys, newsroom
from nightdesk.desk.courier.models import Parcel as Row
from nightdesk.desk.errors import DeskError
from nightdesk.desk.intake import daykeys
from nightdesk.desk.private import erase, write_private
from nightdesk.desk.releases.models import Scheduled
from nightdesk.desk.replies import boards
from nightdesk.release import attachment
from nightdesk.release.codec import from_bytes
from nightdesk.release.picture import file_name
from nightdesk.seal.parcel import MANIFEST, PURPOSE, Item, Parcel, write_parcel
from nightdesk.seal.signing import MOST_PULLED, pack

A_DAY = 288  # requests a courier gets for one day: one for every five minutes
ONE = timedelta(days=1)
Made = tuple[Item, bytes]


def folder() -> Path:
    """Where the courier finds what was signed for it."""
    return Path(settings.NIGHTDESK_COURIER_DIR) / "parcel"


def current() -> Row | None:
    """The newest parcel, while it is good."""
    row = Row.objects.first()
    return row if row is not None and row.last_day >= clock.today() else None


def sent_out() -> bool:
    """Whether a courier was prepared that carries today's hours while the desk is locked."""
    return bool(settings.NIGHTDESK_COURIER_DIR) and current() is not None


def refresh() -> None:
    """Writes the current parcel anew, after something that belongs into it came or went.

    Without a parcel that is good nothing is signed; what an older one left of releases is erased.
    """
    row = current()
    if settings.NIGHTDESK_COURIER_DIR and row is not None:
        write(row.last_day)
    else:
        erase_left_over()


def left_over() -> list[Path]:
    """Files of releases that no row speaks of any more, in plain words; and boards, when other replies stand now."""
    if not settings.NIGHTDESK_COURIER_DIR or not folder().is_dir():
        return []
    there = list(folder().iterdir())
    releases = [path for path in there if path.name.startswith("release-")]
    wanted = {item.file for item, _data in _releases(clock.today())} if releases else set()
    old = [path for path in there if path.name.startswith("board-")] if _other_replies() else []
    return [*old, *(path for path in releases if path.name not in wanted)]


def _other_replies() -> bool:
    """Whether a reply came, was taken off, ran out, or is held back since the boards were written."""
    row = Row.objects.first()
    return row is not None and row.replies != boards.waiting(clock.today())


def erase_left_over() -> None:
    """Erases them without signing anything: a manifest that still speaks of them brings nothing of that batch."""
    for path in left_over():
        erase(path)


def write(last_day: date) -> None:
    """Signs and writes everything up to `last_day`. DeskError when the folder does not take it."""
    now = clock.now().replace(microsecond=0)
    today, on_them = now.date(), boards.waiting(now.date())
    made = [
        *_keys(now, last_day), *_requests(today, last_day), *_boards(today, last_day), *_releases(last_day),
    ]  # fmt: skip
    keyring = keys.to_sign(now.date())
    manifest = write_parcel(
        Parcel(keyring.identity_public, now, last_day, tuple(item for item, _data in made))
    )
    try:
        _lay_down(made, pack(manifest, keyring.sign(PURPOSE, manifest)))
        Row.objects.filter(pk__in=Row.objects.values("pk")[:1]).update(replies=on_them)
    except OSError as error:
        raise DeskError(
            _("The courier's folder cannot be written: %(why)s.") % {"why": error.strerror or str(error)},
            _("Nothing was changed. Mend it, or start the desk with another NIGHTDESK_COURIER_DIR."),
        ) from error


def _lay_down(made: Iterable[Made], manifest: bytes) -> None:
    files = {item.file: data for item, data in made}
    for name, data in files.items():
        if not (folder() / name).exists():
            write_private(folder() / name, data)
    write_private(folder() / MANIFEST, manifest)
    for path in folder().iterdir():
        if path.name not in {*files, MANIFEST}:
            erase(path)


def _keys(now: datetime, last_day: date) -> Iterator[Made]:
    """Issued today and for today: a list dated ahead would keep the desk from publishing its own."""
    signed = keys.to_sign(now.date()).key_list(newsroom.name("en"), daykeys.published(), now.date())
    yield _made("keys", "json", pack(*signed), now, _begin(last_day + ONE))


def _requests(first: date, last_day: date) -> Iterator[Made]:
    keyring = keys.held()
    for offset in range((last_day - first).days + 1):
        day = first + offset * ONE
        lines = [pack(*keyring.sign_collect(day, number, MOST_PULLED)) for number in range(1, A_DAY + 1)]
        yield _made("collect", "jsonl", b"\n".join(lines) + b"\n", _begin(day), _begin(day + ONE))


def _boards(first: date, last_day: date) -> Iterator[Made]:
    """One a day, with what stands on it then. It comes after all that were signed for that day until now, also for an
    earlier parcel, and before what the desk will put up.
    """
    for offset in range((last_day - first).days + 1):
        day = first + offset * ONE
        yield _made(
            "board", "json", boards.signed(day, boards.next_number(day)), _begin(day), _begin(day + ONE)
        )


def _releases(last_day: date) -> Iterator[Made]:
    """Every release with an hour; the courier brings all files of one batch or none."""
    for row in Scheduled.objects.select_related("story").order_by("at", "pk"):
        said = from_bytes(bytes(row.document))
        name = f"{row.story.public_id}.v{row.version}"
        files = {f"{name}.json": bytes(row.document), f"{name}.sig": bytes(row.signature)}
        if said.photo is not None:
            files[file_name(said.photo)] = bytes(row.photo)
        if said.attachment is not None:
            files[attachment.file_name(said.attachment)] = bytes(row.attachment)
        for each, data in files.items():
            ending = each.rpartition(".")[2]
            yield _made("release", ending, data, row.at, _begin(last_day + ONE), each, name)


def _made(
    kind: str, ending: str, data: bytes, at: datetime, until: datetime, name: str = "", batch: str = ""
) -> Made:
    digest = hashlib.sha256(data).hexdigest()
    return Item(kind, f"{kind}-{digest[:16]}.{ending}", digest, at, until, name, batch), data


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
