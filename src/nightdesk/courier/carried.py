"""The parcel as it lies in its folder: the manifest verified, each file by its hash, before anything is used.

Belongs here: reading and refusing. Does not belong here: sending (drop.py, releasing.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from nightdesk.courier.trouble import Trouble
from nightdesk.seal.parcel import MANIFEST, Item, Parcel, verify_parcel
from nightdesk.seal.signing import SignatureError, unpack

MOST = 32 << 20  # bytes of one file: a document or recording that goes with a story is the largest
NEW_ONE = "Have the desk prepare a new parcel."


@dataclass(frozen=True, slots=True)
class Carried:
    """A parcel whose manifest holds, and where its files are."""

    folder: Path
    parcel: Parcel

    def due(self, kind: str, now: datetime) -> Iterator[Item]:
        """The items of a kind whose hour has come and which are still worth something, oldest first."""
        there = (item for item in self.parcel.items if item.kind == kind and item.at <= now < item.until)
        yield from sorted(there, key=lambda item: item.at)

    def bytes_of(self, item: Item) -> bytes:
        """The file's bytes; Trouble when they are not those the desk signed for."""
        data = read(self.folder / item.file)
        if hashlib.sha256(data).hexdigest() != item.sha256:
            raise Trouble(
                f"{item.file} in the parcel is not what the desk signed: it was changed, cut short, or is being "
                f"written now. It is not used. {NEW_ONE}"
            )
        return data


def carried(folder: Path, identity: bytes, on: date) -> Carried:
    """The parcel in `folder`. Trouble says why it is not used."""
    try:
        parcel = verify_parcel(*unpack(read(folder / MANIFEST)), identity, on)
    except SignatureError as error:
        raise Trouble(f"The parcel is not used: {error}. {NEW_ONE}") from None
    return Carried(folder, parcel)


def read(path: Path) -> bytes:
    """A file of the parcel, bounded."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST + 1)
    except OSError as error:
        raise Trouble(f"{path} cannot be read ({error.strerror}). {NEW_ONE}") from None
    if len(data) > MOST:
        raise Trouble(f"{path} is larger than any file of a parcel. {NEW_ONE}")
    return data
