"""Could it be the same place and the same day? The rules that compare places and dates."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from math import log1p

from nightdesk.corroboration.evidence import Disagreement, Finding, Told, listed, names
from nightdesk.corroboration.facts import Facts
from nightdesk.corroboration.keys import towns
from nightdesk.corroboration.model import Sentence
from nightdesk.corroboration.sentences import said
from nightdesk.values.dates import DateSpan
from nightdesk.values.places import ancestors, gazetteer
from nightdesk.values.sounds import skeleton

NARROW = timedelta(days=10)
SLIP = timedelta(days=1)
# Acts that come of others: told with a later day they are news of what was told before.
AFTER = frozenset({"release", "pay", "trial", "execution", "exile", "repatriation", "dismissal"})
WEEK = timedelta(days=7)
MONTH = timedelta(days=31)
MONTHS = timedelta(days=62)


def place(one: Told, other: Told) -> Iterator[Finding]:
    """The same town, one inside the other, or apart."""
    a, b = one.facts.places, other.facts.places
    if not (a and b):
        yield from _unsaid("place", a, b)
        yield from _tellers_place(one, other)
        yield from _home(one, other)
    elif a & b:
        yield "place_same", 1.0, lambda: said("same_place", places=listed(a & b))
        if any(gazetteer()[key].level == "district" for key in a & b):
            yield "ward_same", 1.0, None
        yield from _district(one.facts, other.facts)
    elif any(_within(x, y) or _within(y, x) for x in a for y in b):
        yield "place_within", 1.0, lambda: said("place_within", places=listed(a), others=listed(b))
    else:
        # Another town is a dispute where it is said to be one; else it may be where things went on.
        denied = "place" in one.facts.denies
        yield "place_apart", 1.0, (lambda: _apart(a, b, "places")) if denied else None


def _apart(ours: frozenset[str], theirs: frozenset[str], value: str) -> Disagreement:
    said_of = (said(value, **{value: listed(one)}) for one in (ours, theirs))
    return Disagreement("place", names(ours), names(theirs), *said_of)


def _tellers_place(one: Told, other: Told) -> Iterator[Finding]:
    # Somebody who calls again within the month rarely says again where he lives.
    a, b = one.facts.places, other.facts.places
    if one.source is None or one.source != other.source or a == b:
        return
    if one.on and other.on and abs(one.on - other.on) <= MONTH:
        yield "place_teller", 1.0, lambda: said("place_of_teller", places=listed(a | b))


def _unsaid(what: str, a: Collection[object], b: Collection[object]) -> Iterator[Finding]:
    if not a:
        yield f"{what}_unsaid", 1.0, None
    if not b:
        yield f"{what}_unsaid_before", 1.0, None


def _home(one: Told, other: Told) -> Iterator[Finding]:
    """Another teller, who says no town: could it be the one he has mostly told of?"""
    a, b = towns(one), towns(other)
    if a and b and one.source != other.source:
        yield "home_same" if a & b else "home_apart", 1.0, None


def _within(inner: str, outer: str) -> bool:
    return inner in gazetteer() and outer in ancestors(inner)


def _district(a: Facts, b: Facts) -> Iterator[Finding]:
    """Districts of one town, known by how their names sound whatever they are written in."""
    ours, theirs = (set(filter(None, map(skeleton, facts.districts))) for facts in (a, b))
    if ours & theirs:
        yield "district_same", 1.0, None
    elif ours and theirs:
        yield "district_apart", 1.0, lambda: _apart(a.districts, b.districts, "districts")


def contacts(one: Told, other: Told) -> Iterator[Finding]:
    """How far apart they were told: most of what is told of an act is told within weeks."""
    if one.on and other.on:
        yield "told_apart", log1p(abs((one.on - other.on).days)), None


def day(one: Told, other: Told) -> Iterator[Finding]:
    """Days of the event (not of the contact) that can be the same, or cannot."""
    a, b = one.facts.dates, other.facts.dates
    if not (a and b):
        yield from _unsaid("date", a, b)
        yield from _contact(one, other)
        return
    meeting = [(x, y) for x in a for y in b if x.overlaps(y)]
    if meeting and "date" in one.facts.denies:
        new = tuple(x for x in a if not any(x.overlaps(y) for y in b))
        if new and min(_gap(x, y) for x in new for y in b) <= WEEK:
            yield "denied", 1.0, lambda: _days_differ(new, b)
            return
    if meeting:
        first, second = meeting[0]
        main = a[0].overlaps(b[0])  # what is named first is its own day; later ones are of what it led to
        yield (
            _closeness(meeting) if main else "date_beside",
            1.0,
            lambda: said("same_days", days=first.edtf, other_days=second.edtf),
        )
        return
    gap = min([_gap(x, y) for x in a for y in b])
    later = min(_starts(a)) > max(_ends(b))
    if one.facts.follow_up and max(_ends(a)) >= max(_ends(b)):
        return  # news of what came of it is later by nature
    if "date" in one.facts.denies and gap <= WEEK:
        yield "denied", 1.0, lambda: _days_differ(a, b)
    elif gap <= WEEK:
        # Another day is a dispute; a later one may be what came of it.
        near = "date_near_later" if later and gap > SLIP else "date_near"
        yield near, float(gap.days), None if later and gap > SLIP else lambda: _days_differ(a, b)
    elif later and one.facts.acts & AFTER:
        yield "date_after", 1.0, None
    elif later:
        yield "date_apart_later", 1.0, None
    else:
        yield "date_apart", 1.0, lambda: _days_differ(a, b)


def _days_differ(a: tuple[DateSpan, ...], b: tuple[DateSpan, ...]) -> Disagreement:
    return Disagreement("date", ", ".join(_labels(a)), ", ".join(_labels(b)), _days(a), _days(b))


def _closeness(meeting: list[tuple[DateSpan, DateSpan]]) -> str:
    longest = min(max(_length(x), _length(y)) for x, y in meeting)
    if longest == timedelta(0):
        return "date_exact"
    return "date_same" if longest <= NARROW else "date_overlap"


def _labels(spans: tuple[DateSpan, ...]) -> tuple[str, ...]:
    return tuple(s.edtf for s in spans)


def _days(spans: tuple[DateSpan, ...]) -> Sentence:
    return said("days", days=_labels(spans))


def _starts(spans: tuple[DateSpan, ...]) -> list[date]:
    return [s.earliest or date.min for s in spans]


def _ends(spans: tuple[DateSpan, ...]) -> list[date]:
    return [s.latest or date.max for s in spans]


def _length(s: DateSpan) -> timedelta:
    return s.latest - s.earliest if s.earliest and s.latest else timedelta.max


def _gap(x: DateSpan, y: DateSpan) -> timedelta:
    first, second = (x, y) if (x.earliest or date.min) <= (y.earliest or date.min) else (y, x)
    if second.earliest is None or first.latest is None:
        return timedelta(0)
    return second.earliest - first.latest


def _contact(one: Told, other: Told) -> Iterator[Finding]:
    """A day is unsaid: the days of the contacts bound it, loosely."""
    if one.on is None or other.on is None:
        return
    if (since := _since(one, other)) is not None:
        yield "since", log1p(since), None
    elif not one.facts.dates and not other.facts.dates:
        yield "undated", log1p(abs((one.on - other.on).days)), None
    if abs(one.on - other.on) > MONTHS:
        yield "contact_far", 1.0, None
    elif _told_after(one, other) or _told_after(other, one):
        yield "date_apart", 1.0, None


def _since(one: Told, other: Told) -> int | None:
    """Days from the event of the one that is dated to the contact of the other that is not; None without such a pair."""
    dated, told = (one, other) if one.facts.dates else (other, one)
    first = dated.facts.dates[0].latest if dated.facts.dates and not told.facts.dates else None
    return max(0, (told.on - first).days) if first and told.on else None


def _told_after(told: Told, dated: Told) -> bool:
    # What was told on the 3rd cannot have happened on the 9th.
    return bool(
        dated.facts.dates
        and told.on
        and not told.facts.dates
        and all(s.earliest and s.earliest > told.on for s in dated.facts.dates)
    )
