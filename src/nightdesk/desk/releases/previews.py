"""Previews: the press's own pages of a text that is not released, unsigned and watermarked, for reviewers only."""

from __future__ import annotations

import mimetypes
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from nightdesk.desk import clock
from nightdesk.desk.errors import DeskError
from nightdesk.desk.releases.actions import picture_of
from nightdesk.desk.releases.building import build_preview
from nightdesk.desk.releases.files import put, run
from nightdesk.desk.review.standing import Standing, standing_of
from nightdesk.desk.staff.roles import require
from nightdesk.release.codec import to_bytes
from nightdesk.release.model import Release, ReleaseError
from nightdesk.release.picture import file_name

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member
    from nightdesk.desk.stories.models import Story

TYPES = {
    ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml",
    ".woff2": "font/woff2", ".txt": "text/plain; charset=utf-8",
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
    _build(document, folder_of(story), _picture(story, said), _is_cleared(one))
    put(folder_of(story) / SEEN, _seen(one).encode())
    return said


def is_current(one: Standing) -> bool:
    """Whether the preview shows the text as it stands, with the watermark that is true of it."""
    seen = folder_of(one.story) / SEEN
    return seen.is_file() and seen.read_text() == _seen(one)


def _seen(one: Standing) -> str:
    return f"{one.laid.fingerprint} {'cleared' if _is_cleared(one) else 'not cleared'}"


def _is_cleared(one: Standing) -> bool:
    return one.cleared_today or one.is_released


def _picture(story: Story, said: Release) -> tuple[str, bytes] | None:
    """Name and bytes of the photo, which the press looks for beside the draft."""
    if said.photo is None:
        return None
    try:
        return file_name(said.photo), picture_of(story, said)
    except ReleaseError as error:
        raise DeskError(
            _("The photo cannot be shown: %(why)s.") % {"why": error}, _("Place it again.")
        ) from error


def _build(document: bytes, folder: Path, picture: tuple[str, bytes] | None, cleared: bool) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = folder.with_suffix(".json")
    put(draft, document)
    if picture:
        put(draft.parent / picture[0], picture[1])
    try:
        done = run("--preview", str(draft), *(["--cleared"] if cleared else []), str(folder))
    finally:
        draft.unlink(missing_ok=True)
        if picture:
            (draft.parent / picture[0]).unlink(missing_ok=True)
    if not done.ok:
        raise DeskError(_("The press could not build the preview."), done.said)


def remove_old() -> None:
    """Removes the previews of every day but today."""
    if _previews().is_dir():
        for day in _previews().iterdir():
            if day.name != clock.today().isoformat():
                shutil.rmtree(day, ignore_errors=True)


def remove(story: Story) -> None:
    """Removes the story's preview: what readers have needs none."""
    shutil.rmtree(folder_of(story), ignore_errors=True)


def find(story: Story, path: str) -> tuple[Path, str] | None:
    """The file of the preview at `path` and its content type; None for whatever is not a page's own file."""
    root = folder_of(story).resolve()
    if "\0" in path:
        return None
    wanted = (root / path).resolve()
    if wanted.is_dir():
        wanted = wanted / "index.html"
    if not wanted.is_relative_to(root) or not wanted.is_file() or wanted.name.startswith("."):
        return None
    kind = TYPES.get(wanted.suffix) or mimetypes.guess_type(wanted.name)[0]
    return (wanted, kind) if kind else None
