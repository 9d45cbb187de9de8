"""Who could know everything that one source told: circles that may share one person alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nightdesk.disclosure.archive import Hits
from nightdesk.disclosure.case import Case, Passage
from nightdesk.disclosure.findings import finding
from nightdesk.disclosure.model import Finding, Interval, Knowers
from nightdesk.disclosure.rules.sources import pointed_at
from nightdesk.disclosure.rules.sums import SOME

Told = tuple[Passage, Knowers]


def circles(case: Case) -> Iterator[Finding]:
    """One finding a source whose paragraphs, and whose past, were known in more than one circle."""
    told: dict[str, list[Told]] = {}
    for passage in case.passages:
        for claim in passage.claims if not passage.headline else ():
            if claim.knowers:
                told.setdefault(claim.source, []).append((passage, claim.knowers))
    for source, here in told.items():
        yield from of_source(case, here, case.archive.circle(source))


def of_source(case: Case, here: Sequence[Told], past: Hits | None) -> Iterator[Finding]:
    """At most as many as the narrowest circle holds; at least the source. Two circles are needed to share anybody."""
    passages = len({id(passage) for passage, _ in here})
    passage, least = min(here, key=lambda one: (one[1].high, one[1].low))
    before = past.latest.knowers if past else None
    high = min(least.high, before.high) if before else least.high
    if passages + (before is not None) < 2 or least.high > SOME:
        return
    yield from shrinking(case, passage, least, passages + (past.count if past else 0), high, past)


def shrinking(
    case: Case, passage: Passage, least: Knowers, circles: int, high: int, past: Hits | None
) -> Iterator[Finding]:
    """The finding, over what the paragraph that shrinks it most tells most exactly."""
    pointed = [one for said in passage.said.values() for one in pointed_at(case, passage, said)]
    exact = any(fact for fact, _, _ in pointed)
    offers = [offer for _, _, some in pointed for offer in some] if exact else []
    yield finding(
        "combination", "amber" if exact else "note", "circles_past" if past else "circles",
        [span for _, span, _ in pointed], offers, for_="source", reader="later reader" if past else "participant",
        before=Interval(1, high, f"the smallest of {circles} circles of knowers"), count=circles, high=high,
        kind=least.kind,
    )  # fmt: skip
