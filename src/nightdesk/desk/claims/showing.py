"""What a member is shown of accounts, events and links: never the words or pseudonym of others' accounts.

Belongs here: hiding. Does not belong here: asking the engine (corroborating.py), pages (views.py).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import get_language

from nightdesk.corroboration.model import Sentence, Value
from nightdesk.corroboration.sentences import from_plain, hidden, sentence, term
from nightdesk.desk.claims.models import Account, AccountFacts, Claim, Corroboration, Event, Judgement
from nightdesk.desk.claims.online import pk_of
from nightdesk.desk.reports.models import Report
from nightdesk.desk.reports.segments import Mark, Segment, segments, sentences

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member


LINKS_SHOWN = 60  # of one event or account on one page: an event of a thousand accounts has eight thousand
RELATIONS = ("disputes", "repeats", "supports")
OWNERS = ("of", "against_of")  # whose a retold value is, on the one side and the other


@dataclass(frozen=True)
class Tie:
    """How `account` stands to `other`. A hidden one says that it exists and nothing else."""

    relation: str
    other: Account | None
    account: Account | None = None
    differs: Difference | None = None  # the first thing they tell differently
    reasons: tuple[str, ...] = ()  # the others, heaviest first, in the page's language
    as_one: bool = False  # a person decided that the two are not independent

    @property
    def first_reason(self) -> str:
        """The reason that weighs most; the engine puts it first. A difference stands before all."""
        return "" if self.differs or not self.reasons else self.reasons[0]

    @property
    def more_reasons(self) -> tuple[str, ...]:
        """The others."""
        return self.reasons if self.differs else self.reasons[1:]


@dataclass(frozen=True)
class Difference:
    """What two accounts tell differently, in the page's language."""

    field: str
    says: str
    against: str


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


@dataclass(frozen=True)
class ShownAccount:
    """An account on the page of its report."""

    account: Account
    number: int
    pieces: list[Segment]
    sentences: list[tuple[int, int, str]]
    claims: list[Claim]
    ties: list[Tie]
    origins: Origins | None
    also: list[Account] = field(default_factory=list)  # the first account of each other event it may tell of

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
            claims.get(row.pk, []), ties.get(row.pk, []), origins.get(row.event_id or 0), also.get(row.pk, []),
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
    return {pk: [first[event] for event in also if event in first] for pk, also in facts.items()}


@dataclass(frozen=True)
class Ties:
    """How the accounts of one event stand to each other: links between visible ones, and how many there are beside."""

    shown: list[Tie]
    more: int
    hidden: int


def ties_among(member: Member, pks: list[int]) -> Ties:
    """Of links between these accounts at most LINKS_SHOWN; where there are more, disputes first, then repetitions."""
    accounts = visible_accounts(member, pks)
    links = Corroboration.objects.filter(account__in=pks, other__in=pks).order_by("account", "other")
    ends = list(links.values_list("pk", "account", "other", "relation"))
    seen = [(RELATIONS.index(relation), pk) for pk, a, b, relation in ends if a in accounts and b in accounts]
    if len(seen) > LINKS_SHOWN:
        seen.sort(key=lambda link: link[0])
    chosen, as_one = [pk for _relation, pk in seen[:LINKS_SHOWN]], judged_as_one(pks)
    found = Corroboration.objects.in_bulk(chosen)
    rows = [found[pk] for pk in chosen if pk in found]
    shown = [tie(row, accounts, row.account_id, row.other_id, as_one) for row in rows]
    return Ties(shown, len(seen) - len(shown), len(ends) - len(seen))


def ties_of(member: Member, pks: list[int]) -> dict[int, list[Tie]]:
    rows = list(Corroboration.objects.filter(Q(account__in=pks) | Q(other__in=pks)))
    ends = {pk for row in rows for pk in (row.account_id, row.other_id)}
    shown = visible_accounts(member, ends | third(rows))
    as_one = judged_as_one(ends)
    found: dict[int, list[Tie]] = {}
    for row in rows:
        for mine, theirs in ((row.account_id, row.other_id), (row.other_id, row.account_id)):
            if mine in pks:
                found.setdefault(mine, []).append(tie(row, shown, mine, theirs, as_one))
    return found


def judged_as_one(pks: Collection[int]) -> set[frozenset[int]]:
    """Pairs of these accounts a person decided are not independent."""
    decided = Judgement.objects.standing().filter(kind="one origin", account__in=pks, other__in=pks)
    return {frozenset(pair) for pair in decided.values_list("account", "other")}


def tie(
    row: Corroboration,
    shown: dict[int, Account],
    mine: int,
    theirs: int,
    as_one: Collection[frozenset[int]] = (),
) -> Tie:
    """The link as told from `mine`; turned round, what it says and what stands against it change places."""
    if theirs not in shown or mine not in shown:
        return Tie(row.relation, None)
    parts = [from_plain(part) for part in row.why_parts]
    differs = next((part for part in parts if part.key == "differs"), None)
    reasons = tuple(_said(part, shown) for part in parts if part is not differs)
    told = _difference(differs, shown, turned=mine != row.account_id) if differs else None
    together = frozenset((mine, theirs)) in as_one
    return Tie(row.relation, shown[theirs], shown[mine], told, reasons, together)


def third(rows: Iterable[Corroboration | None]) -> set[int]:
    """The accounts whose value a retelling is said to tell: neither end of its link."""
    parts = (part for row in rows if row is not None for part in row.why_parts)
    return {pk_of(part["values"][name]) for part in parts for name in OWNERS if name in part["values"]}


def _difference(differs: Sentence, shown: dict[int, Account], turned: bool) -> Difference:
    values = differs.values
    # What a third account told is not said to a member who may not see that one.
    hidden = [owner in values and pk_of(str(values[owner])) not in shown for owner in OWNERS]
    sides = zip(("says", "against"), hidden, strict=True)
    says, against = ("–" if hides else _value(values[name]) for name, hides in sides)
    return Difference(
        term("fields", str(values["field"]), page_language()),
        *((against, says) if turned else (says, against)),
    )


def _value(value: Value) -> str:
    return sentence(value, page_language()) if isinstance(value, Sentence) else str(value)


def visible_accounts(member: Member, pks: Iterable[int]) -> dict[int, Account]:
    """Of these accounts the ones the member may see, with their report and source."""
    rows = (
        Account.objects.visible_to(member)
        .filter(pk__in=pks)
        .select_related("report__source", "report__relay")
    )
    return {row.pk: row for row in rows}


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
    why = [] if unseen else [_said(from_plain(part), shown) for part in event.why_parts[1:]]
    ask = " ".join(_said(from_plain(part), shown) for part in event.ask_parts)
    return Origins(event, event.independent_origins, event.at_least, why, ask, unseen, seen)


def _said(part: Sentence, shown: dict[int, Account]) -> str:
    """The engine's sentence in the page's language, its names for accounts as the member calls them."""
    lang = page_language()

    def name(of_engine: str) -> str:
        account = shown.get(pk_of(of_engine))
        return str(account.report) if account else hidden(lang)

    return sentence(part, lang, name)


def page_language() -> str:
    """The page's language: one of the two the engine speaks."""
    return "ko" if (get_language() or "").startswith("ko") else "en"
