"""What a paragraph says that can be compared: sums, days, places, people, numbers, quotations.

Belongs here: turning a reading's spans into facts with one value in every language, so that the
editions of a story can be laid side by side. Does not belong here: whether a fact is dangerous.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from typing import Any

from nightdesk.disclosure.model import FindingSpan, ParagraphText
from nightdesk.disclosure.named import Aged, ages_in, bracketed_sexes
from nightdesk.disclosure.reach import reaches, same
from nightdesk.disclosure.whereabouts import found_places
from nightdesk.disclosure.words import KEPT, phrases, table
from nightdesk.reading import read
from nightdesk.reading.model import Reading, Span, Unread

# What a money chip appends: the same sum in another currency.
CONVERTED = re.compile(r"\s*[(（](?:around|about|some|roughly|approximately|약|대략|约|約)\s*[^()（）]*[)）]")
QUOTE = re.compile(r"“[^“”]+”|‘[^‘’]{4,}’|「[^「」]+」|(?<!\w)\"[^\"]+\"")
COUNTED = {
    "en": re.compile(
        r"\b(?:\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b", re.IGNORECASE
    ),
    "ko": re.compile(
        r"\d[\d,]*|[십백천만]+"
        r"|(?:열|스물|서른|마흔|쉰|예순|일흔|여든|아흔)?\s?(?:한두|두세|서너|한|두|세|네|다섯|여섯|일곱|여덟|아홉)|열|스무|서른|마흔|쉰"
    ),
    "zh": re.compile(r"\d+|[一两二三四五六七八九十百]+"),
}
OF_A_HOUSE = re.compile(r"\d\s?(?:호실?|번지|층)$")  # 12호 is a house, and no twelve of anything
SOMEBODY = re.compile(r"백 ?모(?: ?\(| 씨)")  # 백 모(60) 씨 is a Mr Paek, and no hundred of anything
KO_WORD_END = r"(?=들?(?:은|는|이|가|을|를|의|에|도|과|와|만|로|으|한|씨|인(?=[\s,.]|데)|\s|[,.“”()·]|$))"


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact at its place. `value` is equal in every language; `hull` is what an offer replaces."""

    kind: str  # sum, date, place, count, quote, sex, age, kin, rank, person, reach
    span: FindingSpan
    value: Hashable
    hull: tuple[int, int]
    data: Mapping[str, Any] = field(default_factory=dict, hash=False, compare=False)


# Compared as itself: what follows from one reading can be kept beside it.
@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """One paragraph of one edition with everything found in it."""

    edition: str
    paragraph: ParagraphText
    facts: tuple[Fact, ...]
    unread: tuple[Unread, ...]
    reading: Reading

    def of(self, *kinds: str) -> tuple[Fact, ...]:
        """The facts of these kinds, in order."""
        return tuple(fact for fact in self.facts if fact.kind in kinds)


@lru_cache(maxsize=KEPT)
def said(edition: str, paragraph: ParagraphText, on: date, country: str) -> Said:
    """Read one paragraph as a reader of day `on` would; kept, so that a keystroke re-reads one paragraph."""
    reading = read(paragraph.text, edition, on, country)
    facts = sorted(all_facts(edition, paragraph, reading), key=lambda fact: (fact.span.start, fact.kind))
    # A quotation is a fact, and says nothing of the words in it: a name there stays unread.
    covered = [fact.hull for fact in facts if fact.kind != "quote"] + bands(paragraph.text, edition)
    unread = tuple(one for one in reading.unread if not inside(one.start, one.end, covered))
    return Said(edition, paragraph, tuple(facts), unread, reading)


def all_facts(edition: str, paragraph: ParagraphText, reading: Reading) -> Iterator[Fact]:
    """Every fact: those with values from the reading, the rest from the room's word tables."""
    yield from sums(edition, paragraph, reading.spans)
    yield from dates(edition, paragraph, reading.spans)
    for place in found_places(paragraph.text, edition, reading.spans):
        yield fact("place", edition, paragraph, place.start, place.end, place.key, level=place.level)
    ages = ages_in(paragraph.text, edition, reading.spans)
    yield from counts(edition, paragraph, reading.spans, ages)
    for start, end in quotations(paragraph.text):
        yield fact("quote", edition, paragraph, start, end, "quote")
    yield from people(edition, paragraph, reading.spans)
    for start, end in reaches(paragraph.text):
        yield fact("reach", edition, paragraph, start, end, same(paragraph.text[start:end]))
    yield from ages_and_sexes(edition, paragraph, ages)


def fact(
    kind: str, edition: str, paragraph: ParagraphText, start: int, end: int, value: Hashable,
    hull: tuple[int, int] | None = None, **data: Any,
) -> Fact:  # fmt: skip
    """A fact over `paragraph.text[start:end]`."""
    span = FindingSpan(edition, paragraph.id, start, end, paragraph.text[start:end])
    return Fact(kind, span, value, hull or (start, end), data)


def sums(edition: str, paragraph: ParagraphText, spans: Iterable[Span]) -> Iterator[Fact]:
    """Exact sums; a conversion in brackets belongs to the sum before it, a band is no sum."""
    taken, words = 0, bands(paragraph.text, edition)
    for span in (span for span in spans if span.kind == "money" and not span.value.get("per")):
        amount = decimal(span.value.get("amount"))
        if span.start < taken or amount is None or any(a < span.end and span.start < b for a, b in words):
            continue
        tail = CONVERTED.match(paragraph.text, span.end)
        taken = tail.end() if tail else span.end
        currency = str(span.value.get("currency", ""))
        yield fact("sum", edition, paragraph, span.start, span.end, (amount, currency),
                   (span.start, taken), amount=amount, currency=currency)  # fmt: skip


