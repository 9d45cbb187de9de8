"""How word of an event spreads: who knows its details, and who has only heard of it.

Belongs here: ties and chances. Does not belong here: what a story says, or who reads it.
"""

from __future__ import annotations

from random import Random

from bench.simulation.population import Population

HEARSAY = {"demand": 0.25, "seizure": 0.35, "arrest": 0.6, "accident": 0.8, "meeting": 0.9}


def spread(
    rng: Random, world: Population, kind: str, subject: int, witnesses: tuple[int, ...]
) -> tuple[frozenset[int], frozenset[int]]:
    """(who knows the details, who knows that it happened); the first are among the second."""
    person = world.people[subject]
    inner = {subject, *world.households[person.household], *witnesses}
    for relatives in world.kin[person.household]:
        if rng.random() < 0.5:
            inner.update(world.households[relatives])
    for broker in _brokers_of(world, subject):
        if rng.random() < 0.4:
            inner.add(broker)
    outer = inner | _heard(rng, world, kind, subject)
    agents = {one for one in outer if world.people[one].agent}
    return frozenset(inner - agents), frozenset(outer - agents)


def _brokers_of(world: Population, subject: int) -> list[int]:
    return [broker for broker, clients in world.clients.items() if subject in clients]


def _heard(rng: Random, world: Population, kind: str, subject: int) -> set[int]:
    """Street, workplace and, for some events, the market."""
    person, chance = world.people[subject], HEARSAY[kind]
    heard = {
        one
        for one in world.streets[person.town, person.district, person.street]
        if rng.random() < chance * 0.8
    }
    if person.workplace:
        heard |= {one for one in world.workers[person.town, person.workplace] if rng.random() < chance * 0.15}
    for client in world.clients.get(subject, ()):
        if rng.random() < chance:
            heard.add(client)
    if rng.random() < chance * 0.5:  # then it is talked about at the market
        reach = rng.uniform(0.02, 0.3)
        heard |= {one.id for one in world.people if one.town == person.town and rng.random() < reach}
    return heard
