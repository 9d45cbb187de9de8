"""How long a page-long story takes to review, and to review again after a keystroke."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.resources import files
from statistics import median

from nightdesk.disclosure import ParagraphText, Review, review
from nightdesk.disclosure.plain import plain
from nightdesk.disclosure.wire import Submission, parse

PARAGRAPHS = 24  # a long page in two languages
ROUNDS = 5


def page_long() -> Submission:
    """The sample story, its paragraphs repeated under new ids."""
    raw = json.loads((files("nightdesk.demo") / "sample" / "story.json").read_text("utf-8"))
    for lang, body in raw["editions"].items():
        raw["editions"][lang] = [dict(body[i % len(body)], id=f"{lang}{i}") for i in range(PARAGRAPHS)]
    return parse(raw)


def run(one: Submission) -> Review:
    """One review on the day of release."""
    return review(one.draft, one.evidence, one.history, one.tables, one.draft.release_on)


def typed(one: Submission, turn: int) -> Submission:
    """The same story after a keystroke in its last Korean paragraph."""
    body = list(one.draft.editions["ko"])
    body[-1] = ParagraphText(body[-1].id, body[-1].text + "다" * (turn + 1), body[-1].claims)
    return replace(one, draft=replace(one.draft, editions={**one.draft.editions, "ko": tuple(body)}))


def milliseconds(work: Callable[..., object], *given: object) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    work(*given)
    return (time.perf_counter() - start) * 1000


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
    text = " ".join(p.text for p in one.draft.editions["en"])
    spans = median(milliseconds(plain, text + "." * turn, "en") for turn in range(ROUNDS))
    yield (
        "spans in plain English",
        round(len(text) / spans * 1000),
        "characters/s",
        f"median of {ROUNDS}, one core",
    )
