"""What several rules need: facts grouped by value, offers for each place they stand."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Any

from nightdesk.disclosure.case import Passage
from nightdesk.disclosure.facts import Fact
from nightdesk.disclosure.model import Knowers, Offer, ParagraphText

Offering = Callable[[str, ParagraphText, Fact], Iterable[Offer]]


def by_value(
    facts: Iterable[Fact], value: Callable[[Fact], Hashable] = lambda fact: fact.value
) -> list[list[Fact]]:
    """Facts with one value together, in order of first mention; `value` says which counts as one."""
    grouped: dict[Any, list[Fact]] = {}
    for fact in facts:
        grouped.setdefault((fact.kind, value(fact)), []).append(fact)
    return list(grouped.values())


def offers_of(passage: Passage, facts: Iterable[Fact], offering: Offering) -> Iterator[Offer]:
    """What `offering` has for each fact, in its own paragraph; words that stay as they are, are no offer."""
    for fact in facts:
        paragraph = passage.said[fact.span.edition].paragraph
        offers = offering(fact.span.edition, paragraph, fact)
        yield from (each for each in offers if each.text != paragraph.text[each.start : each.end])


def circle(knowers: Knowers | None) -> dict[str, Any]:
    """The values a sentence about knowers needs; nothing when nobody said."""
    if knowers is None:
        return {}
    return {"kind": knowers.kind, "low": knowers.low, "high": knowers.high}
