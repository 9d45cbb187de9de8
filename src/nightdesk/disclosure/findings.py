"""Building a finding: its key, its spans in order, its sentence."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from nightdesk.disclosure.model import (
    Finding,
    FindingClass,
    FindingSpan,
    Interval,
    Knowers,
    Offer,
    ParagraphText,
    Severity,
    Sufficient,
)
from nightdesk.disclosure.sentences import why

ORDER: dict[Severity, int] = {"red": 0, "amber": 1, "note": 2}


def finding(
    class_: FindingClass,
    severity: Severity,
    why_key: str,
    spans: Iterable[FindingSpan],
    offers: Iterable[Offer] = (),
    *,
    for_: str = "source",
    reader: str = "security",
    before: Interval | None = None,
    suffice: tuple[Sufficient, ...] = (),
    **values: Any,
) -> Finding:
    """A finding with its English sentence and a key that survives a re-review of the same words."""
    placed = tuple(sorted(set(spans), key=lambda s: (s.edition, s.paragraph, s.start, s.end)))
    return Finding(
        key=key(class_, why_key, placed, values),
        class_=class_,
        severity=severity,
        spans=placed,
        why=why(why_key, values, "en"),
        for_=for_,
        reader=reader,
        before=before,
        offers=tuple(dict.fromkeys(offers)),
        values=values,
        why_key=why_key,
        suffice=suffice,
    )


def key(class_: str, why_key: str, spans: tuple[FindingSpan, ...], values: dict[str, Any]) -> str:
    """A short hash of class, words and paragraphs: where the words stand in them does not matter."""
    words = sorted({(span.edition, span.paragraph, span.words) for span in spans})
    without_words = "" if words else json.dumps(values, sort_keys=True, default=str)
    raw = json.dumps([class_, why_key, words, without_words], ensure_ascii=False)
    return hashlib.sha256(raw.encode()).hexdigest()[:16]


def at(edition: str, paragraph: ParagraphText, start: int, end: int) -> FindingSpan:
    """A span of a paragraph, with its words."""
    return FindingSpan(edition, paragraph.id, start, end, paragraph.text[start:end])


def interval(knowers: Knowers | None) -> Interval | None:
    """Who could know it, as an interval with its basis."""
    if knowers is None:
        return None
    return Interval(knowers.low, knowers.high, f"knowers: {knowers.kind}")


def ranked(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Reds first, otherwise in the order given; one finding per key."""
    once: dict[str, Finding] = {}
    for found in findings:
        once.setdefault(found.key, found)
    return tuple(sorted(once.values(), key=lambda found: ORDER[found.severity]))
