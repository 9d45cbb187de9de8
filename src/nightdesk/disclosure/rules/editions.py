"""One edition saying more than the other: a reader with both lays them side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from nightdesk.disclosure.case import Case, Passage
from nightdesk.disclosure.exactness import exact
from nightdesk.disclosure.facts import Fact, Said, inside, word_spans
from nightdesk.disclosure.findings import at, finding
from nightdesk.disclosure.model import Finding, FindingSpan, Offer
from nightdesk.disclosure.neutral import neutral
from nightdesk.disclosure.offers import for_count, for_sum
from nightdesk.disclosure.rules.common import by_value
from nightdesk.disclosure.rules.days import contact_facts
from nightdesk.disclosure.rules.names import less as less_of_name
from nightdesk.disclosure.rules.people import less as less_of_person
from nightdesk.disclosure.rules.verbatim import indirect
from nightdesk.disclosure.when import for_date
from nightdesk.disclosure.where import for_place
from nightdesk.disclosure.whereabouts import COARSE, same_place
from nightdesk.disclosure.words import phrases, table

ALONE = frozenset(
    ["둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉", "열"]
)  # numbers that need nothing behind
SPOUSES = ("wife", "husband")  # each tells the other's sex, where most write no pronoun
KINDS = ("sum", "date", "place", "count", "sex", "age", "kin", "rank", "person", "quote")


def says_more(case: Case) -> Iterator[Finding]:
    """Facts of one edition that the paragraph beside it, and the rest of that edition, leave out."""
    if len(case.draft.editions) < 2:
        return
    for passage in case.passages:
        yield from unpaired(case, passage)
        yield from other_claims(passage)
        for lang, one in passage.said.items():
            for other in (other for other in case.draft.editions if other != lang and other in passage.said):
                yield from more(case, passage, one, other)


def unpaired(case: Case, passage: Passage) -> Iterator[Finding]:
    """A paragraph that stands in one edition alone; headlines may."""
    missing = [lang for lang in case.draft.editions if lang not in passage.said]
    if passage.headline or not missing:
        return
    for lang, one in passage.said.items():
        if one.paragraph.text.strip():
            yield finding("edition says more", "amber", "unpaired", [whole(one)], reader="later reader",
                          says=lang, lacks=missing[0])  # fmt: skip


def other_claims(passage: Passage) -> Iterator[Finding]:
    """A pair that stands on different claims."""
    sets = {frozenset(one.paragraph.claims) for one in passage.said.values()}
    if len(sets) > 1 and not passage.headline:
        differ = sorted(frozenset.union(*sets) - frozenset.intersection(*sets))
        yield finding("edition says more", "amber", "claims_differ", [whole(one) for one in passage.said.values()],
                      reader="later reader", words=differ)  # fmt: skip


def whole(one: Said) -> FindingSpan:
    """A span over the paragraph."""
    return at(one.edition, one.paragraph, 0, len(one.paragraph.text))


def more(case: Case, passage: Passage, one: Said, other: str) -> Iterator[Finding]:
    """What `one` says and the edition `other` does not."""
    contact = set(contact_facts(case, passage))
    facts = [fact for fact in one.of(*KINDS) if fact not in contact and worth(one, fact)]
    for same in by_value(facts):
        if not told(case, passage, same[0], other):
            yield finding(
                "edition says more", "note" if same[0].kind == "quote" else "amber", f"more_{same[0].kind}",
                [fact.span for fact in same], less(case, one, same), for_="subject", reader="later reader",
                says=one.edition, lacks=other, words=[fact.span.words for fact in same],
            )  # fmt: skip


def worth(one: Said, fact: Fact) -> bool:
    """Whether the fact narrows anything: no months, no provinces, no scare quotes."""
    if fact.kind == "date":
        return exact(fact)
    if fact.kind == "place":
        return fact.data["level"] not in COARSE
    if fact.kind == "quote":
        return fact.span.end - fact.span.start > 8
    return fact.kind != "count" or not inside(fact.span.start, fact.span.end, one_time(one))


def one_time(one: Said) -> list[tuple[int, int]]:
    """Spans of other kinds that hold numbers of their own."""
    return [
        (s.start, s.end)
        for s in one.reading.spans
        if s.kind in ("date", "time", "duration", "money", "recurrence")
    ]


def told(case: Case, passage: Passage, fact: Fact, other: str) -> bool:
    """Whether the other edition says it too."""
    pair = passage.said[other]
    if fact.kind == "place":
        return any(
            same_place(str(fact.value), str(f.value)) and not coarser(f, fact)
            for f in everywhere(case, other, "place")
        )
    if fact.kind == "count":
        return any(f.value == fact.value for f in pair.of("count")) or numeral(pair, int(str(fact.value)))
    if fact.kind == "sex":  # 남편이 잡혀갔다 says whose husband as well as "her husband" does
        return bool(pair.of("sex")) or any(f.value in SPOUSES for f in pair.of("kin"))
    if fact.kind == "quote":
        return bool(pair.of("quote"))
    if fact.kind == "person":  # written differently in each language: as many names beside it are enough
        return len(pair.of("person")) >= len(passage.said[fact.span.edition].of("person"))
    if fact.kind == "age" and fact.data["ages"]:
        return any(f.data["ages"] and f.data["ages"].within(fact.data["ages"]) for f in pair.of("age"))
    if fact.kind == "kin":
        return bool(pair.of("kin") or word_spans(pair.paragraph.text, phrases("kin_besides", other), other))
    if fact.kind in ("age", "rank"):
        return bool(pair.of(fact.kind))
    return any(f.value == fact.value for f in everywhere(case, other, fact.kind))


def coarser(one: Fact, other: Fact) -> bool:
    """Whether `one` is only a province or a country where `other` is a town."""
    return one.data["level"] in COARSE and other.data["level"] not in COARSE


def everywhere(case: Case, edition: str, kind: str) -> tuple[Fact, ...]:
    """All facts of a kind in one edition."""
    return case.said_in.get((edition, kind), ())


def numeral(one: Said, value: int) -> bool:
    """Whether the number stands there in some other form, and not as part of a sum, a day or a longer number."""
    words = table("phrases")["numerals"].get(str(value), [str(value)])
    taken = [*one_time(one), *(fact.hull for fact in one.of("sum"))]
    return any(not inside(match.start(), match.end(), taken) for word in words
               for match in standing(word).finditer(one.paragraph.text))  # fmt: skip


@cache
def standing(word: str) -> re.Pattern[str]:
    """A number word where it is one: digits and English words whole, Korean ones before what they count."""
    if word.isascii():
        return re.compile(rf"(?<![\w.,]){re.escape(word)}(?!\w|[.,]\d)", re.IGNORECASE)
    if "가" <= word[0] <= "힣":
        counter = "|".join(table("phrases")["counters"]["ko"])
        alone = r"|[이은을도만뿐]?(?:[\s,.]|다)" if word in ALONE else ""
        return re.compile(rf"(?<![가-힣]){re.escape(word)}(?=\s?(?:{counter})|\s[가-힣]{alone})")
    return re.compile(re.escape(word))


def less(case: Case, one: Said, facts: list[Fact]) -> Iterator[Offer]:
    """The offer for each kind; sex is taken out of the whole sentence at once."""
    paragraph, lang = one.paragraph, one.edition
    if facts[0].kind == "sex":
        yield neutral(lang, paragraph, facts)
        return
    for fact in facts:
        if fact.kind == "sum":
            yield from for_sum(lang, paragraph, fact)
        elif fact.kind == "date":
            yield from for_date(lang, paragraph, fact, case.draft.release_on)
        elif fact.kind == "place":
            yield from for_place(lang, paragraph, fact)
        elif fact.kind == "count":
            yield for_count(lang, paragraph, fact)
        elif fact.kind == "person":
            yield from less_of_name(lang, paragraph, fact)
        elif fact.kind == "quote":
            yield from indirect(lang, paragraph.text, (fact.span.start, fact.span.end), one)
        else:
            yield from less_of_person(lang, paragraph, fact)
