"""What happened: demands of money, arrests, seizures, accidents, meetings, each with those who know.

Belongs here: events as they were. Does not belong here: which of them a newsroom hears of.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from bench.simulation.knowers import spread
from bench.simulation.population import FIRST, LAST, Population

KINDS = {"demand": 34, "arrest": 20, "seizure": 24, "accident": 12, "meeting": 10}
LISTED = ("arrest", "seizure", "accident")  # the state keeps a list of whom it happened to
PAID = ("demand", "arrest", "seizure")


@dataclass(frozen=True)
class Event:
    """One thing that happened to one person, in the person's own district."""

    id: int
    kind: str
    day: date
    subject: int
    amount: int | None
    quote: int
    inner: frozenset[int]
    outer: frozenset[int]


def happen(rng: Random, world: Population, count: int) -> tuple[Event, ...]:
    """`count` events over the half year."""
    return tuple(_one(rng, world, number) for number in range(count))


def _one(rng: Random, world: Population, number: int) -> Event:
    kind = rng.choices(list(KINDS), list(KINDS.values()))[0]
    day = FIRST + timedelta(days=rng.randrange((LAST - FIRST).days + 1))
    subject = _subject(rng, world, kind, day)
    person = world.people[subject]
    street = world.streets[person.town, person.district, person.street]
    seen = rng.sample(street, min(len(street), rng.randint(0, 4 if kind != "meeting" else 25)))
    inner, outer = spread(rng, world, kind, subject, tuple(seen))
    return Event(number, kind, day, subject, _sum(rng, kind), rng.randrange(12), inner, outer)


def _subject(rng: Random, world: Population, kind: str, day: date) -> int:
    """Phones are taken from those who have one; demands go by the roster of the week."""
    while True:
        person = rng.choice(world.people)
        wanted = not person.agent
        if kind in ("seizure", "arrest"):
            wanted = wanted and (person.phone or rng.random() < 0.08)
        if kind == "demand":
            wanted = wanted and world.on_beat(person, day)
            wanted = wanted and (person.phone or rng.random() < 0.15)
        if wanted:
            return person.id


def _sum(rng: Random, kind: str) -> int | None:
    if kind not in PAID:
        return None
    return rng.choice((5, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 75, 80, 100, 130, 150, 200, 300)) * 100
