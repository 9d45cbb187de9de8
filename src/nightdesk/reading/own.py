"""A desk's own words: what somebody says they mean, as a Term, and whether such a correction still holds.

What words mean is said in words that the reader knows ("two thousand yuan", "the end of November"), so
that a day counted from the contact is counted anew in each text. Belongs here: that, on plain values.
Does not belong here: keeping them (nightdesk.desk.reports), overlaps (engine.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

from nightdesk.reading.engine import BARE_NUMBER, Term, read
from nightdesk.reading.model import Kind, Reading, ReadingError, Span

# What a name nobody has listed is called in a value; every other kind must be readable as it stands.
NAMED: Mapping[str, str] = {"place": "name", "person": "name", "organisation": "unit"}
KINDS: tuple[Kind, ...] = tuple(
    kind for kind in get_args(Kind) if kind not in ("quotation", "contact")
)  # what somebody can say that words are
Held = Literal["holds", "changed", "lost"]


@dataclass(frozen=True, slots=True)
class Case:
    """A correction as a test: in this text the words at start..end are `kind` with `value`, or no value."""

    text: str
    lang: str
    on: date | None
    country: str | None
    start: int
    end: int
    kind: Kind | None
    value: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether it holds, how the words read now, and whether the reader alone would say the same by now."""

    held: Held
    now: Span | None
    needless: bool


def own_term(
    words: str, kind: Kind | None, means: str, lang: str | None, on: date | None, country: str | None
) -> Term:
    """`words` with the value that `means` has. ReadingError when `means` says no such value."""
    if kind is None:
        return Term(words, None, {})
    means = means.strip()
    reading = read(means, lang, on, country)
    for span in reading.spans:
        if span.kind == kind and (span.start, span.end) == (0, len(means)):
            return Term(words, kind, span.value)
    if kind in NAMED and means:
        return Term(words, kind, {NAMED[kind]: means})
    raise ReadingError(f"{means!r} does not read as {kind}")


def is_bare_number(words: str) -> bool:
    """Whether these words are figures alone: a rule that reads more around them goes before what they are said to mean."""
    return BARE_NUMBER.fullmatch(words) is not None


def stands(text: str, start: int, end: int) -> bool:
    """Whether the words there would be found as a desk's own: not when they are cut out of a longer word."""
    found = read(text, None, None, None, [Term(text[start:end], "person", {})])
    return any((span.start, span.end) == (start, end) for span in found.spans)


def at(reading: Reading, start: int, end: int) -> Span | None:
    """The span that explains these words: exactly they, else a longer one around them."""
    over = [s for s in reading.spans if s.start <= start and end <= s.end and s.kind != "quotation"]
    return min(over, key=lambda span: span.end - span.start, default=None)


def run(case: Case, terms: Sequence[Term]) -> Outcome:
    """The case, read with the desk's own words, and without any."""
    withal, alone = (read(case.text, case.lang, case.on, case.country, t) for t in (terms, ()))
    now = at(withal, case.start, case.end)
    return Outcome(
        _held(case, withal, now), now, _held(case, alone, at(alone, case.start, case.end)) == "holds"
    )


def _held(case: Case, reading: Reading, now: Span | None) -> Held:
    if case.kind is None:
        return "holds" if not _touched(reading, case) else "lost"
    if now is None or now.kind != case.kind:
        return "lost"
    same = case.value.items() <= now.value.items() or (now.start, now.end) != (case.start, case.end)
    return "holds" if same else "changed"


def _touched(reading: Reading, case: Case) -> bool:
    """Whether anything in or across the words is a value, or unread."""
    read_ = ((s.start, s.end) for s in reading.spans if s.kind != "quotation")
    missed = ((u.start, u.end) for u in reading.unread)
    return any(start < case.end and case.start < end for start, end in (*read_, *missed))
