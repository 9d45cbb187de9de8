"""What lies on the surface of text and files: hidden characters, metadata, words nobody could read."""

from __future__ import annotations

from collections.abc import Iterator

from nightdesk.disclosure.capitals import capitals
from nightdesk.disclosure.case import Case
from nightdesk.disclosure.findings import at, finding
from nightdesk.disclosure.hidden import Mark, marks
from nightdesk.disclosure.model import AttachedFile, Finding, FindingSpan, Offer, ParagraphText, Severity
from nightdesk.disclosure.words import table

HIDDEN: dict[str, Severity] = {
    "zero width": "red",
    "mixed script": "red",
    "odd space": "amber",
    "decomposed": "amber",
}
LOCATION = ("gps", "location", "latitude", "longitude", "city", "geotag", "coordinates")
PERSON = (
    "artist",
    "author",
    "creator",
    "owner",
    "byline",
    "serial",
    "lastmodifiedby",
    "copyright",
    "rsid",
    "revision",
)


def hidden(case: Case) -> Iterator[Finding]:
    """One finding a paragraph and kind of character."""
    for passage in case.passages:
        for lang, one in passage.said.items():
            found = list(marks(one.paragraph.text))
            for kind in dict.fromkeys(mark.kind for mark in found):
                yield hidden_kind(lang, one.paragraph, kind, [mark for mark in found if mark.kind == kind])


def hidden_kind(lang: str, paragraph: ParagraphText, kind: str, found: list[Mark]) -> Finding:
    """The finding, with ordinary characters on offer for each place."""
    label = str(table("sentences")["label"]["clean"]["en"])
    offers = [Offer(lang, paragraph.id, m.start, m.end, m.instead, label, None, "clean") for m in found]
    text = "".join(paragraph.text[m.start : m.end] for m in found)
    codes = [f"U+{ord(letter):04X}" for letter in dict.fromkeys(text) if not letter.isascii()]
    return finding("hidden character", HIDDEN[kind], f"hidden_{kind.replace(' ', '_')}",
                   [at(lang, paragraph, m.start, m.end) for m in found], offers, for_="source", reader="security",
                   codes=codes[:8])  # fmt: skip


def files(case: Case) -> Iterator[Finding]:
    """One finding a file whose metadata is not empty, and one a picture: nobody here can look at it."""
    for one in case.evidence.files:
        if one.unreadable:
            yield finding("photo or file", "red", "file_unreadable", (), for_="carrier", reader="security",
                          name=one.name, because=one.unreadable)  # fmt: skip
        if one.picture:
            yield of_picture(one)
        elif one.kind:
            yield of_inside(one)
        elif names := names_in(one.credit):
            yield finding("photo or file", "amber", "file_caption", (), for_="subject", reader="security",
                          name=one.name, words=names)  # fmt: skip
        fields = sorted(field for field, value in one.metadata.items() if str(value).strip())
        if fields:
            yield of_file(one, fields)


def names_in(credit: str) -> list[str]:
    """Words in a caption or credit that look like somebody's name: two or more with a capital, none all capitals."""
    found = [credit[start:end] for start, end, _ in capitals(credit)]
    return [name for name in found if len(name.split()) > 1 and not any(w.isupper() for w in name.split())]


def of_file(one: AttachedFile, fields: list[str]) -> Finding:
    """Where it was taken is red, who made it amber, the rest a note."""
    where, who = naming(fields, LOCATION), naming(fields, PERSON)
    severity: Severity = "red" if where else "amber" if who else "note"
    why_key = "file_location" if where else "file_person" if who else "file_metadata"
    return finding("photo or file", severity, why_key, (), for_="carrier", reader="security", name=one.name,
                   fields=where or who or fields)  # fmt: skip


def of_picture(one: AttachedFile) -> Finding:
    """A person has to look; what the file had said tells what whoever has the original knows."""
    why_key = "picture_dropped" if one.dropped else "picture"
    return finding("photo or file", "amber", why_key, (), for_="carrier", reader="security", name=one.name,
                   credit=one.credit, fields=list(one.dropped))  # fmt: skip


def of_inside(one: AttachedFile) -> Finding:
    """A person has to read or listen: no rule here looks inside a file."""
    why_key = f"{one.kind}_dropped" if one.dropped else one.kind
    return finding("photo or file", "amber", why_key, (), for_="carrier", reader="security", name=one.name,
                   fields=list(one.dropped))  # fmt: skip


def naming(fields: list[str], words: tuple[str, ...]) -> list[str]:
    """The fields whose name holds one of `words`."""
    return [field for field in fields if any(word in field.lower() for word in words)]


def unread(case: Case) -> Iterator[Finding]:
    """Words no rule could read, one finding each."""
    for passage in case.passages:
        for one in passage.said.values():
            for words in one.unread:
                yield finding("unread", "amber", "unread", [at(one.edition, one.paragraph, words.start, words.end)],
                              for_="subject", reader="security", because=words.why)  # fmt: skip


def unread_spans(case: Case) -> tuple[FindingSpan, ...]:
    """The same words as spans."""
    return tuple(at(one.edition, one.paragraph, words.start, words.end)
                 for passage in case.passages for one in passage.said.values() for words in one.unread)  # fmt: skip
