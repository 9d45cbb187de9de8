"""How an account stands to another of the same event: supports, repeats, disputes."""

from __future__ import annotations

from dataclasses import replace

from nightdesk.corroboration.basis import Basis, basis_of
from nightdesk.corroboration.denied import known
from nightdesk.corroboration.evidence import Comparison, Disagreement, Told
from nightdesk.corroboration.facts import Facts
from nightdesk.corroboration.model import Link, Relation, Sentence
from nightdesk.corroboration.sentences import said
from nightdesk.corroboration.sentences import told as text

COPIED = 0.35  # share of shingles from which the words are the other's
AGAIN = 1.5  # likeness by rare words and by names and numbers, added, from which a teller says the same again
RELAYED = 0.33  # likeness from which what a relay or a rumour passes on is the other's telling
HEARD = (
    0.55  # the same for what a person heard elsewhere: two who tell of one thing by themselves are less alike
)
VALUES = 1.5  # sums and counts in common (a count of five is 1.8) from which hearsay without any of its own is the other's telling
ENRICHED = 0.6  # the same for an account that adds a sum, a count or a deadline of its own
HEARSAY = (Basis.SECOND_HAND, Basis.RUMOUR)
DENIED = (
    "count",
    "outcome",
    "unit",
    "amount",
    "date",
    "place",
)  # which is meant when several stand in the sentence
AGREED = {  # features that say that a field is told alike
    "date_exact": "date", "date_same": "date", "date_overlap": "date", "date_beside": "date", "place_same": "place",
    "place_within": "place", "sum_same": "amount", "count_same": "count",
}  # fmt: skip
SIDES = (("says", "against"), ("of", "against_of"))  # what is told, and whose it is when it is retold
ORDER = ("amount", "date", "unit", "place", "count", "outcome")


def link(told: Told, against: Told, seen: Comparison, score: float) -> Link:
    """The newer account `told` towards `against`; `seen` is their comparison, `score` its result."""
    relation, why = _relation(told, against, seen)
    parts = (*why, *seen.agree)
    made = Link(
        to=against.id,
        relation=relation,
        score=round(score, 3),
        why_parts=parts,
    )
    if relation != "disputes":
        return made
    differ = _first(seen)
    if differ is None:
        return _in_words(made, parts[0])
    return replace(made, field=differ.field, says=differ.says, against=differ.against)


def _in_words(made: Link, differs: Sentence) -> Link:
    """A dispute whose values are known in words alone; after a backup not even in words."""
    values = (differs.values[name] for name in ("says", "against"))
    says, against = (text((value,), "en") if isinstance(value, Sentence) else str(value) for value in values)
    return replace(made, field=str(differs.values["field"]), says=says, against=against)


def _relation(told: Told, against: Told, seen: Comparison) -> tuple[Relation, tuple[Sentence, ...]]:
    copied = seen.features.get("verbatim", 0.0)
    if told.source and told.source == against.source:
        return _same_teller(told, against, seen)
    if _first(seen):
        return "disputes", _differences(seen)
    denied = _denied(told.facts, against.facts, seen)
    # Through a relay it is not known whom the one who heard it sets right.
    if denied and (basis_of(told) not in HEARSAY or not told.via):
        return "disputes", (_denial(denied),)
    enough = ENRICHED if _own_values(told.facts, against.facts) else COPIED
    if copied >= enough and not _is_retold_by(told, against):
        return "repeats", (said("near_verbatim", share=round(copied * 100)),)
    if _retells(told, against, seen):
        return "repeats", (_retelling(told, against),)
    return "supports", (said("agrees"),)


def _denied(facts: Facts, other: Facts, seen: Comparison) -> frozenset[str]:
    """Fields set right without a value: of those the other tells, and tells otherwise; a value called wrong is known."""
    agreed = {AGREED[name] for name in seen.features if name in AGREED}
    # "Not one alone" is said against who names one without counting.
    wrong = {value.partition(" ")[0] for value in facts.wrong if not value.endswith(" 1")}
    told = {value.partition(" ")[0] for value in known(other)}
    return (facts.denies & (told | {"count"})) - agreed - wrong


def _same_teller(told: Told, against: Told, seen: Comparison) -> tuple[Relation, tuple[Sentence, ...]]:
    if told.facts.again or _is_passed_on(told, against, seen):
        return "repeats", (said("same_teller_nothing"),)
    differs = {one.field for one in seen.disagree}
    if differs & told.facts.denies:
        return "disputes", (said("same_teller_differs"), *_differences(seen))
    # Who names another sum later tells what was paid in the end.
    if told.facts.follow_up or "amount" in differs or _is_news(told, against, seen):
        return "supports", (said("same_teller_news"),)
    return "repeats", (said("same_teller_nothing"),)


