"""What one source alone told, what nobody is known to have told, and facts that together suffice."""

from __future__ import annotations

from collections.abc import Iterator

from nightdesk.disclosure.case import CLOSE, Case, Passage
from nightdesk.disclosure.exactness import exact
from nightdesk.disclosure.facts import Fact, Said, inside
from nightdesk.disclosure.findings import at, finding, interval
from nightdesk.disclosure.grammar import sentence_at
from nightdesk.disclosure.model import Finding, FindingSpan, Offer, Severity
from nightdesk.disclosure.offers import drop_sentence, for_count, for_sum
from nightdesk.disclosure.rules.days import contact_facts
from nightdesk.disclosure.rules.groups import Match, broader, matches
from nightdesk.disclosure.rules.names import less as less_of_name
from nightdesk.disclosure.rules.people import less as less_of_person
from nightdesk.disclosure.rules.verbatim import indirect
from nightdesk.disclosure.when import for_date
from nightdesk.disclosure.where import for_place
from nightdesk.disclosure.whereabouts import COARSE

SHORT = 10  # a list so short that the source is on it by name
PARTS = ("date", "group", "sum", "quote", "count")  # what combines, in the order a sentence lists it
SUFFICE = 3
COUNTED = (*PARTS, "place", "age", "kin", "rank", "person")  # what the count rule counts
FOUR = 4


def no_claims(case: Case) -> Iterator[Finding]:
    """Paragraphs nothing stands behind."""
    for passage in case.passages:
        if passage.headline or passage.claims:
            continue
        spans = [
            at(o.edition, o.paragraph, 0, len(o.paragraph.text))
            for o in passage.said.values()
            if o.paragraph.text
        ]
        if spans:
            yield finding("single source", "amber", "no_claims", spans, for_="source", reader="participant")


def single_source(case: Case) -> Iterator[Finding]:
    """Paragraphs that one source told and few can know; the fact that says most is pointed at."""
    for passage in case.passages:
        knowers = passage.knowers
        if knowers is None or not passage.few or len({claim.source for claim in passage.claims}) > 1:
            continue
        severity: Severity = "red" if knowers.high <= SHORT else "amber"
        pointed = [one for said in passage.said.values() for one in pointed_at(case, passage, said)]
        if not pointed:
            continue
        plain = not any(fact for fact, _, _ in pointed)
        yield finding(
            "single source", "note" if plain else severity, "single_source_plain" if plain else "single_source",
            [span for _, span, _ in pointed], [o for _, _, offers in pointed for o in offers], for_="source",
            reader="participant", before=interval(knowers), kind=knowers.kind, low=knowers.low, high=knowers.high,
        )  # fmt: skip


def pointed_at(
    case: Case, passage: Passage, said: Said
) -> Iterator[tuple[Fact | None, FindingSpan, list[Offer]]]:
    """The most telling fact of one edition with its offers; its first sentence when none is left."""
    facts = strongest(case, passage, said)
    text = said.paragraph.text
    if facts:
        fact = facts[0]
        yield fact, fact.span, list(less(case, said, fact))
    elif text.strip():
        start, end = sentence_at(text, 0)
        yield (
            None,
            at(said.edition, said.paragraph, start, end),
            [drop_sentence(said.edition, said.paragraph, 0)],
        )


def strongest(case: Case, passage: Passage, said: Said) -> list[Fact]:
    """Exact facts of one edition, the sum before the day before words spoken."""
    contact = set(contact_facts(case, passage))
    found = [fact for kind in ("sum", "date", "quote") for fact in said.of(kind) if fact not in contact]
    return [fact for fact in found if telling(fact)]


def telling(fact: Fact) -> bool:
    """Whether the fact is exact enough to point at somebody."""
    if fact.kind == "date":
        return exact(fact)
    return fact.kind != "quote" or fact.span.end - fact.span.start > 8


def less(case: Case, said: Said, fact: Fact) -> Iterator[Offer]:
    """The offers for one fact."""
    lang, paragraph = said.edition, said.paragraph
    if fact.kind == "sum":
        yield from for_sum(lang, paragraph, fact)
    elif fact.kind == "date":
        yield from for_date(lang, paragraph, fact, case.draft.release_on)
    elif fact.kind == "count":
        yield for_count(lang, paragraph, fact)
    elif fact.kind == "place":
        yield from for_place(lang, paragraph, fact)
    elif fact.kind in ("person", "age", "kin", "rank"):
        yield from (less_of_name if fact.kind == "person" else less_of_person)(lang, paragraph, fact)
    else:
        yield from indirect(lang, paragraph.text, (fact.span.start, fact.span.end), said)


def combinations(case: Case) -> Iterator[Finding]:
    """Two or three facts of a paragraph that together fit one event, where few know it."""
    for passage in case.passages:
        if passage.few:
            yield from combination(case, passage)


def combination(case: Case, passage: Passage) -> Iterator[Finding]:
    """The finding over all editions; three facts, or two among a few people, suffice."""
    parts = {kind: found for kind in PARTS if (found := part(case, passage, kind))}
    chosen = dict(list(parts.items())[:SUFFICE])
    if len(chosen) < 2:
        return
    knowers = passage.knowers
    close = knowers is not None and (knowers.high <= SHORT or knowers.kind == CLOSE[1])
    severity: Severity = "red" if len(chosen) == SUFFICE and close else "amber"
    spans = [span for found in chosen.values() for span, _ in found]
    offers = [one for found in chosen.values() for _, some in found for one in some]
    yield finding("combination", severity, "combination", spans, offers, for_="subject", reader="participant",
                  before=interval(knowers), parts=list(chosen))  # fmt: skip


def four_facts(case: Case) -> Iterator[Finding]:
    """The count rule where many could know: four kinds of exact facts in one paragraph. It is nearly as good."""
    for passage in case.passages:
        if passage.few:
            continue  # combinations of two ask there already
        parts = {kind: found for kind in COUNTED if (found := part(case, passage, kind))}
        if len(parts) < FOUR or passage.headline:
            continue
        spans = [span for found in parts.values() for span, _ in found]
        offers = [one for found in parts.values() for _, some in found for one in some]
        yield finding("combination", "amber", "four_facts", spans, offers, for_="subject", reader="security",
                      before=interval(passage.knowers), parts=list(parts), count=len(parts))  # fmt: skip


def part(case: Case, passage: Passage, kind: str) -> list[tuple[FindingSpan, list[Offer]]]:
    """Where one kind of fact stands in each edition, with its offers."""
    if kind == "group":
        return [(at(m.said.edition, m.said.paragraph, m.start, m.end), list(broader(case, m)))
                for said in passage.said.values() for m in matches(case, said) if small(m)]  # fmt: skip
    contact = set(contact_facts(case, passage))
    return [(fact.span, list(less(case, said, fact))) for said in passage.said.values()
            for fact in said.of(kind) if fact not in contact and telling(fact) and fact.data.get("level") not in COARSE
            and not within_time(said, fact)]  # fmt: skip


def small(match: Match) -> bool:
    """Whether a table counts few such people."""
    return match.table is not None and match.table.high <= 150


def within_time(said: Said, fact: Fact) -> bool:
    """Whether a number belongs to a time or a sum."""
    spans = [(s.start, s.end) for s in said.reading.spans if s.kind in ("time", "duration", "money")]
    return fact.kind == "count" and inside(fact.span.start, fact.span.end, spans)
