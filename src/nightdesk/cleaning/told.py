"""What `mat2 --show` prints, read: the fields of a file, and which of them are no more than empty places."""

from __future__ import annotations

import re
from collections.abc import Iterable

Field = tuple[str, str]  # name as the file has it, value
_FIELD = re.compile(r"\s{2,}(?P<name>.*?): (?P<value>.*)")
_HEADING = re.compile(r"\[\++\] Metadata for .*:")
_NOTHING = re.compile(r"\s*No metadata found in .*\.")
_PDF_FORMAT = re.compile(r"PDF-1\.[0-9]")
# A file's own word for a field, in small letters, and what an editor is told: never a name that somebody made up.
_KINDS = {
    "author": "author artist albumartist performer initial-creator tpe1 tpe2 tpe3 tcom composer lyricist text",
    "last changed by": "lastmodifiedby printed-by",
    "organisation": "company manager publisher tpub organization copyright tcop",
    "software": "producer creator application appversion generator tsse tenc encoder encoded-by encodedby software",
    "revision": "revision editing-cycles template rsid version",
    "dates": "created modified creation-date mod-date date date_time tdrc tyer tdat tden tdtg year print-date lastprinted "
    "editing-duration totaltime createdate modifydate",
    "title or comment": "title subject keywords description comment comm tit1 tit2 tit3 talb album category",
    "device": "make model serialnumber device",
}  # fmt: skip
_BY_NAME = {name: kind for kind, names in _KINDS.items() for name in names.split()}
_PLACES = ("gps", "location", "latitude", "longitude", "city", "country")


def fields(said: str) -> list[Field] | None:
    """Every field mat2 found; None when it could not read the file, for then it says something else."""
    lines = [line for line in said.splitlines() if line.strip()]
    if not lines or not (_HEADING.fullmatch(lines[0]) or _NOTHING.fullmatch(lines[0])):
        return None
    found = [_FIELD.fullmatch(line) for line in lines[1:]]
    if any(
        match is None and not (_HEADING.fullmatch(line) or _NOTHING.fullmatch(line))
        for match, line in zip(found, lines[1:], strict=True)
    ):
        return None
    said_by = ((match["name"].strip(), match["value"].strip()) for match in found if match)
    return [one for one in said_by if not _empty(*one)]


def _empty(name: str, value: str) -> bool:
    """A PDF always has a format, and says -1 for a day it does not have."""
    return (
        not value
        or (name == "format" and bool(_PDF_FORMAT.fullmatch(value)))
        or (name in ("creation-date", "mod-date") and value == "-1")
    )


def kind(name: str) -> str:
    """What a field is about, in a word that is ours: a free field's own name could say something."""
    whole = name.lower()
    if whole.endswith("dc:creator"):
        return "author"
    last = whole.rpartition(":")[2]
    if any(place in last for place in _PLACES):
        return "place"
    return _BY_NAME.get(last) or _BY_NAME.get(whole.partition(":")[0], "other field")


def kinds(found: Iterable[Field]) -> tuple[str, ...]:
    """What the fields are about, each once, in their order."""
    return tuple(dict.fromkeys(kind(name) for name, _value in found))


def traces(found: Iterable[Field]) -> list[bytes]:
    """Values long enough to be looked for in a cleaned file. The packer of a sound stays in it, and is said to."""
    words = [value for name, value in found if len(value) >= 6 and kind(name) not in ("software", "dates")]
    return [word.encode(coding) for word in words for coding in ("utf-8", "utf-16-le", "utf-16-be")]
