"""Stories of a newsroom, in sequence and at three levels, as `nightdesk review` takes them.

Belongs here: choosing events and tellers, and laying out the input. Does not belong here: words, truth.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from bench.simulation.plans import BACKGROUND
from bench.simulation.population import JOBS, TOWN, TOWNS
from bench.simulation.said import LEVELS, Said, at, columns, facts
from bench.simulation.truth import Told, World, details
from bench.simulation.writing import paragraph, report


@dataclass(frozen=True)
class Story:
    """One story at one level: what it tells, and the input without and with its past."""

    level: str
    told: tuple[Told, ...]
    alone: dict[str, Any]
    after: dict[str, Any]
    marks: tuple[tuple[int, str, str, str], ...] = ()  # (event's place, fact, paragraph, words that carry it)

    @property
    def facts(self) -> int:
        """The most facts said of one event."""
        return max((facts(told.said) for told in self.told), default=0)


def newsroom(seed: int, world: World, count: int, parts: bool = False) -> dict[str, list[Story]]:
    """The same `count` stories, one after the other, at each level; with `parts` under tables by sex and age too."""
    rng = Random(seed)
    owners = [person.id for person in world.population.people if person.phone]
    wide = sorted(rng.sample(owners, min(200, len(owners))), key=lambda one: -_known(world, one))[:6]
    tables = groups(rng, world)
    tables += by_sex_and_age(Random(f"{seed}-parts"), world) if parts else []
    plan = []
    for number in range(count):
        release = date(2023, 9, 1) + timedelta(days=round(number * 110 / count))
        plan.append((release, _choose(rng, world, wide, release)))
    draws = {id(pair): columns(rng) for _, chosen in plan for pair in chosen}
    written: dict[str, list[Story]] = {}
    for level in LEVELS:
        past: list[dict[str, Any]] = []
        written[level] = []
        for number, (release, chosen) in enumerate(plan):
            told = tuple(_tell(world, level, draws[id(pair)], pair, release) for pair in chosen)
            words = Random(f"{seed}-{level}-{number}")
            alone, marks = _input(words, world, f"N{seed}-{level}-{number:02}", told, release, tables)
            written[level].append(Story(level, told, alone, alone | {"earlier": list(past)}, marks))
            past += _past(alone)
    return written


Pair = tuple[Any, tuple[int, ...]]
Marks = tuple[tuple[int, str, str, str], ...]


def _known(world: World, one: int) -> int:
    return sum(one in event.outer for event in world.events)


def _choose(rng: Random, world: World, sources: list[int], release: date) -> list[Pair]:
    """One to three recent events that a source of the newsroom knows; sometimes none, for plain news."""
    if rng.random() < 0.12:
        return []
    fresh = [
        (event, tuple(one for one in sources if one in event.outer)[:2])
        for event in world.events
        if 3 <= (release - event.day).days <= 25
    ]
    heard = [pair for pair in fresh if pair[1]]
    return rng.sample(heard, min(len(heard), rng.randint(1, 3)))


def _tell(world: World, level: str, drawn: dict[str, int], pair: Pair, release: date) -> Told:
    event, sources = pair
    near = all(one in event.inner for one in sources)
    said = at(level, drawn, event, world.population.people[event.subject], near)
    return Told(event, said, sources, release - timedelta(days=1 + event.id % 3), release)


def _input(
    rng: Random, world: World, key: str, told: tuple[Told, ...], release: date, tables: list[dict[str, Any]]
) -> tuple[dict[str, Any], Marks]:
    story: dict[str, Any] = {
        "id": key, "title": "", "country": "KP", "release_on": release.isoformat(),
        "languages": ["ko", "en"], "editions": {"ko": [], "en": []}, "claims": [], "reports": [],
        "earlier": [], "groups": tables, "state_media": [], "files": [],
    }  # fmt: skip
    marks = tuple(mark for number, one in enumerate(told) for mark in _add(rng, world, story, number, one))
    for english, korean in rng.sample(BACKGROUND, 2 if not told else rng.randint(0, 2)):
        mark = len(story["editions"]["en"])
        public = {"kind": "public", "low": 5000, "high": 30000}
        claim = {"id": f"b{mark}", "source": "open", "report": f"Rb{mark}", "knowers": public}
        story["claims"].append(claim | {"statement": english})
        paper = {"id": f"Rb{mark}", "source": "open", "on": release.isoformat(), "lang": "ko"}
        story["reports"].append(paper | {"via": None, "basis": "resident", "text": "다들 아는 일이다."})
        story["editions"]["en"].append({"id": f"e{mark}", "claims": [f"b{mark}"], "text": english})
        story["editions"]["ko"].append({"id": f"k{mark}", "claims": [f"b{mark}"], "text": korean})
    return story, marks


def _add(rng: Random, world: World, story: dict[str, Any], number: int, told: Told) -> Marks:
    """The event's claims, reports and paragraphs; which words carry which fact."""
    people = world.population.people
    subject, first = people[told.event.subject], people[told.sources[0]]
    claims = [f"c{number}{letter}" for letter, _ in zip("ab", told.sources, strict=False)]
    for claim, source in zip(claims, told.sources, strict=True):
        text = report(rng, "ko", told, told.said, subject)
        paper = {"id": f"R{claim}", "source": f"s{source}", "on": told.contact.isoformat(), "lang": "ko"}
        story["reports"].append(paper | {"via": None, "basis": "resident", "text": text})
        statement = paragraph(rng, "en", told, Said(), subject, first, False).text
        entry = {"id": claim, "source": f"s{source}", "report": f"R{claim}", "statement": statement}
        story["claims"].append(entry | {"knowers": _guess(rng, told)})
    marks: list[tuple[int, str, str, str]] = []
    hurried = rng.random() < 0.3 and told.said.contact == 1
    for lang in ("ko", "en"):
        written = paragraph(rng, lang, told, told.said, subject, first, hurried)
        story["editions"][lang].append({"id": f"{lang[0]}{number}", "claims": claims, "text": written.text})
        marks += ((number, mark.fact, f"{lang[0]}{number}", mark.words) for mark in written.marks)
    return tuple(marks)


