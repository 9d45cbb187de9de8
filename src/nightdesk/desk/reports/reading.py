"""What was read in a report, as marks with a note in plain words.

Belongs here: which words are marked. Does not belong here: reading (nightdesk.reading), saying a
value (values.py), pieces of text (segments.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy

from nightdesk.desk.reports.models import Report
from nightdesk.desk.reports.ownwords import own_words
from nightdesk.desk.reports.segments import Mark, Segment, segments
from nightdesk.desk.reports.values import value_words, why_words
from nightdesk.reading import read
from nightdesk.reading.model import Reading, ReadingError, Span, Unread
from nightdesk.values.languages import LANGUAGES, language

TYPED_AT_MOST = 20_000  # characters read while somebody types; what is longer is read once it is kept
NAMES = {"ko": gettext_lazy("Korean"), "zh": gettext_lazy("Chinese"), "en": gettext_lazy("English")}
KINDS = {
    "money": gettext_lazy("money"), "date": gettext_lazy("day"), "time": gettext_lazy("time of day"),
    "duration": gettext_lazy("how long"), "recurrence": gettext_lazy("how often"),
    "place": gettext_lazy("place"), "organisation": gettext_lazy("unit"), "person": gettext_lazy("person"),
    "quantity": gettext_lazy("quantity"), "quotation": gettext_lazy("quotation"),
    "contact": gettext_lazy("contact"), "unread": gettext_lazy("not read"),
}  # fmt: skip


def reading_of(report: Report) -> Reading:
    """Everything the words say in values. A text that cannot be read has no spans, and says so as a whole."""
    return reading_of_words(report.told, report.lang, report.contact_on, report.country)


def reading_of_words(
    text: str, lang: str, on: date | None, country: str | None, *, own: bool = True
) -> Reading:
    """The same of words that are being typed. `own`: with the desk's own words, which were taught from reports."""
    try:
        terms = own_words(text, lang, on, country) if own else ()
        return read(text, language(lang), on, country, terms)
    except (ReadingError, ValueError) as error:
        return Reading(lang, (), (Unread(0, len(text), text, str(error)),))


def marks_of(reading: Reading) -> list[Mark]:
    """Spans and unread words as marks, numbered in the order they stand in."""
    found = [
        # Where no value is known the words themselves are said, as a quotation: on an English page they may be Korean.
        Mark(s.start, s.end, s.kind, value_words(s.kind, s.value) or f"“{s.words}”")
        for s in reading.spans
    ]
    found += [Mark(u.start, u.end, "unread", why_words(u.why)) for u in reading.unread]
    found.sort(key=lambda mark: (mark.start, -mark.end))
    return [Mark(m.start, m.end, m.kind, m.note, number) for number, m in enumerate(found, 1)]


def said_of(span: Span) -> str:
    """A span's kind and value in plain words; the kind alone where nothing is known of the value but that it is one."""
    value = value_words(span.kind, span.value)
    return f"{KINDS[span.kind]}: {value}" if value else str(KINDS[span.kind])


@dataclass(frozen=True, slots=True)
class Shown:
    """Words with what is read in them, as a page shows it."""

    lang: str
    pieces: list[Segment]
    marks: list[tuple[Mark, Any, str]]  # the mark, its kind in words, its words

    @property
    def unread(self) -> int:
        """How many stretches could not be read."""
        return sum(mark.kind == "unread" for mark, _kind, _words in self.marks)

    @property
    def days(self) -> bool:
        """Whether a day stands in the words: then it is said from which day it is counted."""
        return any(mark.kind == "date" for mark, _kind, _words in self.marks)


def shown(text: str, lang: str, marks: list[Mark]) -> Shown:
    """The words cut at their marks, and the list beside them."""
    listed = [(mark, KINDS.get(mark.kind, mark.kind), text[mark.start : mark.end]) for mark in marks]
    return Shown(lang, segments(text, marks), listed)


def shown_as_typed(
    words: str, lang: str, on: date | None, country: str | None = "KP", *, own: bool = True
) -> Shown:
    """Words that somebody is typing, with what is read in them. A language not known: that of their letters."""
    text = words.replace("\r\n", "\n")[:TYPED_AT_MOST]
    lang = lang if lang in LANGUAGES else read(text, None, None).lang
    return shown(text, lang, marks_of(reading_of_words(text, lang, on, country, own=own)))
