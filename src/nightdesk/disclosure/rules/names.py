"""Names: a full one is one person, and needs neither a list nor a second fact."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from nightdesk.disclosure.case import Case, Passage
from nightdesk.disclosure.facts import Fact
from nightdesk.disclosure.findings import finding
from nightdesk.disclosure.model import Finding, Interval, Offer, ParagraphText, Severity
from nightdesk.disclosure.offers import drop_sentence
from nightdesk.disclosure.publicly import full, public
from nightdesk.disclosure.rules.common import by_value, heard, offers_of
from nightdesk.disclosure.unnamed import without_name
from nightdesk.values.sounds import sound_of

# By what the name is: the severity, and the sentence.
GRADES: dict[str, tuple[Severity, str]] = {
    "full": ("red", "named_person"),
    "part": ("amber", "named_in_part"),
    "public": ("note", "named_public"),
}


def names(case: Case) -> Iterator[Finding]:
    """One finding a passage and name; 김철수 and Kim Chol Su are one."""
    for passage in case.passages:
        people = passage.facts("person")
        known = heard(people, lambda fact: fact.span.words, lambda words: sound_of(words) or words)
        for same in by_value(people, partial(known_by, passage, known)):
            yield of_name(passage, graded(passage, same[0]), same)


def graded(passage: Passage, fact: Fact) -> str:
    """Which of GRADES the name is."""
    span = fact.span
    if public(passage.said[span.edition].paragraph.text, span.edition, span.start, span.end):
        return "public"
    return "full" if full(span.words, span.edition) else "part"


def known_by(passage: Passage, known: Callable[[Fact], str], fact: Fact) -> tuple[str, str]:
    """What is one name in every script, of one grade."""
    return graded(passage, fact), known(fact)


def of_name(passage: Passage, grade: str, facts: list[Fact]) -> Finding:
    """The finding. Only a full name is said to fit one person."""
    severity, why_key = GRADES[grade]
    before = Interval(1, 1, "a name") if grade == "full" else None
    offering = drop if grade == "public" else less
    return finding("small group", severity, why_key, [fact.span for fact in facts], offers_of(passage, facts, offering),
                   for_="subject", reader="security", before=before)  # fmt: skip


def less(lang: str, paragraph: ParagraphText, fact: Fact) -> Iterator[Offer]:
    """Who it is without the name, then no sentence at all."""
    yield from without_name(lang, paragraph, fact)
    yield from drop(lang, paragraph, fact)


def drop(lang: str, paragraph: ParagraphText, fact: Fact) -> Iterator[Offer]:
    """No sentence: a president is no "resident", so nothing else is true of a public name."""
    yield drop_sentence(lang, paragraph, fact.span.start)
