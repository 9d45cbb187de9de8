"""Every place where a draft may hold a name, and taking names out of all of them.

A table of models and columns, and what becomes of a name there: whoever adds words to a story adds a line
here (a test looks for columns that are missing). Signed Releases are not among them: what is public stays
as it is. What cannot be changed without breaking it (a custody log) is counted, and the screen says so.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Model, Q, QuerySet
from django.utils.text import slugify

from nightdesk.desk.claims.models import Event
from nightdesk.desk.custody.models import CustodyEntry
from nightdesk.desk.incidents.models import Act, Campaign
from nightdesk.desk.releases.models import HoldUntil, Release, Scheduled
from nightdesk.desk.review.models import Decision, Finding, ForTheRecord, Review
from nightdesk.desk.stories.addresses import neutral
from nightdesk.desk.stories.models import (
    Attachment,
    Edition,
    Paragraph,
    Photo,
    PrivateDraft,
    Story,
    StoryTerm,
    Version,
)
from nightdesk.desk.translation.models import Term

MARK = "[…]"  # what stands where a name stood, in every language
SHORTEST = 2  # characters of a name: a single letter would be found everywhere


# What becomes of a row in which a name stands.
MARKED = "marked"  # the mark takes the name's place
# The row goes: a glossary entry without its word says nothing, a taught word in a changed sentence stands elsewhere.
GOES = "goes"
READDRESSED = "readdressed"  # another address, that says nothing
FALLS = "falls"  # signed: it cannot be changed, so the purge takes it off (scheduling.take_off_of)
STAYS = "stays"  # counted and said on the screen


def as_it_is(value: Any) -> Any:
    return value


def as_words(address: str) -> str:
    """An address as it is read."""
    return address.replace("-", " ")


def in_addresses(names: Iterable[str]) -> list[str]:
    """Names as an address would spell them."""
    return [spelt for name in names if len(spelt := as_words(slugify(name))) >= SHORTEST]


def as_document(signed: bytes) -> Any:
    """A signed document as plain data."""
    return json.loads(bytes(signed))


@dataclass(frozen=True, slots=True)
class Place:
    """Columns of one model. `story` leads to the story; `revision` is raised so that a stale tab is refused."""

    model: type[Model]
    columns: tuple[str, ...]
    label: str
    story: str = ""
    revision: str = ""
    fate: str = MARKED
    rows: Q = field(default_factory=Q)  # which rows
    read: Callable[[Any], Any] = as_it_is  # a column as texts
    spelt: Callable[[Iterable[str]], Iterable[str]] = as_it_is  # the names as this place writes them


def _released() -> Q:
    return Q(pk__in=Release.objects.order_by().values("story"))


# Logs of the source and what it told go with it; notes of the others are chained, and changing one breaks it.
_PLAIN_NOTES = ~Q(note="") & ~Q(subject__regex=r"^(source|report|claim|arrival):")

PLACES = (
    Place(Edition, ("title", "summary", "translated_title", "translated_summary"), "headlines", "story_id", "title_revision"),
    Place(Paragraph, ("text", "translated_text"), "paragraphs", "edition__story_id", "revision"),
    Place(PrivateDraft, ("text",), "unsaved drafts", "edition__story_id"),
    Place(Version, ("name", "content"), "versions", "story_id"),
    Place(StoryTerm, ("text", "words", "means", "value"), "words taught from stories", "story_id", fate=GOES),
    Place(Photo, ("credit", "licence", "alt", "caption"), "photos", "story_id", "revision"),
    Place(Attachment, ("title",), "files", "story_id", "revision"),
    Place(Story, ("next_note",), "notes to readers", "pk"),
    Place(Review, ("cannot_estimate", "unread", "text"), "reviews", "story_id"),
    Place(Finding, ("data",), "findings", "review__story_id"),
    Place(Decision, ("reason", "second_reason", "edits"), "decisions", "story_id"),
    Place(ForTheRecord, ("actor", "party"), "rows for the record", "story_id"),
    Place(HoldUntil, ("why",), "why stories are held"),
    Place(Act, ("actor", "party"), "acts"),
    Place(Campaign, ("title",), "campaigns"),
    Place(Event, ("title", "why", "ask", "why_parts", "ask_parts"), "events"),
    Place(Term, ("ko", "en", "note"), "glossary", fate=GOES),
    Place(Story, ("slug",), "addresses", "pk", fate=READDRESSED, rows=~_released(), read=as_words, spelt=in_addresses),
    Place(Scheduled, ("document",), "scheduled releases", "story_id", fate=FALLS, read=as_document),
    Place(Story, ("slug",), "public addresses", fate=STAYS, rows=_released(), read=as_words, spelt=in_addresses),
    Place(CustodyEntry, ("note",), "custody notes", fate=STAYS, rows=_PLAIN_NOTES),
)  # fmt: skip

Change = Callable[[str], str]


def taker(names: Iterable[str]) -> Change:
    """A function that puts the mark where one of the names stands. Without a name it changes nothing.

    Upper and lower case, spaces and the two ways of writing Hangul syllables are one. A name in Latin
    letters is a whole word; a name in Hangul may have a particle behind it.
    """
    forms = {form for name in names if len(name) >= SHORTEST for form in _forms(name)}
    if not forms:
        return lambda words: words
    longest_first = sorted(forms, key=len, reverse=True)
    pattern = re.compile("|".join(map(_pattern, longest_first)), re.IGNORECASE)
    return lambda words: pattern.sub(MARK, words)


def _forms(name: str) -> set[str]:
    return {unicodedata.normalize(form, name) for form in ("NFC", "NFD")}


def _pattern(name: str) -> str:
    words = r"\s+".join(map(re.escape, name.split()))
    before = r"(?<![A-Za-z0-9])" if name[0].isascii() else ""
    return before + words + (r"(?![A-Za-z0-9])" if name[-1].isascii() else "")


def through(value: Any, change: Change) -> Any:
    """The same of a text, or of every text in plain data."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [through(each, change) for each in value]
    if isinstance(value, dict):
        return {key: through(each, change) for key, each in value.items()}
    return value


