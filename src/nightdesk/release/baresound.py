"""Recordings that hold sound and no tags: MP3 as frames to the last byte, FLAC and Ogg without comments.

Not judged here: the voice, what is heard behind it, and the encoder's own mark (Ogg, FLAC and most MP3s name the
program that packed the sound; mat2 leaves it).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from nightdesk.release.model import ReleaseError

_RATES = {  # kbit/s by the header's index, for MPEG 1 and for MPEG 2 and 2.5, layer III
    True: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    False: (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_SAMPLES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}  # Hz by version
_STREAMINFO, _PADDING, _SEEKTABLE, _COMMENT = 0, 1, 3, 4
_HEADS = {b"OpusHead": b"OpusTags", b"\1vorbis": b"\3vorbis"}


def begins_with_a_frame(data: bytes) -> bool:
    """Whether the first bytes are an MPEG layer III frame's header."""
    return _frame(data, 0) > 0


def _frame(data: bytes, at: int) -> int:
    """Length in bytes of the frame there; 0 when there is none."""
    head = int.from_bytes(data[at : at + 4], "big")
    version, layer, rate, hertz = head >> 19 & 3, head >> 17 & 3, head >> 12 & 15, head >> 10 & 3
    if head >> 21 != 0x7FF or version == 1 or layer != 1 or not 1 <= rate <= 14 or hertz == 3:
        return 0
    first = version == 3
    return (144 if first else 72) * _RATES[first][rate - 1] * 1000 // _SAMPLES[version][hertz] + (
        head >> 9 & 1
    )


def check_mp3(data: bytes) -> None:
    """ReleaseError when there is anything but frames, an empty tag before them at most."""
    at = _after_empty_tag(data)
    while at < len(data):
        length = _frame(data, at)
        if not length:
            raise ReleaseError("the recording holds bytes that are no sound")
        at += length


def _after_empty_tag(data: bytes) -> int:
    """mat2 leaves an ID3 header whose room is empty."""
    if not data.startswith(b"ID3"):
        return 0
    size = sum((byte & 0x7F) << shift for byte, shift in zip(data[6:10], (21, 14, 7, 0), strict=False))
    if data[5] or any(data[10 : 10 + size]):
        raise ReleaseError("the recording holds a tag")
    return 10 + size


def check_flac(data: bytes) -> None:
    """ReleaseError when there is a block besides the stream's own, or a comment in one."""
    at, last = 4, False
    while not last:
        if at + 4 > len(data):
            raise ReleaseError("the recording ends too early")
        kind, last = data[at] & 0x7F, bool(data[at] & 0x80)
        length = int.from_bytes(data[at + 1 : at + 4], "big")
        _flac_block(kind, data[at + 4 : at + 4 + length])
        at += 4 + length
    tagged = data[-128:-125] == b"TAG" or b"APETAGEX" in data  # what mat2 leaves behind the sound
    if data[at : at + 2] not in (b"\xff\xf8", b"\xff\xf9") or tagged:
        raise ReleaseError("the recording holds bytes that are no sound")


def _flac_block(kind: int, body: bytes) -> None:
    if kind == _COMMENT:
        _no_comments(body)
    elif kind == _PADDING:
        if any(body):
            raise ReleaseError("the recording holds bytes that are no sound")
    elif not ((kind == _STREAMINFO and len(body) == 34) or (kind == _SEEKTABLE and not len(body) % 18)):
        raise ReleaseError("the recording holds a block that is no sound")


def _no_comments(body: bytes) -> None:
    """The packer's name, no comment, and nothing but zeros after that; Vorbis closes with one set bit."""
    try:
        (length,) = struct.unpack_from("<I", body)
        (count,) = struct.unpack_from("<I", body, 4 + length)
    except struct.error as error:
        raise ReleaseError("the recording ends too early") from error
    if count or length > 100 or body[8 + length :].strip(b"\0") not in (b"", b"\1"):
        raise ReleaseError("the recording holds a comment")


def is_speech_or_music(data: bytes) -> bool:
    """Whether an Ogg begins as Opus or Vorbis: it can carry films and subtitles too."""
    return data[28:36] == b"OpusHead" or data[28:35] == b"\1vorbis"


def check_ogg(data: bytes) -> None:
    """ReleaseError when there is more than one stream, a comment, or a byte outside of pages."""
    serials, second = set(), b""
    for number, (serial, body) in enumerate(_pages(data)):
        serials.add(serial)
        if number == 1:
            second = body
    begin = next((tags for head, tags in _HEADS.items() if data[28:].startswith(head)), b"?")
    if len(serials) != 1 or not second.startswith(begin):
        raise ReleaseError("the recording holds more than one stream of sound")
    _no_comments(second[len(begin) :])


def _pages(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Serial number of each page and its first packet, or what of it stands on the page.

    The first two hold a whole packet at least: of a longer one nobody would have looked at the rest.
    """
    at = number = 0
    while at < len(data):
        if data[at : at + 4] != b"OggS" or at + 27 > len(data):
            raise ReleaseError("the recording holds bytes that are no sound")
        lacing = data[at + 27 : at + 27 + data[at + 26]]
        begin = at + 27 + len(lacing)
        number += 1
        if bool(data[at + 5] & 2) != (number == 1) or (number <= 2 and min(lacing, default=255) == 255):
            raise ReleaseError("the recording holds more than one stream of sound")
        (serial,) = struct.unpack_from("<I", data, at + 14)
        yield serial, data[begin : begin + _first(lacing)]
        at = begin + sum(lacing)
    if at != len(data):
        raise ReleaseError("the recording ends too early")


def _first(lacing: bytes) -> int:
    """Length of the first packet: up to the first value below 255."""
    total = 0
    for value in lacing:
        total += value
        if value < 255:
            break
    return total
