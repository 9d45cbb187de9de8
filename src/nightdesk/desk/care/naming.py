"""Every place where a draft may hold a name, and taking names out of all of them.

A table of models and columns: whoever adds words to a story adds a line here (a test looks for columns
that are missing). Signed Releases are not among them: what is public stays as it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Model, QuerySet

from nightdesk.desk.claims.models import Event
from nightdesk.desk.incidents.models import Act, Campaign
from nightdesk.desk.review.models import Decision, Finding, ForTheRecord, Review
from nightdesk.desk.stories.models import Edition, Paragraph, Photo, PrivateDraft, Story, Version

MARK = "[…]"  # what stands where a name stood, in every language
SHORTEST = 2  # characters of a name: a single letter would be found everywhere


@dataclass(frozen=True, slots=True)
class Place:
    """Columns of one model. `story` leads to the story; `revision` is raised so that a stale tab is refused."""

    model: type[Model]
    columns: tuple[str, ...]
    label: str
    story: str = ""
    revision: str = ""


PLACES = (
    Place(Edition, ("title", "summary", "translated_title", "translated_summary"), "headlines", "story_id", "title_revision"),
    Place(Paragraph, ("text", "translated_text"), "paragraphs", "edition__story_id", "revision"),
    Place(PrivateDraft, ("text",), "unsaved drafts", "edition__story_id"),
    Place(Version, ("name", "content"), "versions", "story_id"),
    Place(Photo, ("credit", "licence", "alt", "caption"), "photos", "story_id", "revision"),
    Place(Story, ("next_note",), "notes to readers", "pk"),
    Place(Review, ("cannot_estimate", "unread", "text"), "reviews", "story_id"),
    Place(Finding, ("data",), "findings", "review__story_id"),
    Place(Decision, ("reason", "second_reason", "edits"), "decisions", "story_id"),
    Place(ForTheRecord, ("actor", "party"), "rows for the record", "story_id"),
    Place(Act, ("actor", "party"), "acts"),
    Place(Campaign, ("title",), "campaigns"),
    Place(Event, ("title", "why", "ask", "why_parts", "ask_parts"), "events"),
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


def holding(place: Place, change: Change) -> Iterator[tuple[int, dict[str, Any], int | None]]:
    """Rows of a place that would change: key, new values, story."""
    wanted = ["pk", *place.columns, *([place.story] if place.story else [])]
    rows: QuerySet[Any] = place.model._default_manager.order_by("pk").values(*dict.fromkeys(wanted))
    for row in rows.iterator(chunk_size=1000):
        new = {name: through(row[name], change) for name in place.columns}
        changed = {name: value for name, value in new.items() if value != row[name]}
        if changed:
            yield row["pk"], changed, row[place.story] if place.story else None


def count(names: Iterable[str]) -> dict[str, int]:
    """In how many rows of each place one of the names stands."""
    change = taker(names)
    found = {place.label: sum(1 for _row in holding(place, change)) for place in PLACES}
    return {label: number for label, number in found.items() if number}


def stories_holding(names: Iterable[str]) -> set[int]:
    """The stories in whose words a name stands."""
    change = taker(names)
    return {story for place in PLACES for _pk, _new, story in holding(place, change) if story is not None}


def take_out(names: Iterable[str]) -> dict[str, int]:
    """Puts the mark in place of the names, everywhere; part of the caller's transaction."""
    change, done = taker(names), {}
    for place in PLACES:
        rows = list(holding(place, change))
        for pk, new, _story in rows:
            raised = {place.revision: F(place.revision) + 1} if place.revision else {}
            place.model._default_manager.filter(pk=pk).update(**new, **raised)
        if rows:
            done[place.label] = len(rows)
    return done
