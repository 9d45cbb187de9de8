"""Two accounts' facts side by side: what speaks for one event, what against, and where they disagree.

Pure comparing: no threshold and no decision (decide.py), no counting (origins.py). The rules stand in
where_when.py and what_whom.py, in the order their disagreements are told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from nightdesk.corroboration import what_whom, where_when, words
from nightdesk.corroboration.evidence import Comparison, Disagreement, Finding, Told
from nightdesk.corroboration.model import Sentence
from nightdesk.corroboration.sentences import said

RULES: tuple[Callable[[Told, Told], Iterator[Finding]], ...] = (
    where_when.place, where_when.day, what_whom.sums, what_whom.acts, what_whom.party, what_whom.agency,
    what_whom.counts, what_whom.deadline, what_whom.details, what_whom.outcome, what_whom.teller,
)  # fmt: skip


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
        tuple(w for _, _, w in found if isinstance(w, Sentence)),
        tuple(w for _, _, w in found if isinstance(w, Disagreement)),
    )


def _wording(one: Told, other: Told, rarity: words.Rarity) -> Iterator[Finding]:
    if one.lang != other.lang:
        return
    likeness, rarest = words.cosine(one.facts.tokens, other.facts.tokens, rarity)
    shared = words.spoken(rarest, one.facts.text, other.facts.text, one.lang) if likeness >= 0.2 else ()
    yield "words", likeness, said("rare_words", words=shared) if shared else None
    copied = words.contained(one.facts.shingles, other.facts.shingles)
    yield "verbatim", copied, said("wording", share=round(copied * 100)) if copied >= 0.2 else None
