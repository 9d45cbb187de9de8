"""A PDF of page pictures and nothing else, as mat2 writes it: no words, names, days, scripts, links or files.

An allow-list of what stands between the streams. Text in a string, an author, a form, a script, a link or an
embedded file would each need a word that is not on it. A stream itself is as many pixels as it says, or only
places pictures, and nothing stands behind what it unpacks to: another file could lie in any other.
"""

from __future__ import annotations

import re
import zlib

from nightdesk.release.model import ReleaseError

MOST_UNPACKED = 8 * 1024 * 1024  # bytes of objects packed into a stream, or of what places pictures
MOST_PIXELS = 512 * 1024 * 1024  # bytes of one picture, unpacked
_AT_ONCE = 1024 * 1024
_NAMES = (
    "BBox BitsPerComponent CA CS Catalog ColorSpace Contents Count DeviceGray DeviceRGB ExtGState Filter First "
    "FlateDecode Group Height I Image Index Info Interpolate K Kids Length MediaBox N ObjStm Page Pages Parent Prev "
    "Resources Root S SMask Size Subtype Transparency Type W Width XObject XRef ca"
)
_WORDS = "obj endobj R xref trailer startxref n f true false null stream"
_ALLOWED = re.compile(
    rb"/(?:%s|[a-z]\d{1,6})(?![^\s/<>\[\]])|<<|>>|[\[\]]|(?<![^\s\[\]<>])(?:%s)(?![^\s\[\]<>])|[-+]?\d+(?:\.\d+)?|%%%%EOF|%% \d+(?=\n)"
    % ("|".join(_NAMES.split()).encode(), "|".join(_WORDS.split()).encode())
)
_PLACES = re.compile(rb"/[a-z]\d{1,6}|[-+]?\d*\.?\d+|q|Q|cm|Do|gs|re|W\*?|n|f\*?|g|rg|h|l|m|c")
_HEAD = re.compile(rb"%PDF-1\.[4-7]\n(?:%[\x80-\xff]{4}\n)?")


def check(data: bytes) -> None:
    """ReleaseError when anything stands in the PDF that pictures of pages do not need."""
    head = _HEAD.match(data)
    if head is None:
        raise ReleaseError("the PDF does not begin as one")
    left = _ALLOWED.sub(b"", _between_streams(data[head.end() :])).split()
    if left:
        raise ReleaseError("the PDF holds more than pictures of its pages")


def _between_streams(data: bytes) -> bytes:
    """Everything outside streams, and what is packed into streams of objects."""
    out, at = [], 0
    while (found := data.find(b"stream\n", at)) >= 0:
        end = data.find(b"endstream", found)
        if end < 0:
            raise ReleaseError("the PDF ends too early")
        before = data[at:found]
        out += [before, _packed(before, data[found + 7 : end])]
        at = end + len(b"endstream")
    return b"\n".join([*out, data[at:]])


def _packed(before: bytes, body: bytes) -> bytes:
    """The objects of an object stream. Every other stream is looked at here, and is a picture or places one."""
    about = before.rpartition(b" obj")[2]
    if b"/FlateDecode" not in about:
        raise ReleaseError("the PDF holds a part that is not packed as mat2 packs it")
    if b"/Image" in about:
        _check_unpacked(body, _pixels(about))
        return b""
    words = _unpacked(body)
    if b"/XRef" in about:  # places of objects, as numbers
        return b""
    if b"/ObjStm" not in about and not all(map(_PLACES.fullmatch, words.split())):
        raise ReleaseError("the PDF holds more than pictures of its pages")
    return words if b"/ObjStm" in about else b""


def _pixels(about: bytes) -> int:
    """Bytes of a picture by its own words."""
    width, height, bits = (_number(about, name) for name in (b"Width", b"Height", b"BitsPerComponent"))
    return (width * bits * (3 if b"/DeviceRGB" in about else 1) + 7) // 8 * height


def _number(about: bytes, name: bytes) -> int:
    found = re.findall(rb"/" + name + rb"\s+(\d{1,6})(?![\d.])", about)
    if len(found) != 1:
        raise ReleaseError("a picture in the PDF does not say its size")
    return int(found[0])


def _unpacked(body: bytes) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        words = unpacker.decompress(body, MOST_UNPACKED)
    except zlib.error as error:
        raise ReleaseError("a part of the PDF is damaged") from error
    _check_end(unpacker)
    return words


def _check_unpacked(body: bytes, length: int) -> None:
    """ReleaseError unless it unpacks to so many bytes; piece by piece, for a page is many megabytes."""
    unpacker, said = zlib.decompressobj(), 0
    try:
        while not unpacker.eof and said <= min(length, MOST_PIXELS):
            piece = unpacker.decompress(body, _AT_ONCE)
            body, said = unpacker.unconsumed_tail, said + len(piece)
            if not piece:
                break
    except zlib.error as error:
        raise ReleaseError("a part of the PDF is damaged") from error
    _check_end(unpacker)
    if said != length:
        raise ReleaseError("a picture in the PDF is not as large as it says")


def _check_end(unpacker: zlib._Decompress) -> None:
    """Behind what is packed stands nothing but the end of a line."""
    if not unpacker.eof or unpacker.unused_data.strip():
        raise ReleaseError("a part of the PDF holds bytes that belong to nothing")
