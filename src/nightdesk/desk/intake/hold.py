"""What a courier fetched while the desk was locked, taken over like what the drop hands out.

A row is committed before a file goes, and a file whose hash has a row already just goes: every
envelope becomes one arrival, whatever came twice and whenever the power was cut. The drop forgets it
at the desk's next own pull. Belongs here: files of the hold. Does not belong here: the courier's
program, which is never imported.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from django.conf import settings

from nightdesk.desk.intake.models import Arrival
from nightdesk.desk.private import erase
from nightdesk.seal.collected import Collected
from nightdesk.seal.wire import SIZES

NAME = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)\.(?P<hash>[0-9a-f]{64})\.envelope")
AT_ONCE = 128


@dataclass(frozen=True)
class Lying:
    """A file of the hold; `arrival` is None when its bytes are not what its name says."""

    path: Path
    arrival: Collected | None


def folder() -> Path | None:
    """Where a courier leaves what it fetched; None without one."""
    return Path(settings.NIGHTDESK_COURIER_DIR) / "hold" if settings.NIGHTDESK_COURIER_DIR else None


def lying() -> Iterator[Lying]:
    """Every envelope of the hold in the drop's own order: by day, then by hash."""
    where = folder()
    if where is None or not where.is_dir():
        return
    for path in sorted(where.iterdir()):
        if named := NAME.fullmatch(path.name):
            yield _read(path, named["day"], named["hash"])


def batches() -> Iterator[list[Lying]]:
    """The same, a transaction's worth at a time."""
    all_of_it = lying()
    while batch := list(islice(all_of_it, AT_ONCE)):
        yield batch


def _read(path: Path, day: str, digest: str) -> Lying:
    with path.open("rb") as file:
        data = file.read(SIZES[-1] + 1)
    try:
        arrival = Collected(bytes.fromhex(digest), date.fromisoformat(day), data)
    except ValueError:
        return Lying(path, None)
    return Lying(path, arrival if hashlib.sha256(data).digest() == arrival.hash else None)


def known(batch: list[Lying]) -> set[bytes]:
    """The hashes of a batch for which a row stands: their bytes are here already, by whichever road."""
    digests = [each.arrival.hash.hex() for each in batch if each.arrival]
    rows = Arrival.objects.filter(digest__in=digests).values_list("digest", flat=True)
    return {bytes.fromhex(digest) for digest in rows}


def empty(batch: list[Lying]) -> None:
    """The files of a committed batch go. What is damaged stays, for a person to look at."""
    for each in batch:
        if each.arrival is not None:
            erase(each.path)


def damaged() -> list[str]:
    """Names of files that are not what they are called."""
    return [each.path.name for each in islice(lying(), 200) if each.arrival is None]


def count() -> int:
    """How many envelopes lie there."""
    where = folder()
    if where is None or not where.is_dir():
        return 0
    return sum(bool(NAME.fullmatch(path.name)) for path in where.iterdir())
