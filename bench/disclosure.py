"""How long a page-long story takes to review, and to review again after a keystroke."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from statistics import median

from bench._released import CLAIMS_A_STORY, released
from nightdesk.disclosure import Archive, Earlier, GroupTable, ParagraphText, Review, review
from nightdesk.disclosure.archive import read_once
from nightdesk.disclosure.facts import said
from nightdesk.disclosure.plain import plain
from nightdesk.disclosure.wire import Submission, parse
from nightdesk.disclosure.words import table
from nightdesk.values.places import gazetteer

PARAGRAPHS = 24  # a long page in two languages
ROUNDS = 5
TABLES = 2_000  # forty groups in fifty towns
CLAIMS = (1_000, 10_000, 100_000, 1_000_000)  # of a newsroom, fifty to a released story


def page_long() -> Submission:
    """The sample story, its paragraphs repeated under new ids."""
    raw = json.loads((files("nightdesk.demo") / "sample" / "story.json").read_text("utf-8"))
    for lang, body in raw["editions"].items():
        raw["editions"][lang] = [dict(body[i % len(body)], id=f"{lang}{i}") for i in range(PARAGRAPHS)]
    return parse(raw)


def run(one: Submission, past: Sequence[Earlier] | Archive | None = None) -> Review:
    """One review on the day of release."""
    history = one.history if past is None else past
    return review(one.draft, one.evidence, history, one.tables, one.draft.release_on)


def typed(one: Submission, turn: int) -> Submission:
    """The same story after a keystroke in its last Korean paragraph."""
    body = list(one.draft.editions["ko"])
    body[-1] = ParagraphText(body[-1].id, body[-1].text + "다" * (turn + 1), body[-1].claims)
    return replace(one, draft=replace(one.draft, editions={**one.draft.editions, "ko": tuple(body)}))


def with_tables(one: Submission, count: int) -> Submission:
    """The same story in a newsroom of so many more group tables: every group the review reads, town after town."""
    names = [name for row in table("groups").values() for name in row.get("tables", ())]
    towns = [place.names["en"][0] for place in gazetteer().values() if place.level in ("city", "county")]
    more = (
        GroupTable(names[n % len(names)], towns[n // len(names) % len(towns)], 20, 60 + n % 400, "desk", "2023-01",
                   "2024-06", ("", "2023-12")[n % 2])
        for n in range(count)
    )  # fmt: skip
    return replace(one, tables=(*one.tables, *more))


def milliseconds(work: Callable[..., object], *given: object) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    work(*given)
    return (time.perf_counter() - start) * 1000


def resident() -> float:
    """Memory of this process now, in MiB (Linux)."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def past_of(one: Submission, claims: int) -> Iterator[tuple[str, float, str, str]]:
    """The same story against a newsroom of so many claims: indexing, a first review, a keystroke, memory."""
    size = f"{claims:,} claims, {claims // CLAIMS_A_STORY:,} released stories"
    before, took, archive = resident(), 0.0, Archive()
    for entry in released(claims):  # one by one, as stories are released: nothing but the index is held
        start = time.perf_counter()
        archive.add(entry)
        took += time.perf_counter() - start
    yield "indexing the past", round(claims / took), "claims/s", f"{size}; {len(archive):,} values held"
    yield "memory of the index", round(max(0.0, resident() - before), 1), "MiB", f"{size}; resident, all told"
    said.cache_clear()
    yield (
        "review, first",
        round(milliseconds(run, one, archive), 1),
        "ms",
        f"{size}; no paragraph read before",
    )
    again = [milliseconds(run, typed(one, turn + 100), archive) for turn in range(ROUNDS)]
    yield (
        "review, after a keystroke",
        round(median(again), 1),
        "ms",
        f"{size}; median of {ROUNDS}, worst {max(again):.0f}",
    )


def remembering(one: Submission) -> tuple[str, float, str, str]:
    """How fast a released story is read into the index: once in its life."""
    text = "\n".join(p.text for p in one.draft.editions["ko"])[:2000]
    took = [
        milliseconds(read_once.__wrapped__, text + "." * n, one.draft.release_on, "KP") for n in range(ROUNDS)
    ]
    return (
        "remembering a story",
        round(1000 / median(took)),
        "stories/s",
        f"{len(text):,} Korean characters each",
    )


def bench() -> Iterator[tuple[str, float, str, str]]:
    """Rows of (name, value, unit, note)."""
    one = page_long()
    size = sum(len(p.text) for body in one.draft.editions.values() for p in body)
    first = milliseconds(run, one)
    yield (
        "review, first",
        round(first, 1),
        "ms",
        f"{PARAGRAPHS} paragraphs in two languages, {size} characters, tables loaded",
    )
    again = [milliseconds(run, typed(one, turn)) for turn in range(ROUNDS)]
    yield (
        "review, after a keystroke",
        round(median(again), 1),
        "ms",
        f"median of {ROUNDS}; the whole story is reviewed again",
    )
    crowded = with_tables(one, TABLES)
    run(crowded)
    again = [milliseconds(run, typed(crowded, turn)) for turn in range(ROUNDS)]
    yield (
        "review, after a keystroke",
        round(median(again), 1),
        "ms",
        f"median of {ROUNDS}; {TABLES:,} group tables",
    )
    for claims in CLAIMS:
        yield from past_of(one, claims)
    yield remembering(one)
    text = " ".join(p.text for p in one.draft.editions["en"])
    spans = median(milliseconds(plain, text + "." * turn, "en") for turn in range(ROUNDS))
    yield (
        "spans in plain English",
        round(len(text) / spans * 1000),
        "characters/s",
        f"median of {ROUNDS}, one core",
    )
