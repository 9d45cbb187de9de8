"""The smallest sets of facts that the newsroom's own tables show to fit few people (minimal sample uniques).

Whoever fits a description, a place, a time, a sex and an age is among those whom a row of that description, that
place or one around it, that time and part counts: so what rows prove (counting) bounds them, and nothing else does.
No number is made by multiplying shares. Cost: one look at each place and time that rows of the group have. Belongs
here: which facts suffice. Does not belong here: how grave that is (groups), facts no row counts (`cannot_estimate`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any

from nightdesk.disclosure.ages import band
from nightdesk.disclosure.case import Case, Passage
from nightdesk.disclosure.counting import fitting
from nightdesk.disclosure.estimates import counted_in, inside, interval, whole_country
from nightdesk.disclosure.estimates import told as of_table
from nightdesk.disclosure.exactness import bounds, length
from nightdesk.disclosure.facts import Fact
from nightdesk.disclosure.model import FindingSpan, GroupTable, Interval, SetFact, Sufficient
from nightdesk.disclosure.rules.days import contact_facts
from nightdesk.disclosure.traits import Traits
from nightdesk.disclosure.whereabouts import COARSE, lies_in, same_place
from nightdesk.values.places import ancestors, gazetteer

SMALL = 100  # at most so many look-alikes: one list, one afternoon
LOW = 200  # a low end up to this may be far fewer than thought
FINEST = 9
SHOWN = 3  # sets of one description; more are no help to an editor
KEYS = dict(enumerate(("suffice_one", "suffice_two", "suffice_three", "suffice_four", "suffice_five"), 1))


def few_facts(found: Iterable[Sufficient]) -> tuple[Sufficient, ...]:
    """The smallest sets, fewest facts first: none that another is implied by, and no more than an editor can weigh."""
    kept: list[Sufficient] = []
    for one in sorted(found, key=order):
        if not any(implies(one, other) for other in kept):
            kept = [other for other in kept if not implies(other, one)] + [one]
    return tuple(kept[:SHOWN])


def order(one: Sufficient) -> tuple[int, int, int, str]:
    """Fewest facts first, then fewest people."""
    return len(one.facts), one.people.high or 0, one.people.low, one.people.basis


def shown(
    case: Case, passage: Passage, group: SetFact, rows: tuple[GroupTable, ...], told: Traits, most: int
) -> list[Sufficient]:
    """Every set of facts of the story that puts somebody among at most so many, by what `rows` prove."""
    counting = [row for row in fitting(rows, case.on, told.who) if 0 < row.high <= most]
    where = places_told(case, passage)
    when = dates_told(case, passage, group.spans) if any(row.when for row in counting) else ()
    found: list[Sufficient] = []
    for row in counting:
        facts = [group, *needed(case.draft.country, where, when, row), *traits(told, row)]
        if None not in facts:
            found.append(Sufficient(tuple(one for one in facts if one), interval(row), row))
    return found


def needed(
    country: str, where: Sequence[Fact], when: Sequence[Fact], row: GroupTable
) -> Iterator[SetFact | None]:
    """What beside the description puts somebody into the row; None where the story does not say it."""
    if not whole_country(row, country):
        yield place(where, row)
    if row.when:
        yield time(when, row)


def traits(told: Traits, row: GroupTable) -> Iterator[SetFact]:
    """The sex and the age that the row's interval rests on."""
    if row.sex:
        yield SetFact("sex", row.sex, tuple(fact.span for fact in told.sex))
    if row.age:
        yield SetFact("age", row.age, tuple(fact.span for fact in told.age))


def places_told(case: Case, passage: Passage) -> tuple[Fact, ...]:
    """Where it happened: the paragraph's places, or the story's where they are no finer than a province.

    Of the story's none outside the paragraph's own province; none at all where two towns are told of.
    """
    own = passage.facts("place")
    if all(fact.data["level"] in COARSE for fact in own):
        told = (fact for lang in case.draft.editions for fact in case.said_in.get((lang, "place"), ()))
        around = {str(fact.value) for fact in own if fact.data["level"] == "province"}
        own = tuple(fact for fact in told
                    if not around or any(same_place(str(fact.value), one) for one in around))  # fmt: skip
    towns = dict.fromkeys(str(fact.value) for fact in own if fact.data["level"] not in COARSE)
    return own if all(same_place(one, other) for one, other in combinations(towns, 2)) else ()


