"""A story as JSON, and a review as JSON: docs/formats/review.md. Unknown fields are refused aloud."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from nightdesk.disclosure.fields import brief, day, named, number, only, optional, rows, text, whole
from nightdesk.disclosure.grammar import language_of
from nightdesk.disclosure.model import (
    AttachedFile,
    ClaimEvidence,
    DatasetRow,
    DisclosureError,
    Draft,
    Earlier,
    Evidence,
    Finding,
    GroupTable,
    Interval,
    Knowers,
    ParagraphText,
    Review,
    SealedReport,
    StateMedia,
    Sufficient,
)

FIELDS = frozenset({
    "id", "title", "country", "release_on", "languages", "editions", "claims", "reports", "earlier", "groups",
    "state_media", "files", "rows", "rows_before", "findings",
})  # fmt: skip
CIRCLES = ("party", "household", "neighbours", "workplace", "officials", "attendees", "market", "public")


@dataclass(frozen=True, slots=True)
class Submission:
    """One story as it came in."""

    draft: Draft
    evidence: Evidence
    history: tuple[Earlier, ...]
    tables: tuple[GroupTable, ...]


def parse(raw: Mapping[str, Any]) -> Submission:
    """A story document. DisclosureError names the field that is wrong and what it should be."""
    if not isinstance(raw, Mapping):
        raise DisclosureError("a story is a JSON object; see docs/formats/review.md")
    unknown = sorted(set(raw) - FIELDS)
    if unknown:
        raise DisclosureError(
            f"unknown field {unknown[0]!r}; see docs/formats/review.md for the fields of a story"
        )
    evidence = Evidence(
        tuple(claim(one) for one in rows(raw, "claims")),
        tuple(report(one) for one in rows(raw, "reports")),
        tuple(attached(one) for one in rows(raw, "files")),
        tuple(state_media(one) for one in rows(raw, "state_media")),
        tuple(dataset_row(one) for one in rows(raw, "rows")),
        tuple(dataset_row(one) for one in rows(raw, "rows_before")),
    )  # fmt: skip
    one = draft(raw)
    return Submission(
        one, evidence, tuple(earlier(each, one.release_on) for each in rows(raw, "earlier")),
        tuple(group(each) for each in rows(raw, "groups")),
    )  # fmt: skip


def draft(raw: Mapping[str, Any]) -> Draft:
    """Editions as lists of {id, text, claims}; a headline joins the edition whose script it has."""
    editions = raw.get("editions")
    if not isinstance(editions, Mapping) or not editions:
        raise DisclosureError("'editions' must be an object of language to list of paragraphs")
    if None in editions.values():
        raise DisclosureError("an edition is null; leave it out, or give the list of its paragraphs")
    read = {str(lang): tuple(paragraph(one) for one in rows(editions, lang)) for lang in editions}
    title = optional(raw, "title") or ""
    lang = language_of(title)
    if title.strip() and lang in read and all(p.id != "title" for edition in read.values() for p in edition):
        read[lang] = (ParagraphText("title", title), *read[lang])
    return Draft(named(raw, "id"), title, named(raw, "country"), day(raw, "release_on"), read)


def paragraph(raw: Mapping[str, Any]) -> ParagraphText:
    """One paragraph."""
    only(raw, "id text claims")
    claims = raw.get("claims", [])
    if not isinstance(claims, list) or not all(isinstance(one, str) for one in claims):
        raise DisclosureError("a paragraph's 'claims' must be a list of claim ids")
    return ParagraphText(named(raw, "id"), text(raw, "text"), tuple(claims))


def claim(raw: Mapping[str, Any]) -> ClaimEvidence:
    """One claim, with who could know it when that was said."""
    only(raw, "id source report statement knowers")
    return ClaimEvidence(named(raw, "id"), named(raw, "source"), named(raw, "report"), optional(raw, "statement") or "",
                         circle(raw))  # fmt: skip


def circle(raw: Mapping[str, Any]) -> Knowers | None:
    """Who could know it; null or left out when nobody said."""
    found = raw.get("knowers")
    if found is None:
        return None
    if not isinstance(found, Mapping):
        raise DisclosureError("'knowers' must be an object with kind, low and high, or null")
    only(found, "kind low high")
    known = Knowers(kind(found), number(found, "low"), number(found, "high"))
    if not 0 <= known.low <= known.high:
        raise DisclosureError(
            f"{known.low} to {known.high} knowers in {brief(raw)}; the low end must not be above the high end"
        )
    return known


def kind(raw: Mapping[str, Any]) -> str:
    """A known circle of knowers."""
    found = text(raw, "kind")
    if found not in CIRCLES:
        raise DisclosureError(f"knowers of kind {found!r} are unknown; use one of {', '.join(CIRCLES)}")
    return found


def report(raw: Mapping[str, Any]) -> SealedReport:
    """One sealed report."""
    only(raw, "id source on lang text via basis")
    return SealedReport(named(raw, "id"), named(raw, "source"), day(raw, "on"), text(raw, "lang"), text(raw, "text"),
                        optional(raw, "via"), optional(raw, "basis"))  # fmt: skip


def attached(raw: Mapping[str, Any]) -> AttachedFile:
    """One file, with what it still holds, or with why nobody could read it."""
    only(raw, "name credit metadata unreadable")
    return AttachedFile(named(raw, "name"), optional(raw, "credit") or "", metadata(raw),
                        unreadable=optional(raw, "unreadable") or "")  # fmt: skip


def dataset_row(raw: Mapping[str, Any]) -> DatasetRow:
    """One row of a public table: {"id", "values"}, the values text, whole numbers or null."""
    only(raw, "id values")
    values = raw.get("values")
    if not isinstance(values, Mapping):
        raise DisclosureError(f"'values' must be an object of column to value in {brief(raw)}")
    for column, value in values.items():
        if isinstance(value, bool) or not (value is None or isinstance(value, (str, int))):
            raise DisclosureError(f"{column!r} must be text, a whole number or null in {brief(raw)}")
        whole(column, "values", raw)
        if isinstance(value, str):
            whole(value, column, raw)
        elif value is not None:
            number(values, column)
    return DatasetRow(named(raw, "id"), dict(values))


def metadata(raw: Mapping[str, Any]) -> dict[str, str]:
    """What a file still holds, by the name of the field."""
    found = raw.get("metadata")
    if found is None:
        return {}
    if not isinstance(found, Mapping) or any(isinstance(value, (list, Mapping)) for value in found.values()):
        raise DisclosureError(f"'metadata' must be an object of field to text in {brief(raw)}")
    return {whole(name, "metadata", raw): whole(str(value), name, raw) for name, value in found.items()}


def state_media(raw: Mapping[str, Any]) -> StateMedia:
    """What state media said on a day."""
    only(raw, "on text")
    return StateMedia(day(raw, "on"), text(raw, "text"))


def earlier(raw: Mapping[str, Any], release_on: date) -> Earlier:
    """One story released before this one, or on its day."""
    only(raw, "id released_on text source withdrawn knowers contact via")
    if not isinstance(raw.get("withdrawn", False), bool):
        raise DisclosureError(f"'withdrawn' must be true or false in {brief(raw)}")
    released_on, contact = day(raw, "released_on"), last_contact(raw)
    if released_on > release_on:
        raise DisclosureError(f"'released_on' is after this story's 'release_on' in {brief(raw)}")
    if contact and contact > released_on:
        raise DisclosureError(f"'contact' is after 'released_on' in {brief(raw)}; one of the days is wrong")
    return Earlier(named(raw, "id"), released_on, text(raw, "text"), optional(raw, "source"),
                   raw.get("withdrawn") is True, circle(raw), contact, optional(raw, "via"))  # fmt: skip


def last_contact(raw: Mapping[str, Any]) -> date | None:
    """The day of the last contact before an earlier story; null or left out when nobody kept it."""
    return None if raw.get("contact") is None else day(raw, "contact")


def group(raw: Mapping[str, Any]) -> GroupTable:
    """One group table; its own contradictions become findings."""
    only(raw, "group place low high basis as_of expires when sex age")
    return GroupTable(named(raw, "group"), named(raw, "place"), number(raw, "low"), number(raw, "high"),
                      text(raw, "basis"), text(raw, "as_of"), text(raw, "expires"), optional(raw, "when") or "",
                      optional(raw, "sex") or "", optional(raw, "age") or "")  # fmt: skip


def load(line: str) -> Submission:
    """A story from JSON text."""
    return parse(_json(line))


def _json(line: str) -> Any:
    try:
        return json.loads(line, object_pairs_hook=once)
    except json.JSONDecodeError as error:
        raise DisclosureError(
            f"not JSON: {error.msg} at line {error.lineno}, column {error.colno}"
        ) from error
    except RecursionError as error:
        raise DisclosureError("not a story: the JSON is nested too deeply") from error
    except DisclosureError:
        raise
    except ValueError as error:  # an integer of thousands of digits
        raise DisclosureError("not a story: a number is too long") from error


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose fields each stand once: of two, the first would pass unread."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(name for name, times in Counter(name for name, _ in pairs).items() if times > 1)
        raise DisclosureError(f"not a story: the field {twice!r} is there twice in one object")
    return found


def document(found: Review) -> dict[str, Any]:
    """A review as a JSON object."""
    return {
        "id": found.id,
        "findings": [as_object(one) for one in found.findings],
        "unread": [span(one) for one in found.unread],
        "cannot_estimate": list(found.cannot_estimate),
    }


def as_object(one: Finding) -> dict[str, Any]:
    """A finding as a JSON object; fields copied one by one."""
    return {
        "key": one.key, "class": one.class_, "severity": one.severity, "spans": [span(s) for s in one.spans],
        "why": one.why, "why_key": one.why_key, "values": dict(one.values), "for": one.for_, "reader": one.reader,
        "before": bounds(one.before), "offers": [offered(o) for o in one.offers],
        "suffice": [sufficient(s) for s in one.suffice],
    }  # fmt: skip


def sufficient(one: Sufficient) -> dict[str, Any]:
    """A set of facts that suffices, as a JSON object."""
    facts = [{"kind": f.kind, "value": f.value, "spans": [span(s) for s in f.spans]} for f in one.facts]
    return {"facts": facts, "people": bounds(one.people)}


def span(one: Any) -> dict[str, Any]:
    """A span as a JSON object."""
    return {
        "edition": one.edition,
        "paragraph": one.paragraph,
        "start": one.start,
        "end": one.end,
        "words": one.words,
    }


def offered(one: Any) -> dict[str, Any]:
    """An offer as a JSON object."""
    return {
        "edition": one.edition, "paragraph": one.paragraph, "start": one.start, "end": one.end, "text": one.text,
        "label": one.label, "label_key": one.label_key, "after": bounds(one.after),
    }  # fmt: skip


def bounds(one: Interval | None) -> dict[str, Any] | None:
    """An interval as a JSON object."""
    return None if one is None else {"low": one.low, "high": one.high, "basis": one.basis}
