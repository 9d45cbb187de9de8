"""Could it be the same deed? The rules that compare sums, acts, parties, offices, counts and details."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from functools import partial
from math import log1p

from nightdesk.corroboration import lexicon
from nightdesk.corroboration.denied import done, known
from nightdesk.corroboration.evidence import Disagreement, Finding, Told, listed, names
from nightdesk.corroboration.facts import Facts, Sum
from nightdesk.corroboration.lexicon import rarity
from nightdesk.corroboration.model import Sentence, Value
from nightdesk.corroboration.sentences import said
from nightdesk.corroboration.sentences import told as text

ROUNDING = Decimal("0.03")  # sums within three in a hundred are the same sum, rounded
ABOUT = 0.1  # counts within a tenth are the same, rounded
NEXT = timedelta(days=7)  # from here another end than the first is what came next
SLIP = 10  # people misremember by a nought; further apart it is hardly the same sum told two ways
PEOPLE = ("dead", "arrested", "people")
WEIGHTY = ("dead", "arrested")  # told otherwise even where other things are counted alike
CONTRARY = (  # of one person only one can be so
    ("death", "survived"), ("release", "trial"), ("release", "exile"), ("release", "execution"),
    ("exile", "execution"), ("trial", "exile"),
)  # fmt: skip

SAID = {  # of each field: the sentence that says a value of it, and what the sentence calls the value
    "amount": ("sum", "sum"), "date": ("days", "days"), "unit": ("office", "agencies"), "place": ("places", "places"),
    "count": ("counts", "counts"), "outcome": ("outcome", "acts"),
}  # fmt: skip
TOLD_BEFORE = (
    "follow_up",
    "again",
    "hearsay",
)  # that say of the newer account that something was told before
ENDS = frozenset(end for pair in CONTRARY for end in pair)


def sums(one: Told, other: Told) -> Iterator[Finding]:
    """The same sum, or another one of the same currency and role."""
    if not (one.facts.sums and other.facts.sums):
        return
    pairs = [(x, y) for x in one.facts.sums for y in other.facts.sums if x.currency == y.currency]
    if equal := [x for x, y in pairs if _equal(x, y)]:
        yield "sum_same", 1.0, lambda: said("same_sum", sum=str(equal[0]))
    elif unlike := [(x, y) for x, y in pairs if _comparable(x, y)]:
        x, y = min(unlike, key=_times)
        far = "sum_far" if _times((x, y)) > SLIP else "sum_apart" if x.role == y.role else "sum_beside"
        # So far apart it is another sum, and contradicts nobody.
        yield far, 1.0, None if far == "sum_far" else lambda: _sums_differ(x, y)


def _sums_differ(x: Sum, y: Sum) -> Disagreement:
    return Disagreement("amount", str(x), str(y), said("sum", sum=str(x)), said("sum", sum=str(y)))


def _times(pair: tuple[Sum, Sum]) -> Decimal:
    """How many times the smaller sum goes into the larger at least; boundless when one is nothing."""
    small, large = sorted(pair, key=lambda s: s.amount)
    return large.amount / small.most if small.most > 0 else Decimal("Infinity")


def _comparable(x: Sum, y: Sum) -> bool:
    # 20,000 demanded and 8,000 paid do not contradict each other.
    return x.role == y.role or not x.role or not y.role


def _equal(x: Sum, y: Sum) -> bool:
    """Whether they can be the same: told exactly within rounding, and of two ends told anywhere between."""
    if x.high is None and y.high is None:
        return abs(x.amount - y.amount) <= max(x.amount, y.amount) * ROUNDING
    return x.amount <= y.most and y.amount <= x.most


def acts(one: Told, other: Told) -> Iterator[Finding]:
    """The same kind of act, one that goes with it, or another; a campaign is no act."""
    a, b = one.facts, other.facts
    if a.kind == b.kind == "campaign":
        yield "campaign_both", 1.0, lambda: said("both_campaign")
    elif a.kind != b.kind:
        campaign, act = (a, b) if a.kind == "campaign" else (b, a)
        nobody = not (campaign.parties or campaign.sums)
        yield "victim_apart" if nobody and (act.parties or act.sums) else "class_apart", 1.0, None
    if not (a.acts and b.acts):
        return
    if a.acts & b.acts:
        yield (
            "act_same",
            rarity("acts", a.acts & b.acts),
            lambda: said("same_act", acts=listed(a.acts & b.acts)),
        )
    elif families := _families(a) & _families(b):
        yield "act_family", 1.0, lambda: said("act_family", families=listed(families))
    else:
        yield "act_apart", 1.0, None


def _families(facts: Facts) -> set[str]:
    return {lexicon.act_family(act) for act in facts.acts}


def party(one: Told, other: Told) -> Iterator[Finding]:
    """The same kind of party, or one that cannot be the same person. Campaigns have many."""
    a, b = one.facts, other.facts
    if not (a.parties and b.parties) or "campaign" in (a.kind, b.kind):
        return
    if a.parties & b.parties:
        yield "party_same", 1.0, lambda: said("same_party", parties=listed(a.parties & b.parties))
    else:
        yield "party_apart", 1.0, None


def agency(one: Told, other: Told) -> Iterator[Finding]:
    """The same office, or another where each names exactly one, or where the other's is said to be wrong."""
    a, b = one.facts.agencies, other.facts.agencies
    if a and b and a - b and "unit" in one.facts.denies:
        yield "denied", 1.0, lambda: _differ("unit", "office", "agencies", a - b, b)
    elif a & b:
        yield "", 0.0, lambda: said("same_office", agencies=listed(a & b))
    elif len(a) == len(b) == 1:
        yield "agency_apart", 1.0, lambda: _differ("unit", "office", "agencies", a, b)


