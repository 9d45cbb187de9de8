"""What is left of stories when an editor takes every first offer of every red and amber finding.

Belongs here: taking offers, and which facts still stand afterwards. Does not belong here: why something is found.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from bench.simulation.said import COUNTED, Said
from bench.simulation.stories import Story
from bench.simulation.truth import Told

Input = dict[str, Any]
Reviewer = Callable[[list[Input]], list[dict[str, Any]]]
ROUNDS = 12
# What a fact falls to when its words are gone; an offer says less, and is taken to say as much as it may.
LEFT = {"place": 1, "when": 1, "amount": 1, "job": 1, "origin": 1}


def follow(stories: Sequence[Input], review: Reviewer) -> list[Input]:
    """The stories after the offers, each reviewed again until nothing red or amber has one."""
    texts = [copy.deepcopy(story) for story in stories]
    open_ = list(range(len(texts)))
    for _ in range(ROUNDS):
        answers = review([texts[n] for n in open_]) if open_ else []
        open_ = [n for n, answer in zip(open_, answers, strict=True) if take(texts[n], answer)]
    return texts


def take(story: Input, answer: dict[str, Any]) -> bool:
    """The first offer of each place, the last in a text first; whether there was one."""
    chosen: list[dict[str, Any]] = []
    for finding in answer["findings"]:
        if finding["severity"] != "note":
            for offer in finding["offers"]:
                if not any(touch(offer, other) for other in chosen):
                    chosen.append(offer)
    rows = {(lang, row["id"]): row for lang, body in story["editions"].items() for row in body}
    for one in sorted(chosen, key=lambda offer: -offer["start"]):
        row = rows.get((one["edition"], one["paragraph"]))
        if row is not None:
            row["text"] = row["text"][: one["start"]] + one["text"] + row["text"][one["end"] :]
    return bool(chosen)


def touch(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two offers replace common words."""
    same = (one["edition"], one["paragraph"]) == (other["edition"], other["paragraph"])
    return same and one["start"] <= other["end"] and other["start"] <= one["end"]


def kept(story: Story, after: Input) -> tuple[int, int]:
    """How many facts with words of their own still stand in some edition, of how many."""
    facts = {(event, fact) for event, fact, _, _ in story.marks}
    return len(standing(story, after)), len(facts)


def standing(story: Story, after: Input) -> set[tuple[int, str]]:
    """(event, fact) whose words still stand where they were written."""
    texts = {row["id"]: row["text"] for body in after["editions"].values() for row in body}
    return {(event, fact) for event, fact, row, words in story.marks if words.lower() in texts[row].lower()}


def retold(story: Story, after: Input) -> tuple[Told, ...]:
    """The events as the words still tell them; one whose paragraphs are empty is told no more."""
    there = standing(story, after)
    texts = {row["id"]: row["text"] for body in after["editions"].values() for row in body}
    told = []
    for number, one in enumerate(story.told):
        if any(texts[f"{lang}{number}"].strip() for lang in "ke"):
            said = Said(
                **{fact: rank_left(number, fact, rank, there) for fact, rank in asdict(one.said).items()}
            )
            told.append(Told(one.event, said, one.sources, one.contact, one.release))
    return tuple(told)


def rank_left(number: int, fact: str, rank: int, there: set[tuple[int, str]]) -> int:
    """How finely a fact is still said."""
    if rank < COUNTED[fact]:
        return rank
    if fact == "place" and rank == 3 and (number, "district") not in there:
        rank = 2
    return rank if (number, fact) in there else min(rank, LEFT.get(fact, 0))
