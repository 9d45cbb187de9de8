"""What the engine is not sure of, for a person to confirm or refuse: the queue of suggestions.

Three kinds: an account that seems to tell of another event as well, a link the engine was in doubt of, and
accounts of one event that dispute each other. A judgement about the pair takes it off the queue. Belongs here: choosing. Does not belong here:
deciding (judging.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

from nightdesk.desk.claims.models import Account, AccountFacts, Corroboration, Judgement
from nightdesk.desk.claims.tying import Tie, third, tie, visible_accounts
from nightdesk.desk.reports.models import readable

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member

Pair = tuple[str, int, int, int | None]  # kind, account, other, the link's key if there is one
AT_MOST, LOOKED_AT = 200, 2_000  # of each kind for one page, the newest first; rows looked at for them
LOT = 400  # rows looked at together: most often they are enough, and nobody waits for the rest
SHOWN = 20


@dataclass(frozen=True)
class Suggestion:
    """Two accounts, both of which the member may see, and why a person is asked. `kind`: also, doubt, dispute."""

    kind: str
    account: Account
    other: Account
    tie: Tie | None = None


def suggestions(member: Member, most: int = SHOWN) -> list[Suggestion]:
    """The newest first; of a pair one. A fixed number of queries; words of those alone that are shown."""
    chosen = list(islice(_chosen(member), most))
    links = Corroboration.objects.in_bulk([link for *_pair, link in chosen if link])
    ends = {pk for _kind, account, other, _link in chosen for pk in (account, other)}
    shown = visible_accounts(member, ends | third(links.values()))
    return [
        Suggestion(
            kind, shown[account], shown[other], tie(links[link], shown, account, other) if link else None
        )
        for kind, account, other, link in chosen
        if account in shown and other in shown
    ]


def counted(member: Member, most: int = SHOWN) -> int:
    """How many there are, up to `most`."""
    return sum(1 for _pair in islice(_chosen(member), most))


def _chosen(member: Member) -> Iterator[Pair]:
    """Pairs of which the member may see both, that nobody decided, the newest first; of a pair one."""
    done = _judged()
    pairs = [*islice(_also(member, done), AT_MOST), *_in_doubt(member, done)]
    ends = {pk for pair in pairs for pk in pair[1:3]}
    seen = set(Account.objects.visible_to(member).filter(pk__in=ends).order_by().values_list("pk", flat=True))
    for kind, account, other, link in sorted(pairs, key=lambda pair: -pair[1]):
        pair = frozenset((account, other))
        if pair <= seen and pair not in done:
            done.add(pair)
            yield kind, account, other, link


def _also(member: Member, judged: set[frozenset[int]]) -> Iterator[Pair]:
    """Accounts with the first account the member may see of each other event they seem to tell of."""
    found = readable(AccountFacts.objects.filter(several=True), member, "account__report").order_by("-pk")
    rows = found.values_list("account", "account__event", "also")
    for start in range(0, LOOKED_AT, LOT):
        lot = list(rows[start : min(start + LOT, LOOKED_AT)])
        first = _first_of(member, set(chain.from_iterable(also for _pk, _event, also in lot)))
        for pk, own, also in lot:
            for event in also:
                if event != own and event in first and frozenset((pk, first[event])) not in judged:
                    yield "also", pk, first[event], None
        if len(lot) < LOT:
            return


def _first_of(member: Member, events: set[int]) -> dict[int, int]:
    """Of each event the first account that the member may see."""
    there = Account.objects.visible_to(member).filter(event__in=events)
    first: dict[int, int] = {}
    for pk, event in there.order_by("pk").values_list("pk", "event"):
        first.setdefault(event, pk)
    return first


def _in_doubt(member: Member, judged: set[frozenset[int]]) -> Iterator[Pair]:
    """Links between accounts the member may see, the newest first: what others handle takes nobody's place."""
    seen = readable(Corroboration.objects.filter(doubted=True), member, "account__report")
    seen = readable(seen, member, "other__report").order_by("-account", "other")
    rows = seen.values_list("pk", "account", "other", "relation").iterator(AT_MOST)
    fresh = (row for row in rows if frozenset(row[1:3]) not in judged)
    for pk, account, other, relation in islice(fresh, AT_MOST):
        yield ("dispute" if relation == "disputes" else "doubt"), account, other, pk


def _judged() -> set[frozenset[int]]:
    return {frozenset(pair) for pair in Judgement.objects.standing().values_list("account", "other")}
