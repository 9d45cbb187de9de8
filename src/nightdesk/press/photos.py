"""The photos of a site: found beside the Releases, checked against what was signed, copied whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from nightdesk.release.model import Photo, Release, ReleaseError
from nightdesk.release.picture import MAX_PHOTO_BYTES, check_photo, file_name

MEDIA = "media"


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """One checked file, and its path on the site."""

    path: str
    data: bytes


def path_of(photo: Photo) -> str:
    """media/<sha256>.jpg."""
    return f"{MEDIA}/{file_name(photo)}"


def gather(releases: Iterable[Release], folder: Path) -> dict[str, CheckedFile]:
    """The photo file of every one of these Releases by its hash, each checked.

    ReleaseError names a file that is missing, altered, or holds more than a picture.
    """
    wanted = {release.photo.sha256: release.photo for release in releases if release.photo}
    return {digest: CheckedFile(path_of(photo), _read(photo, folder)) for digest, photo in wanted.items()}


def _read(photo: Photo, folder: Path) -> bytes:
    path = folder / file_name(photo)
    if not path.is_file():
        raise ReleaseError(f"{path.name}: the photo of a Release is missing")
    if path.stat().st_size > MAX_PHOTO_BYTES:
        raise ReleaseError(f"{path.name}: a photo is at most {MAX_PHOTO_BYTES} bytes")
    data = path.read_bytes()
    check_photo(photo, data)
    return data


def write(files: Iterable[CheckedFile], folder: Path) -> None:
    """Copies the checked bytes into a site that is being built."""
    for file in files:
        (folder / file.path).parent.mkdir(exist_ok=True)
        (folder / file.path).write_bytes(file.data)