def _differ(
    field: str, sentence: str, value: str, ours: frozenset[str], theirs: frozenset[str]
) -> Disagreement:
    said_of = (said(sentence, **{value: listed(one)}) for one in (ours, theirs))
    return Disagreement(field, names(ours), names(theirs), *said_of)


def counts(one: Told, other: Told) -> Iterator[Finding]:
    """How many people, households, phones, days."""
    a, b = one.facts.counts, other.facts.counts
    if not (a and b):
        return
    both, differ = sorted(a & b), sorted({thing for thing, _ in a} & {thing for thing, _ in b})
    differ = [thing for thing in differ if not _about(_numbers(a, thing), _numbers(b, thing))]
    if _persons(a) & _persons(b):  # four who died are told by others as four people
        differ = [thing for thing in differ if thing != "people"]
    wrong = one.facts.wrong  # what one calls wrong is no number of one's own
    new = sorted((thing, n) for thing, n in a - b if _numbers(b, thing) and f"count {thing} {n}" not in wrong)
    if new and "count" in one.facts.denies:
        thing, n = new[0]
        yield "denied", 1.0, lambda: _counts_differ(f"{n} {thing}", f"{max(_numbers(b, thing))} {thing}")
        return
    # What else is counted alike does not mend another number of people.
    unlike = [thing for thing in _unlike(a, b, differ) if thing in PEOPLE or not both]
    if one.facts.follow_up and not one.facts.denies:
        unlike = [thing for thing in unlike if max(_numbers(a, thing)) < max(_numbers(b, thing))]
    say = (lambda: _counts_differ(*_largest(a, b, unlike[0]))) if unlike else None
    if both:
        same = tuple(f"{n} {thing}" for thing, n in both)
        yield "count_same", sum(min(3.0, log1p(n)) for _, n in both), lambda: said("same_count", counts=same)
    if differ:
        yield "" if both else "count_apart", 1.0, say


def _unlike(
    ours: frozenset[tuple[str, int]], theirs: frozenset[tuple[str, int]], things: list[str]
) -> list[str]:
    """Of things told in other numbers those whose largest can be the same number told two ways, weightiest first."""
    return sorted(
        (thing for thing in things if _could_be_one(thing, ours, theirs)),
        key=lambda thing: (thing not in WEIGHTY, thing),
    )


def _could_be_one(thing: str, *sides: frozenset[tuple[str, int]]) -> bool:
    """Whether the larger number can be the smaller told wrong: people misremember by a nought, not by more."""
    small, large = sorted(max(_numbers(side, thing)) for side in sides)
    # One of a thing is mostly no count ("a house"); that nobody died is.
    return small == 0 or (large <= small * SLIP and (small > 1 or thing in WEIGHTY))


def _largest(
    ours: frozenset[tuple[str, int]], theirs: frozenset[tuple[str, int]], thing: str
) -> tuple[str, str]:
    mine, other = (f"{max(_numbers(side, thing))} {thing}" for side in (ours, theirs))
    return mine, other


def _about(ours: set[int], theirs: set[int]) -> bool:
    """Whether any two are the same but for rounding: about fifteen and fourteen."""
    return any(abs(x - y) <= max(x, y) * ABOUT for x in ours for y in theirs)


def _persons(counted: frozenset[tuple[str, int]]) -> set[int]:
    return {n for of, n in counted if of in (*PEOPLE, "hurt", "condemned", "missing") and n > 1}


