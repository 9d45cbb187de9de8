"""The desk's own words as reading asks for them: rows of OwnTerm and StoryTerm become Terms of the text at hand.

Belongs here: fetching them once, and their values for one text. Does not belong here: keeping them
(teaching.py), what a meaning is worth (nightdesk.reading.own).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from nightdesk.desk.reports.models import OwnTerm
from nightdesk.desk.stories.models import StoryTerm
from nightdesk.reading import ReadingError, Term
from nightdesk.reading.model import Kind
from nightdesk.reading.own import KINDS, own_term


@dataclass(frozen=True, slots=True)
class Own:
    """One row, opened."""

    words: str
    kind: str
    means: str


def opened() -> tuple[Own, ...]:
    """Every word in use, the newest first. Opening costs a decryption a row: ask once for many texts."""
    told = OwnTerm.objects.in_use().select_related("report").order_by("-made_at", "-pk")
    written = StoryTerm.objects.in_use().order_by("-made_at", "-pk")
    rows: list[OwnTerm | StoryTerm] = [*told, *written]
    rows.sort(key=lambda row: row.made_at, reverse=True)
    return tuple(Own(row.words, row.kind, row.means) for row in rows)


def own_words(text: str, lang: str, on: date | None, country: str | None) -> tuple[Term, ...]:
    """The desk's own words that may stand in this text, with their values in it."""
    return terms_in(opened(), text, lang, on, country)


def terms_in(
    known: Iterable[Own], text: str, lang: str, on: date | None, country: str | None
) -> tuple[Term, ...]:
    """The same of words already opened. Of two rows for the same words the newest counts."""
    found: dict[str, Term] = {}
    for one in known:
        if one.words not in found and (term := as_term(one, lang, on, country)) is not None:
            found[one.words] = term
    return tuple(found.values())


def as_term(one: Own, lang: str, on: date | None, country: str | None) -> Term | None:
    """One row for a text; None when what it means cannot be read there (a day counted from no contact)."""
    return _term(one.words, one.kind, one.means, lang, on, country)


@lru_cache(maxsize=4096)
def _term(words: str, kind: str, means: str, lang: str, on: date | None, country: str | None) -> Term | None:
    try:
        return own_term(words, kind_of(kind), means, lang, on, country)
    except ReadingError:
        return None


def kind_of(kept: str) -> Kind | None:
    """A row's kind as the reader has it: '' is no value. What an older table called otherwise is no value too."""
    return next((kind for kind in KINDS if kind == kept), None)
