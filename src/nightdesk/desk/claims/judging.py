"""What people decide about two accounts: one event, two events, or not independent; and taking it back.

A judgement is kept with its reason and wins over the engine until it is taken back. Belongs here: the pure
rule of what contradicts what, and the verbs. Does not belong here: parting a report into accounts and
undoing that (`split` and `join` in actions.py), which change what an account is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from nightdesk.desk import clock
from nightdesk.desk.claims.corroborating import beside, compare_again
from nightdesk.desk.claims.models import JUDGEMENTS, Account, Judgement
from nightdesk.desk.custody.actions import record, subject_of
from nightdesk.desk.custody.models import CustodyEntry
from nightdesk.desk.errors import DeskError, NotAllowed
from nightdesk.desk.staff.roles import require

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member

VERBS = {"join": "join events", "apart": "set apart", "one origin": "count as one"}
AGAINST = {"join": "apart", "apart": "join"}
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Decided:
    """One standing judgement as the rule sees it."""

    key: int
    kind: str
    account: int
    other: int


def contradicts(kind: str, account: int, other: int, standing: Sequence[Decided]) -> Decided | None:
    """The standing judgement that forbids this one; None when nothing does.

    What is joined with what is joined is one event: setting two of those apart contradicts one of the joins
    between them, and joining two such groups contradicts whatever keeps any of them apart.
    """
    if kind not in AGAINST:
        return None
    one, two = _group(account, standing), _group(other, standing)
    if kind == "apart":
        return two.get(account)
    pairs = ((d, {d.account, d.other}) for d in standing if d.kind == "apart")
    return next(
        (d for d, pair in pairs if pair & one.keys() and pair & two.keys() and _across(d, one, two)), None
    )


def _across(decided: Decided, one: dict[int, Decided | None], two: dict[int, Decided | None]) -> bool:
    a, b = decided.account, decided.other
    return (a in one and b in two) or (b in one and a in two)


def _group(start: int, standing: Sequence[Decided]) -> dict[int, Decided | None]:
    """Everything joined with an account, each with the join that led to it."""
    found: dict[int, Decided | None] = {start: None}
    waiting = [start]
    joins: dict[int, list[tuple[int, Decided]]] = {}
    for d in standing:
        if d.kind == "join":
            joins.setdefault(d.account, []).append((d.other, d))
            joins.setdefault(d.other, []).append((d.account, d))
    while waiting:
        for to, d in joins.get(waiting.pop(), ()):
            if to not in found:
                found[to] = d
                waiting.append(to)
    return found


@transaction.atomic
def judge(member: Member, kind: str, account: Account, other: Account, why: str) -> Judgement:
    """Decides about two accounts the member may see; from now on it wins over the engine."""
    require(member, "corroborate")
    why = why.strip()
    _check(kind, account, other, why)
    _both_visible(member, account, other)
    _uncontradicted(member, kind, account, other)
    made = Judgement.objects.create(
        kind=kind, account=account, other=other, why=why, by=member, at=clock.now()
    )
    _log(made, VERBS[kind], member)
    compare_again(member, [account.pk, other.pk])
    return made


@transaction.atomic
def take_back(member: Member, made: Judgement) -> None:
    """It no longer counts; that it once stood is kept. By who made it, or an editor."""
    require(member, "corroborate")
    if made.by_id != member.pk and not member.may("decide"):
        raise NotAllowed(_("Somebody else decided this."), _("Ask who decided it, or an editor."))
    if made.taken_back_at is not None:
        return
    together = beside([made.account_id, made.other_id])
    made.taken_back_at, made.taken_back_by = clock.now(), member
    made.save(update_fields=["taken_back_at", "taken_back_by"])
    _log(made, "take back judgement", member)
    compare_again(member, together)


def move(member: Member, goes: Account, stays: Account) -> None:
    """Before an account goes into another one: what was decided about it stands about that one.

    A judgement that would be about one account alone, or is there already, goes; the log of the report says so.
    Raises DeskError, and changes nothing, when what was decided of the two cannot stand of one.
    """
    _refuse_contradictory(goes, stays)
    standing = {(one.kind, frozenset((one.account, one.other))) for one in _standing()}
    for row in Judgement.objects.filter(Q(account=goes) | Q(other=goes)):
        row.account_id, row.other_id = _instead(goes, stays, row.account_id, row.other_id)
        pair = frozenset((row.account_id, row.other_id))
        if len(pair) < 2 or (row.taken_back_at is None and (row.kind, pair) in standing):
            record(stays.report, "take back judgement", member, f"judgement {row.pk}", counted=False)
            # The logs of the reports keep what was done.
            CustodyEntry.objects.filter(subject=subject_of(row)).delete()
            row.delete()
        else:
            row.save(update_fields=["account", "other"])


def _instead(goes: Account, stays: Account, *ends: int) -> tuple[int, ...]:
    return tuple(stays.pk if end == goes.pk else end for end in ends)


def _standing() -> list[Decided]:
    rows = Judgement.objects.standing().values_list("pk", "kind", "account", "other")
    return [Decided(*row) for row in rows]


def _refuse_contradictory(goes: Account, stays: Account) -> None:
    moved = [Decided(d.key, d.kind, *_instead(goes, stays, d.account, d.other)) for d in _standing()]
    standing = [one for one in moved if one.account != one.other]
    together = _group(stays.pk, standing)
    if any(one.kind == "apart" and {one.account, one.other} <= together.keys() for one in standing):
        raise DeskError(
            _("What was decided about the two parts cannot stand about one account."),
            _("Take one of the decisions back first, on the page of the event. Nothing was changed."),
        )


def silence(member: Member, accounts: Iterable[int]) -> None:
    """The reasons of judgements about these accounts go: they may say words on that are sealed now."""
    for row in Judgement.objects.filter(Q(account__in=accounts) | Q(other__in=accounts)):
        row.why = ""
        row.save(update_fields=["why"])
        record(row, "change", member, "reason gone with the words", counted=False)


def _check(kind: str, account: Account, other: Account, why: str) -> None:
    if kind not in dict(JUDGEMENTS):
        raise DeskError(
            _("Two accounts tell of one event, of two events, or are not independent."),
            _("Choose one of the three."),
        )
    if account.pk == other.pk:
        raise DeskError(_("A judgement is about two accounts."), _("Choose another account beside this one."))
    if not why:
        raise DeskError(
            _("Say why you decide so."),
            _("Write in a few words why; whoever reads it later needs it."),
        )
    if len(why) > LONGEST:
        raise DeskError(_("The reason is too long."), _("Say it in at most 300 characters."))


def _both_visible(member: Member, account: Account, other: Account) -> None:
    seen = Account.objects.visible_to(member).filter(pk__in=(account.pk, other.pk), report__eyes_only=False)
    if seen.count() != 2:
        raise NotAllowed(
            _("Only accounts that you may read, and whose words are compared, can be judged."),
            _("Ask an editor; nothing was changed."),
        )


def _uncontradicted(member: Member, kind: str, account: Account, other: Account) -> None:
    standing = _standing()
    same = any(d.kind == kind and {d.account, d.other} == {account.pk, other.pk} for d in standing)
    if same:
        raise DeskError(
            _("This was decided before."), _("It stands on the page of the event; nothing was changed.")
        )
    against = contradicts(kind, account.pk, other.pk, standing)
    if against is None:
        return
    seen = Judgement.objects.visible_to(member).select_related("account__report", "other__report")
    row = seen.filter(pk=against.key).first()
    if row is None:
        raise DeskError(
            _("A judgement about accounts that others handle says the opposite."),
            _("Ask an editor; nothing was changed."),
        )
    raise DeskError(
        _("Another judgement says the opposite: number %(n)s, about %(a)s and %(b)s.")
        % {"n": row.pk, "a": row.account.report, "b": row.other.report},
        _("Take that one back first, on the page of the event. Nothing was changed."),
    )


def _log(made: Judgement, verb: str, member: Member) -> None:
    """In the log of the judgement, and in those of both reports."""
    record(made, verb, member)
    for account in (made.account, made.other):
        record(account.report, verb, member, f"judgement {made.pk}", counted=False)
