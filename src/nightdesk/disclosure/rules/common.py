"""What several rules need: facts grouped by value, offers for each place they stand."""

from __future__ import annotations

from collections import Counter
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


def heard(
    facts: Iterable[Fact], said: Callable[[Fact], str], sound: Callable[[str], str]
) -> Callable[[Fact], str]:
    """For `by_value`: what sounds alike is one in every script. Where one edition has two of a sound, what is said tells:
    박영수 and 박용수 are two people, 강안동 and 경연동 two wards.
    """
    names = {(fact.span.edition, said(fact)) for fact in facts}
    often = Counter((edition, sound(name)) for edition, name in names)
    several = {one for (_, one), times in often.items() if times > 1}
    return lambda fact: said(fact) if sound(said(fact)) in several else sound(said(fact))


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
