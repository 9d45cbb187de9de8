"""What several rules need: facts grouped by value, offers for each place they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from nightdesk.disclosure.case import Passage
from nightdesk.disclosure.facts import Fact
from nightdesk.disclosure.model import Knowers, Offer, ParagraphText

Offering = Callable[[str, ParagraphText, Fact], Iterable[Offer]]


def by_value(facts: Iterable[Fact]) -> list[list[Fact]]:
    """Facts with one value together, in order of first mention."""
    grouped: dict[Any, list[Fact]] = {}
    for fact in facts:
        grouped.setdefault((fact.kind, fact.value), []).append(fact)
    return list(grouped.values())


def offers_of(passage: Passage, facts: Iterable[Fact], offering: Offering) -> Iterator[Offer]:
    """What `offering` has for each fact, in its own paragraph."""
    for fact in facts:
        lang = fact.span.edition
        yield from offering(lang, passage.said[lang].paragraph, fact)


def circle(knowers: Knowers | None) -> dict[str, Any]:
    """The values a sentence about knowers needs; nothing when nobody said."""
    if knowers is None:
        return {}
    return {"kind": knowers.kind, "low": knowers.low, "high": knowers.high}
