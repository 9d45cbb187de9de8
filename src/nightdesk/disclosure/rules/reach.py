"""What leads to one person without a list: a mail address, a telephone, an account, the number of a card."""

from __future__ import annotations

from collections.abc import Iterator

from nightdesk.disclosure.case import Case
from nightdesk.disclosure.facts import Fact
from nightdesk.disclosure.findings import finding
from nightdesk.disclosure.model import Finding, Interval, Offer, ParagraphText
from nightdesk.disclosure.offers import drop_sentence
from nightdesk.disclosure.rules.common import by_value, offers_of


def reach(case: Case) -> Iterator[Finding]:
    """One red finding a passage and address; nothing truthful says less but to leave the sentence out."""
    for passage in case.passages:
        for same in by_value(passage.facts("reach")):
            spans = [fact.span for fact in same]
            yield finding("small group", "red", "reached", spans, offers_of(passage, same, without),
                          for_="subject", reader="security", before=Interval(1, 1, "an address"))  # fmt: skip


def without(lang: str, paragraph: ParagraphText, fact: Fact) -> Iterator[Offer]:
    """No sentence."""
    yield drop_sentence(lang, paragraph, fact.span.start)
