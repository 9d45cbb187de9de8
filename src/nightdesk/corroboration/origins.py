"""How many separate routes lead from one event to the desk, and how many mouths they may come to.

A route is a teller who took part, saw, or has it straight from one who did. Counted once: the same
teller again, a retelling, a relay of the same words, and what an editor says is not independent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nightdesk.corroboration.basis import Basis, basis_of
from nightdesk.corroboration.corrections import Corrections
from nightdesk.corroboration.evidence import Told
from nightdesk.corroboration.model import Account, Link, Origins

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
    tellings: Sequence[tuple[Account, Told, tuple[Link, ...]]],
    corrections: Corrections,
    patterns: Iterable[str] = (),
) -> Origins:
    """The origins of one event's accounts, given in order of arrival."""
    accounts = [account for account, _, _ in tellings]
    rungs = [basis_of(account, told.facts) for account, told, _ in tellings]
    routes = _routes(tellings, rungs, corrections)
    counted = sorted({routes.find(i) for i, rung in enumerate(rungs) if rung in FIRST_HAND})
    mouths = _mouths(accounts, rungs, routes)
    campaign = tellings[0][1].facts.kind == "campaign"
    return Origins(
        event=event,
        kind="campaign" if campaign else "act",
        reports=tuple(a.id for a in accounts),
        independent_origins=max(1, len(counted)),
        at_least=mouths,
        why=_why(tellings, rungs, routes, counted, mouths),
        ask=_ask(accounts, rungs, len(counted), mouths),
        patterns=tuple(patterns),
    )


def _routes(
    tellings: Sequence[tuple[Account, Told, tuple[Link, ...]]],
    rungs: Sequence[Basis],
    corrections: Corrections,
) -> Groups:
    number = {account.id: i for i, (account, _, _) in enumerate(tellings)}
    routes = Groups(len(tellings))
    tellers: dict[str, int] = {}
    for i, (account, _, links) in enumerate(tellings):
        if account.source:
            routes.join(tellers.setdefault(account.source, i), i)
        same = [one.to for one in links if one.relation == "repeats"][:1] + corrections.dependent(account.id)
        for to in same:
            if to in number:
                routes.join(number[to], i)
    return routes


def _mouths(accounts: Sequence[Account], rungs: Sequence[Basis], routes: Groups) -> int:
    """The fewest people all routes may come from.

    Every onlooker is a mouth of his own; everyone who was told may have been told by the same
    person, who may be the one who took part; and one relay may speak for all it passes on.
    """
    saw: set[str] = set()
    part: set[str] = set()
    for i, (account, rung) in enumerate(zip(accounts, rungs, strict=True)):
        if rung is Basis.DIRECT:
            mouth = f"via {account.via}" if account.via else str(routes.find(i))
            (part if "part" in (account.basis or "") else saw).add(mouth)
    told = 1 if Basis.TOLD in rungs and not part else 0
    return max(1, len(saw | part) + told)


def _why(
    tellings: Sequence[tuple[Account, Told, tuple[Link, ...]]],
    rungs: Sequence[Basis],
    routes: Groups,
    counted: Sequence[int],
    mouths: int,
) -> str:
    parts = [_part(i, tellings, rungs, routes) for i in range(len(tellings))]
    if not counted:
        return "1 route to the desk, by hearsay alone. " + " ".join(parts)
    total = len(counted)
    plural = "route" if total == 1 else "routes"
    perhaps = (
        ", perhaps one mouth"
        if total > mouths == 1
        else f", at least {mouths} mouths"
        if total > mouths
        else ""
    )
    return f"{total} {plural} to the desk{perhaps}. " + " ".join(parts)


def _part(
    i: int,
    tellings: Sequence[tuple[Account, Told, tuple[Link, ...]]],
    rungs: Sequence[Basis],
    routes: Groups,
) -> str:
    account, _, links = tellings[i]
    first = tellings[routes.find(i)][0]
    disputed = [one for one in links if one.relation == "disputes"]
    repeated = [one for one in links if one.relation == "repeats"]
    told = f"{account.id}: {account.basis or rungs[i].value}"
    if disputed:
        one = disputed[0]
        told += f", disputes {one.to} ({one.field}: {one.says} against {one.against})"
    if first.id != account.id:
        same = account.source is not None and account.source == first.source
        return f"{told}; " + (f"the teller of {first.id} again, adds none." if same else
                              f"shares the origin of {repeated[0].to if repeated else first.id}.")  # fmt: skip
    if rungs[i] not in FIRST_HAND:
        return f"{told}; not straight from one who was there, adds none."
    return f"{told}; a route of its own."


def _ask(accounts: Sequence[Account], rungs: Sequence[Basis], routes: int, mouths: int) -> str:
    """What an editor would have to find out to raise the count, in words."""
    further = [a for a, r in zip(accounts, rungs, strict=True) if r not in FIRST_HAND]
    if further:
        names = ", ".join(a.id for a in further)
        return f"Ask from whom {names} came: a teller who took part or saw would be another origin."
    if routes > mouths:
        return "Ask each teller who told them, and whether it was the same person."
    return "Find a second teller who took part, saw it, or has it straight from one who did."
