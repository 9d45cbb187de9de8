"""How accounts stand to each other, as a member is shown it: links whose far end is hidden say only that they exist.

Belongs here: which links a page shows, and their words without a hidden account's name or value. Does not belong
here: events and their counts (showing.py), deciding about two accounts (judging.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import get_language

from nightdesk.corroboration.model import Sentence, Value
from nightdesk.corroboration.sentences import from_plain, hidden, sentence, term
from nightdesk.desk.claims.models import Account, Corroboration, Judgement
from nightdesk.desk.claims.online import pk_of
from nightdesk.desk.reports.naming import tell_apart

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
class Ties:
    """Links of one event or account that a page shows, how many it leaves out, and how many lead to hidden accounts."""

    shown: list[Tie]
    more: int = 0
    hidden: int = 0
    # Of links that would be shown, those to hidden accounts: how they stand, how many.
    unseen: tuple[tuple[str, int], ...] = ()


NO_TIES = Ties([])


def ties_among(member: Member, pks: list[int]) -> Ties:
    """Of links between these accounts at most LINKS_SHOWN; where there are more, disputes first, then repetitions."""
    accounts = visible_accounts(member, pks)
    links = Corroboration.objects.filter(account__in=pks, other__in=pks).order_by("account", "other")
    ends = list(links.values_list("pk", "account", "other", "relation"))
    seen = [(RELATIONS.index(relation), pk) for pk, a, b, relation in ends if a in accounts and b in accounts]
    chosen, as_one = _most_telling(seen), judged_as_one(pks)
    found = Corroboration.objects.in_bulk(chosen)
    rows = [found[pk] for pk in chosen if pk in found]
    shown = [tie(row, accounts, row.account_id, row.other_id, as_one) for row in rows]
    return Ties(shown, len(seen) - len(shown), len(ends) - len(seen))


def ties_of(member: Member, pks: list[int]) -> dict[int, Ties]:
    """How others stand to each of these accounts, the same way; hidden ones are shown as so many that exist."""
    mine = Q(account__in=pks) | Q(other__in=pks)
    ends = Corroboration.objects.filter(mine).values_list("pk", "account", "other", "relation")
    of: dict[int, list[tuple[int, int]]] = {}
    for pk, account, other, relation in ends.order_by("pk"):
        for end in {account, other}.intersection(pks):
            of.setdefault(end, []).append((RELATIONS.index(relation), pk))
    chosen = {pk: _most_telling(links) for pk, links in of.items()}
    found = Corroboration.objects.in_bulk({link for links in chosen.values() for link in links})
    ends_shown = {pk for row in found.values() for pk in (row.account_id, row.other_id)}
    shown = visible_accounts(member, ends_shown | third(found.values()))
    as_one = judged_as_one(ends_shown)
    return {
        pk: _parted([tie(found[at], shown, pk, _far(found[at], pk), as_one) for at in links], len(of[pk]) - len(links))
        for pk, links in chosen.items()
    }  # fmt: skip


def _parted(ties: list[Tie], more: int) -> Ties:
    """Hidden ones as counts: rows that differ in nothing told their places among the others, and no more."""
    unseen = Counter(one.relation for one in ties if one.other is None)
    rows = tuple((relation, unseen[relation]) for relation in RELATIONS if unseen[relation])
    return Ties([one for one in ties if one.other is not None], more, unseen=rows)


def _far(row: Corroboration, near: int) -> int:
    return row.other_id if row.account_id == near else row.account_id


def _most_telling(links: list[tuple[int, int]]) -> list[int]:
    """At most LINKS_SHOWN of links (place in RELATIONS, key), in their order; of more, disputes first."""
    if len(links) > LINKS_SHOWN:
        links = sorted(links, key=lambda link: link[0])
    return [pk for _relation, pk in links[:LINKS_SHOWN]]


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
    reasons = tuple(
        said(part, shown) for part in parts if part is not differs and not _quotes_hidden(part, shown)
    )
    told = _difference(differs, shown, turned=mine != row.account_id) if differs else None
    together = frozenset((mine, theirs)) in as_one
    return Tie(row.relation, shown[theirs], shown[mine], told, reasons, together)


def third(rows: Iterable[Corroboration | None]) -> set[int]:
    """The accounts whose value a retelling is said to tell: neither end of its link."""
    parts = (part for row in rows if row is not None for part in row.why_parts)
    return {pk_of(part["values"][name]) for part in parts for name in OWNERS if name in part["values"]}


def _quotes_hidden(part: Sentence, shown: dict[int, Account]) -> bool:
    """Whether it gives the value of a third account that the member may not see."""
    return any(owner in part.values and pk_of(str(part.values[owner])) not in shown for owner in OWNERS)


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
    found = {row.pk: row for row in rows}
    tell_apart(member, (row.report for row in found.values()))
    return found


def said(part: Sentence, shown: dict[int, Account]) -> str:
    """The engine's sentence in the page's language, its names for accounts as the member calls them."""
    lang = page_language()

    def name(of_engine: str) -> str:
        account = shown.get(pk_of(of_engine))
        return str(account.report) if account else hidden(lang)

    return sentence(part, lang, name)


def page_language() -> str:
    """The page's language: one of the two the engine speaks."""
    return "ko" if (get_language() or "").startswith("ko") else "en"
