"""Two accounts' facts side by side: what speaks for one event, what against, and where they disagree.

Pure comparing: no threshold and no decision (decide.py), no counting (origins.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from nightdesk.corroboration import lexicon, words
from nightdesk.corroboration.facts import Facts, Sum
from nightdesk.values.dates import DateSpan
from nightdesk.values.places import ancestors, gazetteer

ROUNDING = Decimal("0.03")  # sums within three in a hundred are the same sum, rounded
SLIP = 10  # people misremember by a nought; further apart it is hardly the same sum told two ways
NARROW = timedelta(days=10)
WEEK = timedelta(days=7)
MONTH = timedelta(days=31)
MONTHS = timedelta(days=62)
OUTCOMES = frozenset({"release", "trial", "exile", "execution"})


@dataclass(frozen=True, slots=True)
class Told:
    """Facts with who told them when: what a comparison needs of an account."""

    id: str
    lang: str
    on: date | None
    source: str | None
    facts: Facts


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One field both accounts fill differently. `field`: amount, date, unit, place, count, outcome."""

    field: str
    says: str
    against: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """`features` by the names in weights.toml; `agree` is the evidence in words."""

    features: Mapping[str, float]
    agree: tuple[str, ...]
    disagree: tuple[Disagreement, ...]


Finding = tuple[str, float, str | Disagreement | None]


def compare(one: Told, other: Told, rarity: words.Rarity) -> Comparison:
    """`one` (the newer) against `other`. The disagreements read from `one`'s side."""
    return with_wording(compare_facts(one, other), one, other, rarity)


def compare_facts(one: Told, other: Told) -> Comparison:
    """Everything but the wording, which costs the most and often cannot change the outcome."""
    return _comparison([finding for rule in RULES for finding in rule(one, other)])


def with_wording(facts: Comparison, one: Told, other: Told, rarity: words.Rarity) -> Comparison:
    """`facts` with what the wording adds."""
    more = _comparison(list(_wording(one, other, rarity)))
    return Comparison({**facts.features, **more.features}, facts.agree + more.agree, facts.disagree)


def _comparison(found: list[Finding]) -> Comparison:
    return Comparison(
        {name: value for name, value, _ in found if name},
        tuple(w for _, _, w in found if isinstance(w, str)),
        tuple(w for _, _, w in found if isinstance(w, Disagreement)),
    )


def _names(keys: frozenset[str]) -> str:
    return ", ".join(sorted(name(key) for key in keys))


def name(key: str) -> str:
    """A gazetteer key's English name; a key of a table without its underscores."""
    place = gazetteer().get(key)
    return place.names["en"][0] if place and "en" in place.names else key.replace("_", " ")


# -- place and date ----------------------------------------------------------------------------------


def _place(one: Told, other: Told) -> Iterator[Finding]:
    a, b = one.facts.places, other.facts.places
    if not (a and b):
        yield from _tellers_place(one, other)
        return
    if a & b:
        yield "place_same", 1.0, f"same place ({_names(a & b)})"
        yield from _district(one.facts, other.facts)
    elif any(_within(x, y) or _within(y, x) for x in a for y in b):
        yield "place_within", 1.0, f"one place lies in the other ({_names(a)}; {_names(b)})"
    else:
        yield "place_apart", 1.0, Disagreement("place", _names(a), _names(b))


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
            f"no town said again by a teller of {_names(one.facts.places | other.facts.places)}",
        )


def _within(inner: str, outer: str) -> bool:
    return inner in gazetteer() and outer in ancestors(inner)


def _district(a: Facts, b: Facts) -> Iterator[Finding]:
    if a.districts and b.districts and not a.districts & b.districts:
        yield "district_apart", 1.0, Disagreement("place", _names(a.districts), _names(b.districts))


def _date(one: Told, other: Told) -> Iterator[Finding]:
    a, b = one.facts.dates, other.facts.dates
    if not (a and b):
        yield from _contact(one, other)
        return
    meeting = [(x, y) for x in a for y in b if x.overlaps(y)]
    if meeting:
        narrow = any(_length(x) <= NARROW and _length(y) <= NARROW for x, y in meeting)
        label = f"days that can be the same ({meeting[0][0].edtf}; {meeting[0][1].edtf})"
        yield ("date_same" if narrow else "date_overlap"), 1.0, label
        return
    gap = min(_gap(x, y) for x in a for y in b)
    differ = Disagreement("date", _labels(a), _labels(b))
    if one.facts.follow_up and max(_ends(a)) >= max(_ends(b)):
        yield "", 0.0, None  # news of what came of it is later by nature
    elif gap <= WEEK:
        yield "date_near", float(gap.days), differ
    else:
        yield "date_apart", 1.0, differ


def _labels(spans: tuple[DateSpan, ...]) -> str:
    return ", ".join(s.edtf for s in spans)


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


# -- sums --------------------------------------------------------------------------------------------


