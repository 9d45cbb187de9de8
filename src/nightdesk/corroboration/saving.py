"""The state of a desk as a file: everything it compares and counts with, and no text of any account.

A zip of JSON and plain arrays (NumPy's npy), nothing compressed. Its comment, the last 64 letters of the
file, is the SHA-256 of every byte before them: what is cut short or altered is refused before anything in
it is used, and nothing in it is code. It guards against damage, not against somebody who reckons the sum
anew. Corrections are in it. docs/formats/corroboration.md tells what lies in it.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.lib import format as npy

from nightdesk.corroboration.corrections import Corrections
from nightdesk.corroboration.desk import Desk
from nightdesk.corroboration.index import Index
from nightdesk.corroboration.ledger import Ledger
from nightdesk.corroboration.model import Correction, CorroborationError
from nightdesk.corroboration.tell import Reader

VERSION = 6  # counted up when what is kept of an account, or how its words are read, changes: values of two readings are not compared
SUM = 64  # letters of the file's own sum, at its end
BLOBS = ("records", "sketches", "links")
NO_STATE = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    EOFError,
    RuntimeError,
)  # of what another program sealed
REMEDY = "take the copy before it, or leave the state out and let the reports be read again"


def save(desk: Desk, path: Path) -> None:
    """Write the state to `path`; a state that is there stays whole until the new one is on the disk."""
    beside = path.with_name(path.name + ".new")
    with open(beside, "w+b", opener=_private) as file:
        _write(desk, file)
        _seal(file)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    _keep_name(path.parent)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)  # pseudonyms and words stand in it


def _keep_name(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write(desk: Desk, file: IO[bytes]) -> None:
    told = {
        "nightdesk": {"corroboration": VERSION},
        "state": _state(desk),
        "keys": desk.index.postings.keys(),
    }
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, plain in told.items():
            archive.writestr(
                _entry(name), json.dumps(plain, ensure_ascii=False).encode("utf-8", "surrogatepass")
            )
        for name, array in _arrays(desk).items():
            with archive.open(_entry(name), "w", force_zip64=True) as out:
                npy.write_array(out, np.ascontiguousarray(array), allow_pickle=False)
        archive.comment = b"0" * SUM


def _entry(name: str) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(name)  # of 1980: the same state gives the same bytes


def _seal(file: IO[bytes]) -> None:
    total = _sum(file)
    file.seek(-SUM, os.SEEK_END)
    file.write(total)


def _sum(file: IO[bytes]) -> bytes:
    """The sum of all but the last SUM bytes, in letters."""
    left = file.seek(0, os.SEEK_END) - SUM
    file.seek(0)
    total = hashlib.sha256()
    while left > 0 and (part := file.read(min(left, 1 << 20))):
        total.update(part)
        left -= len(part)
    return total.hexdigest().encode()


def load(path: Path, read_account: Reader | None = None) -> Desk:
    """The desk that `save` wrote. Raises CorroborationError when the file is cut short, altered or another's."""
    with path.open("rb") as file:
        total = _sum(file)
        if file.read() != total:
            raise CorroborationError(
                f"{path.name} is cut short, altered, or no state of corroboration; {REMEDY}"
            )
        try:
            with zipfile.ZipFile(file) as archive:
                if (version := _version(archive)) != VERSION:
                    raise CorroborationError(
                        f"{path.name} is a state of version {version}, this program reads {VERSION};"
                        f" use the Nightdesk that wrote it, or {REMEDY}"
                    )
                return _desk(archive, read_account)
        except CorroborationError:
            raise
        except (*NO_STATE, zipfile.BadZipFile) as error:
            raise CorroborationError(
                f"{path.name} is no state of corroboration ({error}); {REMEDY}"
            ) from error


# -- out -----------------------------------------------------------------------------------------------


def _state(desk: Desk) -> dict[str, Any]:
    ledger = desk.ledger
    return {
        "ids": [[id, number] for id, number in ledger.numbers.items()],
        "into": sorted(ledger.into.items()),
        "opened": ledger.opened,
        "patterns": ledger.patterns,
        "towns": {source: dict(sorted(towns.items())) for source, towns in ledger.towns.items()},
        "merges": desk.merges,
        "corrections": [[c.kind, c.account, c.other, c.why] for c in desk.corrections.all],
    }


def _arrays(desk: Desk) -> dict[str, Any]:
    ledger = desk.ledger
    found = {f"index/{name}": array for name, array in desk.index.arrays().items()}
    for name in BLOBS:
        rows = getattr(ledger, name)
        found[f"ledger/{name}_ends"] = np.cumsum([len(row) for row in rows], dtype=np.int64)
        found[f"ledger/{name}"] = np.frombuffer(b"".join(rows), np.uint8)
    return {**found, "ledger/events": np.array(ledger.events, np.int32)}


# -- in ------------------------------------------------------------------------------------------------


def _desk(archive: zipfile.ZipFile, read_account: Reader | None) -> Desk:
    state = _json(archive, "state")
    kept = {room: _loaded(archive, f"{room}/") for room in ("index", "ledger")}
    desk = Desk(read_account=read_account)
    desk.corrections = Corrections(Correction(*row) for row in state["corrections"])
    desk.index = Index.restore(_json(archive, "keys"), kept["index"])
    desk.merges = [(goes, stays) for goes, stays in state["merges"]]
    desk.ledger = _ledger(state, kept["ledger"])
    return desk


def _version(archive: zipfile.ZipFile) -> object:
    return json.loads(archive.read("nightdesk"))["corroboration"]


def _json(archive: zipfile.ZipFile, name: str) -> Any:
    return json.loads(archive.read(name).decode("utf-8", "surrogatepass"))


def _loaded(archive: zipfile.ZipFile, room: str) -> dict[str, Any]:
    arrays = {}
    for name in archive.namelist():
        if name.startswith(room):
            with archive.open(name) as part:
                arrays[name.removeprefix(room)] = npy.read_array(part, allow_pickle=False)
    return arrays


def _ledger(state: Mapping[str, Any], arrays: Mapping[str, Any]) -> Ledger:
    ledger = Ledger()
    ledger.numbers = dict(state["ids"])
    ledger.into = dict(state["into"])
    ledger.opened = state["opened"]
    ledger.patterns = state["patterns"]
    ledger.towns = state["towns"]
    ledger.events = arrays["events"].tolist()
    for name in BLOBS:
        setattr(ledger, name, _rows(arrays[name], arrays[f"{name}_ends"]))
    for number in ledger.numbers.values():
        if event := ledger.event_of(number):
            ledger.members.setdefault(event, []).append(number)
    return ledger


def _rows(blob: Any, ends: Any) -> list[bytes]:
    whole, start, rows = blob.tobytes(), 0, []
    for end in ends.tolist():
        rows.append(whole[start:end])
        start = end
    return rows