def _is_passed_on(told: Told, against: Told, seen: Comparison) -> bool:
    """Whether a relay brings what the same teller told already: its words are the relay's, so they say nothing."""
    brought = told.via and told.via != against.via and not told.facts.follow_up
    return bool(brought) and _alike(seen) >= RELAYED


def _is_news(told: Told, against: Told, seen: Comparison) -> bool:
    """In one language by the words, for what is new may be no value; else by a value that is new."""
    words = seen.features.get("words")
    if words is None:
        return news(told.facts, against.facts)
    return words + seen.features.get("signs", 0.0) < AGAIN and seen.features.get("verbatim", 0.0) < COPIED


def news(facts: Facts, known: Facts) -> bool:
    """Whether `facts` holds a value that `known` does not."""
    sums = [s for s in facts.sums if not any(s.currency == k.currency and s.overlaps(k) for k in known.sums)]
    days = {d.edtf for d in facts.dates} - {d.edtf for d in known.dates}
    told = (facts.acts - known.acts) | (facts.details - known.details) | (facts.districts - known.districts)
    return bool(sums or days or told or facts.counts - known.counts)


def _retells(told: Told, against: Told, seen: Comparison) -> bool:
    """Hearsay is a telling told again where the other's names, numbers and words are in it; else one more telling."""
    basis = basis_of(told)
    if basis not in HEARSAY:
        return False
    if (
        told.via and basis is Basis.RUMOUR
    ):  # two mouths further on it is nobody's own, whatever words are left
        return True
    values = seen.features.get("count_same", 0.0) + seen.features.get("sum_same", 0.0)
    if values >= VALUES and not _own_values(told.facts, against.facts):
        return True
    return _alike(seen) >= (RELAYED if told.via or basis is Basis.RUMOUR else HEARD)


def _alike(seen: Comparison) -> float:
    """How much the words, or names and numbers alone, are the other's, 0..1."""
    return max(seen.features.get("signs", 0.0), seen.features.get("words", 0.0))


def _is_retold_by(told: Told, against: Told) -> bool:
    """Whether the same words went the other way: who was there, or has it from who was, copies no hearsay."""
    return basis_of(told) in (Basis.DIRECT, Basis.TOLD) and basis_of(against) in HEARSAY


def _own_values(facts: Facts, known: Facts) -> bool:
    sums = [s for s in facts.sums if not any(map(s.overlaps, known.sums))]
    return bool(sums or facts.counts - known.counts or facts.deadlines - known.deadlines)


def _retelling(told: Told, against: Told) -> Sentence:
    if told.via and told.via == against.via:
        return said("same_relay", relay=told.via)
    return said("relay", relay=told.via) if told.via else said("hearsay")


def _denial(denied: frozenset[str]) -> Sentence:
    """The teller says that others have it wrong, and the values were not read: the field alone."""
    return said(
        "differs", field=min(denied, key=DENIED.index), says=said("denied"), against=said("as_others")
    )


def retold(link: Link, dispute: Sentence | None, of: str) -> Link:
    """A link of an account that retells `of`: towards one that disputes what it retells, it disputes too.

    What it says is the value of `of`, or of whom that one retells; so may be what stands against it. The sentence
    says whose each is (`of`, `against_of`): who may not see that account is not told its value.
    """
    if dispute is None or link.relation == "disputes":
        return link
    dispute = Sentence(dispute.key, {"of": of, **dispute.values})
    parts = (dispute, *link.why_parts[1:])
    return _in_words(replace(link, relation="disputes", why_parts=parts), dispute)


def turned(dispute: Sentence) -> Sentence:
    """The same dispute from the other side."""
    values = dict(dispute.values)
    for one, other in SIDES:
        ours, theirs = values.pop(one, None), values.pop(other, None)
        values |= {name: value for name, value in ((one, theirs), (other, ours)) if value is not None}
    return Sentence(dispute.key, values)


def _first(seen: Comparison) -> Disagreement | None:
    told = seen.disagree
    return min(told, key=lambda d: ORDER.index(d.field)) if told else None


def _differences(seen: Comparison) -> tuple[Sentence, ...]:
    """The one the link names first; what is both told otherwise and called wrong once."""
    told: dict[tuple[str, str, str], Disagreement] = {}
    for one in seen.disagree:
        told.setdefault((one.field, one.says, one.against), one)
    ordered = sorted(told.values(), key=lambda d: ORDER.index(d.field))
    return tuple(said("differs", field=d.field, says=d.said, against=d.other) for d in ordered)
