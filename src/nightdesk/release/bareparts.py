"""One XML part of an office document: nobody's name, no change marks, nothing that runs, and nothing it fetches.

mat2 takes change marks out of a Word document's main part alone, and comments out of no OpenDocument: their
authors would stay in headers, notes, tables and slides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nightdesk.release.elements import BETWEEN, Element, elements
from nightdesk.release.model import ReleaseError

_FETCHED = "the document fetches something when it is opened"
_CODINGS = re.compile(rb"<\?xml [^>]*?encoding=[\"'](?!(?:utf-8|us-ascii|ascii)[\"'])", re.IGNORECASE)
_LINK = f"http://www.w3.org/1999/xlink{BETWEEN}href"
_DUBLIN_CORE = (f"http://purl.org/dc/elements/1.1/{BETWEEN}", f"http://purl.org/dc/terms/{BETWEEN}")
_FIELD = re.compile(
    r"\b(?:DDE|DDEAUTO|INCLUDEPICTURE|INCLUDETEXT|WEBSERVICE|FILTERXML|RTD|IMAGE(?=\s*\())\b", re.IGNORECASE
)
# C:\Users\Kim, \\server\Kim, file:///home/kim: where a file lay, and often whose it was.
_FOLDER = re.compile(
    r"\b[a-z]:[\\/](?!/)|(?:^|['\"])\\\\\w|\bfile:|(?<![\w.])/(?:home|Users)/", re.IGNORECASE
)
_INSIDE = re.compile(r"(?:\./)?[\w -][\w. -]*(?:/[\w -][\w. -]*)*/?|#.*|", re.ASCII)
_CLICKED = re.compile(r"https?://.*|mailto:.*|#.*|", re.IGNORECASE | re.DOTALL)
_RUNS = frozenset(
    {"script", "scripts", "event-listener", "dde-source", "object-ole", "plugin", "applet", "control"}
)
_CHANGES = frozenset(
    {"del", "delText", "delInstrText", "moveFrom", "tracked-changes", "change-info", "annotation", "comment"}
)
_FORMULA = f"http://www.w3.org/1998/Math/MathML{BETWEEN}"  # its annotation is the formula again
_SAYS_WHO = frozenset(
    {"creator", "initial-creator", "author-name", "author-initials", "printed-by", "docVar", "mailMerge",
     "customWorkbookView"}
)  # fmt: skip
_WHO = frozenset({"author", "initials", "userName", "userId"})


def check(name: str, data: bytes) -> None:
    """ReleaseError when the part says or does what text, tables and pictures do not need."""
    found = _elements(data)
    if name.startswith("docProps/") or name.endswith(".rdf"):
        _check_empty(found)
    if _FIELD.search("".join("".join(one.text) for one in found if _local(one.tag) == "instrText")):
        raise ReleaseError("a field of the document fetches something")
    for element in found:
        for wrong, says in _wrongs(element):
            if wrong:
                raise ReleaseError(says)


def _elements(data: bytes) -> list[Element]:
    """Entities, comments and instructions are refused before parsing: they can make much of little, or hide words."""
    if b"<!" in data or b"<?" in data[2:] or b"\0" in data or _CODINGS.match(data):
        raise ReleaseError("a part of the document is written in a way that can hide something")
    return elements(data)


def _check_empty(found: list[Element]) -> None:
    if any("".join(one.text).strip() for one in found):
        raise ReleaseError("the document says who wrote it, with what or when")


def _wrongs(element: Element) -> Iterator[tuple[bool, str]]:
    tag, said = _local(element.tag), "".join(element.text).strip()
    names = {_local(key) for key in element.about}
    yield from _links(element, tag)
    fields = [*_values(element, "instr", "formula"), said if tag == "f" else ""]
    yield any(map(_FIELD.search, fields)), "a field of the document fetches something"
    yield tag in _RUNS, "the document holds a program or an object"
    yield any("rsid" in name for name in names), "the document holds revision ids"
    changed = tag in _CHANGES and not element.tag.startswith(_FORMULA)
    yield changed or bool(_WHO & names), "the document holds marks of changes or comments"
    printer = any(value.startswith("Printer") for value in _values(element, "name"))
    told = bool(said) and (printer or element.tag.startswith(_DUBLIN_CORE))
    yield told or tag in _SAYS_WHO, "the document says who wrote it, with what or when"
    places = [*element.about.values(), said if tag in ("f", "definedName") else ""]
    yield any(map(_FOLDER.search, places)), "the document names a folder of somebody's machine"


def _links(element: Element, tag: str) -> Iterator[tuple[bool, str]]:
    """What is fetched lies in the document; what is clicked leads to the web or is an address for letters."""
    link, outside = element.about.get(_LINK, ""), element.about.get("TargetMode") == "External"
    clicked = element.about.get("Type", "").endswith("/hyperlink")
    yield outside and not clicked, _FETCHED
    fetched = [*_values(element, "src"), link if tag != "a" else ""]
    yield not all(map(_INSIDE.fullmatch, fetched)), _FETCHED
    led = link if tag == "a" else element.about.get("Target", "") if outside else ""
    yield not _CLICKED.fullmatch(led), "a link of the document leads to a file and not to the web"


def _values(element: Element, *names: str) -> list[str]:
    """The values of the attributes of these names, in whatever namespace."""
    return [value for key, value in element.about.items() if _local(key) in names]


def _local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition(BETWEEN)[2]
