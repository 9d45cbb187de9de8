"""A public photo's file: its pixels and nothing else, under the hash that was signed."""

from __future__ import annotations

import struct
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from zlib import compress, crc32

import pytest

from nightdesk.release.codec import from_bytes, to_bytes
from nightdesk.release.model import Photo, Release, ReleaseError
from nightdesk.release.picture import Picture, check_photo, file_name, inspect

VECTORS = Path(__file__).parents[2] / "docs" / "formats" / "vectors"
JPEG = (VECTORS / "release-photo-1.jpg").read_bytes()


def segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", crc32(kind + body))


def png(*more: bytes) -> bytes:
    """A grey picture of two by one pixels, with more chunks before its end."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 1, 8, 0, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + b"".join(more)
        + chunk(b"IDAT", compress(b"\x00ab"))
        + chunk(b"IEND", b"")
    )


@pytest.fixture
def photo() -> Photo:
    found = from_bytes((VECTORS / "release-photo-1.json").read_bytes()).photo
    assert found is not None
    return found


def test_a_clean_file_says_its_kind_and_size(photo: Photo) -> None:
    assert inspect(JPEG) == Picture("image/jpeg", 24, 16)
    assert inspect(png()) == Picture("image/png", 2, 1)
    check_photo(photo, JPEG)
    assert file_name(photo) == f"{photo.sha256}.jpg"


@pytest.mark.parametrize(
    "marker", [0xE1, 0xE2, 0xED, 0xEE, 0xFE], ids=["exif or xmp", "icc", "iptc", "adobe", "comment"]
)
def test_a_jpeg_with_a_segment_that_shows_nothing_is_refused(marker: int) -> None:
    with pytest.raises(ReleaseError, match=f"FF{marker:02X}"):
        inspect(JPEG[:2] + segment(marker, b"CANARY") + JPEG[2:])


def test_a_jpeg_header_with_a_density_or_a_thumbnail_is_refused() -> None:
    with pytest.raises(ReleaseError, match="JFIF"):
        inspect(JPEG.replace(b"JFIF\x00\x01\x01\x00\x00\x01", b"JFIF\x00\x01\x01\x01\x00\x48"))


@pytest.mark.parametrize("kind", [b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"iCCP", b"tIME", b"pHYs", b"caNv"])
def test_a_png_with_a_chunk_that_shows_nothing_is_refused(kind: bytes) -> None:
    with pytest.raises(ReleaseError, match=kind.decode()):
        inspect(png(chunk(kind, b"CANARY")))


@pytest.mark.parametrize("whole", [JPEG, png()], ids=["jpeg", "png"])
def test_bytes_after_the_end_are_refused(whole: bytes) -> None:
    with pytest.raises(ReleaseError, match="after its end"):
        inspect(whole + b"PK")


@pytest.mark.parametrize("whole", [JPEG, png()], ids=["jpeg", "png"])
def test_a_file_cut_off_anywhere_is_refused_and_never_crashes(whole: bytes) -> None:
    for end in range(len(whole)):
        with pytest.raises(ReleaseError):
            inspect(whole[:end])


def test_what_is_no_picture_is_refused() -> None:
    for data in (b"", b"GIF89a", b"<svg xmlns='x'/>", b"RIFF....WEBP"):
        with pytest.raises(ReleaseError, match="neither"):
            inspect(data)


def test_another_file_than_the_signed_one_is_refused(photo: Photo) -> None:
    with pytest.raises(ReleaseError, match="not the photo that was signed"):
        check_photo(photo, png())
    with pytest.raises(ReleaseError, match="kind or size"):
        check_photo(replace(photo, width=25), JPEG)


def test_a_release_without_a_photo_keeps_the_bytes_it_had_before_photos(release: Release) -> None:
    assert b"photo" not in to_bytes(release)
    with pytest.raises(ReleaseError, match="photo: is left out"):
        from_bytes(to_bytes(release)[:-1] + b',"photo":null}')


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"sha256": "../../etc/passwd"}, "photo.sha256"),
        ({"width": 0}, "photo.width"),
        ({"height": 2001}, "photo.height"),
        ({"credit": " "}, "photo.credit"),
        ({"licence": ""}, "photo.licence"),
        ({"alt": {}}, "photo.alt"),
        ({"caption": {"zh": "x"}}, "photo.caption"),
        ({"media_type": "image/svg+xml"}, "photo.media_type"),
    ],
)
def test_a_photo_that_breaks_a_rule_is_refused_by_name(
    release: Release, photo: Photo, change: dict[str, Any], field: str
) -> None:
    sound = replace(photo, alt={"en": "houses"}, caption={"en": "Houses."})
    to_bytes(replace(release, photo=sound))
    with pytest.raises(ReleaseError, match=field):
        to_bytes(replace(release, photo=replace(sound, **change)))


def test_a_withdrawal_has_no_photo(release: Release, photo: Photo) -> None:
    later = date(2023, 12, 20)
    gone = replace(
        release, kind="withdrawal", version=2, editions=(), acts=(), released_on=later, photo=photo
    )
    with pytest.raises(ReleaseError, match="a withdrawal has none"):
        to_bytes(gone)
