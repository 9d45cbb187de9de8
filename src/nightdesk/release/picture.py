"""What the file of a public photo may hold: its pixels and what decoding them needs, nothing else.

An allow-list of JPEG segments and PNG chunks. Whatever is not on it (EXIF, XMP, colour profiles,
thumbnails, comments, bytes after the end) makes the file no public photo. The desk checks what it has
re-encoded, the press checks what it copies. Pixels are not judged here: what a picture shows is a
person's to see.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from zlib import crc32

from nightdesk.release.model import Photo, ReleaseError

MAX_PHOTO_BYTES = 16 * 1024 * 1024  # twice what 2000 by 2000 pixels of noise come to
ENDINGS = {"image/jpeg": "jpg", "image/png": "png"}
_JPEG, _PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
# JFIF 1.1, no unit, one to one, no thumbnail: any other density or version would say who wrote it.
_JFIF = b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
_FRAMES = (0xC0, 0xC1, 0xC2)  # baseline, extended, progressive
_TABLES = (0xC4, 0xDB, 0xDD)  # Huffman, quantisation, restart interval
_APP0, _SCAN, _END = 0xE0, 0xDA, 0xD9
_CHUNKS = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")


@dataclass(frozen=True, slots=True)
class Picture:
    """What a clean file is."""

    media_type: str
    width: int
    height: int


def file_name(photo: Photo) -> str:
    """The name of the photo's file, beside the Release and on the site: <sha256>.jpg or .png."""
    return f"{photo.sha256}.{ENDINGS[photo.media_type]}"


def check_photo(photo: Photo, data: bytes) -> None:
    """Raises ReleaseError unless `data` is the very file that `photo` names, and holds nothing besides."""
    name = file_name(photo)
    if sha256(data).hexdigest() != photo.sha256:
        raise ReleaseError(f"{name}: the bytes are not the photo that was signed")
    if inspect(data) != Picture(photo.media_type, photo.width, photo.height):
        raise ReleaseError(f"{name}: kind or size is not what the Release says")


def inspect(data: bytes) -> Picture:
    """The kind and size of a clean photo file. ReleaseError names the first part that may not be there."""
    if len(data) > MAX_PHOTO_BYTES:
        raise ReleaseError(f"a photo is at most {MAX_PHOTO_BYTES} bytes; this is {len(data)}")
    try:
        if data.startswith(_JPEG):
            return _jpeg(data)
        if data.startswith(_PNG):
            return _png(data)
    except (struct.error, IndexError) as error:
        raise ReleaseError("the photo's file ends too early") from error
    raise ReleaseError("a photo's file is JPEG or PNG; this is neither")


def _jpeg(data: bytes) -> Picture:
    found: Picture | None = None
    for marker, body in _segments(data):
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", body, 1)
            found = Picture("image/jpeg", width, height)
        elif marker == _APP0:
            if body != _JFIF:
                raise ReleaseError("the photo's file holds more than a plain JFIF header")
        elif marker not in (*_TABLES, _SCAN):
            raise ReleaseError(f"the photo's file holds a segment FF{marker:02X}, which no public photo has")
    if found is None:
        raise ReleaseError("the photo's file has no picture in it")
    return found


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Every segment up to the end of the picture; bytes behind the end are refused."""
    at = 2
    while True:
        if data[at] != 0xFF:
            raise ReleaseError("the photo's file holds bytes that belong to no segment")
        marker = data[at + 1]
        if marker == _END:
            break
        (length,) = struct.unpack_from(">H", data, at + 2)
        yield marker, data[at + 4 : at + 2 + length]
        at += 2 + length
        if marker == _SCAN:
            at = _after_scan(data, at)
    if at + 2 != len(data):
        raise ReleaseError("the photo's file holds bytes after its end")


def _after_scan(data: bytes, at: int) -> int:
    """Where the next segment begins: the first FF that is neither stuffing nor a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0:
            raise ReleaseError("the photo's file ends too early")
        if data[at + 1] == 0 or 0xD0 <= data[at + 1] <= 0xD7:
            at += 2
        else:
            return at


def _png(data: bytes) -> Picture:
    at, kind = len(_PNG), b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", data, at)
        if kind not in _CHUNKS:
            raise ReleaseError(f"the photo's file holds a chunk {kind!r}, which no public photo has")
        (said,) = struct.unpack_from(">I", data, at + 8 + length)
        if said != crc32(data[at + 4 : at + 8 + length]):
            raise ReleaseError("a part of the photo's file is damaged")
        at += 12 + length
    if at != len(data):
        raise ReleaseError("the photo's file holds bytes after its end")
    width, height = struct.unpack_from(">II", data, len(_PNG) + 8)
    return Picture("image/png", width, height)
