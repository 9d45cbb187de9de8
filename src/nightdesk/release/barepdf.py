"""A PDF of page pictures and nothing else, as mat2 writes it: no words, names, days, scripts, links or files.

An allow-list of what stands between the streams. Text in a string, an author, a form, a script, a link or an
embedded file would each need a word that is not on it.
"""

from __future__ import annotations

import re
import zlib

from nightdesk.release.model import ReleaseError

MOST_UNPACKED = 8 * 1024 * 1024  # bytes of objects packed into a stream
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
    """The objects of an object stream; of every other stream nothing, for it is a picture or what places one."""
    about = before.rpartition(b"obj")[2]
    if b"/FlateDecode" not in about:
        raise ReleaseError("the PDF holds a part that is not packed as mat2 packs it")
    if b"/ObjStm" not in about:
        return b""
    try:
        return zlib.decompressobj().decompress(body, MOST_UNPACKED)
    except zlib.error as error:
        raise ReleaseError("a part of the PDF is damaged") from error
