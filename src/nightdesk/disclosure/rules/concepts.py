"""What one edition tells and the other leaves out beyond values: deeds, things, kinds of people, whole clauses.

Belongs here: comparing a paragraph with the one beside it by the tables of concepts and groups. Does
not belong here: sums, days, places, numbers, quotations (rules.editions).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nightdesk.disclosure.case import Case, Passage
from nightdesk.disclosure.concepts import Named, leaves, named, touched_on
from nightdesk.disclosure.describing import Described, described, groups
from nightdesk.disclosure.describing import matches as all_described
from nightdesk.disclosure.facts import Said
from nightdesk.disclosure.findings import at, finding
from nightdesk.disclosure.grammar import sentences
from nightdesk.disclosure.model import Finding, Offer
from nightdesk.disclosure.offers import drop_sentence, offer

# One English word is about so many Korean syllables or Chinese characters in a translation.
PER_WORD = {"ko": 2.2, "zh": 1.6}
LONGER = 2.0  # so many times as long, and at least SURPLUS English words more, is worth a look
SURPLUS = 8
TIMES = ("time", "duration")


def told_in_one(case: Case) -> Iterator[Finding]:
    """Concepts and groups that one edition names and the paragraph beside it does not touch on."""
    for passage in case.passages:
        if any(one.paragraph.id == "address" for one in passage.said.values()):
            continue  # one address for every edition: none says more in it
        for says, lacks in pairs(passage):
            yield from more_concepts(says, lacks)
            yield from more_groups(says, lacks)
            yield from more_times(says, lacks)


def pairs(passage: Passage) -> Iterator[tuple[Said, Said]]:
    """Each edition of a passage beside each other one; words on both sides, or there is nothing to compare."""
    said = [one for one in passage.said.values() if one.paragraph.text.strip()]
    for one in said:
        yield from ((one, other) for other in said if other is not one)


def more_concepts(says: Said, lacks: Said) -> Iterator[Finding]:
    """One finding a concept, over all its places."""
    beside = touched_on(lacks.paragraph.text, lacks.edition)
    alone = [one for one in named(says.paragraph.text, says.edition) if one.concept not in beside]
    for concept in dict.fromkeys(one.concept for one in alone):
        places = [one for one in alone if one.concept == concept]
        spans = [at(says.edition, says.paragraph, one.start, one.end) for one in places]
        yield finding(
            "edition says more", "amber", "more_concept", spans, without(says, places), for_="subject",
            reader="later reader", says=says.edition, lacks=lacks.edition, words=[span.words for span in spans],
        )  # fmt: skip


def without(says: Said, places: Sequence[Named]) -> Iterator[Offer]:
    """The sentence without it where the table knows how, else without the sentence when another is left."""
    paragraph, lang = says.paragraph, says.edition
    for one in places:
        cut = next(leaving(paragraph.text, lang, one), None)
        if cut:
            yield offer(lang, paragraph, *cut, "say_without")
        elif len(sentences(paragraph.text)) > 1:
            yield drop_sentence(lang, paragraph, one.start)


def leaving(text: str, lang: str, one: Named) -> Iterator[tuple[int, int, str]]:
    """(start, end, replacement) of each way in the table that covers this place."""
    for words, instead in leaves(one.concept, lang).items():
        for match in re.finditer(re.escape(words) + (r"(?!\w)" if lang == "en" else ""), text, re.IGNORECASE):
            if match.start() <= one.start and one.end <= match.end():
                yield match.start(), match.end(), instead


def more_groups(says: Said, lacks: Said) -> Iterator[Finding]:
    """A description of who it is that stands in one edition alone; those who act against people aside."""
    beside = {one.group for one in all_described(lacks.paragraph.text, lacks.edition)}
    for one in described(says.paragraph.text, says.edition):
        row = groups()[one.group]
        if one.group not in beside and not row.get("actor") and not covered(says, lacks, one):
            span = at(says.edition, says.paragraph, one.start, one.end)
            yield finding("edition says more", "amber", "more_group", [span], for_="subject",
                          reader="later reader", says=says.edition, lacks=lacks.edition, words=[span.words])  # fmt: skip


def more_times(says: Said, lacks: Said) -> Iterator[Finding]:
    """Clock times and durations where the other edition has neither; their values differ too much in wording."""
    beside = touched_on(lacks.paragraph.text, lacks.edition)
    if "night" in beside or any(span.kind in (*TIMES, "date") for span in lacks.reading.spans):
        return
    spans = [at(says.edition, says.paragraph, span.start, span.end)
             for span in says.reading.spans if span.kind in TIMES]  # fmt: skip
    if spans:
        yield finding("edition says more", "amber", "more_time", spans, for_="subject", reader="later reader",
                      says=says.edition, lacks=lacks.edition, words=[span.words for span in spans])  # fmt: skip


def covered(says: Said, lacks: Said, one: Described) -> bool:
    """Whether every concept in the description is touched on in the other edition too."""
    inside = {c.concept for c in named(says.paragraph.text, says.edition)
              if one.start <= c.start and c.end <= one.end}  # fmt: skip
    return bool(inside) and inside <= touched_on(lacks.paragraph.text, lacks.edition)


def told_longer(case: Case) -> Iterator[Finding]:
    """A paragraph far longer than the one beside it: something may be said there that no rule compares."""
    for passage in case.passages:
        for says, lacks in pairs(passage):
            long, short = length(says), length(lacks)
            if not passage.headline and long > LONGER * short and long - short >= SURPLUS:
                span = at(says.edition, says.paragraph, 0, len(says.paragraph.text))
                yield finding("edition says more", "amber", "more_length", [span], for_="subject",
                              reader="later reader", says=says.edition, lacks=lacks.edition)  # fmt: skip


def length(one: Said) -> float:
    """The length in English words, or what would be about as many."""
    if one.edition == "en":
        return float(len(re.findall(r"[A-Za-z0-9]+(?:['’,.-]\w+)*", one.paragraph.text)))
    return len(re.findall(r"[가-힣一-鿿]|\w+", one.paragraph.text)) / PER_WORD.get(one.edition, 2.0)
