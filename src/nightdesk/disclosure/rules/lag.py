"""From contact to release: how short, and whether always the same. Whoever counts back finds the day of a call.

Nothing here has words in the text to replace, so nothing is on offer but a sentence: hold, and let several go
together. Belongs here: days between. Does not belong here: days that are named (days), when things are sent (desk).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from nightdesk.disclosure.case import Case
from nightdesk.disclosure.findings import finding
from nightdesk.disclosure.model import Finding
from nightdesk.disclosure.rules.sums import SOME

SHORT = 2  # days: the calls of two days are one list
SAME = 3  # stories before this one with the same lag: three times is a habit
NEAR = 5  # stories before this one within a day of each other and of this one
OFTEN = 5  # of the stories that the archive keeps (8), with the same lag: one that differs hides no habit
NEAR_OFTEN = 7  # of them, within a day
WEEK = timedelta(days=7)
STEP = timedelta(days=3)  # the least by which a release is held
DAY = timedelta(days=1)
FURTHEST = 28  # days by which the week on offer is put off at most, for the sake of habits


@dataclass(frozen=True, slots=True)
class Contact:
    """The last contact with one source behind the draft, and the days until the draft is released."""

    source: str
    via: str | None
    on: date
    lag: int


@dataclass(frozen=True, slots=True)
class Wait:
    """A contact, and how long earlier stories of whoever took part in it waited: the source's, the relay's."""

    contact: Contact
    pasts: tuple[tuple[str, tuple[int, ...]], ...]


def lags(case: Case) -> Iterator[Finding]:
    """One finding for each source of what few know: contradictory days, a habit, or a short wait."""
    waits = [wait_of(case, contact) for contact in contacts(case)]
    for wait in waits:
        if wait.contact.lag < 0:
            yield finding("contact day", "amber", "contact_after_release", (), told=wait.contact.on.isoformat(),
                          release=case.draft.release_on.isoformat())  # fmt: skip
        else:
            yield from of_wait(case, wait, waits)


def wait_of(case: Case, contact: Contact) -> Wait:
    """The contact with what the archive kept of its source and its relay."""
    names = (("source", contact.source), ("via", contact.via))
    return Wait(
        contact, tuple((whose, case.archive.lags(whose, name)) for whose, name in names if name is not None)
    )


def contacts(case: Case) -> list[Contact]:
    """The sources behind paragraphs that not everybody could have told, each with its last report there."""
    told = {report.id: report for report in case.evidence.reports}
    last: dict[str, Contact] = {}
    for passage in case.passages:
        if passage.headline or (passage.knowers is not None and passage.knowers.high > SOME):
            continue
        for claim in passage.claims:
            report = told[claim.report]
            if claim.source not in last or last[claim.source].on < report.on:
                lag = (case.draft.release_on - report.on).days
                last[claim.source] = Contact(claim.source, report.via, report.on, lag)
    return list(last.values())


def of_wait(case: Case, wait: Wait, waits: Sequence[Wait]) -> Iterator[Finding]:
    """A habit of the source's stories, else of the relay's; otherwise a short wait, which is only worth knowing."""
    lag = wait.contact.lag
    for whose, past in wait.pasts:
        if found := habit(past, lag):
            yield finding("contact day", "amber", found.key + ("_via" if whose == "via" else ""), (),
                          for_="source" if whose == "source" else "carrier", lag=lag, low=found.least,
                          high=found.most, count=found.count, of=found.of, **hold(case, waits))  # fmt: skip
            return
    if lag <= SHORT:
        yield finding("contact day", "note", "lag_short", (), lag=lag, **hold(case, waits))


@dataclass(frozen=True, slots=True)
class Habit:
    """How many of the latest stories waited so many days: the last ones without a break, or most of those kept."""

    key: str
    least: int
    most: int
    count: int
    of: int


def habit(past: tuple[int, ...], lag: int) -> Habit | None:
    """What the latest stories, the latest last, have in common with this one; one that differs does not break it."""
    same = run(past, {lag})
    if same >= SAME:
        return Habit("lag_same", lag, lag, same, same)
    if past.count(lag) >= OFTEN:
        return Habit("lag_often", lag, lag, past.count(lag), len(past))
    lows = (max(0, lag - 1), lag)
    count, low = max((run(past, {low, low + 1}), low) for low in lows)
    if count >= NEAR:
        return Habit("lag_near", low, low + 1, count, count)
    count, low = max((sum(one in (low, low + 1) for one in past), low) for low in lows)
    return Habit("lag_near_often", low, low + 1, count, len(past)) if count >= NEAR_OFTEN else None


def run(past: tuple[int, ...], lags: set[int]) -> int:
    """How many of the latest stories in a row waited so many days."""
    return next((at for at, lag in enumerate(reversed(past)) if lag not in lags), len(past))


def hold(case: Case, waits: Sequence[Wait]) -> dict[str, Any]:
    """A week of days to choose from, each of which suits everybody behind the draft: the same for all findings."""
    first = quiet_from(max(*(one.contact.on + WEEK for one in waits), case.draft.release_on + STEP), waits)
    return {"hold_from": first.isoformat(), "hold_until": (first + WEEK).isoformat()}


def quiet_from(first: date, waits: Sequence[Wait]) -> date:
    """The first day from which a week is quiet throughout; `first` itself where habits leave no such week."""
    starts = (first + n * DAY for n in range(FURTHEST + 1))
    return next((day for day in starts if all(is_quiet(day + n * DAY, waits) for n in range(8))), first)


def is_quiet(day: date, waits: Sequence[Wait]) -> bool:
    """Whether a release on that day is soon after no contact, and shows no habit of anybody's."""
    return all(
        (lag := (day - one.contact.on).days) > SHORT and not any(habit(past, lag) for _, past in one.pasts)
        for one in waits
    )
