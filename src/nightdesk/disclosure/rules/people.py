"""Names, ages, families, ranks: words that pick one person out of any list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nightdesk.disclosure.case import Case, Passage
from nightdesk.disclosure.facts import Fact
from nightdesk.disclosure.findings import finding
from nightdesk.disclosure.model import Finding, FindingClass, Interval, Offer, ParagraphText, Severity
from nightdesk.disclosure.offers import cut, drop_sentence, offer
from nightdesk.disclosure.rules.common import by_value, offers_of
from nightdesk.disclosure.words import table

RULES: dict[str, tuple[FindingClass, Severity, str]] = {
    "person": ("small group", "amber", "named_person"),
    "age": ("age", "amber", "age"),
    "kin": ("kinship", "note", "kinship"),
    "rank": ("unit or rank", "amber", "rank"),
}


def people(case: Case) -> Iterator[Finding]:
    """One finding a passage and value."""
    for passage in case.passages:
        for kind in RULES:
            for facts in by_value(passage.facts(kind)):
                yield of_person(passage, kind, facts)


def of_person(passage: Passage, kind: str, facts: list[Fact]) -> Finding:
    """The finding; a name fits one person, the other words have no number of their own."""
    class_, severity, why_key = RULES[kind]
    before = Interval(1, 1, "a name") if kind == "person" else None
    return finding(class_, severity, why_key, [fact.span for fact in facts], offers_of(passage, facts, less),
                   for_="subject", reader="security", before=before)  # fmt: skip


def less(lang: str, paragraph: ParagraphText, fact: Fact) -> Iterator[Offer]:
    """A wider word for a relative, an age left out where the sentence allows it, else the sentence."""
    if fact.kind == "kin":
        wide = str(table("phrases")["kin"][lang][fact.span.words.lower()])
        yield offer(lang, paragraph, fact.span.start, fact.span.end, wide, "say_kin")
        return
    if (
        fact.kind == "age"
        and lang == "en"
        and re.match(r"\d+[- ]year[- ]old [a-z]", paragraph.text[fact.span.start :])
    ):
        yield cut(lang, paragraph, fact.span.start, fact.span.end, "drop_words")
        return
    if fact.kind == "age" and lang == "ko" and re.match(r"(?:의|인)?\s", paragraph.text[fact.span.end :]):
        length = len(re.match(r"(?:의|인)?", paragraph.text[fact.span.end :]).group())  # type: ignore[union-attr] # matches ''
        yield cut(lang, paragraph, fact.span.start, fact.span.end + length, "drop_words")
        return
    yield drop_sentence(lang, paragraph, fact.span.start)
