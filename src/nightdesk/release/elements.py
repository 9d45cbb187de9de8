"""The elements of one XML part, read by expat, which stops at the first word of a document type: no entity, no DTD."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, NoReturn
from xml.parsers import expat

from nightdesk.release.model import ReleaseError

BETWEEN = "}"  # stands between a namespace and a name


class Element(NamedTuple):
    """A name and attributes as `namespace}name`, and the text that stands right in it."""

    tag: str
    about: Mapping[str, str]
    text: list[str]


def elements(data: bytes) -> list[Element]:
    """Every element in its order. ReleaseError for what is no XML, or declares a document type or an entity."""
    found: list[Element] = []
    around: list[Element] = []
    parser = expat.ParserCreate(namespace_separator=BETWEEN)
    parser.buffer_text = True

    def begin(tag: str, about: dict[str, str]) -> None:
        found.append(Element(tag, about, []))
        around.append(found[-1])

    parser.StartElementHandler = begin
    parser.EndElementHandler = lambda _tag: around.pop()
    parser.CharacterDataHandler = lambda words: around[-1].text.append(words)
    parser.StartDoctypeDeclHandler = _refuse  # whatever the coding: expat has read it already
    parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise ReleaseError("a part of the document is damaged") from error
    return found


def _refuse(*_declared: object) -> NoReturn:
    raise ReleaseError("a part of the document is written in a way that can hide something")
