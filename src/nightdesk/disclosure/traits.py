"""Of which sex and age somebody is said to be, with the words that say it; one description as its editions have it.

Belongs here: what several words say together. Does not belong here: whose words they are (belonging), how many that
leaves (cells).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from nightdesk.disclosure.ages import Ages
from nightdesk.disclosure.facts import Fact


class Who(NamedTuple):
    """What is said of somebody beside the description: '' and None where nothing is."""

    sex: str = ""  # female, male
    age: Ages | None = None


NOTHING = Who()


@dataclass(frozen=True, slots=True)
class Traits:
    """The same, with the words that say it."""

    who: Who = NOTHING
    sex: tuple[Fact, ...] = ()
    age: tuple[Fact, ...] = ()


def gathered(facts: Iterable[Fact]) -> Traits:
    """Facts as what they say together; words that disagree say nothing."""
    facts = sorted(set(facts), key=lambda fact: (fact.span.edition, fact.span.paragraph, fact.span.start))
    sex = tuple(fact for fact in facts if fact.data.get("sex"))
    age = tuple(fact for fact in facts if fact.kind == "age" and fact.data["ages"])
    one_sex = {fact.data["sex"] for fact in sex}
    low, high = (
        max((f.data["ages"].low for f in age), default=1),
        min((f.data["ages"].high for f in age), default=0),
    )
    who = Who(one_sex.pop() if len(one_sex) == 1 else "", Ages(low, high) if low <= high else None)
    return Traits(who, sex if who.sex else (), age if who.age else ())


def merged(found: Sequence[Traits]) -> tuple[Traits, ...]:
    """One description as its editions have it; each by itself where an edition tells of several that differ."""
    together = gathered(fact for one in found for fact in (*one.sex, *one.age))
    agree = all(
        (not one.who.sex or together.who.sex) and (not one.who.age or together.who.age) for one in found
    )
    return (together,) if agree else tuple(dict.fromkeys(found))
