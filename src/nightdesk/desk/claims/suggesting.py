"""What the engine is not sure of, for a person to confirm or refuse: the queue of suggestions.

Three kinds: an account that seems to tell of another event as well, a link the engine was in doubt of, and
accounts of one event that dispute each other. A judgement about the pair takes it off the queue. Belongs here: choosing. Does not belong here:
deciding (judging.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

from django.db.models import Q

from nightdesk.desk.claims.models import Account, AccountFacts, Corroboration, Judgement
from nightdesk.desk.claims.showing import Tie, third, tie, visible_accounts
from nightdesk.desk.reports.models import readable

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from nightdesk.desk.staff.models import Member

Pair = tuple[str, int, int, Corroboration | None]  # kind, account, other, the link if there is one
IN_DOUBT = 0.75  # below this a link that made an event is shown to a person
DOUBTED = Q(relation="disputes") | Q(score__lt=IN_DOUBT)
AT_MOST, LOOKED_AT = 200, 2_000  # of each kind for one page, the newest first; rows looked at for them
SHOWN = 20


@dataclass(frozen=True)
class Suggestion:
    """Two accounts, both of which the member may see, and why a person is asked. `kind`: also, doubt, dispute."""

    kind: str
    account: Account
    other: Account
    tie: Tie | None = None


def suggestions(member: Member, most: int = SHOWN) -> list[Suggestion]:
    """The newest first; of a pair one. A fixed number of queries."""
    judged = _judged()
    pairs = [*islice(_also(member, judged), AT_MOST), *_in_doubt(member, judged)]
    shown = visible_accounts(
        member, {pk for pair in pairs for pk in pair[1:3]} | third(pair[3] for pair in pairs)
    )
    return list(islice(_shown(pairs, shown, judged), most))


def counted(member: Member, most: int = SHOWN) -> int:
    """How many there are, up to `most`: the same without fetching the accounts' words."""
    judged = _judged()
    doubted = _unjudged(_doubted(member).values_list("account", "other").iterator(AT_MOST), judged)
    also = islice(_also(member, judged), AT_MOST)
    wanted = {frozenset(pair[1:3]) for pair in also} | {frozenset(pair) for pair in doubted}
    pks = {pk for pair in wanted for pk in pair}
    seen = set(Account.objects.visible_to(member).filter(pk__in=pks).order_by().values_list("pk", flat=True))
    return min(most, sum(pair <= seen for pair in wanted))


def _shown(pairs: list[Pair], shown: dict[int, Account], judged: set[frozenset[int]]) -> Iterator[Suggestion]:
    done = set(judged)
    for kind, account, other, row in sorted(pairs, key=lambda pair: -pair[1]):
        pair = frozenset((account, other))
        if pair in done or account not in shown or other not in shown:
            continue
        done.add(pair)
        yield Suggestion(kind, shown[account], shown[other], tie(row, shown, account, other) if row else None)


def _also(member: Member, judged: set[frozenset[int]]) -> Iterator[Pair]:
    """Accounts with the first account of each other event they seem to tell of."""
    found = readable(AccountFacts.objects.filter(several=True), member, "account__report").order_by("-pk")
    rows = list(found.values_list("account", "account__event", "also")[:LOOKED_AT])
    events = set(chain.from_iterable(also for _pk, _event, also in rows))
    first: dict[int, int] = {}
    for pk, event in Account.objects.filter(event__in=events).order_by("pk").values_list("pk", "event"):
        first.setdefault(event, pk)
    for pk, own, also in rows:
        for event in also:
            if event != own and event in first and frozenset((pk, first[event])) not in judged:
                yield "also", pk, first[event], None


def _doubted(member: Member) -> QuerySet[Corroboration]:
    """Between accounts the member may see, the newest first: what others handle takes nobody's place."""
    seen = readable(Corroboration.objects.filter(DOUBTED), member, "account__report")
    return readable(seen, member, "other__report").order_by("-account", "other")


def _unjudged(pairs: Iterable[tuple[int, int]], judged: set[frozenset[int]]) -> Iterator[tuple[int, int]]:
    return islice((pair for pair in pairs if frozenset(pair) not in judged), AT_MOST)


def _in_doubt(member: Member, judged: set[frozenset[int]]) -> Iterator[Pair]:
    rows = _doubted(member).iterator(chunk_size=AT_MOST)
    for row in islice((r for r in rows if frozenset((r.account_id, r.other_id)) not in judged), AT_MOST):
        yield ("dispute" if row.relation == "disputes" else "doubt"), row.account_id, row.other_id, row


def _judged() -> set[frozenset[int]]:
    return {frozenset(pair) for pair in Judgement.objects.standing().values_list("account", "other")}
