"""Places finer than a story needs."""

from __future__ import annotations

from collections.abc import Iterator

from nightdesk.disclosure.case import Case, Passage, attributions
from nightdesk.disclosure.facts import Fact, inside
from nightdesk.disclosure.findings import finding, interval
from nightdesk.disclosure.model import Finding
from nightdesk.disclosure.rules.common import by_value, circle, heard, offers_of
from nightdesk.disclosure.where import for_fine_place, for_place
from nightdesk.disclosure.whereabouts import TOWNS, folded, sounded


def fine_places(case: Case) -> Iterator[Finding]:
    """Below a town always; a town in the attribution, or where few know."""
    for passage in case.passages:
        places = passage.facts("place")
        for facts in by_value(places, heard(places, lambda fact: folded(str(fact.value)), sounded)):
            yield from of_place(case, passage, facts)


def of_place(case: Case, passage: Passage, facts: list[Fact]) -> Iterator[Finding]:
    """The finding of one place, if it is one."""
    level, place = facts[0].data["level"], str(facts[0].value)
    offers = list(offers_of(passage, facts, for_fine_place))
    spans = [fact.span for fact in facts]
    if level in ("district", "fine"):
        yield finding("place too fine", "red", "place_below_city", spans, offers, for_="source", reader="neighbour",
                      place=place)  # fmt: skip
    elif level in TOWNS and any(attributed(passage, fact) for fact in facts):
        yield in_attribution(passage, facts)
    elif level in TOWNS and passage.few:
        yield finding("place too fine", "amber", "place_few", spans, offers, for_="subject", reader="neighbour",
                      before=interval(passage.knowers), place=place, **circle(passage.knowers))  # fmt: skip


def in_attribution(passage: Passage, facts: list[Fact]) -> Finding:
    """A town that says where the source is."""
    named = [fact for fact in facts if attributed(passage, fact)]
    return finding("place too fine", "amber", "place_attribution", [fact.span for fact in named],
                   offers_of(passage, named, for_place), for_="source", reader="security",
                   place=str(facts[0].value))  # fmt: skip


def attributed(passage: Passage, fact: Fact) -> bool:
    """Whether the place describes the source: 'a source in Hoeryong', '회령 소식통'."""
    one = passage.said[fact.span.edition]
    text = one.paragraph.text
    if not inside(fact.span.start, fact.span.end, attributions(one)):
        return False
    if one.edition == "en":
        before = text[max(0, fact.span.start - 40) : fact.span.start].lower().rstrip()
        return before.endswith(("source in", "sources in", "source from", "sources from", "informant in", "resident of",
                                "source inside", "source near", "resident in", "source based in"))  # fmt: skip
    rest = text[fact.span.end :]
    return rest.lstrip("의에서 한").startswith(("소식통", "취재원", "제보자", "주민 소식통", "消息人士"))
