"""What a later reader of everything ever published could lay beside this draft."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from nightdesk.disclosure.case import Case, Passage
from nightdesk.disclosure.facts import Fact, Said, said
from nightdesk.disclosure.findings import finding
from nightdesk.disclosure.grammar import language_of
from nightdesk.disclosure.model import Earlier, Finding, ParagraphText
from nightdesk.disclosure.offers import for_place, for_sum
from nightdesk.disclosure.rules.common import Offering, by_value, offers_of
from nightdesk.disclosure.rules.days import bounds, exact
from nightdesk.disclosure.when import for_date
from nightdesk.disclosure.whereabouts import COARSE


def history(case: Case) -> Iterator[Finding]:
    """Every earlier story, withdrawn ones too, against every paragraph."""
    for earlier in case.history:
        before = read_earlier(earlier, case.draft.country)
        for passage in case.passages:
            yield from same_source(passage, earlier, before)
            yield from same_facts(case, passage, earlier, before)


def read_earlier(earlier: Earlier, country: str) -> Said:
    """An earlier story as one paragraph, read on its own day."""
    return said(
        language_of(earlier.text), ParagraphText(earlier.id, earlier.text), earlier.released_on, country
    )


def when_released(earlier: Earlier) -> str | tuple[str, str]:
    """Its day; of a withdrawn one also that it was withdrawn."""
    on = earlier.released_on.isoformat()
    return (on, "withdrawn since") if earlier.withdrawn else on


def same_source(passage: Passage, earlier: Earlier, before: Said) -> Iterator[Finding]:
    """One source behind both, and one town in both."""
    if earlier.source is None or earlier.source not in {claim.source for claim in passage.claims}:
        return
    towns = {fact.value for fact in before.of("place") if fact.data["level"] not in COARSE}
    for facts in by_value(fact for fact in passage.facts("place") if fact.value in towns):
        yield finding("history", "amber", "history_source_place", [fact.span for fact in facts],
                      offers_of(passage, facts, for_place), for_="source", reader="later reader",
                      earlier=earlier.id, released_on=when_released(earlier),
                      place=str(facts[0].value))  # fmt: skip


def same_facts(case: Case, passage: Passage, earlier: Earlier, before: Said) -> Iterator[Finding]:
    """One sum, or one day or week, in both."""
    sums = {fact.value for fact in before.of("sum")}
    for facts in by_value(fact for fact in passage.facts("sum") if fact.value in sums):
        yield shared("history_sum", passage, facts, earlier, for_sum)
    days = {fact.value for fact in before.of("date") if exact(fact)}
    forms = partial(for_date, release=case.draft.release_on)
    for facts in by_value(fact for fact in passage.facts("date") if fact.value in days):
        when = bounds(facts[0].data["first"], facts[0].data["last"])
        yield shared("history_date", passage, facts, earlier, forms, when=when)


def shared(
    why_key: str, passage: Passage, facts: list[Fact], earlier: Earlier, offering: Offering, **values: Any
) -> Finding:
    """The finding of a fact that stands in an earlier story too."""
    return finding("history", "amber", why_key, [fact.span for fact in facts], offers_of(passage, facts, offering),
                   for_="subject", reader="later reader", earlier=earlier.id,
                   released_on=when_released(earlier), **values)  # fmt: skip
