"""How finely a story says each fact, at three levels of detail.

Belongs here: the ranks of fineness, and the table that maps a level to them. Does not belong here: words.
A higher rank narrows more; rank 0 says nothing. `LEVELS` is monotone by row, which a test checks.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from random import Random

from bench.simulation.events import Event
from bench.simulation.population import Person


@dataclass(frozen=True)
class Said:
    """The rank of each fact said of one event."""

    place: int = 0  # province-less, province, town, district
    when: int = 0  # recently (sixty days), month, week of the month, day
    amount: int = 0  # no sum, its size, the sum
    job: int = 0  # none, wider word, occupation
    age: int = 0  # none, tens, years
    sex: int = 0
    children: int = 0
    work: int = 0  # the workplace named
    seized: int = 0  # none, phone taken before, in which month
    quote: int = 0
    contact: int = 0  # the day on which the source spoke
    origin: int = 0  # where the source lives: none, province, town


# One of the ten columns is drawn for each fact, the same at all three levels.
LEVELS: dict[str, dict[str, str]] = {
    "everything": {
        "place": "3333332222", "when": "3333333222", "amount": "2222222222", "job": "2222222221",
        "age": "2222111100", "sex": "1111111000", "children": "1110000000", "work": "1111100000",
        "seized": "2222111110", "quote": "1111111000", "contact": "1111111100", "origin": "2222222221",
    },
    "moderate": {
        "place": "3222222221", "when": "3222221111", "amount": "2222211110", "job": "2222211110",
        "age": "2111000000", "sex": "1111100000", "children": "1000000000", "work": "1000000000",
        "seized": "2111100000", "quote": "1100000000", "contact": "1110000000", "origin": "2222211111",
    },
    "careful": {
        "place": "2211111100", "when": "2111000000", "amount": "2110000000", "job": "2111000000",
        "age": "1000000000", "sex": "1110000000", "children": "0000000000", "work": "0000000000",
        "seized": "1000000000", "quote": "0000000000", "contact": "1000000000", "origin": "2111111100",
    },
}  # fmt: skip

# From this rank on the count rule calls it a fact.
COUNTED = {
    "place": 2, "when": 2, "amount": 2, "job": 2, "age": 1, "sex": 1,
    "children": 1, "work": 1, "seized": 1, "quote": 1, "contact": 1, "origin": 2,
}  # fmt: skip


def columns(rng: Random) -> dict[str, int]:
    """One draw a fact, to be used at every level."""
    return {name: rng.randrange(10) for name in COUNTED}


def at(level: str, drawn: dict[str, int], event: Event, person: Person, details_known: bool) -> Said:
    """What is said at a level, of what there is to say and the tellers know."""
    said = Said(**{name: int(LEVELS[level][name][column]) for name, column in drawn.items()})
    if event.amount is None:
        said = replace(said, amount=0)
    if not person.workplace:
        said = replace(said, work=0)
    if not person.children:
        said = replace(said, children=0)
    if person.seized_on is None:
        said = replace(said, seized=0)
    if event.kind not in ("demand", "meeting", "arrest"):
        said = replace(said, quote=0)
    if details_known:
        return said
    return replace(said, when=min(said.when, 2), amount=min(said.amount, 1), quote=0)


def finest(one: Said, other: Said) -> Said:
    """What both editions together say."""
    second = asdict(other)
    return Said(**{name: max(rank, second[name]) for name, rank in asdict(one).items()})


def facts(said: Said) -> int:
    """How many facts the count rule sees."""
    return sum(rank >= COUNTED[name] for name, rank in asdict(said).items())
