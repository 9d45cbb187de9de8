"""Office documents that hold their text, tables and pictures: no macros, objects, outside links or properties.

An allow-list of members by their ending; no member carries a day, and a picture is as bare as a public photo.
What a part may say is in bareparts.py. Hidden sheets, hidden text and what the words say are people's to see.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from nightdesk.release import bareparts, picture
from nightdesk.release.model import ReleaseError

BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, ValueError, EOFError, OSError, RuntimeError,
          NotImplementedError)  # fmt: skip
MOST_MEMBERS, MOST_UNPACKED = 2000, 64 * 1024 * 1024  # bytes
_ENDINGS = frozenset({"xml", "rels", "rdf", "vml", "png", "jpg", "jpeg"})
_NO_FOLDER = frozenset(
    {"basic", "scripts", "dialogs", "thumbnails", "embeddings", "activex", "customxml",
     "comments", "threadedcomments", "persons", "revisions", "externallinks", "querytables", "printersettings"}
)  # fmt: skip
_EPOCH = (1980, 1, 1, 0, 0, 0)
_NAME = re.compile(r"(?:[A-Za-z0-9_\[\]-][A-Za-z0-9_.\[\]-]*/)*[A-Za-z0-9_\[\]-]?[A-Za-z0-9_.\[\]-]*")
# Parts that tell who wrote, commented or changed something, or that lead to another file.
_ABOUT = re.compile(
    r"(?:comments?\w*|\w*comments|commentauthors|people|persons?\d*|usernames|users|connections|meta)\.xml"
)
_PICTURES = (".png", ".jpg", ".jpeg")
# A white background, as cairo writes it into every PNG; a public photo has none.
_WHITE = b"\0\0\0\6bKGD\0\xff\0\xff\0\xff\xa0\xbd\xa7\x93"


def check(data: bytes) -> None:
    """ReleaseError when the document holds what is not its text, tables and pictures."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as found:
            _check_members(found, data)
            for name in found.namelist():
                if name.endswith(_PICTURES):
                    picture.inspect(found.read(name).replace(_WHITE, b"", 1))
                elif name != "mimetype":
                    bareparts.check(name, found.read(name))
    except BROKEN as error:
        if isinstance(error, ReleaseError):
            raise
        raise ReleaseError("the document is damaged") from error


def _check_members(found: zipfile.ZipFile, data: bytes) -> None:
    members = found.infolist()
    names = [one.filename for one in members]
    if len(set(names)) != len(names) or len(names) > MOST_MEMBERS or found.comment:
        raise ReleaseError("the document is packed in a way that can hide something")
    if sum(one.file_size for one in members) > MOST_UNPACKED:
        raise ReleaseError("the document unpacks to more than a document is")
    if _room_between(found, members) or data[-22:-18] != b"PK\5\6":
        raise ReleaseError("the document holds bytes that belong to no part of it")
    for one in members:
        if one.date_time != _EPOCH or one.extra or one.comment or one.flag_bits & 1:
            raise ReleaseError("a part of the document says when or where it was saved")
        _check_name(one.filename)


def _room_between(found: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> bool:
    """Whether there are bytes before, between or behind the members, where nobody who opens it would look."""
    at = 0
    for one in sorted(members, key=lambda member: member.header_offset):
        if one.header_offset != at:
            return True
        at += 30 + len(one.filename.encode()) + one.compress_size  # a local header is 30 bytes and the name
    return at != found.start_dir


def _check_name(name: str) -> None:
    *folders, last = name.lower().split("/")
    ending = last.rpartition(".")[2]
    if not _NAME.fullmatch(name) or (name != "mimetype" and ending not in _ENDINGS):
        raise ReleaseError("the document holds a part that is no text, table or picture")
    if _NO_FOLDER & set(folders) or _ABOUT.fullmatch(last):
        raise ReleaseError("the document holds a program, an object or comments")