def decimal(amount: Any) -> Decimal | None:
    """An amount as a decimal; None when the reading gives bounds or nothing."""
    try:
        return Decimal(str(amount)).normalize()
    except InvalidOperation:
        return None


def bands(text: str, lang: str) -> list[tuple[int, int]]:
    """Where bands in words stand; what the review itself offers is not unread."""
    found = []
    for mark in phrases("imprecise", lang):
        begins = r"\b" if lang == "en" else ""
        ends = r"(?: (?:of|and|thousands?|million|hundreds?|dozens?|tens)\b)*" if lang == "en" else ""
        for match in re.finditer(begins + re.escape(mark) + r"\w*" + ends, text, re.IGNORECASE):
            found.append(match.span())
    return found


def dates(edition: str, paragraph: ParagraphText, spans: Iterable[Span]) -> Iterator[Fact]:
    """Days and spans of days, with bounds; a span open on one side keeps the day that is said."""
    for span in spans:
        if span.kind != "date":
            continue
        first, last = day(span.value.get("earliest")), day(span.value.get("latest"))
        if first or last:
            yield fact(
                "date", edition, paragraph, span.start, span.end, (first, last), first=first, last=last
            )


def day(text: Any) -> date | None:
    """A day of a reading's value, given as a date or in ISO 8601."""
    if isinstance(text, date) or text is None:
        return text
    return date.fromisoformat(str(text))


def counts(
    edition: str, paragraph: ParagraphText, spans: Iterable[Span], ages: Sequence[Aged]
) -> Iterator[Fact]:
    """Numbers of people and things: two agents, 두 명. One is no number."""
    for span in spans:
        value = span.value.get("count")
        number = COUNTED[edition].search(span.words)
        if span.kind != "quantity" or not isinstance(value, int) or value < 2 or number is None:
            continue
        before = bisect_left(ages, span.end, key=lambda one: one.start)  # in order, and none over another
        if before and span.start < ages[before - 1].end:
            continue  # 30대 is an age, and no thirty machines
        if edition == "ko" and (OF_A_HOUSE.search(span.words) or SOMEBODY.match(paragraph.text, span.start)):
            continue
        at = (span.start + number.start(), span.start + number.end())
        end = at[1] if edition == "en" else span.end
        yield fact("count", edition, paragraph, span.start, end, value, number=at)


@lru_cache(maxsize=4096)
def quotations(text: str) -> tuple[tuple[int, int], ...]:
    """Direct speech, marks included; kept, because every stretch of a paragraph asks."""
    return tuple(match.span() for match in QUOTE.finditer(text))


def people(edition: str, paragraph: ParagraphText, spans: Iterable[Span]) -> Iterator[Fact]:
    """Words about one person: sex, kinship, rank; names and ways to reach them."""
    spans = list(spans)
    named = [(span.start, span.end) for span in spans if span.kind == "person" and "name" in span.value]
    for kind, section in (("sex", "sex"), ("kin", "kin")):
        forms = table("phrases")[section].get(edition, {})
        for start, end in word_spans(paragraph.text, forms, edition):
            if inside(start, end, named):
                continue  # Choe Son Hui is nobody's son
            words = paragraph.text[start:end].lower()
            value = "sex" if kind == "sex" else relation(words)
            yield fact(kind, edition, paragraph, start, end, value, sex=sexes(edition).get(words, ""))
    for start, end in word_spans(paragraph.text, phrases("rank", edition), edition):
        yield fact("rank", edition, paragraph, start, end, "rank")
    for span in spans:
        if span.kind == "person" and "name" in span.value:
            yield fact(span.kind, edition, paragraph, span.start, span.end, span.words)
        if (
            span.value.get("office") == "formation"
        ):  # a numbered unit is a roster too, by one name in every language
            yield fact("rank", edition, paragraph, span.start, span.end, span.value["unit"])


def ages_and_sexes(edition: str, paragraph: ParagraphText, ages: Iterable[Aged]) -> Iterator[Fact]:
    """Ages, and the sex in brackets behind a name."""
    text = paragraph.text
    for one in ages:
        value = one.ages or text[one.start : one.end]
        yield fact("age", edition, paragraph, one.start, one.end, value, one.hull, ages=one.ages)
    for start, end, sex in bracketed_sexes(text) if edition == "ko" else ():
        yield fact("sex", edition, paragraph, start, end, "sex", sex=sex)


@cache
def sexes(edition: str) -> dict[str, str]:
    """Words that give a person's sex, relatives' included, to female or male."""
    return {str(word): sex for sex, by_lang in table("phrases")["sexes"].items()
            for word in by_lang.get(edition, ())}  # fmt: skip


def relation(words: str) -> str:
    """A relative's word as every language has it: 남편 is husband. The word itself where no row has it."""
    return next(
        (one for one, alike in table("phrases")["relations"].items() if words in alike or words == one), words
    )


def word_spans(text: str, words: Iterable[str], lang: str) -> list[tuple[int, int]]:
    """Where one of `words` stands as a word."""
    pattern = as_words(tuple(words), lang)
    return [match.span() for match in pattern.finditer(text)] if pattern else []


@lru_cache(maxsize=32)
def as_words(words: tuple[str, ...], lang: str) -> re.Pattern[str] | None:
    """Whole words in English; in Korean from a word's beginning up to a particle."""
    known = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    if not known:
        return None
    if lang == "en":
        return re.compile(rf"\b(?:{known})\b", re.IGNORECASE)
    if lang == "ko":
        return re.compile(rf"(?<![가-힣])(?:{known}){KO_WORD_END}")
    return re.compile(known)


def inside(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    """Whether one of `spans` covers start to end."""
    return any(left <= start and end <= right for left, right in spans)
