"""The documents and recordings of a site: found beside the Releases, checked against what was signed, copied whole."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from nightdesk.press.photos import CheckedFile
from nightdesk.release.attachment import MAX_ATTACHMENT_BYTES, check_attachment, file_name
from nightdesk.release.model import Attachment, Release, ReleaseError

FILES = "files"  # a folder of their own, so that a host can send all of it as downloads


def path_of(attachment: Attachment) -> str:
    """files/<sha256>.pdf."""
    return f"{FILES}/{file_name(attachment)}"


def gather(releases: Iterable[Release], folder: Path) -> dict[str, CheckedFile]:
    """The file of every one of these Releases that has one, by its hash, each checked.

    ReleaseError names a file that is missing, altered, or says something about itself.
    """
    wanted = {release.attachment.sha256: release.attachment for release in releases if release.attachment}
    return {digest: CheckedFile(path_of(one), _read(one, folder)) for digest, one in wanted.items()}


def _read(attachment: Attachment, folder: Path) -> bytes:
    path = folder / file_name(attachment)
    if not path.is_file():
        raise ReleaseError(f"{path.name}: the file of a Release is missing")
    if path.stat().st_size > MAX_ATTACHMENT_BYTES:
        raise ReleaseError(f"{path.name}: a file is at most {MAX_ATTACHMENT_BYTES} bytes")
    data = path.read_bytes()
    check_attachment(attachment, data)
    return data