def place(told: Sequence[Fact], row: GroupTable) -> SetFact | None:
    """The widest place told of that lies in the row's: it says least, and is enough."""
    fitting = [fact for fact in told if inside(str(fact.value), row)]
    widest = min(fitting, key=lambda fact: depth(str(fact.value)), default=None)
    return None if widest is None else standing("place", widest, str(widest.value), fitting)


def depth(place: str) -> int:
    """How many places lie above; one that is in no table is as fine as any."""
    return len(ancestors(place)) if place in gazetteer() else FINEST


def dates_told(case: Case, passage: Passage, described: Sequence[FindingSpan]) -> tuple[Fact, ...]:
    """The times that belong to the description where it has some; otherwise any of the paragraph but the contact's."""
    dates = passage.facts("date")
    own = tuple(fact for fact in dates if any(holding(span, fact.span) for span in described))
    contact = set() if own else set(contact_facts(case, passage))
    return own or tuple(fact for fact in dates if fact not in contact)


def time(told: Sequence[Fact], row: GroupTable) -> SetFact | None:
    """The longest time told of that lies in the row's."""
    fitting = counted_in(row, told)
    widest = max(fitting, key=lambda fact: length(fact) or 0, default=None)
    if widest is None:
        return None
    return standing("date", widest, bounds(widest.data["first"], widest.data["last"]), fitting)


def standing(kind: str, chosen: Fact, value: str, among: Iterable[Fact]) -> SetFact:
    """The fact with every place where it stands."""
    return SetFact(kind, value, tuple(fact.span for fact in among if fact.value == chosen.value))


def holding(span: FindingSpan, other: FindingSpan) -> bool:
    """Whether one span holds another."""
    same = (span.edition, span.paragraph) == (other.edition, other.paragraph)
    return same and span.start <= other.start and other.end <= span.end


def implies(one: Sufficient, other: Sufficient) -> bool:
    """Whether whoever says `one` says all of `other`: then `one` is not smallest. A town says its province."""
    return all(any(covers(mine, theirs) for mine in one.facts) for theirs in other.facts)


def covers(mine: SetFact, theirs: SetFact) -> bool:
    """Whether one fact says another: a town its province, a day its month, 45 the forties."""
    if mine.kind != theirs.kind or mine.value == theirs.value:
        return mine.kind == theirs.kind
    if mine.kind == "date":
        (first, last), (since, until) = days(mine), days(theirs)
        return since <= first and last <= until
    if mine.kind == "age":
        narrow, wide = band(mine.value), band(theirs.value)
        return bool(narrow and wide and narrow.within(wide))
    return mine.kind == "place" and lies_in(mine.value, theirs.value)


def days(fact: SetFact) -> tuple[str, str]:
    """The first and the last day of a date, in ISO: they are in order as words too."""
    ends = fact.value.split("/")
    return ends[0], ends[-1]


def told(sets: Sequence[Sufficient], all_told: Interval) -> dict[str, Any]:
    """The first set for a sentence: its table, the words each edition has first for each fact, and how few all facts leave."""
    values = of_table(sets[0].table) | {"facts": [words(fact) for fact in sets[0].facts]}
    if (all_told.high or 0) < (sets[0].people.high or 0):
        values |= {"further": {"low": all_told.low, "high": all_told.high}}
    return values


def fewest(found: Iterable[Sufficient]) -> Interval:
    """The narrowest interval of these: what all facts that are told prove together."""
    return min(found, key=lambda one: (one.people.high or 0, *order(one))).people


def words(fact: SetFact) -> dict[str, str]:
    """The words of a fact by edition."""
    found: dict[str, str] = {}
    for span in fact.spans:
        found.setdefault(span.edition, span.words)
    return found
