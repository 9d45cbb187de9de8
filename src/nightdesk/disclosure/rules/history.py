"""What a later reader of everything ever published could lay beside this draft."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from nightdesk.disclosure.archive import Hits, Remembered, rows_in
from nightdesk.disclosure.case import Case, Passage
from nightdesk.disclosure.exactness import bounds, exact
from nightdesk.disclosure.facts import Fact, Said
from nightdesk.disclosure.findings import at, finding
from nightdesk.disclosure.model import Finding, Severity
from nightdesk.disclosure.offers import for_sum
from nightdesk.disclosure.rules.common import Offering, by_value, offers_of
from nightdesk.disclosure.when import for_date
from nightdesk.disclosure.where import for_place
from nightdesk.disclosure.whereabouts import COARSE, wider

COMMON = 20  # what more stories than that have said ties this one to none of them
NEARLY = 2  # two rows whose numbers differ by no more: the difference is a household


def history(case: Case) -> Iterator[Finding]:
    """Every paragraph against the index of all that was released, withdrawn or not."""
    for passage in case.passages:
        yield from same_source(case, passage)
        yield from same_facts(case, passage)
        yield from said_finer(case, passage)
        yield from rows_beside(case, passage)


def behind(passage: Passage) -> list[str]:
    """The sources of a paragraph, each once."""
    return list(dict.fromkeys(claim.source for claim in passage.claims))


def same_source(case: Case, passage: Passage) -> Iterator[Finding]:
    """One source behind both, and one town in both."""
    for facts in by_value(f for f in passage.facts("place") if f.data["level"] not in COARSE):
        place = str(facts[0].value)
        for source in behind(passage):
            hits = case.archive.told_of(source, place)
            if hits:
                yield shared(
                    "history_source_place", passage, facts, hits, for_place, for_="source", place=place
                )


def same_facts(case: Case, passage: Passage) -> Iterator[Finding]:
    """One sum, or one day or week, in both."""
    for facts in by_value(passage.facts("sum")):
        if hits := case.archive.sum(facts[0].value):
            yield shared("history_sum", passage, facts, hits, for_sum)
    forms = partial(for_date, release=case.draft.release_on)
    for facts in by_value(passage.facts("date")):
        days = facts[0].data["first"], facts[0].data["last"]
        if hits := case.archive.days(days):
            yield shared("history_date", passage, facts, hits, forms, when=bounds(*days))


def shared(
    why_key: str, passage: Passage, facts: list[Fact], hits: Hits, offering: Offering,
    for_: str = "subject", **values: Any,
) -> Finding:  # fmt: skip
    """The finding of a fact that stands in earlier stories too; what many have said ties little together."""
    severity: Severity = "amber" if hits.count <= COMMON else "note"
    key = why_key if hits.count == 1 else f"{why_key}_many"
    return finding("history", severity, key, [fact.span for fact in facts], offers_of(passage, facts, offering),
                   for_=for_, reader="later reader", **named(hits), **values)  # fmt: skip


def named(hits: Hits) -> dict[str, Any]:
    """The latest story that said it, and how many did."""
    return {"earlier": hits.latest.id, "released_on": when_released(hits.latest), "count": hits.count}


def when_released(earlier: Remembered) -> str | tuple[str, str]:
    """Its day; of a withdrawn one also that it was withdrawn."""
    on = earlier.released_on.isoformat()
    return (on, "withdrawn since") if earlier.withdrawn else on


def said_finer(case: Case, passage: Passage) -> Iterator[Finding]:
    """A province or a month here, a town of it or a day of it in an earlier story of the same source: finest wins."""
    severity: Severity = "amber" if passage.few else "note"
    towns = {wider(str(f.value)) for f in passage.facts("place") if f.data["level"] not in COARSE}
    for source in behind(passage):
        for facts in by_value(f for f in passage.facts("place") if f.data["level"] == "province"):
            hits = case.archive.told_in(source, str(facts[0].value))
            if hits and facts[0].value not in towns:
                yield finer("place", facts, hits, severity)
        for facts in by_value(f for f in passage.facts("date") if not exact(f) and f.data["first"]):
            hits = case.archive.told_during(source, facts[0].data["first"].isoformat()[:7])
            if hits and same_month(facts[0]):
                yield finer("day", facts, hits, severity)


def same_month(fact: Fact) -> bool:
    """Whether the span lies in one month."""
    first, last = fact.data["first"], fact.data["last"]
    return first is not None and last is not None and (first.year, first.month) == (last.year, last.month)


def finer(what: str, facts: list[Fact], hits: Hits, severity: Severity) -> Finding:
    """The finding; nothing is on offer, because what was released cannot be unsaid."""
    return finding("history", severity, f"history_finer_{what}", [fact.span for fact in facts], for_="source",
                   reader="later reader", **named(hits))  # fmt: skip


def rows_beside(case: Case, passage: Passage) -> Iterator[Finding]:
    """A row that was released before with other words' sameness and one number a little different."""
    for one in passage.said.values():
        for words, numbers in rows_in(one.paragraph.text):
            hits = case.archive.row(words)
            before = next((n for w, n in hits.latest.lines if w == words), ()) if hits else ()
            if hits and (step := by_little(before, numbers)):
                yield row_moved(one, hits, step)


def by_little(before: tuple[int, ...], now: tuple[int, ...]) -> tuple[int, int] | None:
    """The one number that moved by one or two, before and now; None when none did, or more than one."""
    moved = [(old, new) for old, new in zip(before, now, strict=False) if old != new]
    near = [(old, new) for old, new in moved if abs(old - new) <= NEARLY]
    return near[0] if len(before) == len(now) and len(moved) == len(near) == 1 else None


def row_moved(one: Said, hits: Hits, step: tuple[int, int]) -> Finding:
    """The finding of one row, over the whole paragraph."""
    text = one.paragraph.text
    return finding("history", "red", "row_by_little", [at(one.edition, one.paragraph, 0, len(text))], for_="subject",
                   reader="later reader", then=step[0], now=step[1], **named(hits))  # fmt: skip
