"""Being first: what state media had not said, and what has not happened yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from nightdesk.disclosure.archive import Remembered, remember
from nightdesk.disclosure.case import Case, Passage
from nightdesk.disclosure.facts import Fact
from nightdesk.disclosure.findings import finding, interval
from nightdesk.disclosure.model import Earlier, Finding, Knowers, Offer
from nightdesk.disclosure.offers import drop_sentence
from nightdesk.disclosure.rules.days import contact_facts
from nightdesk.disclosure.rules.sources import pointed_at
from nightdesk.disclosure.rules.sums import SOME
from nightdesk.disclosure.whereabouts import COARSE, same_place


def early(case: Case) -> Iterator[Finding]:
    """What is told before it is known, where few can know it."""
    said = [remember(Earlier("state media", one.on, one.text), case.draft.country)
            for one in sorted(case.evidence.state_media, key=lambda one: (one.on, one.text))]  # fmt: skip
    plain: list[Passage] = []
    for passage in case.passages:
        if passage.headline or not passage.claims or known_to_many(passage):
            continue
        yield from yet_to_come(case, passage)
        if said and first_said(case, passage, said) is None:
            yield from not_said(case, passage, plain)
        elif said:
            yield from before_state_media(case, passage, said)
    yield from not_said_either(case, plain)


def known_to_many(passage: Passage) -> bool:
    """Whether more people know it than any list would hold."""
    return passage.knowers is not None and passage.knowers.high > SOME


def yet_to_come(case: Case, passage: Passage) -> Iterator[Finding]:
    """Days after the day of release: who knows of them was told, or decides."""
    ahead = [f for f in passage.facts("date") if f.data["first"] and f.data["first"] > case.draft.release_on]
    if ahead:
        offers = [without(passage, fact) for fact in ahead]
        yield finding("early knowledge", "amber", "early_ahead", [fact.span for fact in ahead], offers, for_="source",
                      reader="security", before=interval(passage.knowers))  # fmt: skip


def without(passage: Passage, fact: Fact) -> Offer:
    """The sentence left out."""
    one = passage.said[fact.span.edition]
    return drop_sentence(one.edition, one.paragraph, fact.span.start)


def first_said(case: Case, passage: Passage, said: list[Remembered]) -> date | None:
    """The day on which state media first told of it, up to the day of release."""
    same = (one.released_on for one in said if tells(one, passage))
    return next((on for on in same if on <= case.draft.release_on), None)


def before_state_media(case: Case, passage: Passage, said: list[Remembered]) -> Iterator[Finding]:
    """State media told of it only after the source spoke, and the story names that day."""
    first = first_said(case, passage, said)
    named = [f for f in contact_facts(case, passage) if first and f.data["first"] and f.data["first"] < first]
    if first and named:
        yield finding("early knowledge", "red", "early_named", [fact.span for fact in named],
                      [without(passage, fact) for fact in named], for_="source", reader="security",
                      before=interval(passage.knowers), on=first.isoformat())  # fmt: skip


def tells(one: Remembered, passage: Passage) -> bool:
    """Whether state media told of the same: one sum, or one day at one place."""
    if any(fact.value in one.sums for fact in passage.facts("sum")):
        return True
    places = [str(f.value) for f in passage.facts("place") if f.data["level"] not in COARSE]
    days = [(f.data["first"], f.data["last"]) for f in passage.facts("date")]
    here = any(same_place(place, town) for place in places for town in one.towns)
    return here and any(day in one.days for day in days)


def not_said(case: Case, passage: Passage, plain: list[Passage]) -> Iterator[Finding]:
    """The finding over what the paragraph tells most exactly; one that tells nothing exactly goes to `plain`."""
    pointed = [one for said in passage.said.values() for one in pointed_at(case, passage, said)]
    if not any(fact for fact, _, _ in pointed):
        plain.append(passage)
        return
    knowers = passage.knowers
    who: dict[str, Any] = (
        {} if knowers is None else {"kind": knowers.kind, "low": knowers.low, "high": knowers.high}
    )
    facts = [{span.edition: span.words for fact, span, _ in pointed if fact}]
    yield finding("early knowledge", "amber", "early_not_said_known" if who else "early_not_said",
                  [span for _, span, _ in pointed], [one for _, _, some in pointed for one in some], for_="source",
                  reader="security", before=interval(knowers), facts=facts, **who)  # fmt: skip


def not_said_either(case: Case, plain: list[Passage]) -> Iterator[Finding]:
    """Paragraphs that tell nothing exactly: said once for all of them, with who could know what each tells."""
    spans = [span for passage in plain for said in passage.said.values()
             for _, span, _ in pointed_at(case, passage, said)]  # fmt: skip
    if spans:
        circles = Counter(passage.knowers for passage in plain)
        known = [one for one in circles if one is not None]
        yield finding("early knowledge", "note", "early_not_said_rest", spans, for_="source", reader="security",
                      before=interval(min(known, key=size, default=None)), count=len(plain),
                      circles=[told(one, circles[one]) for one in (*sorted(known, key=size), None)
                               if circles[one]])  # fmt: skip


def size(one: Knowers) -> tuple[int, int, str]:
    """The smallest first."""
    return one.high, one.low, one.kind


def told(one: Knowers | None, times: int) -> dict[str, Any]:
    """A circle of knowers for a sentence, with how many paragraphs it knows; without a circle only these."""
    return {"count": times} | ({} if one is None else {"kind": one.kind, "low": one.low, "high": one.high})
