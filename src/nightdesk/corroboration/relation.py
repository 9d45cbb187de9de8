"""How an account stands to another of the same event: supports, repeats, disputes."""

from __future__ import annotations

from nightdesk.corroboration.basis import Basis, basis_of
from nightdesk.corroboration.evidence import Comparison, Disagreement, Told
from nightdesk.corroboration.facts import Facts
from nightdesk.corroboration.model import Account, Link, Relation, Sentence
from nightdesk.corroboration.sentences import said
from nightdesk.corroboration.sentences import told as text

COPIED = 0.35  # share of shingles from which the words are the other's
ENRICHED = 0.6  # the same for an account that adds a sum, a count or a deadline of its own
REWORDED = 0.2  # from here a hearsay account with nothing new retells it
LIKE = 0.25  # likeness by rare words that says the same of a paraphrase
ORDER = ("amount", "date", "unit", "place", "count", "outcome")


def link(one: Account, told: Told, other: Account, against: Told, seen: Comparison, score: float) -> Link:
    """The newer account `one` towards `other`; `seen` is their comparison, `score` its result."""
    relation, why = _relation(one, told, other, against, seen)
    differ = _first(seen) if relation == "disputes" else None
    return Link(
        to=other.id,
        relation=relation,
        score=round(score, 3),
        why=text((*why, *seen.agree), "en", "; "),
        why_parts=(*why, *seen.agree),
        field=differ.field if differ else None,
        says=differ.says if differ else None,
        against=differ.against if differ else None,
    )


def _relation(
    one: Account, told: Told, other: Account, against: Told, seen: Comparison
) -> tuple[Relation, tuple[Sentence, ...]]:
    copied = seen.features.get("verbatim", 0.0)
    if told.source and told.source == against.source:
        return _same_teller(told, against, seen)
    if _first(seen):
        return "disputes", _differences(seen)
    if copied >= (ENRICHED if _own_values(told.facts, against.facts) else COPIED):
        return "repeats", (said("near_verbatim", share=round(copied * 100)),)
    if _retells(one, told, other, against, seen):
        return "repeats", (_retelling(one, other),)
    return "supports", (said("agrees"),)


def _same_teller(told: Told, against: Told, seen: Comparison) -> tuple[Relation, tuple[Sentence, ...]]:
    if any(d.field == "amount" for d in seen.disagree) and not told.facts.follow_up:
        return "disputes", (said("same_teller_differs"), *_differences(seen))
    if told.facts.follow_up or news(told.facts, against.facts):
        return "supports", (said("same_teller_news"),)
    return "repeats", (said("same_teller_nothing"),)


def news(facts: Facts, known: Facts) -> bool:
    """Whether `facts` holds a value that `known` does not."""
    sums = {(s.amount, s.currency) for s in facts.sums} - {(s.amount, s.currency) for s in known.sums}
    days = {d.edtf for d in facts.dates} - {d.edtf for d in known.dates}
    told = (facts.acts - known.acts) | (facts.details - known.details) | (facts.districts - known.districts)
    return bool(sums or days or told or facts.counts - known.counts)


def _retells(one: Account, told: Told, other: Account, against: Told, seen: Comparison) -> bool:
    """Hearsay that brings no value of its own is somebody's telling told again."""
    basis = basis_of(one, told.facts)
    if basis in (Basis.DIRECT, Basis.TOLD, Basis.UNKNOWN) or _own_values(told.facts, against.facts):
        return False
    like = max(seen.features.get("verbatim", 0.0) / REWORDED, seen.features.get("words", 0.0) / LIKE)
    shared = one.via is not None and one.via == other.via
    return basis is Basis.RUMOUR or shared or like >= 1


def _own_values(facts: Facts, known: Facts) -> bool:
    sums = {s.amount for s in facts.sums} - {s.amount for s in known.sums}
    return bool(sums or facts.counts - known.counts or facts.deadlines - known.deadlines)


def _retelling(one: Account, other: Account) -> Sentence:
    if one.via and one.via == other.via:
        return said("same_relay", relay=one.via)
    return said("relay", relay=one.via) if one.via else said("hearsay")


def _first(seen: Comparison) -> Disagreement | None:
    return min(seen.disagree, key=lambda d: ORDER.index(d.field), default=None)


def _differences(seen: Comparison) -> tuple[Sentence, ...]:
    """The one the link names first."""
    ordered = sorted(seen.disagree, key=lambda d: ORDER.index(d.field))
    return tuple(said("differs", field=d.field, says=d.said, against=d.other) for d in ordered)
