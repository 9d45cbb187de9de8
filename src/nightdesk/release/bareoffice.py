"""Office documents that hold their text, tables and pictures: no macros, objects, outside links or properties.

An allow-list of members by their ending; no member carries a day, and no part fetches anything when it is
opened. Hidden sheets, hidden text and what the words say are people's to see.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from nightdesk.release.elements import BETWEEN, Element, elements
from nightdesk.release.model import ReleaseError

BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, ValueError, EOFError, OSError, RuntimeError,
          NotImplementedError)  # fmt: skip
MOST_MEMBERS, MOST_UNPACKED = 2000, 64 * 1024 * 1024  # bytes
_ENDINGS = frozenset({"xml", "rels", "rdf", "vml", "png", "jpg", "jpeg"})
_NO_FOLDER = frozenset({"basic", "scripts", "dialogs", "thumbnails", "embeddings", "activex", "customxml"})
_EPOCH = (1980, 1, 1, 0, 0, 0)
_NAME = re.compile(r"(?:[A-Za-z0-9_\[\]-][A-Za-z0-9_.\[\]-]*/)*[A-Za-z0-9_\[\]-]?[A-Za-z0-9_.\[\]-]*")
_LINK = f"http://www.w3.org/1999/xlink{BETWEEN}href"
_FETCHES = re.compile(r"\b(?:DDE|DDEAUTO|INCLUDEPICTURE|INCLUDETEXT|WEBSERVICE|FILTERXML)\b", re.IGNORECASE)
# Elements that only lead where a reader clicks; and those that run or carry something.
_CLICKED = frozenset({"a"})
_RUNS = frozenset(
    {"script", "scripts", "event-listener", "dde-source", "object-ole", "plugin", "applet", "control"}
)


def check(data: bytes) -> None:
    """ReleaseError when the document holds what is not its text, tables and pictures."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as found:
            _check_members(found, data)
            for name in found.namelist():
                if not name.endswith((".png", ".jpg", ".jpeg")) and name != "mimetype":
                    _check_part(name, found.read(name))
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
    if _NO_FOLDER & set(folders) or name.lower().endswith(("people.xml", "comments.xml")):
        raise ReleaseError("the document holds a program, an object or comments")


def _check_part(name: str, data: bytes) -> None:
    found = elements(data)
    if name.startswith("docProps/") and any("".join(one.text).strip() for one in found):
        raise ReleaseError("the document says who wrote it, with what or when")
    for element in found:
        for wrong, says in _wrongs(element):
            if wrong:
                raise ReleaseError(says)


def _wrongs(element: Element) -> Iterator[tuple[bool, str]]:
    tag, about = _local(element.tag), element.about
    outside = about.get("TargetMode") == "External" and not about.get("Type", "").endswith("/hyperlink")
    link, words = about.get(_LINK, ""), "".join(element.text)
    fetched = "the document fetches something when it is opened"
    yield outside or (":" in link and tag not in _CLICKED), fetched
    field = (
        words
        if tag in ("instrText", "f")
        else next((v for k, v in about.items() if _local(k) == "instr"), "")
    )
    yield bool(_FETCHES.search(field)), fetched
    yield tag in _RUNS, "the document holds a program or an object"
    yield any(_local(key).startswith("rsid") for key in about), "the document holds revision ids"


def _local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition(BETWEEN)[2]
