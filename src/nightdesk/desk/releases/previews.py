"""Previews: the press's own pages of a text that is not released, unsigned and watermarked, for reviewers only.

On the disk they lie sealed (closedfiles.py) under a key of this process: a restart asks to build them anew.
"""

from __future__ import annotations

import mimetypes
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from nightdesk.desk import clock
from nightdesk.desk.errors import DeskError
from nightdesk.desk.releases import closedfiles
from nightdesk.desk.releases.actions import attached_of, picture_of
from nightdesk.desk.releases.building import build_preview
from nightdesk.desk.releases.files import put, run
from nightdesk.desk.review.standing import Standing, standing_of
from nightdesk.desk.staff.roles import require
from nightdesk.release import attachment
from nightdesk.release.codec import to_bytes
from nightdesk.release.model import Release, ReleaseError
from nightdesk.release.picture import file_name

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member
    from nightdesk.desk.stories.models import Story

TYPES = {
    ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml",
    ".woff2": "font/woff2", ".txt": "text/plain; charset=utf-8",
    **{f".{ending}": kind for kind, ending in attachment.ENDINGS.items()},
}  # fmt: skip

SEEN = ".seen"  # which text a preview was built from; no page of it, so never served


def folder_of(story: Story) -> Path:
    """Where today's preview of the story lies."""
    return _previews() / clock.today().isoformat() / str(story.pk)


def _previews() -> Path:
    return Path(settings.NIGHTDESK_DIR) / "previews"


def preview(member: Member, story: Story) -> Release:
    """Builds the preview of the text as it stands; previews of earlier days are removed."""
    require(member, "review")
    one = standing_of(story)
    said = build_preview(one.laid, member.byline, clock.now(), _("(the note is missing)"))
    try:
        document = to_bytes(said)
    except ReleaseError as error:
        raise DeskError(
            _("There are no pages of this text yet: %(why)s.") % {"why": error}, _("Mend it in the story.")
        ) from error
    remove_old()
    _build(document, folder_of(story), _beside(story, said), _is_cleared(one))
    closedfiles.put(folder_of(story), SEEN, _seen(one).encode())
    return said


def is_current(one: Standing) -> bool:
    """Whether the preview shows the text as it stands, with the watermark that is true of it."""
    return closedfiles.get(folder_of(one.story), SEEN) == _seen(one).encode()


def _seen(one: Standing) -> str:
    return f"{one.laid.fingerprint} {'cleared' if _is_cleared(one) else 'not cleared'}"


def _is_cleared(one: Standing) -> bool:
    return one.cleared_today or one.is_released


def _beside(story: Story, said: Release) -> dict[str, bytes]:
    """Photo and file by name, which the press looks for beside the draft."""
    found: dict[str, bytes] = {}
    try:
        if said.photo is not None:
            found[file_name(said.photo)] = picture_of(story, said)
        if said.attachment is not None:
            found[attachment.file_name(said.attachment)] = attached_of(story, said)
    except ReleaseError as error:
        raise DeskError(
            _("The photo or the file cannot be shown: %(why)s.") % {"why": error}, _("Place it again.")
        ) from error
    return found


def _build(document: bytes, folder: Path, beside: dict[str, bytes], cleared: bool) -> None:
    """The press reads and writes plain files: in a room that is erased as soon as it is done."""
    with closedfiles.plain_room() as room:
        draft, pages = room / "draft.json", room / "pages"
        put(draft, document)
        for name, data in beside.items():
            put(room / name, data)
        done = run("--preview", str(draft), *(["--cleared"] if cleared else []), str(pages))
        if not done.ok:
            raise DeskError(_("The press could not build the preview."), done.said)
        closedfiles.erase_tree(folder)
        for path in pages.rglob("*"):
            if path.is_file():
                closedfiles.put(folder, path.relative_to(pages).as_posix(), path.read_bytes())


def remove_old() -> None:
    """Removes the previews of every day but today."""
    if _previews().is_dir():
        for day in _previews().iterdir():
            if day.name != clock.today().isoformat():
                closedfiles.erase_tree(day)


def remove(story: Story) -> None:
    """Removes the story's preview: what readers have needs none."""
    closedfiles.erase_tree(folder_of(story))


def remove_all() -> None:
    """At the start of the desk: whatever lies there was sealed by a process that has ended."""
    closedfiles.erase_left()
    closedfiles.erase_tree(_previews())


def find(story: Story, path: str) -> tuple[bytes, str] | None:
    """The bytes of the preview's page at `path` and their type; None for whatever is not a page's own file."""
    name = f"{path}index.html" if not path or path.endswith("/") else path
    if PurePosixPath(name).name.startswith(".") or ".." in PurePosixPath(name).parts:
        return None
    found = closedfiles.get(folder_of(story), name)
    kind = TYPES.get(PurePosixPath(name).suffix) or mimetypes.guess_type(name)[0]
    return (found, kind) if found is not None and kind else None
