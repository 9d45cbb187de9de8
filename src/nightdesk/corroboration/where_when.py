"""Could it be the same place and the same day? The rules that compare places and dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from nightdesk.corroboration.evidence import Disagreement, Finding, Told, listed, names
from nightdesk.corroboration.facts import Facts
from nightdesk.corroboration.model import Sentence
from nightdesk.corroboration.sentences import said
from nightdesk.values.dates import DateSpan
from nightdesk.values.places import ancestors, gazetteer

NARROW = timedelta(days=10)
WEEK = timedelta(days=7)
MONTH = timedelta(days=31)
MONTHS = timedelta(days=62)


def place(one: Told, other: Told) -> Iterator[Finding]:
    """The same town, one inside the other, or apart."""
    a, b = one.facts.places, other.facts.places
    if not (a and b):
        yield from _tellers_place(one, other)
        return
    if a & b:
        yield "place_same", 1.0, said("same_place", places=listed(a & b))
        yield from _district(one.facts, other.facts)
    elif any(_within(x, y) or _within(y, x) for x in a for y in b):
        yield "place_within", 1.0, said("place_within", places=listed(a), others=listed(b))
    else:
        towns = (said("places", places=listed(one)) for one in (a, b))
        yield "place_apart", 1.0, Disagreement("place", names(a), names(b), *towns)


def _tellers_place(one: Told, other: Told) -> Iterator[Finding]:
    # Somebody who calls again within the month rarely says again where he lives.
    same = one.source is not None and one.source == other.source
    if (
        same
        and one.facts.places != other.facts.places
        and one.on
        and other.on
        and abs(one.on - other.on) <= MONTH
    ):
        yield (
            "place_teller",
            1.0,
            said("place_of_teller", places=listed(one.facts.places | other.facts.places)),
        )


def _within(inner: str, outer: str) -> bool:
    return inner in gazetteer() and outer in ancestors(inner)


def _district(a: Facts, b: Facts) -> Iterator[Finding]:
    if a.districts and b.districts and not a.districts & b.districts:
        ours, theirs = (said("districts", districts=listed(f.districts)) for f in (a, b))
        differ = Disagreement("place", names(a.districts), names(b.districts), ours, theirs)
        yield "district_apart", 1.0, differ


def day(one: Told, other: Told) -> Iterator[Finding]:
    """Days of the event (not of the contact) that can be the same, or cannot."""
    a, b = one.facts.dates, other.facts.dates
    if not (a and b):
        yield from _contact(one, other)
        return
    meeting = [(x, y) for x in a for y in b if x.overlaps(y)]
    if meeting:
        first, second = meeting[0]
        same = said("same_days", days=first.edtf, other_days=second.edtf)
        yield _closeness(meeting), 1.0, same
        return
    gap = min(_gap(x, y) for x in a for y in b)
    differ = Disagreement("date", ", ".join(_labels(a)), ", ".join(_labels(b)), *(_days(s) for s in (a, b)))
    if one.facts.follow_up and max(_ends(a)) >= max(_ends(b)):
        yield "", 0.0, None  # news of what came of it is later by nature
    elif gap <= WEEK:
        yield "date_near", float(gap.days), differ
    else:
        yield "date_apart", 1.0, differ


def _closeness(meeting: list[tuple[DateSpan, DateSpan]]) -> str:
    longest = min(max(_length(x), _length(y)) for x, y in meeting)
    if longest == timedelta(0):
        return "date_exact"
    return "date_same" if longest <= NARROW else "date_overlap"


def _labels(spans: tuple[DateSpan, ...]) -> tuple[str, ...]:
    return tuple(s.edtf for s in spans)


def _days(spans: tuple[DateSpan, ...]) -> Sentence:
    return said("days", days=_labels(spans))


def _ends(spans: tuple[DateSpan, ...]) -> list[date]:
    return [s.latest or date.max for s in spans]


def _length(s: DateSpan) -> timedelta:
    return s.latest - s.earliest if s.earliest and s.latest else timedelta.max


def _gap(x: DateSpan, y: DateSpan) -> timedelta:
    first, second = sorted((x, y), key=lambda s: s.earliest or date.min)
    if second.earliest is None or first.latest is None:
        return timedelta(0)
    return second.earliest - first.latest


def _contact(one: Told, other: Told) -> Iterator[Finding]:
    """No day said: the days of the contacts still bound it, loosely."""
    if one.on is None or other.on is None:
        return
    if abs(one.on - other.on) > MONTHS:
        yield "contact_far", 1.0, None
    elif _told_after(one, other) or _told_after(other, one):
        yield "date_apart", 1.0, None


def _told_after(told: Told, dated: Told) -> bool:
    # What was told on the 3rd cannot have happened on the 9th.
    return bool(
        dated.facts.dates
        and told.on
        and not told.facts.dates
        and all(s.earliest and s.earliest > told.on for s in dated.facts.dates)
    )
