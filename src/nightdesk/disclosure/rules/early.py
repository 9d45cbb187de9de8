"""Being first: what state media had not said, and what has not happened yet."""

from __future__ import annotations

from collections.abc import Iterator

from nightdesk.disclosure.archive import Remembered, remember
from nightdesk.disclosure.case import Case, Passage
from nightdesk.disclosure.facts import Fact
from nightdesk.disclosure.findings import finding, interval
from nightdesk.disclosure.model import Earlier, Finding, Offer
from nightdesk.disclosure.offers import drop_sentence
from nightdesk.disclosure.rules.days import contact_facts
from nightdesk.disclosure.rules.sources import pointed_at
from nightdesk.disclosure.rules.sums import SOME
from nightdesk.disclosure.whereabouts import COARSE, same_place


def early(case: Case) -> Iterator[Finding]:
    """What is told before it is known, where few can know it."""
    said = [remember(Earlier("state media", one.on, one.text), case.draft.country)
            for one in sorted(case.evidence.state_media, key=lambda one: (one.on, one.text))]  # fmt: skip
    for passage in case.passages:
        if passage.headline or not passage.claims or known_to_many(passage):
            continue
        yield from yet_to_come(case, passage)
        if said:
            yield from before_state_media(case, passage, said)


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


def before_state_media(case: Case, passage: Passage, said: list[Remembered]) -> Iterator[Finding]:
    """Nothing of it in state media yet; or only after the source spoke, and the story names that day."""
    same = [one for one in said if tells(one, passage) and one.released_on <= case.draft.release_on]
    if not same:
        yield from not_said(case, passage)
        return
    first = same[0].released_on
    named = [f for f in contact_facts(case, passage) if f.data["first"] and f.data["first"] < first]
    if named:
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


def not_said(case: Case, passage: Passage) -> Iterator[Finding]:
    """The finding over what the paragraph tells most exactly."""
    pointed = [one for said in passage.said.values() for one in pointed_at(case, passage, said)]
    exact = any(fact for fact, _, _ in pointed)
    offers = [offer for _, _, some in pointed for offer in some] if exact else []
    yield finding("early knowledge", "amber" if exact else "note", "early_not_said", [span for _, span, _ in pointed],
                  offers, for_="source", reader="security", before=interval(passage.knowers))  # fmt: skip
