"""The files of a story that is reviewed on the command line: what mat2 finds in each, or why it stays closed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from nightdesk.cleaning import CleaningError, metadata_of, missing
from nightdesk.cleaning.mat2 import LARGEST
from nightdesk.disclosure.model import AttachedFile, Evidence

WHY = {
    "no room": "bubblewrap cannot make a closed room on this machine",
    "kind": "it is of no kind that can be looked into",
    "too large": f"it is larger than {LARGEST} bytes",
    "too long": "looking into it took too long",
    "too much": "it says too much about itself",
    "failed": "it is damaged, or mat2 cannot read it",
}


def looked_into(evidence: Evidence, folder: Path) -> Evidence:
    """The evidence with what mat2 says of each of its files; what the story's own words say of one stays."""
    return replace(evidence, files=tuple(_one(file, folder) for file in evidence.files))


def _one(file: AttachedFile, folder: Path) -> AttachedFile:
    if file.unreadable:
        return file
    try:
        found = metadata_of(_read(folder, file.name))
    except CleaningError as error:
        lacking = f"{missing()} is not installed" if missing() else ""
        return replace(file, unreadable=lacking or WHY.get(error.why, error.why))
    except OSError as error:
        return replace(file, unreadable=error.strerror or "it cannot be opened")
    return replace(file, metadata={**found, **file.metadata})


def _read(folder: Path, name: str) -> bytes:
    """A file of that folder and of no other, wherever its name or a link would lead."""
    path = (folder / name).resolve()
    if path.parent != folder.resolve() or not path.is_file():
        raise OSError(2, f"no such file in {folder}")
    with path.open("rb") as file:
        return file.read(LARGEST + 1)
