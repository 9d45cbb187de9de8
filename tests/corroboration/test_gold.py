"""Invented reports by sixteen hands that had not read the rules: grouping, relations, origins.

What is held was neither read nor fitted to; of hands that were learnt from whole (bench.events) the floors are looked at
on what they were tuned on. They are not scores (docs/performance.md has those): they fail when a change makes the engine
clearly worse than it is today.
"""

import json

import pytest
from bench.events import GOLD, HANDS, KEPT, LEARNT, NOTES, Run, bcubed, pairwise, rows_of

FLOORS = {"notes": (0.75, 0.5), "news": (0.5, 0.2)}  # BCubed F1, pairwise F1
RELATED, COUNTED = 0.4, 0.5


@pytest.fixture(scope="module", params=list(HANDS))
def held(request):
    return request.param, Run(request.param, "tune" if request.param in LEARNT else "held")


def test_there_are_enough_reports_of_every_sort():
    rows = [row for hand in HANDS for row in rows_of(hand, "all")]
    assert len(rows) >= 700 and {row["lang"] for row in rows} == {"ko", "zh", "en"}
    assert {link["relation"] for row in rows for link in row.get("links", ())} == {
        "supports",
        "repeats",
        "disputes",
    }
    assert len({row["id"] for row in rows}) == len(rows)


def test_look_alikes_stay_on_one_side_of_the_split():
    for hand in HANDS:
        events = {part: {row["event"] for row in rows_of(hand, part)} - {None} for part in ("tune", "held")}
        assert bool(events["tune"]) != (hand in KEPT) and bool(events["held"]) != (hand in LEARNT)
        assert not events["tune"] & events["held"]
        assert events["tune"] | events["held"] <= set(
            json.loads((GOLD / f"{hand}_events.json").read_text("utf-8"))
        )


def test_reports_of_one_event_are_grouped(held):
    hand, run = held
    grouped, paired = FLOORS["notes" if hand in NOTES else "news"]
    assert bcubed(run.rows, run.found) >= grouped
    assert pairwise(run.rows, run.found) >= paired


def test_relations_and_origins_of_call_notes_are_said():
    runs = [Run(hand, "all") for hand in NOTES]
    for name, floor in (("relations", RELATED), ("origins", COUNTED)):
        counted = [getattr(run, name)(run.rows) for run in runs]
        assert sum(right for right, _ in counted) / sum(asked for _, asked in counted) >= floor, name
