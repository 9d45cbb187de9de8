"""Whose telling a retelling is: hearsay repeats the account it comes from, and no other.

Belongs here: which of an event's accounts is retold, and what follows for the links to the others. Does not belong
here: how one account stands to another taken alone (relation.py).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from nightdesk.corroboration.evidence import Comparison, Disagreement, Told
from nightdesk.corroboration.model import Link, Sentence
from nightdesk.corroboration.relation import retold
from nightdesk.corroboration.sentences import said
from nightdesk.corroboration.what_whom import WEIGHTY

HEARSAY = frozenset({"hearsay", "relay", "same_relay"})  # sentences of a link that repeats for being hearsay
LIKE = {  # how much of one telling is in another, by the features of their comparison: judgement
    "signs": 1.0, "words": 0.3, "verbatim": 1.0, "reports_words": 1.0, "count_same": 0.3, "sum_same": 0.3,
    "deadline_same": 0.3, "date_exact": 0.1,
}  # fmt: skip
APART = 0.3  # taken off where a value of the one is another in the other

Known = Callable[[str, str], Sentence | None]
Origin = Callable[[str], frozenset[str]]


class Candidate(NamedTuple):
    """A link as it would be if the other account stood alone, with what it was made from."""

    link: Link
    against: Told
    seen: Comparison


def settled(told: Told, candidates: Sequence[Candidate], origin_of: Origin, dispute: Known) -> list[Link]:
    """The links of a new account. Who retells one side of a dispute disputes the other.

    `origin_of` gives the accounts that an account repeats, `dispute` what two earlier ones tell differently.
    """
    own = [] if told.via else [one for one in candidates if told.source and one.against.source == told.source]
    repeated = [one for one in own or candidates if one.link.relation == "repeats"]
    if own and not repeated:
        return _with_news(told, own[-1], candidates, dispute)
    if not repeated:
        return [one.link for one in candidates]
    first = max(repeated, key=likeness)  # of equal ones the first
    hearsay = [one for one in candidates if one is not first and _is_hearsay(one.link)]
    same = _of_one_origin(first, hearsay, origin_of) if hearsay else frozenset[str]()
    return [_towards(one.link, first.link.to, same, dispute) for one in candidates]


def _with_news(told: Told, own: Candidate, candidates: Sequence[Candidate], dispute: Known) -> list[Link]:
    """Who tells on repeats nobody else, and stands by what he disputed before, unless he sets himself right."""
    stands_by = 0 if own.link.relation == "disputes" else candidates.index(own)
    links = []
    for at, one in enumerate(candidates):
        link = _no_hearsay(one.link)
        if one.against.source != told.source:
            link = _without_contradiction(told, one, link)
            link = retold(link, dispute(own.link.to, link.to) if at < stands_by else None, own.link.to)
        links.append(link)
    return links


def _without_contradiction(told: Told, one: Candidate, link: Link) -> Link:
    """What came of it has its own values: alone the dead, the arrested, an end and what is called wrong contradict."""
    called_wrong = told.facts.denies or one.against.facts.wrong or one.against.facts.denies
    if link.relation != "disputes" or called_wrong or any(map(_weighs, one.seen.disagree)):
        return link
    parts = (said("agrees"), *one.seen.agree)
    return replace(link, relation="supports", field=None, says=None, against=None, why_parts=parts)


def _weighs(one: Disagreement) -> bool:
    return one.field == "outcome" or one.says.endswith(WEIGHTY)


def likeness(one: Candidate) -> float:
    """How much of the other account is in the new one; without a scale, to be compared with others."""
    features = one.seen.features
    return sum(weight * features.get(name, 0.0) for name, weight in LIKE.items()) - APART * bool(
        one.seen.disagree
    )


def _of_one_origin(first: Candidate, candidates: Sequence[Candidate], origin_of: Origin) -> frozenset[str]:
    """Of `candidates` those that have it from where the one retold has it: its teller's others, its own retellings."""
    source, roots = first.against.source, origin_of(first.link.to) | {first.link.to}
    return frozenset(
        one.link.to
        for one in candidates
        if (source and one.against.source == source) or roots & (origin_of(one.link.to) | {one.link.to})
    )


def _towards(link: Link, first: str, same: frozenset[str], dispute: Known) -> Link:
    if link.to == first:
        return link
    if (made := retold(link, dispute(first, link.to), first)) is not link:
        return made
    return link if link.to in same else _no_hearsay(link)


def _is_hearsay(link: Link) -> bool:
    return link.relation == "repeats" and link.why_parts[0].key in HEARSAY


def _no_hearsay(link: Link) -> Link:
    if _is_hearsay(link):
        return replace(link, relation="supports", why_parts=(said("agrees"), *link.why_parts[1:]))
    return link
