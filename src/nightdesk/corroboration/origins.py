"""How many separate routes lead from one event to the desk, and how many mouths they may come to.

A route is a teller who took part, saw, or has it straight from one who did, or says who nearer to it told it. Counted
once: the same teller again, a retelling, a relay of the same words, and what an editor says is not independent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nightdesk.corroboration.basis import Basis, basis_of
from nightdesk.corroboration.corrections import Corrections
from nightdesk.corroboration.evidence import Told
from nightdesk.corroboration.model import Link, Origins, Sentence, Value
from nightdesk.corroboration.sentences import said
from nightdesk.corroboration.sentences import told as text

FIRST_HAND = (Basis.DIRECT, Basis.TOLD)


class Groups:
    """Things that turned out to be one, by the least of them (union-find)."""

    def __init__(self, size: int) -> None:
        self._root = list(range(size))

    def find(self, i: int) -> int:
        while self._root[i] != i:
            i = self._root[i]
        return i

    def join(self, i: int, j: int) -> None:
        first, second = sorted((self.find(i), self.find(j)))
        self._root[second] = first


def count(
    event: str,
    tellings: Sequence[tuple[Told, tuple[Link, ...]]],
    corrections: Corrections,
    patterns: Iterable[str] = (),
) -> Origins:
    """The origins of one event's accounts, given in order of arrival."""
    accounts = [told for told, _ in tellings]
    rungs = [_rung(told, links) for told, links in tellings]
    routes = _routes(tellings, rungs, corrections)
    adds = [rung in FIRST_HAND and a.confirmed for a, rung in zip(accounts, rungs, strict=True)]
    counted = sorted({routes.find(i) for i, counts in enumerate(adds) if counts})
    mouths = _mouths(accounts, rungs, routes)
    campaign = tellings[0][0].facts.kind == "campaign"
    why = _why(tellings, rungs, routes, counted, mouths)
    ask = _ask(accounts, rungs, len(counted), mouths)
    return Origins(
        event=event,
        kind="campaign" if campaign else "act",
        reports=tuple(a.id for a in accounts),
        independent_origins=max(1, len(counted)),
        at_least=mouths,
        why=text(why, "en"),
        ask=text((ask,), "en"),
        patterns=tuple(patterns),
        why_parts=why,
        ask_parts=(ask,),
    )


def _rung(account: Told, links: Sequence[Link]) -> Basis:
    """How its teller knows, with second-hand as TOLD where it says who told it and is in nobody's words.

    Such an account is a way of its own to the desk, though its informant may be one of the others': like all who were
    told, it raises the routes, and the mouths by one at most.
    """
    rung = basis_of(account)
    is_talk = account.facts.hearsay or any(one.relation == "repeats" for one in links)
    if rung is Basis.SECOND_HAND and account.facts.informed and not is_talk:
        return Basis.TOLD
    return rung


def _routes(
    tellings: Sequence[tuple[Told, tuple[Link, ...]]],
    rungs: Sequence[Basis],
    corrections: Corrections,
) -> Groups:
    number = {told.id: i for i, (told, _) in enumerate(tellings)}
    routes = Groups(len(tellings))
    tellers: dict[str, int] = {}
    for i, (account, links) in enumerate(tellings):
        if account.source:
            routes.join(tellers.setdefault(account.source, i), i)
        same = [one.to for one in links if one.relation == "repeats"][:1] + corrections.dependent(account.id)
        for to in same:
            if to in number:
                routes.join(number[to], i)
    return routes


def _mouths(accounts: Sequence[Told], rungs: Sequence[Basis], routes: Groups) -> int:
    """The fewest people all routes may come from.

    Every onlooker is a mouth of his own; everyone who was told may have been told by the same
    person, who may be the one who took part; and one relay may speak for all it passes on.
    """
    saw: set[str] = set()
    part: set[str] = set()
    for i, (account, rung) in enumerate(zip(accounts, rungs, strict=True)):
        if rung is Basis.DIRECT and account.confirmed:
            mouth = f"via {account.via}" if account.via else str(routes.find(i))
            (part if "part" in (account.basis or "") else saw).add(mouth)
    told_by_one = any(r is Basis.TOLD and a.confirmed for a, r in zip(accounts, rungs, strict=True))
    told = 1 if told_by_one and not part else 0
    return max(1, len(saw | part) + told)


def _why(
    tellings: Sequence[tuple[Told, tuple[Link, ...]]],
    rungs: Sequence[Basis],
    routes: Groups,
    counted: Sequence[int],
    mouths: int,
) -> tuple[Sentence, ...]:
    parts = (_part(i, tellings, rungs, routes) for i in range(len(tellings)))
    doubted = not counted and any(not told.confirmed for told, _ in tellings)
    headline = said("routes_unconfirmed") if doubted else _headline(len(counted), mouths)
    return (headline, *parts)


def _headline(total: int, mouths: int) -> Sentence:
    if total < 2:
        return said("routes_one" if total else "routes_hearsay")
    if total <= mouths:
        return said("routes_many", routes=total)
    if mouths == 1:
        return said("routes_one_mouth", routes=total)
    return said("routes_mouths", routes=total, mouths=mouths)


def _part(
    i: int,
    tellings: Sequence[tuple[Told, tuple[Link, ...]]],
    rungs: Sequence[Basis],
    routes: Groups,
) -> Sentence:
    account, links = tellings[i]
    first = tellings[routes.find(i)][0]
    repeated = next((one.to for one in links if one.relation == "repeats"), first.id)
    known: dict[str, Value] = {
        "account": account.id,
        "basis": account.basis or rungs[i].value,
        "dispute": _dispute(links),
    }
    if not account.confirmed:
        return said("unconfirmed", **known)
    if first.id != account.id:
        again = account.source is not None and account.source == first.source
        if again:
            return said("teller_again", **known, first=first.id)
        return said("shared_origin", **known, first=repeated)
    return said("own_route" if rungs[i] in FIRST_HAND else "not_straight", **known)


def _dispute(links: Sequence[Link]) -> Value:
    """The first account it disputes, and in what; nothing when it disputes none."""
    for one in links:
        if one.relation == "disputes":
            differs = next(part for part in one.why_parts if part.key == "differs")
            return said("disputing", to=one.to, **differs.values)
    return ""


def _ask(accounts: Sequence[Told], rungs: Sequence[Basis], routes: int, mouths: int) -> Sentence:
    """What an editor would have to find out to raise the count."""
    unsure = tuple(a.id for a in accounts if not a.confirmed)
    if unsure:
        return said("ask_confirm", accounts=unsure)
    further = tuple(a.id for a, r in zip(accounts, rungs, strict=True) if r not in FIRST_HAND)
    if further:
        return said("ask_from_whom", accounts=further)
    return said("ask_each_teller" if routes > mouths else "ask_second")
