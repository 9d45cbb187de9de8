"""Could it be the same deed? The rules that compare sums, acts, parties, offices, counts and details."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from nightdesk.corroboration import lexicon
from nightdesk.corroboration.evidence import Disagreement, Finding, Told, listed, names
from nightdesk.corroboration.facts import Sum
from nightdesk.corroboration.sentences import said

ROUNDING = Decimal("0.03")  # sums within three in a hundred are the same sum, rounded
SLIP = 10  # people misremember by a nought; further apart it is hardly the same sum told two ways
OUTCOMES = frozenset({"release", "trial", "exile", "execution"})


def sums(one: Told, other: Told) -> Iterator[Finding]:
    """The same sum, or another one of the same currency and role."""
    pairs = [(x, y) for x in one.facts.sums for y in other.facts.sums if x.currency == y.currency]
    equal = next(((x, y) for x, y in pairs if _equal(x, y)), None)
    unlike = [(x, y) for x, y in pairs if _comparable(x, y) and not _equal(x, y)]
    if equal:
        yield "sum_same", 1.0, said("same_sum", sum=str(equal[0]))
    elif unlike:
        x, y = min(unlike, key=_times)
        far = "sum_far" if _times((x, y)) > SLIP else "sum_apart"
        yield (
            far,
            1.0,
            Disagreement("amount", str(x), str(y), said("sum", sum=str(x)), said("sum", sum=str(y))),
        )


def _times(pair: tuple[Sum, Sum]) -> Decimal:
    """How many times the smaller sum goes into the larger; boundless when one is nothing."""
    small, large = sorted(s.amount for s in pair)
    return large / small if small > 0 else Decimal("Infinity")


def _comparable(x: Sum, y: Sum) -> bool:
    # 20,000 demanded and 8,000 paid do not contradict each other.
    return x.role == y.role or not x.role or not y.role


def _equal(x: Sum, y: Sum) -> bool:
    return abs(x.amount - y.amount) <= max(x.amount, y.amount) * ROUNDING


def acts(one: Told, other: Told) -> Iterator[Finding]:
    """The same kind of act, one that goes with it, or another; a campaign is no act."""
    a, b = one.facts, other.facts
    if a.kind == b.kind == "campaign":
        yield "campaign_both", 1.0, said("both_campaign")
    elif a.kind != b.kind:
        yield "class_apart", 1.0, None
    if not (a.acts and b.acts):
        return
    families = {lexicon.act_family(x) for x in a.acts} & {lexicon.act_family(x) for x in b.acts}
    if a.acts & b.acts:
        yield "act_same", 1.0, said("same_act", acts=listed(a.acts & b.acts))
    elif families:
        yield "act_family", 1.0, said("act_family", families=listed(families))
    else:
        yield "act_apart", 1.0, None


def party(one: Told, other: Told) -> Iterator[Finding]:
    """The same kind of party, or one that cannot be the same person. Campaigns have many."""
    a, b = one.facts, other.facts
    if not (a.parties and b.parties) or "campaign" in (a.kind, b.kind):
        return
    if a.parties & b.parties:
        yield "party_same", 1.0, said("same_party", parties=listed(a.parties & b.parties))
    else:
        yield "party_apart", 1.0, None


def agency(one: Told, other: Told) -> Iterator[Finding]:
    """The same office, or another where each names exactly one."""
    a, b = one.facts.agencies, other.facts.agencies
    if a & b:
        yield "agency_same", 1.0, said("same_office", agencies=listed(a & b))
    elif len(a) == len(b) == 1:
        offices = (said("office", agencies=listed(one)) for one in (a, b))
        yield "agency_apart", 1.0, Disagreement("unit", names(a), names(b), *offices)


def counts(one: Told, other: Told) -> Iterator[Finding]:
    """How many people, households, phones, teams."""
    a, b = dict(sorted(one.facts.counts)), dict(sorted(other.facts.counts))
    both = sorted(one.facts.counts & other.facts.counts)
    differ = [thing for thing in sorted(set(a) & set(b)) if a[thing] != b[thing]]
    if both:
        yield "count_same", 1.0, said("same_count", counts=tuple(f"{n} {thing}" for thing, n in both))
    elif differ:
        thing = differ[0]
        ours, theirs = f"{a[thing]} {thing}", f"{b[thing]} {thing}"
        counted = (said("counts", counts=number) for number in (ours, theirs))
        yield "count_apart", 1.0, Disagreement("count", ours, theirs, *counted)


def deadline(one: Told, other: Told) -> Iterator[Finding]:
    """Until when something was to be done."""
    a, b = one.facts.deadlines, other.facts.deadlines
    if a & b:
        yield "deadline_same", 1.0, said("same_deadline", days=min(a & b).isoformat())
    elif a and b:
        ours, theirs = min(a).isoformat(), min(b).isoformat()
        until = (said("deadline", days=end) for end in (ours, theirs))
        differ = Disagreement("date", f"deadline {ours}", f"deadline {theirs}", *until)
        yield "deadline_apart", 1.0, differ


def details(one: Told, other: Told) -> Iterator[Finding]:
    """Things that travel between languages: a list, a phone, a receipt."""
    shared = one.facts.details & other.facts.details
    if shared:
        yield "detail", float(len(shared)), said("same_details", details=listed(shared))


def outcome(one: Told, other: Told) -> Iterator[Finding]:
    """Let go, tried, exiled: each telling of another end."""
    a, b = one.facts.acts & OUTCOMES, other.facts.acts & OUTCOMES
    if len(a) == len(b) == 1 and a != b and not one.facts.follow_up:
        yield (
            "",
            0.0,
            Disagreement(
                "outcome",
                names(a),
                names(b),
                said("outcome", acts=listed(a)),
                said("outcome", acts=listed(b)),
            ),
        )


def teller(one: Told, other: Told) -> Iterator[Finding]:
    """The same teller, and whether the words say that this is news of something told before."""
    if one.source and one.source == other.source:
        yield "same_source", 1.0, said("same_teller")
        if one.facts.follow_up:
            yield "follow_up", 1.0, said("told_as_news")
