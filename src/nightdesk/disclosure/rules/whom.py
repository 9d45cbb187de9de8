"""Sex and age of somebody described: what tables prove of them, how to say less, and where no table counts them.

Belongs here: offers with the interval after them, and what tables by sex or age leave open. Does not belong here:
whose words they are (traits), the reckoning (counting), the description itself (groups).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from nightdesk.disclosure.ages import wider, wider_words
from nightdesk.disclosure.agewords import said_age
from nightdesk.disclosure.case import Case, Passage
from nightdesk.disclosure.counting import fitting
from nightdesk.disclosure.estimates import countable, counts
from nightdesk.disclosure.facts import Fact, Said
from nightdesk.disclosure.findings import finding
from nightdesk.disclosure.model import Finding, GroupTable, Interval, Offer, SetFact, Sufficient
from nightdesk.disclosure.neutral import neutral
from nightdesk.disclosure.offers import cut, offer
from nightdesk.disclosure.rules.people import less as less_of_person
from nightdesk.disclosure.rules.suffice import LOW, SMALL, shown
from nightdesk.disclosure.traits import Traits, Who
from nightdesk.disclosure.years import EN_TENS

ANYBODY = 10**12  # people: no table has more
AGE_WORDS, ADJECTIVE = (
    30,
    10,
)  # characters a description begins before an age's end at most, or after it: "female "
ARTICLE = re.compile(r"\b([Aa])n? $")


@dataclass(frozen=True, slots=True)
class Whom:
    """Somebody described in a passage, with the rows of that group: as one person, or as several who differ."""

    case: Case
    passage: Passage
    group: SetFact
    rows: tuple[GroupTable, ...]
    told: tuple[Traits, ...]

    def few(self) -> list[Sufficient]:
        """Every set of told facts that suffices for any of them."""
        return [one for told in self.told
                for one in shown(self.case, self.passage, self.group, self.rows, told, SMALL)]  # fmt: skip

    def after(self, told: Traits) -> Interval | None:
        """The fewest that fit when so much is told; None when no table says."""
        found = shown(self.case, self.passage, self.group, self.rows, told, ANYBODY)
        return min((one.people for one in found), key=lambda one: (one.high or 0, one.low), default=None)


def less(whom: Whom, sets: tuple[Sufficient, ...]) -> Iterator[Offer]:
    """An age and a sex said less exactly, where a set shown rests on them."""
    for told in whom.told:
        for fact in told.age if resting(sets, "age", str(told.who.age)) else ():
            yield from less_of_age(whom, told, fact)
        if resting(sets, "sex", told.who.sex):
            yield from less_of_sex(whom, told)


def resting(sets: tuple[Sufficient, ...], kind: str, value: str) -> bool:
    """Whether one of the sets needs this fact."""
    return any((fact.kind, fact.value) == (kind, value) for one in sets for fact in one.facts)


def less_of_age(whom: Whom, told: Traits, fact: Fact) -> Iterator[Offer]:
    """The ten years around it, then no age at all."""
    said = whom.passage.said[fact.span.edition]
    # "About 45" and "30 to 39" go on beside the age's own words: ten years put in their place would not fit there.
    alone = said_age(fact.span.words, said.edition) == fact.data["ages"]
    around = wider(fact.data["ages"]) if alone else None
    if around:
        after = whom.after(replace(told, who=told.who._replace(age=around)))
        yield from said_wider(whom, said, fact, after)
    left = whom.after(Traits(told.who._replace(age=None), told.sex))
    for one in less_of_person(said.edition, said.paragraph, fact):
        yield replace(one, after=left if one.label_key == "drop_words" else None)


def said_wider(whom: Whom, said: Said, fact: Fact, after: Interval | None) -> Iterator[Offer]:
    """45세 -> 40대, aged 45 -> in their forties, a 45-year-old broker -> a broker in their forties."""
    lang, start, end = said.edition, fact.span.start, fact.span.end
    new = wider_words(lang, fact.span.words, fact.data["ages"])
    if new:
        yield offer(lang, said.paragraph, start, end, new, "say_decade", after)
    elif lang == "en" and (noun := described_after(whom, said, end)):
        article = ARTICLE.search(said.paragraph.text[:start])
        an = f"a{'n' if noun[0].lower() in 'aeio' else ''} " if article else ""
        new = f"{an}{noun} in their {EN_TENS[fact.data['ages'].low // 10 - 1]}"
        start = article.start() if article else start
        yield offer(lang, said.paragraph, start, end + 1 + len(noun), new, "say_decade", after)


def described_after(whom: Whom, said: Said, at: int) -> str:
    """The rest of the description that begins behind an English age; '' when it stands elsewhere."""
    where = said.edition, said.paragraph.id
    here = [one for one in whom.group.spans if (one.edition, one.paragraph) == where and at < one.end]
    nearest = min(here, key=lambda span: span.end, default=None)
    if nearest is None or not at - AGE_WORDS <= nearest.start <= at + ADJECTIVE:
        return ""
    return said.paragraph.text[at + 1 : nearest.end]


def less_of_sex(whom: Whom, told: Traits) -> Iterator[Offer]:
    """Every word of this sex in the paragraph made neutral: a pronoun would give it away again."""
    after = whom.after(Traits(told.who._replace(sex=""), (), told.age))
    for edition in dict.fromkeys(fact.span.edition for fact in told.sex):
        said = whom.passage.said[edition]
        facts = [fact for fact in said.of("sex") if fact.data["sex"] == told.who.sex]
        bare = [fact for fact in facts if spare(whom, said, fact)]
        for fact in bare:
            one = cut(edition, said.paragraph, fact.span.start, fact.span.end, "say_neutral")
            yield replace(one, after=after)
        if kept := [fact for fact in facts if fact not in bare]:
            yield replace(neutral(edition, said.paragraph, kept), after=after)


def spare(whom: Whom, said: Said, fact: Fact) -> bool:
    """Whether the word stands right before the description, which needs none: 여성 송금 브로커, 女子汇款中间人."""
    text, where = said.paragraph.text, (said.edition, said.paragraph.id)
    return said.edition in ("ko", "zh") and any(
        (one.edition, one.paragraph) == where and fact.span.end <= one.start and not text[fact.span.end : one.start].strip()
        for one in whom.group.spans
    )  # fmt: skip


def unsaid(whom: Whom) -> Iterator[Finding]:
    """Tables count some by sex or age, but nobody like this; or they say that nobody is like this."""
    if any((row.sex or row.age) and countable(row, whom.case.on) for row in whom.rows):
        for told in whom.told:
            if told.who != Who():
                yield from of_tables(whom, told)


def of_tables(whom: Whom, told: Traits) -> Iterator[Finding]:
    """The finding, if the rows leave something open."""
    rows, who = whom.rows, told.who
    proven = [row for row in fitting(rows, whom.case.on, who) if (row.sex or row.age) and row.high <= LOW]
    counted = any((row.sex or row.age) and countable(row, whom.case.on) and counts(row, who) for row in rows)
    said = [fact.span for fact in (*told.sex, *told.age)]
    values: dict[str, Any] = {
        "group": whom.group.value,
        "facts": [{span.edition: span.words} for span in said[:1]],
    }
    if any(row.high == 0 for row in proven):
        yield finding("small group", "amber", "group_part_nobody", said, for_="subject", **values)
    elif not proven and not counted:
        yield finding("small group", "note", "no_table_part", said, for_="subject", **values)
