"""Ages and sexes as they stand in a paragraph: in their own words, or as a bare number that a name before it makes one.

Belongs here: where an age stands and what of the text goes with it. Does not belong here: words of age (agewords), whose
age it is (belonging).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from nightdesk.disclosure.ages import Ages
from nightdesk.disclosure.agewords import AGE
from nightdesk.disclosure.capitals import words_of
from nightdesk.disclosure.hedged import ends_at, of_things, starts_at, told_age
from nightdesk.disclosure.whereabouts import key_of, names
from nightdesk.disclosure.words import table
from nightdesk.reading.model import Span
from nightdesk.values.places import gazetteer

# What the reading calls a number of years of somebody's life.
YEARS = ("age", "살", "岁")
# A name and a number in brackets or between commas. Behind 45 no bracket or comma but the one that ends it.
BESIDE = {
    "en": re.compile(
        r"\b(?P<name>[A-Z][a-z]{1,15}(?:-[A-Za-z][a-z]+)?)(?:,? \((?:aged? )?(?P<in>\d{1,2})\)"
        r"|, (?P<age>\d{1,2}), (?=(?:an?|the|who|whose|was|is|had|has|from|of|told|said|saw|and)\b))"
        # Of somebody without a name, with or without commas: "a broker, 45, was", "whose son is 12".
        r"|\b(?:[Aa]n?|[Tt]he|[Hh]is|[Hh]er|[Tt]heir|[Mm]y|[Ww]hose) (?:[a-z-]+ ){0,2}?(?P<who>[a-z]+)(?:, (?P<beside>\d{1,2}),(?= [a-z])"
        r"|(?: only)? (?:is|was) (?:only |now )?(?P<told>\d{1,2})(?=[.,;]|$| (?:and|when)\b))"
    ),
    # A sex beside the number is enough in Korean; without one the word before has to be said of people.
    "ko": re.compile(
        r"(?P<name>[가-힣]) ?\((?:[여녀남] ?[·,/∙ㆍ] ?(?P<in>\d{1,3})(?:세|살)?\)|(?P<age>\d{1,3}) ?[·,/∙ㆍ] ?[여녀남]\))"
    ),
    "zh": re.compile(r"(?P<name>某{1,2}|先生|女士|姓)(?:（(?P<in>\d{1,2})）|，(?P<age>\d{1,2})，)"),
}
# Capitals before a number in brackets that name no person; months, days and places are looked up.
NO_NAMES = frozenset(
    ["Article", "Articles", "Section", "Chapter", "Figure", "Table", "Paragraph", "Part", "Page", "Note", "Step", "Room",
     "Unit", "Group", "Annex", "Appendix", "Clause", "Rule", "Act", "Law", "Number", "No", "Photo", "Source", "Item"]
)  # fmt: skip
# The sex in brackets behind a name, with the sign that parts it from an age: (45·여), (여·45), (녀, 45세), (남).
IN_BRACKETS = re.compile(
    r"(?:(?<=[가-힣] \()|(?<=[가-힣]\())(?:(?P<only>[여녀남])(?=\))|(?P<first>[여녀남] ?[·,/∙ㆍ] ?)(?=(?:만 ?)?\d{1,3}(?:세|살)?\))"
    r"|(?:만 ?)?\d{1,3}(?:세|살)?(?P<last> ?[·,/∙ㆍ] ?[여녀남])(?=\)))"
)
GROUPS = ("in", "age", "beside", "told")
AT_HAND = 12  # characters before a number in brackets in which a place would stand
OPEN, CLOSE = "(（", ")）"
BEFORE_BRACKET = re.compile(r"([가-힣]{2,8}) ?[(（]$")
PARTED = re.compile(r" ?[·,/∙ㆍ] ?")


class Aged(NamedTuple):
    """An age from `start` to `end`; `hull` is what an offer that drops it takes out. None: no table has such years."""

    start: int
    end: int
    hull: tuple[int, int]
    ages: Ages | None


def ages_in(text: str, lang: str, spans: Iterable[Span]) -> list[Aged]:
    """Every age of a paragraph, in order; one that the reading alone has, where no words of age stand."""
    found = [match.span() for match in AGE[lang].finditer(text)] if lang in AGE else []
    found = [one for one in found if lang != "ko" or not of_things(text, *one)]
    for start, end in (*by_reading(text, spans), *beside_a_name(text, lang)):
        if all(end <= a or b <= start for a, b in found):
            found.append((start, end))
    return [aged(text, lang, start, ends_at(text, end, lang), end) for start, end in sorted(found)]


def aged(text: str, lang: str, start: int, end: int, number: int) -> Aged:
    """The age whose own words end at `number` and what belongs to it at `end`."""
    return Aged(
        start, end, around(text, starts_at(text, start, lang), end), told_age(text, start, number, lang)
    )


def around(text: str, start: int, end: int) -> tuple[int, int]:
    """From start to end with the brackets that hold nothing else, or the sign that parts it from another word in them."""
    before, behind = text[:start], text[end:]
    if before.endswith(tuple(OPEN)) and behind.startswith(tuple(CLOSE)):
        return start - 1 - before.endswith((" (", " （")), end + 1
    if before.endswith(tuple(OPEN)) and (parted := PARTED.match(text, end)):
        return start, parted.end()
    if behind.startswith(tuple(CLOSE)) and (parted := re.search(rf"{PARTED.pattern}$", before)):
        return parted.start(), end
    return start, end


def by_reading(text: str, spans: Iterable[Span]) -> Iterator[tuple[int, int]]:
    """Numbers of years that the reading found: 45 of 김모(45) 씨, for one. 회령시(12) counts something in a place."""
    for span in spans:
        if span.kind == "quantity" and span.value.get("of") in YEARS:
            place = BEFORE_BRACKET.search(text[max(0, span.start - AT_HAND) : span.start])
            if not place or key_of(place.group(1)) not in gazetteer():
                yield span.start, span.end


def beside_a_name(text: str, lang: str) -> Iterator[tuple[int, int]]:
    """Kim (45), Kim, 45, a broker; a month, a place or a word that counts things is no name."""
    for match in BESIDE[lang].finditer(text) if lang in BESIDE else ():
        found = match.groupdict()
        name = found["name"] or ""
        somebody = not found.get("told") or found["who"] in table("phrases")["kin"]["en"]
        if (
            somebody
            and name not in NO_NAMES | words_of("months") | words_of("days")
            and name.lower() not in names()
        ):
            yield next(match.span(group) for group in GROUPS if found.get(group))


def bracketed_sexes(text: str) -> Iterator[tuple[int, int, str]]:
    """Where a sex stands in brackets behind a Korean name, and which."""
    for match in IN_BRACKETS.finditer(text):
        for group in ("only", "first", "last"):
            if words := match[group]:
                yield *match.span(group), "male" if "남" in words else "female"