def _sums(one: Told, other: Told) -> Iterator[Finding]:
    pairs = [(x, y) for x in one.facts.sums for y in other.facts.sums if x.currency == y.currency]
    equal = next(((x, y) for x, y in pairs if _equal(x, y)), None)
    unlike = [(x, y) for x, y in pairs if _comparable(x, y) and not _equal(x, y)]
    if equal:
        yield "sum_same", 1.0, f"same sum ({equal[0]})"
    elif unlike:
        x, y = min(unlike, key=_times)
        far = "sum_far" if _times((x, y)) > SLIP else "sum_apart"
        yield far, 1.0, Disagreement("amount", str(x), str(y))


def _times(pair: tuple[Sum, Sum]) -> Decimal:
    """How many times the smaller sum goes into the larger; boundless when one is nothing."""
    small, large = sorted(s.amount for s in pair)
    return large / small if small > 0 else Decimal("Infinity")


def _comparable(x: Sum, y: Sum) -> bool:
    # 20,000 demanded and 8,000 paid do not contradict each other.
    return x.role == y.role or not x.role or not y.role


def _equal(x: Sum, y: Sum) -> bool:
    return abs(x.amount - y.amount) <= max(x.amount, y.amount) * ROUNDING


# -- what, to whom, by whom --------------------------------------------------------------------------


def _acts(one: Told, other: Told) -> Iterator[Finding]:
    a, b = one.facts, other.facts
    if a.kind == b.kind == "campaign":
        yield "campaign_both", 1.0, "both tell of a campaign"
    elif a.kind != b.kind:
        yield "class_apart", 1.0, None
    if not (a.acts and b.acts):
        return
    families = {lexicon.act_family(x) for x in a.acts} & {lexicon.act_family(x) for x in b.acts}
    if a.acts & b.acts:
        yield "act_same", 1.0, f"same kind of act ({_names(a.acts & b.acts)})"
    elif families:
        yield "act_family", 1.0, f"acts that go together ({', '.join(sorted(families))})"
    else:
        yield "act_apart", 1.0, None


def _party(one: Told, other: Told) -> Iterator[Finding]:
    a, b = one.facts, other.facts
    if not (a.parties and b.parties) or "campaign" in (a.kind, b.kind):
        return
    if a.parties & b.parties:
        yield "party_same", 1.0, f"same kind of party ({_names(a.parties & b.parties)})"
    else:
        yield "party_apart", 1.0, None


def _agency(one: Told, other: Told) -> Iterator[Finding]:
    a, b = one.facts.agencies, other.facts.agencies
    if a & b:
        yield "agency_same", 1.0, f"same office ({_names(a & b)})"
    elif len(a) == len(b) == 1:
        yield "agency_apart", 1.0, Disagreement("unit", _names(a), _names(b))


def _counts(one: Told, other: Told) -> Iterator[Finding]:
    a, b = dict(sorted(one.facts.counts)), dict(sorted(other.facts.counts))
    both = sorted(one.facts.counts & other.facts.counts)
    differ = [thing for thing in sorted(set(a) & set(b)) if a[thing] != b[thing]]
    if both:
        yield "count_same", 1.0, "same count (" + ", ".join(f"{n} {thing}" for thing, n in both) + ")"
    elif differ:
        thing = differ[0]
        yield "count_apart", 1.0, Disagreement("count", f"{a[thing]} {thing}", f"{b[thing]} {thing}")


def _deadline(one: Told, other: Told) -> Iterator[Finding]:
    a, b = one.facts.deadlines, other.facts.deadlines
    if a & b:
        yield "deadline_same", 1.0, f"same deadline ({min(a & b).isoformat()})"
    elif a and b:
        differ = Disagreement("date", f"deadline {min(a).isoformat()}", f"deadline {min(b).isoformat()}")
        yield "deadline_apart", 1.0, differ


def _details(one: Told, other: Told) -> Iterator[Finding]:
    shared = one.facts.details & other.facts.details
    if shared:
        yield "detail", float(len(shared)), f"same details ({_names(shared)})"


def _outcome(one: Told, other: Told) -> Iterator[Finding]:
    a, b = one.facts.acts & OUTCOMES, other.facts.acts & OUTCOMES
    if len(a) == len(b) == 1 and a != b and not one.facts.follow_up:
        yield "", 0.0, Disagreement("outcome", _names(a), _names(b))


def _teller(one: Told, other: Told) -> Iterator[Finding]:
    if one.source and one.source == other.source:
        yield "same_source", 1.0, "the same teller"
        if one.facts.follow_up:
            yield "follow_up", 1.0, "told as news of something told before"


RULES: tuple[Callable[[Told, Told], Iterator[Finding]], ...] = (
    _place, _date, _sums, _acts, _party, _agency, _counts, _deadline, _details, _outcome, _teller,
)  # fmt: skip


# -- words -------------------------------------------------------------------------------------------


def _wording(one: Told, other: Told, rarity: words.Rarity) -> Iterator[Finding]:
    if one.lang != other.lang:
        return
    likeness, rarest = words.cosine(one.facts.tokens, other.facts.tokens, rarity)
    yield "words", likeness, f"rare words in common ({', '.join(rarest)})" if likeness >= 0.2 else None
    copied = words.contained(one.facts.shingles, other.facts.shingles)
    yield "verbatim", copied, f"{copied:.0%} of the wording" if copied >= 0.2 else None
