"""Plain text without evidence: what in it could identify, by place and class. For any text at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from nightdesk.disclosure.capitals import capitals
from nightdesk.disclosure.counts import counts
from nightdesk.disclosure.describing import described, groups
from nightdesk.disclosure.facts import Said, said
from nightdesk.disclosure.figures import figures
from nightdesk.disclosure.headings import headings
from nightdesk.disclosure.heads import heads
from nightdesk.disclosure.hidden import marks
from nightdesk.disclosure.joining import widened
from nightdesk.disclosure.model import DisclosureError, FindingClass, ParagraphText
from nightdesk.disclosure.reach import reaches
from nightdesk.disclosure.uncapitalised import uncapitalised
from nightdesk.values.languages import LANGUAGES

# Relative days resolve against some day; where they stand does not depend on which.
ANY_DAY = date(2000, 1, 3)
LINK = re.compile(r"https?://\S+")
# A nickname, a title, a headline: few words in quotation marks.
QUOTED = re.compile(r"[“\"‘](\w[\w'’-]*(?: [\w'’-]+){0,6})[,.!?]?[”\"’]")
# A letter alone, and letters before "v" or in brackets: how courts name whom they hide.
LETTERS = re.compile(
    r"[B-HJ-Z](?<![\w.’'(§/-].)(?=['’]s\b|[ ,;)\"”]|\.(?![A-Z]))(?! ?[&/-])"
    r"|A(?<!\w.)(?=['’]s\b|[,.;)]| (?:was|is|had|has|said|told|did|and [B-Z]\b))"
    r"|[A-Z](?<!\w.)[A-Z]{0,3}\b(?=['’]s\b| v\.? )|[A-Z](?:(?<= v .)|(?<= v\. .))[A-Z]{0,3}\b|[A-Z](?<=\(.)[A-Z]?\d?(?=\))"
)
# What somebody calls himself on a network: rosie_t44, lily09, bc1q44p7z0.
HANDLE = re.compile(r"[_\d](?<=[a-z].)\w*(?![\w%])")
# An address of mail as people hide it from machines: ray [at] orbit.example.
SPELT = re.compile(r"[\w.+-]{1,64} ?[\[(]at[\])] ?[\w-]+(?:(?:\.| ?[\[(]dot[\])] ?)[\w-]+)+")
FACTS: dict[str, FindingClass] = {
    "sum": "exact sum", "date": "exact date", "place": "place too fine", "kin": "kinship", "age": "age",
    "rank": "unit or rank", "person": "small group", "reach": "small group",
}  # fmt: skip
READ: dict[str, FindingClass] = {
    "time": "exact date", "duration": "exact date", "recurrence": "exact date", "organisation": "unit or rank",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlainFinding:
    """Words that could identify, in code points, end exclusive."""

    start: int
    end: int
    words: str
    class_: FindingClass


def plain(text: str, lang: str, country: str = "KP") -> tuple[PlainFinding, ...]:
    """What in `text` could identify somebody. DisclosureError for a language nobody here reads."""
    if lang not in LANGUAGES:
        raise DisclosureError(f"nobody here reads {lang!r}; say ko, zh or en")
    finds = (
        english(text)
        if lang == "en"
        else all_found(said(lang, ParagraphText("text", text), ANY_DAY, country))
    )
    return tuple(PlainFinding(a, b, text[a:b], class_) for a, b, class_ in outermost(finds))


def english(text: str) -> Iterator[tuple[int, int, FindingClass]]:
    """English by shape and capitals: the rules of reading know values, and too few names for text of anywhere."""
    left, found = figures(text)
    found += [(*span, "small group") for span in reaches(text)]
    found += [(*match.span(1), "verbatim words") for match in QUOTED.finditer(text)]
    found += [(*match.span(), "small group") for match in LETTERS.finditer(left)]
    if "[at]" in text or "(at)" in text:
        found += [(*match.span(), "small group") for match in SPELT.finditer(text)]
    found += handles(left)
    names = list(capitals(left))
    found += [*names, *uncapitalised(left, names), *headings(left), *heads(left), *counts(left)]
    yield from widened(text, outermost(found))
    for mark in marks(text):
        yield mark.start, mark.end, "hidden character"


def handles(text: str) -> Iterator[tuple[int, int, FindingClass]]:
    """Small letters with figures or low lines in one word. What other rules took stands as NUL."""
    reached = 0
    for match in HANDLE.finditer(text):
        start = match.start()
        while start > reached and (text[start - 1].isalnum() or text[start - 1] == "_"):
            start -= 1
        reached = match.end()
        yield start, reached, "small group"


def outermost(finds: Iterable[tuple[int, int, FindingClass]]) -> Iterator[tuple[int, int, FindingClass]]:
    """Findings in order, without those inside another; of two at one place the later rule's."""
    last = {(start, end): class_ for start, end, class_ in finds}
    reached = -1
    for (start, end), class_ in sorted(last.items(), key=lambda one: (one[0][0], -one[0][1])):
        if end > reached:
            yield start, end, class_
            reached = end


def all_found(one: Said) -> Iterator[tuple[int, int, FindingClass]]:
    """Unread words first: anything a rule explains replaces them."""
    for words in one.unread:
        yield words.start, words.end, "unread"
    for span in one.reading.spans:
        if span.kind in READ:
            yield span.start, span.end, READ[span.kind]
    for fact in one.facts:
        if fact.kind in FACTS:
            yield fact.span.start, fact.span.end, FACTS[fact.kind]
    for group in described(one.paragraph.text, one.edition):
        yield (
            group.start,
            group.end,
            "occupation" if groups()[group.group].get("occupation") else "small group",
        )
    for match in LINK.finditer(one.paragraph.text):
        yield match.start(), match.end(), "small group"
    for mark in marks(one.paragraph.text):
        yield mark.start, mark.end, "hidden character"
