"""A document or recording cleaned by Debian's mat2, looked at again, and refused when anything is left.

mat2 chooses by a file's ending, so the ending is ours, from the bytes. A document in PDF comes back as pictures
of its pages; `--lightweight` would keep its words, fonts and more, and is not used.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nightdesk.cleaning import told
from nightdesk.cleaning.room import BWRAP, Limits, RoomError, run
from nightdesk.release.attachment import ENDINGS, check_bare, kind_of
from nightdesk.release.model import ReleaseError

MAT2 = Path("/usr/bin/mat2")
LARGEST = 10 * 1024 * 1024  # bytes of a file somebody chooses
LIMITS = Limits()
_TEXT = Limits(answer=1024 * 1024)
_SHOW = '"$program" --show {name}'
_CLEAN = '"$program" --unknown-members abort {name} >/dev/null && cat {cleaned}'
_PICTURES = {
    b"\xff\xd8\xff": "jpg",
    b"\x89PNG\r\n\x1a\n": "png",
}  # looked at by `nightdesk review`, cleaned by Pillow


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A bare file, and what it had said about itself: kinds of fields, never their values."""

    data: bytes
    media_type: str
    dropped: tuple[str, ...]


class CleaningError(Exception):
    """The file stays closed. `why`: no mat2, no room, kind, too large, too long, too much, failed, left."""

    def __init__(self, why: str, what: str = "") -> None:
        super().__init__(f"{why}: {what}" if what else why)
        self.why, self.what = why, what


def missing() -> str:
    """Which of the programs is not installed: mat2, bubblewrap, or '' when both are."""
    return "mat2" if not MAT2.is_file() else "bubblewrap" if not BWRAP.is_file() else ""


def clean(data: bytes, program: Path | None = None, limits: Limits = LIMITS) -> Cleaned:
    """The file without what it said about itself. CleaningError when it stays closed, and why."""
    kind = _kind(data)
    before = _fields(data, ENDINGS[kind], program)
    cleaned = _run(_CLEAN, data, ENDINGS[kind], program, limits)
    if not cleaned:
        raise CleaningError("failed")
    if left := _left(cleaned, kind, before, program):
        raise CleaningError("left", left)
    return Cleaned(cleaned, kind, told.kinds(before))


def metadata_of(data: bytes, program: Path | None = None) -> dict[str, str]:
    """What the file says about itself, field by field. CleaningError when nobody can tell."""
    pictured = next((ending for head, ending in _PICTURES.items() if data.startswith(head)), "")
    ending = pictured or ENDINGS[_kind(data)]
    return dict(_fields(data, ending, program))


def _kind(data: bytes) -> str:
    if len(data) > LARGEST:
        raise CleaningError("too large")
    kind = kind_of(data)
    if not kind:
        raise CleaningError("kind")
    return kind


def _left(cleaned: bytes, kind: str, before: list[told.Field], program: Path | None) -> str:
    """What is still there after cleaning, in a word; '' when three looks find nothing."""
    try:
        if check_bare(cleaned) != kind:
            return "another kind"
    except ReleaseError as error:
        return str(error)
    if after := told.kinds(_fields(cleaned, ENDINGS[kind], program)):
        return ", ".join(after)
    return "a value" if any(trace in cleaned for trace in told.traces(before)) else ""


def _fields(data: bytes, ending: str, program: Path | None) -> list[told.Field]:
    found = told.fields(_run(_SHOW, data, ending, program, _TEXT).decode("utf-8", "replace"))
    if found is None:
        raise CleaningError("failed")
    return found


def _run(script: str, data: bytes, ending: str, program: Path | None, limits: Limits) -> bytes:
    program = program or MAT2
    if not program.is_file():
        raise CleaningError("no mat2")
    name, cleaned = f"file.{ending}", f"file.cleaned.{ending}"
    try:
        return run(program, script.format(name=name, cleaned=cleaned), name, data, limits)
    except RoomError as error:
        raise CleaningError(error.why) from error
