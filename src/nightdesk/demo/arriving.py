"""Chapter one: envelopes are collected and opened, reports read, claims made from their words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from nightdesk.demo.person import Person, Refused

if TYPE_CHECKING:
    from nightdesk.demo.walk import Newsroom

REPORT = re.compile(r"^/reports/(\d+)/$")
CLAIM = re.compile(r"^/claims/(\d+)/$")
EVENT = re.compile(r"^/claims/event/(\d+)/$")
MOST_PAGES = 50


def collect_and_open(room: Newsroom) -> None:
    """The editor pulls from the drop and opens what came, until nothing waits."""
    editor = room.who("editor")
    page = editor.sends(editor.opens("/arrivals/"), "/arrivals/collect/")
    while page.holds("/arrivals/open/"):
        page = editor.sends(page, "/arrivals/open/")


def _numbers(person: Person, path: str, pattern: re.Pattern[str]) -> set[str]:
    return {found[1] for link in person.opens(path).links if (found := pattern.match(link))}


def report_of(room: Newsroom, person: Person, text: str) -> str:
    """The number of the report with exactly these words, among those the person may read."""
    for number in _numbers(person, "/reports/", REPORT):
        if text in person.opens(f"/reports/{number}/").text_of("words"):
            return number
    raise Refused(404, f"{person.name} finds no report that says {text[:30]}…")


def read_reports(room: Newsroom) -> None:
    """Each reporter confirms the teller of each report and marks it read."""
    for reporter in [row["name"] for row in room.demo.sample.staff if row["role"] == "reporter"]:
        person = room.people[reporter]
        for number in sorted(_numbers(person, "/reports/", REPORT), key=int):
            page = person.opens(f"/reports/{number}/")
            for verb in ("confirm", "read"):
                if page.holds(f"/{number}/{verb}/"):
                    person.sends(page, f"/reports/{number}/{verb}/")


def make_claim(room: Newsroom, planned: dict[str, Any]) -> None:
    """The handler selects the planned words; the form comes filled from the spans, the rest is typed."""
    report = room.demo.sample.report(planned["report"])
    person = room.people[room.demo.sample.handler(report.source)]
    number = report_of(room, person, report.text)
    account = person.opens(f"/reports/{number}/").form("/claims/new/").value("account")
    start = report.text.index(planned["words"])
    page = person.opens(f"/claims/new/?account={account}&start={start}&end={start + len(planned['words'])}")
    written = next((c for c in room.demo.sample.story["claims"] if c["id"] == planned["id"]), planned)
    typed = {
        name: planned[name] for name in ("act", "actor", "party", "sum_role", "basis") if name in planned
    }
    knowers = written["knowers"]
    made = person.sends(
        page, "/claims/new/", statement=written["statement"], knowers=knowers["kind"],
        knowers_low=knowers["low"], knowers_high=knowers["high"], **typed,
    )  # fmt: skip
    found = CLAIM.match(made.path)
    if found is None:
        raise Refused(made.status, f"the claim {planned['id']} was not made: {made.words[:400]}")
    room.claims[planned["id"]] = found[1]
    editor = room.who("editor")
    editor.sends(editor.opens(f"/claims/{found[1]}/"), f"/claims/{found[1]}/status/", status="accepted")


def closed_to_charlie(room: Newsroom) -> None:
    """Charlie is cleared for nobody: every report and claim stays shut for him."""
    charlie = next(room.people[row["name"]] for row in room.demo.sample.staff if row.get("handles") == [])
    doors = [f"/claims/{number}/" for number in room.claims.values()]
    doors += [f"/reports/{number}/" for number in _numbers(room.who("editor"), "/reports/", REPORT)]
    opened = [door for door in doors if not charlie.is_refused(door)]
    if opened or _numbers(charlie, "/reports/", REPORT):
        raise Refused(200, f"Charlie was let in at {opened}")


def step(room: Newsroom) -> None:
    """The clock moves; what is told that day is sealed and posted."""
    editor = room.who("editor")
    editor.sends(editor.opens("/"), "/demo/step/")


def counted(room: Newsroom) -> tuple[int, int]:
    """How many reports the desk holds, and of how many events its claims tell."""
    editor = room.who("editor")
    numbers = _numbers(editor, "/reports/", REPORT)
    events = {found for n in numbers for found in _numbers(editor, f"/reports/{n}/", EVENT)}
    return len(numbers), len(events)
