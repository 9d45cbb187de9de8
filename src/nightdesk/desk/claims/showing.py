"""What a member is shown of accounts and events: never the words or pseudonym of others' accounts.

Belongs here: hiding. Does not belong here: links (tying.py), asking the engine (corroborating.py), pages (views.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nightdesk.corroboration.sentences import from_plain
from nightdesk.desk.claims.models import Account, AccountFacts, Claim, Event
from nightdesk.desk.claims.tying import NO_TIES, Ties, said, ties_of, visible_accounts
from nightdesk.desk.reports.models import Report
from nightdesk.desk.reports.naming import tell_apart
from nightdesk.desk.reports.segments import Mark, Segment, segments, sentences

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member

LONG = 5  # sentences from which an account may well tell of several events


@dataclass(frozen=True)
class Origins:
    """How many routes lead to the desk, and what may be said of them to this member."""

    event: Event
    routes: int
    mouths: int
    why: list[str]  # one sentence an account; empty when it would speak of accounts the member may not see
    ask: str
    hidden: int
    accounts: list[Account] = field(default_factory=list)

    @property
    def perhaps_fewer(self) -> bool:
        """Whether the routes may come down to fewer mouths."""
        return 0 < self.mouths < self.routes


def is_long(account: Account) -> bool:
    """The same of an account that is not shown sentence by sentence."""
    return len(sentences(account.report.told, account.start, account.end)) >= LONG


@dataclass(frozen=True)
class ShownAccount:
    """An account on the page of its report."""

    account: Account
    number: int
    pieces: list[Segment]
    sentences: list[tuple[int, int, str]]
    claims: list[Claim]
    ties: Ties
    origins: Origins | None
    also: list[Account] = field(default_factory=list)  # the first account of each other event it may tell of

    @property
    def long(self) -> bool:
        """Whether so many sentences may tell of several events, and are compared as one."""
        return len(self.sentences) >= LONG

    @property
    def can_join(self) -> bool:
        return self.number > 1


def show_accounts(member: Member, report: Report, marks: Iterable[Mark]) -> list[ShownAccount]:
    """The accounts of a report the member may read, with what stands beside each. Constant queries."""
    rows = list(report.accounts.select_related("event").order_by("start"))
    marks, ties = list(marks), ties_of(member, [row.pk for row in rows])
    claims: dict[int, list[Claim]] = {}
    for claim in Claim.objects.filter(account__report=report):
        claims.setdefault(claim.account_id, []).append(claim)
    origins = origins_of(member, [row.event for row in rows if row.event])
    also = _also(member, [row.pk for row in rows])
    return [
        ShownAccount(
            row, number, segments(report.told, marks, row.start, row.end),
            [(left, right, report.told[left:right]) for left, right in sentences(report.told, row.start, row.end)],
            claims.get(row.pk, []), ties.get(row.pk, NO_TIES), origins.get(row.event_id or 0), also.get(row.pk, []),
        )
        for number, row in enumerate(rows, 1)
    ]  # fmt: skip


def _also(member: Member, pks: list[int]) -> dict[int, list[Account]]:
    """Of each account the other events it seems to tell of, by the first account there that the member may see."""
    facts = dict(AccountFacts.objects.filter(account__in=pks).values_list("account", "also"))
    wanted = {event for also in facts.values() for event in also}
    rows = (
        Account.objects.visible_to(member).filter(event__in=wanted).select_related("report__source", "event")
    )
    first: dict[int, Account] = {}
    for row in rows.order_by("pk"):
        first.setdefault(row.event_id or 0, row)
    tell_apart(member, (row.report for row in first.values()))
    return {pk: [first[event] for event in also if event in first] for pk, also in facts.items()}


def origins_of(member: Member, events: Iterable[Event]) -> dict[int, Origins]:
    """Each event as this member may be told of it, by its pk."""
    wanted = {event.pk: event for event in events}
    members: dict[int, list[int]] = {}
    for pk, event in Account.objects.filter(event__in=wanted).order_by("pk").values_list("pk", "event"):
        members.setdefault(event, []).append(pk)
    shown = visible_accounts(member, [pk for pks in members.values() for pk in pks])
    return {pk: _origins(event, members.get(pk, []), shown) for pk, event in wanted.items()}


def _origins(event: Event, pks: list[int], shown: dict[int, Account]) -> Origins:
    seen = [shown[pk] for pk in pks if pk in shown]
    unseen = len(pks) - len(seen)
    why = [] if unseen else [said(from_plain(part), shown) for part in event.why_parts[1:]]
    ask = " ".join(said(from_plain(part), shown) for part in event.ask_parts)
    return Origins(event, event.independent_origins, event.at_least, why, ask, unseen, seen)
