"""Who really fits: look-alikes of each subject, and who could have told. Counted, never estimated.

Belongs here: sets of people, from the population itself. Does not belong here: any reviewer's opinion.
The reader holds lists (arrests, seizures, accidents, rosters, call records). A claim of a source is
known to whoever knows *some* event that fits what is said; details (day, sum, words) only to those near.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bench.simulation.events import LISTED, Event
from bench.simulation.population import JOB, TOWN, Person, Population
from bench.simulation.said import Said


@dataclass(frozen=True)
class Told:
    """One event as a story tells it."""

    event: Event
    said: Said
    sources: tuple[int, ...]
    contact: date
    release: date


@dataclass(frozen=True)
class World:
    """Everybody and everything that happened."""

    population: Population
    events: tuple[Event, ...]


def window(event: Event, rank: int, release: date) -> tuple[date, date]:
    """The days that the words for the time leave open."""
    day = event.day
    if rank == 3:
        return day, day
    last = monthrange(day.year, day.month)[1]
    if rank == 2:
        first = (day.day - 1) // 7 * 7 + 1
        return day.replace(day=first), day.replace(day=min(first + 6, last))
    if rank == 1:
        return day.replace(day=1), day.replace(day=last)
    return release - timedelta(days=60), release


def size(amount: int) -> int:
    """Tens, hundreds, thousands: the power of ten."""
    return len(str(amount))


def person_fits(person: Person, subject: Person, said: Said) -> bool:
    """Whether somebody fits what is said of the subject as a person."""
    one, two = person, subject
    checks = (
        not one.agent,
        said.place < 1 or TOWN[one.town].province == TOWN[two.town].province,
        said.place < 2 or one.town == two.town,
        said.place < 3 or one.district == two.district,
        said.job < 1 or JOB[one.job].broad == JOB[two.job].broad,
        said.job < 2 or one.job == two.job,
        said.age < 1 or one.age // 10 == two.age // 10,
        said.age < 2 or one.age == two.age,
        not said.sex or one.sex == two.sex,
        not said.children or one.children == two.children,
        not said.work or one.workplace == two.workplace,
        said.seized < 1 or one.seized_on is not None,
        said.seized < 2 or _month(one.seized_on) == _month(two.seized_on),
    )
    return all(checks)


def _month(day: date | None) -> tuple[int, int] | None:
    return (day.year, day.month) if day else None


def event_fits(world: World, other: Event, told: Told) -> bool:
    """Whether another event fits everything said of this one."""
    event, said = told.event, told.said
    start, end = window(event, said.when, told.release)
    if other.kind != event.kind or not start <= other.day <= end:
        return False
    if said.amount and event.amount is not None:
        if other.amount is None or size(other.amount) != size(event.amount):
            return False
        if said.amount == 2 and other.amount != event.amount:
            return False
    if said.quote and other.quote != event.quote:
        return False
    people = world.population.people
    return person_fits(people[other.subject], people[event.subject], said)


def fitting_events(world: World, told: Told) -> list[Event]:
    """All events that the words could mean."""
    return [other for other in world.events if event_fits(world, other, told)]


def lookalikes(world: World, told: Told) -> frozenset[int]:
    """Whom a reader with lists cannot tell from the subject."""
    if told.event.kind in LISTED:
        return frozenset(other.subject for other in fitting_events(world, told))
    people = world.population.people
    subject = people[told.event.subject]
    fitting = [one for one in people if person_fits(one, subject, told.said)]
    if told.event.kind == "demand" and told.said.when >= 2:  # a week or a day: the roster tells the streets
        fitting = [one for one in fitting if _on_roster(world, told, one)]
    return frozenset(one.id for one in fitting)


def _on_roster(world: World, told: Told, person: Person) -> bool:
    start, end = window(told.event, told.said.when, told.release)
    days = (start, end) if told.said.when == 2 else (start,)
    return any(world.population.on_beat(person, day) for day in days)


def details(said: Said) -> bool:
    """Whether what is said is more than hearsay."""
    return said.when == 3 or said.amount == 2 or bool(said.quote)


def tellers(world: World, told: Told, source: int) -> frozenset[int]:
    """Who could have told this; the attribution (town, day) is of the first source alone."""
    near = details(told.said)
    known = frozenset[int]().union(
        *(other.inner if near else other.outer for other in fitting_events(world, told))
    )
    if source != told.sources[0]:
        return known
    if told.said.origin:
        known = frozenset(one for one in known if _lives_as_said(world, one, source, told.said.origin))
    if told.said.contact:
        known &= world.population.callers[told.contact] | {source}
    return known


def _lives_as_said(world: World, one: int, source: int, rank: int) -> bool:
    people = world.population.people
    here, home = TOWN[people[one].town], TOWN[people[source].town]
    return here.province == home.province and (rank < 2 or here.key == home.key)


@dataclass(frozen=True)
class Sets:
    """The real sets' sizes for one story: by event for subjects, by source."""

    subjects: dict[int, int]
    sources: dict[int, int]

    def at_risk(self, k: int) -> bool:
        """Whether somebody stands among fewer than k."""
        return any(count < k for count in (*self.subjects.values(), *self.sources.values()))


class Reader:
    """A later reader of everything: remembers what each story left of each set."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._subjects: dict[int, frozenset[int]] = {}
        self._sources: dict[int, frozenset[int]] = {}

    def read(self, story: Sequence[Told]) -> Sets:
        """What is left of the sets after this story and all before it."""
        subjects: dict[int, int] = {}
        sources: dict[int, int] = {}
        for told in story:
            who = told.event.subject
            fitting = lookalikes(self.world, told)
            left = fitting & self._subjects.get(who, fitting)
            self._subjects[who] = left
            subjects[told.event.id] = len(left)
            for source in told.sources:
                could = tellers(self.world, told, source)
                self._sources[source] = could & self._sources.get(source, could)
                sources[source] = len(self._sources[source])
        return Sets(subjects, sources)
