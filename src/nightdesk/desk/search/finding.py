"""What a member finds: rows that hold what was typed and come through `visible_to(member)`, never others.

The index is asked within the member's scopes, so that its work is the size of what he or she may see;
what it answers is fetched through `visible_to`, which decides. Belongs here: orders, limits, exactness.
Does not belong here: terms, SQL of the index, what a result looks like (showing.py).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from nightdesk.desk.claims.models import Claim
from nightdesk.desk.reports.models import Report
from nightdesk.desk.search import documents, index, scoring
from nightdesk.desk.search.index import Wanted
from nightdesk.desk.search.terms import Needle, fold
from nightdesk.desk.sources.models import Source
from nightdesk.desk.stories.models import Edition

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member

MOST = 200  # results counted: after that it is "200+"
RANKED = 200  # results ranked by relevance
VISIBLE: dict[str, Callable[[Member], QuerySet[Any]]] = {
    "report": lambda member: Report.objects.visible_to(member),
    "claim": lambda member: Claim.objects.visible_to(member),
    "edition": lambda member: Edition.objects.visible_to(member),
}
LOT = 1000  # rows whose texts are looked at together, at most
ROUNDS = 5  # times the index is asked on, each for four times as many, when it promised more than texts hold


@dataclass(frozen=True, slots=True)
class Found:
    """Rows in order; whether there may be more than were looked at, and below which row they are."""

    pks: list[int]
    more: bool = False
    below: int | None = None


def kinds_of(member: Member) -> list[str]:
    """The kinds of documents the member's role can see at all."""
    rooms = (("report", "reports"), ("claim", "claims"), ("edition", "stories"))
    seen = [kind for kind, room in rooms if member.sees(room)]
    return seen or (["edition"] if member.may("translate") else [])


def sees_all(member: Member) -> bool:
    """Whether nothing in the shared index is hidden from the member."""
    return member.sees("reports") and member.may("decide")


def scopes_of(member: Member, kind: str) -> tuple[str, ...] | None:
    """The member's scopes; None where he or she sees every row of the kind. As `visible_to` says it."""
    if sees_all(member):
        return None
    if not member.sees("reports"):
        return (documents.HANDED_OVER,) if kind == "edition" and member.may("translate") else ()
    told = Source.objects.visible_to(member).order_by("pk").values_list("pk", flat=True)
    began = [documents.of_member(member.pk)] if kind == "edition" else []
    return (*began, *map(documents.of_source, told))


def visible(member: Member, kind: str) -> QuerySet[Any]:
    """The rows of a kind the member may see."""
    return VISIBLE[kind](member)


def newest(
    member: Member, kind: str, needles: Sequence[Needle], most: int = MOST, below: int | None = None
) -> Found:
    """The newest rows that hold every needle, of those older than `below`."""
    wanted = Wanted(tuple(needles), scopes_of(member, kind))
    lot = most + 1
    found: list[int] = []
    for _round in range(ROUNDS):
        promised = index.newest(kind, wanted, lot, below)
        found += _true(member, kind, needles, promised)
        if len(found) > most:
            return Found(found[:most], more=True, below=found[most - 1])
        if len(promised) < lot:
            return Found(found)
        below, lot = promised[-1], min(4 * lot, LOT)
    return Found(found, more=True, below=below)


def relevant(member: Member, kind: str, needles: Sequence[Needle]) -> Found:
    """The rows that are most about the needles; equals newest first."""
    scopes = scopes_of(member, kind)
    promised = _heaviest(kind, tuple(needles), scopes)
    rare = [(needle, _rarity(kind, needle, scopes, len(needles))) for needle in needles]
    fields = _fields(member, kind, promised)
    scored = [(scoring.score(fields[pk], rare), pk) for pk in promised if pk in fields]
    ranked = [pk for points, pk in sorted(scored, reverse=True) if points]
    return Found(ranked, more=len(promised) >= RANKED)


def _heaviest(kind: str, needles: tuple[Needle, ...], scopes: tuple[str, ...] | None) -> list[int]:
    """Enough rows to rank: all when they are few, else first those in which the words weigh most."""
    every = index.newest(kind, Wanted(needles, scopes), RANKED)
    if len(every) < RANKED:
        return every
    pool: dict[int, None] = {}
    for levels in _descents(len(needles)):
        wanted = Wanted(needles, scopes, levels)
        pool |= dict.fromkeys(index.newest(kind, wanted, RANKED))
        if len(pool) >= RANKED:
            break
    return list(pool)[:RANKED]


def _descents(needles: int) -> list[tuple[int, ...]]:
    """Levels to ask for, heaviest first; of many words all at once, for there would be too many ways."""
    top = len(scoring.LEVELS)
    if needles > 2:
        return [(level,) * needles for level in range(top, -1, -1)]
    return sorted(product(range(top, -1, -1), repeat=needles), key=lambda way: -sum(way))


def _rarity(kind: str, needle: Needle, scopes: tuple[str, ...] | None, of: int) -> float:
    """How rare a needle is among what the member may see; one needle alone need not be compared."""
    if of == 1:
        return 1.0
    return scoring.rarity(len(index.newest(kind, Wanted((needle,), scopes), scoring.SEEN_AT_MOST)))


def _true(member: Member, kind: str, needles: Sequence[Needle], promised: Sequence[int]) -> list[int]:
    """Those of the promised rows that are visible and really hold the needles, in the same order."""
    if all(needle.sure for needle in needles):
        there = set(visible(member, kind).filter(pk__in=promised).order_by().values_list("pk", flat=True))
        return [pk for pk in promised if pk in there]
    fields = _fields(member, kind, promised)
    return [pk for pk in promised if pk in fields and holds(fields[pk], needles)]


def holds(folded: Sequence[str], needles: Sequence[Needle]) -> bool:
    """Whether every needle stands in one of the folded fields."""
    return all(any(needle.pattern.search(field) for field in folded) for needle in needles)


def _fields(member: Member, kind: str, pks: Sequence[int]) -> dict[int, list[str]]:
    """The folded words of rows, of visible ones alone."""
    seen = visible(member, kind).filter(pk__in=pks)
    if kind == "report":  # hundreds of them: only what is compared is read
        return {row.pk: [fold(row.text)] for row in seen.only("text", "seal_token")}
    return {one.pk: [fold(field) for field in one.fields] for one in documents.read(kind, seen)}


def shown(member: Member, kind: str, pks: Sequence[int], *beside: str) -> list[Any]:
    """The visible ones of some rows, in the given order, with what is shown beside each."""
    rows = documents.KINDS[kind].with_all(visible(member, kind).filter(pk__in=pks))
    there = {row.pk: row for row in rows.select_related(*beside)}
    return [there[pk] for pk in pks if pk in there]
