"""`python -m bench.simulation`: one run, the engine beside the baselines, as a table."""

from __future__ import annotations

import argparse
import sys
from random import Random

from bench.simulation.events import happen
from bench.simulation.following import follow, kept, retold
from bench.simulation.measures import upper
from bench.simulation.population import build
from bench.simulation.presidio import entities
from bench.simulation.reviewing import alarms, ranks, reds, review
from bench.simulation.said import LEVELS
from bench.simulation.stories import Story, newsroom
from bench.simulation.truth import Reader, World

KS = (5, 10, 20)  # fewer look-alikes or tellers than that is a risk
Counts = dict[str, list[int]]  # a number a story, by reviewer or by way to rank
Judged = tuple[Counts, list[list[bool]]]  # the count rule and the ways to rank; risk a story by k


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=30000)
    parser.add_argument("--newsrooms", type=int, default=8)
    parser.add_argument("--stories", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--presidio", metavar="PYTHON", default=sys.executable,
                        help="an interpreter that has presidio-analyzer; without one that baseline is left out")  # fmt: skip
    parser.add_argument("--parts", action="store_true", help="the newsrooms count people by sex and age too")
    chosen = parser.parse_args()
    rng = Random(chosen.seed)
    people = build(rng, chosen.people)
    world = World(people, happen(rng, people, chosen.people // 20))
    rooms = [newsroom(chosen.seed * 100 + n, world, chosen.stories, chosen.parts)
             for n in range(chosen.newsrooms)]  # fmt: skip
    print(
        "| level | read | k | at risk | reviewer | missed (upper 95 %) | silent | safe stories flagged | alarms a safe story |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    pooled: dict[str, list[Judged]] = {"alone": [], "in sequence": []}
    for level in LEVELS:
        for mode in ("alone", "in sequence"):
            pooled[mode].append(_rows(world, [room[level] for room in rooms], level, mode, chosen.presidio))
    for mode, parts in pooled.items():
        _pooled(mode, parts)
    print("\n| level | facts kept when every first offer is taken | at risk below 5 before, after | below 10 | below 20 "
          "| red findings left |\n|---|---|---|---|---|---|")  # fmt: skip
    for level in LEVELS:
        _followed(world, [story for room in rooms for story in room[level]], level)


def _followed(world: World, stories: list[Story], level: str) -> None:
    """The stories alone, before and after an editor has taken what was offered."""
    texts = follow([story.alone for story in stories], review)
    stood = [kept(story, text) for story, text in zip(stories, texts, strict=True)]
    before = [Reader(world).read(story.told) for story in stories]
    after = [Reader(world).read(retold(story, text)) for story, text in zip(stories, texts, strict=True)]
    facts = sum(left for left, _ in stood), sum(all_ for _, all_ in stood)
    cells = " | ".join(
        f"{sum(s.at_risk(k) for s in before)}, {sum(s.at_risk(k) for s in after)}" for k in (5, 10, 20)
    )
    left = sum(map(reds, review(texts)))
    print(
        f"| {level} | {facts[0]} of {facts[1]} ({facts[0] / max(1, facts[1]):.0%}) | {cells} | {left} |",
        flush=True,
    )


def _rows(world: World, rooms: list[list[Story]], level: str, mode: str, presidio: str) -> Judged:
    sets, stories = [], []
    for room in rooms:
        reader = Reader(world)
        for story in room:
            sets.append((Reader(world) if mode == "alone" else reader).read(story.told))
            stories.append(story)
    answers = review([story.alone if mode == "alone" else story.after for story in stories])
    judged = {
        "Nightdesk": [alarms(answer) for answer in answers],
        "flag everything": [max(1, len(story.told)) for story in stories],
        "four facts": [int(story.facts >= 4) for story in stories],
        "Nightdesk, reds alone": [reds(answer) for answer in answers],
    }
    found = entities([story.alone for story in stories], presidio)
    if found is None:
        print("presidio-analyzer cannot be used: that baseline is left out", file=sys.stderr)
    else:
        judged["presidio-analyzer"] = found
    ways = {"four facts": judged["four facts"]}
    for answer in answers:
        for way, rank in ranks(answer).items():
            ways.setdefault(way, []).append(rank)
    for k in KS:
        risky = [one.at_risk(k) for one in sets]
        for name, counts in judged.items():
            missed = [n for n, risk in enumerate(risky) if risk and not counts[n]]
            silent = [n for n in missed if not name.startswith("Nightdesk") or not answers[n]["unread"]]
            safe = [counts[n] for n, risk in enumerate(risky) if not risk]
            print(
                f"| {level} | {mode} | {k} | {sum(risky)}/{len(risky)} | {name} "
                f"| {len(missed)} ({upper(len(missed), sum(risky)):.1%}) | {len(silent)} "
                f"| {sum(map(bool, safe))}/{len(safe)} | {sum(safe) / max(1, len(safe)):.2f} |"
            )
        _equal(f"| {level} | {mode} | {k} |", ways, risky)
    return ways, [[one.at_risk(k) for one in sets] for k in KS]


def _pooled(mode: str, parts: list[Judged]) -> None:
    """All levels as one pile of stories, as a desk sees them: one threshold for all."""
    for number, k in enumerate(KS):
        risky = [risk for _, risks in parts for risk in risks[number]]
        ways = {way: [rank for part, _ in parts for rank in part[way]] for way in parts[0][0]}
        _equal(f"| all levels | {mode} | {k} |", ways, risky)


def _equal(begins: str, ways: Counts, risky: list[bool]) -> None:
    """Safe stories flagged, way by way, when so many of the first are asked for that recall is the count rule's."""
    rule = ways["four facts"]
    found = sum(risk and bool(count) for risk, count in zip(risky, rule, strict=True))
    false = sum(not risk and bool(count) for risk, count in zip(risky, rule, strict=True))
    for way, ours in ways.items():
        if way != "four facts":
            print(f"{begins} {sum(risky)}/{len(risky)} | Nightdesk, {way}, at the count rule's recall | "
                  f"{_flagged(ours, risky, found)} safe stories flagged, the rule {false} | | |")  # fmt: skip


def _flagged(ours: list[int], risky: list[bool], found: int) -> str:
    """Safe stories among the first, when as many at risk are among them as `found`; in words where that is never."""
    for least in sorted({rank for rank in ours if rank}, reverse=True):
        if sum(risk and rank >= least for risk, rank in zip(risky, ours, strict=True)) >= found:
            return str(sum(not risk and rank >= least for risk, rank in zip(risky, ours, strict=True)))
    return "not reached:"


if __name__ == "__main__":
    main()