def _guess(rng: Random, told: Told) -> dict[str, Any]:
    """The desk's own estimate of the knowers, now and then wrong by a factor of five."""
    near = details(told.said)
    count = len(told.event.inner if near else told.event.outer)
    off = rng.choice((0.2, 5.0)) if rng.random() < 0.15 else 1.0
    kind = "household" if near else "neighbours" if count < 150 else "market"
    low = max(1, round(count * off * rng.uniform(0.5, 1)))
    return {"kind": kind, "low": low, "high": max(low, round(count * off * rng.uniform(1, 2)))}


def groups(rng: Random, world: World) -> list[dict[str, Any]]:
    """The newsroom's tables: a fifth missing, some expired, some wrong by a factor."""
    tables = []
    for town in TOWNS:
        for job in JOBS:
            if rng.random() < 0.2:
                continue
            count = sum(one.town == town.key and one.job == job.key for one in world.population.people)
            off = rng.choice((0.2, 5.0)) if rng.random() < 0.1 else 1.0
            low = max(1, round(count * off * 0.7))
            expires = "2023-06" if rng.random() < 0.1 else "2024-06"
            tables.append({"group": f"{job.en}s", "place": TOWN[town.key].en, "low": low,
                           "high": max(low, round(count * off * 1.4)), "basis": "desk estimate",
                           "as_of": "2023-01", "expires": expires})  # fmt: skip
    return tables


def by_sex_and_age(rng: Random, world: World) -> list[dict[str, Any]]:
    """Tables of parts: of half the occupations of a town by sex, of half of these by ten years of age too."""
    tables = []
    for town in TOWNS:
        for job in JOBS:
            if rng.random() < 0.5:
                continue
            people = [one for one in world.population.people if one.town == town.key and one.job == job.key]
            bands = [("", 0, 200)] + [
                (f"{n}-{n + 9}", n, n + 9) for n in range(10, 80, 10) if rng.random() < 0.5
            ]
            tables += [_part(rng, f"{job.en}s", TOWN[town.key].en, sex, band,
                             sum(one.sex == sex[0] and first <= one.age <= last for one in people))
                       for sex in ("female", "male") for band, first, last in bands]  # fmt: skip
    return tables


def _part(rng: Random, group: str, place: str, sex: str, band: str, count: int) -> dict[str, Any]:
    off = rng.choice((0.2, 5.0)) if rng.random() < 0.1 else 1.0
    low = round(count * off * 0.7)
    return {"group": group, "place": place, "low": low, "high": max(low, round(count * off * 1.4), 1), "sex": sex,
            "age": band, "basis": "desk count", "as_of": "2023-02", "expires": "2024-05"}  # fmt: skip


def _past(story: dict[str, Any]) -> list[dict[str, Any]]:
    sources = {claim["id"]: claim["source"] for claim in story["claims"]}
    return [
        {"id": f"{story['id']}-{part['id']}", "released_on": story["release_on"],
         "source": sources[part["claims"][0]], "text": part["text"]}
        for edition in story["editions"].values() for part in edition if part["claims"]
    ]  # fmt: skip
