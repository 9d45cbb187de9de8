"""Who lives there: towns, people, kin, streets, brokers' clients, phones, rosters. Drawn from a seed.

Belongs here: what holds before anything happens. Does not belong here: events, and what is said of them.
Sizes and names' meanings are invented; only names of places are real, because reviewers read them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import TypeVar

K = TypeVar("K")
FIRST, LAST = date(2023, 7, 1), date(2023, 12, 31)
PROVINCES = {"NH": ("North Hamgyong Province", "함경북도"), "RY": ("Ryanggang Province", "량강도")}


@dataclass(frozen=True)
class Town:
    """A town with its districts; `share` is its part of the population."""

    key: str
    en: str
    ko: str
    province: str
    share: float
    districts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Job:
    """An occupation, the wider word for it, and how many of a thousand grown people have it."""

    key: str
    en: str
    ko: str
    broad: str
    weight: int
    workplace: tuple[str, str] | None = None


@dataclass(frozen=True)
class Person:
    """Somebody, as lists and neighbours know them."""

    id: int
    town: str
    district: int
    street: int
    household: int
    sex: str
    age: int
    job: str
    workplace: str | None
    children: int
    phone: bool
    agent: bool
    seized_on: date | None


_DISTRICTS = (
    ("Nammun-dong", "남문동"),
    ("Yokjon-dong", "역전동"),
    ("Kangan-dong", "강안동"),
    ("Tongmyong-dong", "동명동"),
    ("Sinhung-dong", "신흥동"),
    ("Osan-dong", "오산동"),
)

TOWNS = (
    Town("chongjin", "Chongjin", "청진", "NH", 0.34, _DISTRICTS),
    Town("hoeryong", "Hoeryong", "회령", "NH", 0.15, _DISTRICTS[:4]),
    Town("musan", "Musan", "무산", "NH", 0.10, _DISTRICTS[:3]),
    Town("onsong", "Onsong", "온성", "NH", 0.04, _DISTRICTS[:2]),
    Town("hyesan", "Hyesan", "혜산", "RY", 0.25, _DISTRICTS[:5]),
    Town("kimjongsuk", "Kimhyongjik", "김형직군", "RY", 0.03, _DISTRICTS[:2]),
    Town("samjiyon", "Samjiyon", "삼지연", "RY", 0.06, _DISTRICTS[:2]),
    Town("pochon", "Pochon", "보천", "RY", 0.03, _DISTRICTS[:1]),
)

BROAD = {"trader": ("trader", "장사꾼"), "worker": ("worker", "노동자"), "staff": ("employee", "직장인")}
JOBS = (
    Job("broker", "remittance broker", "송금 브로커", "trader", 8),
    Job("stall", "market trader", "시장 상인", "trader", 190),
    Job("smuggler", "smuggler", "밀수꾼", "trader", 9),
    Job("miner", "miner", "광부", "worker", 120, ("No. 2 mine", "2호 탄광")),
    Job("railway", "railway worker", "철도 노동자", "worker", 30, ("railway station", "철도역")),
    Job("farmer", "farm worker", "농장원", "worker", 230, ("vegetable farm", "남새농장")),
    Job("mill", "factory worker", "공장 노동자", "worker", 250, ("textile mill", "방직공장")),
    Job("nurse", "nurse", "간호원", "staff", 20, ("people's hospital", "인민병원")),
    Job("doctor", "doctor", "의사", "staff", 10, ("people's hospital", "인민병원")),
    Job("teacher", "teacher", "교원", "staff", 40, ("middle school", "중학교")),
    Job("driver", "truck driver", "화물차 운전사", "worker", 30, ("transport depot", "운수사업소")),
    Job("clerk", "clerk", "사무원", "staff", 60, ("food office", "량정사업소")),
)
JOB = {job.key: job for job in JOBS}
TOWN = {town.key: town for town in TOWNS}


@dataclass(frozen=True)
class Population:
    """Everybody, with the ties that news travels on and the lists the state keeps."""

    people: tuple[Person, ...]
    households: dict[int, tuple[int, ...]]
    streets: dict[tuple[str, int, int], tuple[int, ...]]
    workers: dict[tuple[str, str], tuple[int, ...]]
    kin: dict[int, tuple[int, ...]]  # household to households
    clients: dict[int, tuple[int, ...]]  # broker to people
    callers: dict[date, frozenset[int]] = field(default_factory=dict)

    def of_town(self, key: str) -> list[Person]:
        """Who lives in one town."""
        return [person for person in self.people if person.town == key]

    def on_beat(self, person: Person, day: date) -> bool:
        """Whether an agent was on shift in the person's street that week: the roster alternates."""
        return (person.street + person.district + day.isocalendar().week) % 2 == 0


def build(rng: Random, size: int) -> Population:
    """A population of about `size` people."""
    people: list[Person] = []
    for town in TOWNS:
        _settle(rng, town, max(60, int(size * town.share)), people)
    return tie(rng, tuple(people))


def tie(rng: Random, people: tuple[Person, ...]) -> Population:
    """Kin, clients, workplaces and calls between people who are there already."""
    households, streets = defaultdict(list), defaultdict(list)
    workers, towns = defaultdict(list), defaultdict(list)
    for person in people:
        households[person.household].append(person.id)
        streets[person.town, person.district, person.street].append(person.id)
        towns[person.town].append(person.id)
        if person.workplace:
            workers[person.town, person.workplace].append(person.id)
    every = sorted(households)
    kin = {household: tuple(rng.sample(every, min(2, len(every)))) for household in every}
    clients = {
        person.id: tuple(rng.sample(towns[person.town], min(len(towns[person.town]), rng.randint(5, 25))))
        for person in people
        if person.job == "broker"
    }
    return Population(
        people, _frozen(households), _frozen(streets), _frozen(workers), kin, clients, _calls(rng, people)
    )


def _frozen(groups: dict[K, list[int]]) -> dict[K, tuple[int, ...]]:
    return {key: tuple(members) for key, members in groups.items()}


def _settle(rng: Random, town: Town, count: int, people: list[Person]) -> None:
    """Households of one town, street by street."""
    until = len(people) + count
    while len(people) < until:
        household = people[-1].household + 1 if people else 0
        district = rng.randrange(len(town.districts))
        street = rng.randrange(max(1, count // len(town.districts) // 40))
        children = rng.choices((0, 1, 2, 3), (30, 35, 28, 7))[0]
        for _ in range(rng.choices((1, 2, 3), (15, 60, 25))[0]):
            people.append(_adult(rng, len(people), town.key, district, street, household, children))


def _adult(
    rng: Random, number: int, town: str, district: int, street: int, household: int, children: int
) -> Person:
    job = rng.choices(JOBS, [each.weight for each in JOBS])[0]
    agent = rng.random() < 0.004
    phone = rng.random() < (0.85 if job.key in ("broker", "smuggler") else 0.07)
    seized = FIRST - timedelta(days=rng.randrange(1, 330)) if phone and rng.random() < 0.2 else None
    return Person(
        number, town, district, street, household, rng.choice("fm"), rng.randint(18, 75),
        "clerk" if agent else job.key, job.workplace[1] if job.workplace and not agent else None,
        children, phone and not agent, agent, seized,
    )  # fmt: skip


def _calls(rng: Random, people: tuple[Person, ...]) -> dict[date, frozenset[int]]:
    """Who was on a Chinese phone on each day: what call records show."""
    owners = [person.id for person in people if person.phone]
    days = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 60)]
    return {day: frozenset(one for one in owners if rng.random() < 0.12) for day in days}
