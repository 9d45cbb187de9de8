"""The walk: the main job from a sealed envelope to a published page, by the screens' own forms.

Each member signs in over HTTP and does only what that member may; nothing here touches the database.
Belongs here: the order of the chapters and what is counted at the end. The chapters are arriving,
writing, reviewing and releasing.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nightdesk.demo import arriving, clock, releasing, reviewing, writing
from nightdesk.demo.person import Person, Refused
from nightdesk.demo.prepare import PASSPHRASE

if TYPE_CHECKING:
    from nightdesk.demo.running import Demo


TOLD = "walked.json"  # empty while a walk is under way


class WalkFailed(RuntimeError):
    """The desk refused a step, or let one pass that it must refuse."""


@dataclass
class Newsroom:
    """Who walks, on which sample, and what they have made so far."""

    demo: Demo
    people: dict[str, Person]
    claims: dict[str, str] = field(default_factory=dict)  # c1 -> number of the claim on the desk
    story: str = ""  # number of the story on the desk
    counts: dict[str, int] = field(default_factory=dict)

    def who(self, role: str, nth: int = 0) -> Person:
        """The nth member of the staff with that role."""
        names = [row["name"] for row in self.demo.sample.staff if row["role"] == role]
        return self.people[names[nth]]

    @property
    def plan(self) -> dict[str, Any]:
        """walk.json."""
        return self.demo.sample.walk

    def count(self, what: str, more: int = 1) -> None:
        self.counts[what] = self.counts.get(what, 0) + more


@contextmanager
def _staff(demo: Demo) -> Iterator[dict[str, Person]]:
    people = {row["name"]: Person(demo.at.desk, row["name"], PASSPHRASE) for row in demo.sample.staff}
    try:
        yield people
    finally:
        for person in people.values():
            person.leaves()


def walk(demo: Demo) -> dict[str, Any]:
    """Walks the line to its end and returns what there is then. Raises WalkFailed.

    A folder that was walked before tells what it told then; one where a walk broke off is refused.
    """
    told = demo.folder / TOLD
    if told.exists():
        kept: dict[str, Any] = json.loads(told.read_text("utf-8"))
        if not kept:
            raise WalkFailed(f"an earlier walk in {demo.folder} broke off. Start over with --reset.")
        return kept
    told.write_text("{}", "utf-8")
    found = _walked(demo)
    told.write_text(json.dumps(found), "utf-8")
    return found


def _walked(demo: Demo) -> dict[str, Any]:
    try:
        with _staff(demo) as people:
            room = Newsroom(demo, people)
            _first_day(room)
            _next_day(room)
            return _told(room)
    except Refused as refused:
        raise WalkFailed(
            f"the desk said no where it should not have ({refused.status}): {refused}"
        ) from refused


def _first_day(room: Newsroom) -> None:
    say = room.demo.say
    say("Alice collects and opens what the drop holds…")
    arriving.collect_and_open(room)
    arriving.read_reports(room)
    say("The reporters turn reports into claims…")
    for planned in room.plan["claims"]:
        arriving.make_claim(room, planned)
    arriving.closed_to_charlie(room)
    say("A story in two languages…")
    writing.draft(room)
    writing.translate(room)
    writing.closed_to_translators(room)
    say("The disclosure review…")
    reviewing.review(room)
    releasing.release(room)


def _next_day(room: Newsroom) -> None:
    room.demo.say("The follow-up arrives, and a correction goes out…")
    arriving.step(room)
    arriving.collect_and_open(room)
    arriving.read_reports(room)
    follow_up = room.plan["follow_up"]
    arriving.make_claim(room, follow_up["claim"])
    releasing.correct(room, follow_up)
    writing.add(room, follow_up)
    reviewing.review(room)
    releasing.release(room)


def _told(room: Newsroom) -> dict[str, Any]:
    site = room.demo.folder / "site"
    with (site / "data" / "acts.csv").open(encoding="utf-8", newline="") as file:
        acts = len(list(csv.DictReader(file)))
    reports, events = arriving.counted(room)
    return {
        "day": clock.today().isoformat(),
        "reports": reports,
        "claims": len(room.claims),
        "events": events,
        "findings": room.counts.get("findings", 0),
        "decisions": room.counts.get("decisions", 0),
        "refused_second_decisions": room.counts.get("refused", 0),
        "releases": len(list((room.demo.folder / "releases").glob("*.json"))),
        "pages": sum(1 for _ in site.rglob("*.html")),
        "acts": acts,
        "site": str(site),
    }