def holding(place: Place, names: Iterable[str]) -> Iterator[tuple[int, dict[str, Any], int | None]]:
    """Rows of a place in which a name stands: key, what would stand there, story."""
    spelt = list(place.spelt(names))
    if not spelt:
        return
    change, wanted = taker(spelt), ["pk", *place.columns, *([place.story] if place.story else [])]
    chosen: QuerySet[Any] = place.model._default_manager.filter(place.rows).order_by("pk")
    for row in chosen.values(*dict.fromkeys(wanted)).iterator(chunk_size=1000):
        read = {name: place.read(row[name]) for name in place.columns}
        new = {name: through(value, change) for name, value in read.items()}
        changed = {name: value for name, value in new.items() if value != read[name]}
        if changed:
            yield row["pk"], changed, row[place.story] if place.story else None


def count(names: Iterable[str], fates: Iterable[str] = (MARKED, GOES, READDRESSED)) -> dict[str, int]:
    """In how many rows of each place one of the names stands."""
    names, chosen = list(names), set(fates)
    found = {each.label: sum(1 for _row in holding(each, names)) for each in PLACES if each.fate in chosen}
    return {label: number for label, number in found.items() if number}


def left(names: Iterable[str]) -> dict[str, int]:
    """The same of the places that cannot be changed."""
    return count(names, [STAYS])


def stories_holding(names: Iterable[str]) -> set[int]:
    """The stories in whose words a name stands, or in a release of theirs that waits for its hour."""
    names = list(names)
    return {story for place in PLACES for _pk, _new, story in holding(place, names) if story is not None}


def take_out(names: Iterable[str]) -> dict[str, int]:
    """Lets no name stand where it can be changed; part of the caller's transaction."""
    names, done = list(names), {}
    for place in PLACES:
        if place.fate in (STAYS, FALLS):
            continue
        rows = list(holding(place, names))
        for pk, new, _story in rows:
            _change(place, place.model._default_manager.filter(pk=pk), new)
        if rows:
            done[place.label] = len(rows)
    return done


def _change(place: Place, row: QuerySet[Any], new: dict[str, Any]) -> None:
    if place.fate == GOES:
        row.delete()
    elif place.fate == READDRESSED:
        row.update(slug=_unused_address())
    else:
        raised = {place.revision: F(place.revision) + 1} if place.revision else {}
        row.update(**new, **raised)


def _unused_address() -> str:
    while Story.objects.filter(slug=(address := neutral())).exists():
        pass
    return address
