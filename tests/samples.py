"""Small documents and recordings, made here byte by byte, that say more about themselves than they should."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from nightdesk.cleaning import missing
from nightdesk.cleaning.room import Limits, RoomError, run

CANARY = "Canary-Kwon-4711"


@cache
def lacking() -> str:
    """Why tests of the real mat2 are left out here, or ''. In a container bubblewrap may be allowed no room."""
    if which := missing():
        return f"left out: no {which} (Debian: apt-get install mat2 bubblewrap)"
    try:
        run(Path("/bin/true"), "true", "nothing", b"", Limits())
    except RoomError as error:
        return f"left out: bubblewrap makes no room on this machine ({error.why})"
    return ""


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument"
# A file's own clock: the day somebody saved it.
SAVED = (2023, 12, 15, 23, 4, 6)


def pdf(author: str = CANARY, side: int = 200, words: str = "Notice 7", extra: str = "") -> bytes:
    """One page with words on it, an author, a program and a day; `extra` goes into the catalogue."""
    content = f"BT /F1 18 Tf 20 100 Td ({words}) Tj ET".encode()
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {extra} >>".encode(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {side} {side}] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>".encode(),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Author ({author}) /Creator ({author} Writer) /CreationDate (D:20231215230406Z) >>".encode(),
    ]
    out, at = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        at.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in at)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(at) + 1)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(at) + 1,
        len(out),
    )
    return out + head + table + trailer


def zipped(members: Mapping[str, str | bytes], stored: str = "") -> bytes:
    """A ZIP whose members carry the day they were saved; `stored` is kept first and unpacked."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in members.items():
            kind = zipfile.ZIP_STORED if name == stored else zipfile.ZIP_DEFLATED
            made.writestr(zipfile.ZipInfo(name, SAVED), data, kind)
    return out.getvalue()


def docx(more: Mapping[str, str | bytes] | None = None, author: str = CANARY) -> bytes:
    """A letter with an author, a revision id and who changed it last; `more` are further members."""
    part = f"{_TYPES}.wordprocessingml.document.main+xml"
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{part}"/>'
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        "</Types>",
        "_rels/.rels": f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_REL}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        "</Relationships>",
        "word/document.xml": f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{_W}"><w:body>'
        '<w:p w:rsidR="00AB12CD" w:rsidRDefault="00AB12CD"><w:r><w:t>Notice 7</w:t></w:r></w:p></w:body></w:document>',
        "docProps/core.xml": '<?xml version="1.0" encoding="UTF-8"?>'
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:creator>{author}</dc:creator><cp:lastModifiedBy>{author}</cp:lastModifiedBy><cp:revision>7</cp:revision>"
        "</cp:coreProperties>",
    }
    return zipped(members | dict(more or {}))


def odt(more: Mapping[str, str | bytes] | None = None) -> bytes:
    """The same letter as an OpenDocument text."""
    kind = "application/vnd.oasis.opendocument.text"
    office = "urn:oasis:names:tc:opendocument:xmlns"
    members: dict[str, str | bytes] = {
        "mimetype": kind,
        "content.xml": f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{office}:office:1.0" '
        f'xmlns:text="{office}:text:1.0"><office:body><office:text><text:p>Notice 7</text:p></office:text></office:body>'
        "</office:document-content>",
        "meta.xml": f'<?xml version="1.0" encoding="UTF-8"?><office:document-meta xmlns:office="{office}:office:1.0" '
        f'xmlns:meta="{office}:meta:1.0"><office:meta><meta:initial-creator>{CANARY}</meta:initial-creator></office:meta>'
        "</office:document-meta>",
        "META-INF/manifest.xml": f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="{office}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        '<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/></manifest:manifest>',
    }
    return zipped(members | dict(more or {}), stored="mimetype")


def _id3(frames: bytes) -> bytes:
    size = len(frames)
    return b"ID3\x04\x00\x00" + bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0)) + frames


def mp3(tagged: bool = True, tail: bytes = b"") -> bytes:
    """Twenty frames of silence, with who spoke and the program that recorded it."""
    frame = b"\xff\xfb\x90\xc4" + bytes(413)  # MPEG 1 layer III, 128 kbit/s, 44.1 kHz, mono
    said = b"".join(
        name + struct.pack(">I", len(words) + 1) + b"\0\0\3" + words
        for name, words in ((b"TPE1", CANARY.encode()), (b"TSSE", b"Recorder 3.1"), (b"TDRC", b"2023-12-15"))
    )
    return (_id3(said) if tagged else b"") + frame * 20 + tail


def _comments(vendor: bytes, said: tuple[bytes, ...]) -> bytes:
    return struct.pack("<I", len(vendor)) + vendor + struct.pack("<I", len(said)) + b"".join(
        struct.pack("<I", len(one)) + one for one in said
    )  # fmt: skip


def flac(said: tuple[bytes, ...] = (b"ARTIST=" + CANARY.encode(), b"DATE=2023-12-15")) -> bytes:
    """A header, its comments, and a few bytes where the sound would be."""
    info = struct.pack(">HH", 4096, 4096) + bytes(6) + bytes.fromhex("0ac44270 00000000") + bytes(16)
    blocks = [(0, info), (4, _comments(b"reference libFLAC", said))]
    out = b"fLaC"
    for number, (kind, body) in enumerate(blocks):
        last = 0x80 if number == len(blocks) - 1 else 0
        out += bytes([kind | last]) + struct.pack(">I", len(body))[1:] + body
    return out + b"\xff\xf8\xc9\x08" + bytes(64)


def _page(kind: int, number: int, packet: bytes, serial: int = 7, granule: int = 0) -> bytes:
    lacing = bytes([255] * (len(packet) // 255) + [len(packet) % 255])
    head = b"OggS\0" + bytes([kind]) + struct.pack("<qIII", granule, serial, number, 0)
    page = head + bytes([len(lacing)]) + lacing + packet
    return page[:22] + struct.pack("<I", _crc(page)) + page[26:]


def _crc(data: bytes) -> int:
    found = 0
    for byte in data:
        found ^= byte << 24
        for _bit in range(8):
            found = (found << 1 ^ 0x04C11DB7 if found & 0x80000000 else found << 1) & 0xFFFFFFFF
    return found


def opus(
    said: tuple[bytes, ...] = (b"ARTIST=" + CANARY.encode(), b"ENCODER=Recorder 3.1"), serial: int = 7
) -> bytes:
    """An Ogg with its two header pages and a page of silence."""
    head = b"OpusHead\1\1" + struct.pack("<HIh", 312, 48000, 0) + b"\0"
    tags = b"OpusTags" + _comments(b"libopus 1.3", said)
    return _page(2, 0, head, serial) + _page(0, 1, tags, serial) + _page(4, 2, b"\xf8\xff\xfe", serial, 960)