def _numbers(counted: frozenset[tuple[str, int]], thing: str) -> set[int]:
    return {n for of, n in counted if of == thing}


def _counts_differ(ours: str, theirs: str) -> Disagreement:
    counted = (said("counts", counts=number) for number in (ours, theirs))
    return Disagreement("count", ours, theirs, *counted)


def deadline(one: Told, other: Told) -> Iterator[Finding]:
    """Until when something was to be done."""
    a, b = one.facts.deadlines, other.facts.deadlines
    if a & b:
        yield "deadline_same", 1.0, lambda: said("same_deadline", days=min(a & b).isoformat())
    elif a and b:
        yield "", 0.0, lambda: _deadlines_differ(min(a).isoformat(), min(b).isoformat())


def _deadlines_differ(ours: str, theirs: str) -> Disagreement:
    until = (said("deadline", days=end) for end in (ours, theirs))
    return Disagreement("date", f"deadline {ours}", f"deadline {theirs}", *until)


def details(one: Told, other: Told) -> Iterator[Finding]:
    """Things that travel between languages: a list, a phone, a receipt."""
    shared = one.facts.details & other.facts.details
    if shared:
        yield "details", rarity("details", shared), lambda: said("same_details", details=listed(shared))


def outcome(one: Told, other: Told) -> Iterator[Finding]:
    """Dead or alive, let go or tried: each telling of another end."""
    denied = "outcome" in one.facts.denies
    if one.facts.follow_up and not denied:
        return  # what came of it is no contradiction
    for ours, theirs in _contrary(one.facts.acts & ENDS, other.facts.acts & ENDS, denied):
        if not denied and "death" not in (ours, theirs) and _told_later(one, other):
            continue
        yield "", 0.0, partial(_differ, "outcome", "outcome", "acts", frozenset({ours}), frozenset({theirs}))
        return


def _told_later(one: Told, other: Told) -> bool:
    """Whether so much later that it tells what came next: let go, and tried after all."""
    return bool(one.on and other.on and one.on - other.on >= NEXT)


def _contrary(a: frozenset[str], b: frozenset[str], denied: bool) -> Iterator[tuple[str, str]]:
    """Ends of which each side tells one, and the other side does not tell it too."""
    for x, y in CONTRARY if a and b else ():
        for ours, theirs in ((x, y), (y, x)):
            if ours in a - b and theirs in b and (denied or theirs not in a):
                yield ours, theirs


def denial(one: Told, other: Told) -> Iterator[Finding]:
    """One calls wrong what the other tells, or tells that it did not happen."""
    for ours, theirs, turn in ((one.facts, other.facts, False), (other.facts, one.facts, True)):
        # Two who call the same wrong agree.
        if ours.wrong and (both := sorted(ours.wrong & (known(theirs) | done(theirs)) - theirs.wrong)):
            yield "denied", 1.0, partial(_called_wrong, both[0], ours, turn)
            return


def _called_wrong(value: str, ours: Facts, turn: bool) -> Disagreement:
    """`ours` calls the value wrong. `turn`: it is the newer account that tells it, and the older that calls it wrong."""
    field = value.partition(" ")[0]
    of = f"{value.rpartition(' ')[0]} " if field == "count" else f"{field} "
    right = sorted(one for one in known(ours) - ours.wrong if one.startswith(of))
    denied, told = _in_words(right[0]) if len(right) == 1 else said("denied"), _in_words(value)
    sides = ((text((told,), "en"), told), (text((denied,), "en"), denied))
    (says, mine), (against, other) = sides if turn else sides[::-1]
    return Disagreement(field, says, against, mine, other)


def _in_words(known_value: str) -> Sentence:
    """A value as denied.py writes it, to be said in any language."""
    field, _, plain = known_value.partition(" ")
    key, name = SAID[field]
    value: Value = plain if field == "amount" else (plain,)
    if field == "count":
        thing, _, number = plain.rpartition(" ")
        value = f"{number} {thing}"
    return said(key, **{name: value})


def teller(one: Told, other: Told) -> Iterator[Finding]:
    """The same teller, and whether the words say that this is news of something told before."""
    yield from ((f"tells_{flag}", 1.0, None) for flag in TOLD_BEFORE if getattr(one.facts, flag))
    if one.source and one.source == other.source:
        yield "same_source", 1.0, lambda: said("same_teller")
        if one.facts.kind == other.facts.kind == "campaign":
            yield "campaign_teller", 1.0, None  # who lives through a sweep tells of it more than once
        if one.facts.follow_up:
            yield "follow_up", 1.0, lambda: said("told_as_news")
