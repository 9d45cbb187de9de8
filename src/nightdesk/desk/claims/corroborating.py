"""Asking the engine about accounts as they come, and writing what it says as rows: only those it touches.

An event keeps its row while accounts come, split and join: it is the row most of its accounts had
before. Belongs here: that writing. Does not belong here: comparing (nightdesk.corroboration), the engine
a process holds (online.py), what people decide (judging.py).
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError, transaction
from django.db.models import Q

from nightdesk.corroboration import origins, record
from nightdesk.corroboration.model import CorroborationError, Link, Origins, Verdict
from nightdesk.corroboration.sentences import plain
from nightdesk.desk.claims.background import is_far_behind, is_much, nudge
from nightdesk.desk.claims.models import Account, AccountFacts, Corroboration, Event
from nightdesk.desk.claims.online import (
    Held,
    Tick,
    held,
    name_of,
    pk_of,
    readable_accounts,
    say_nothing_of,
    standing_corrections,
)
from nightdesk.desk.custody.actions import record as record_step
from nightdesk.desk.reports.ownwords import opened
from nightdesk.desk.staff.roles import require

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member

log = logging.getLogger(__name__)
FACTS = ("kind", "independent_origins", "at_least", "why", "ask")
PARTS = ("why_parts", "ask_parts")
LOT = 500
IN_DOUBT = 0.75  # below this a link that made an event is shown to a person


def compare(member: Member) -> bool:
    """A verdict for every account that waits for one. False when they go on waiting: the engine is being filled."""
    require(member, "corroborate")
    if is_far_behind():  # before a transaction: nobody waits for the filling in order to learn of it
        nudge()
        return False
    catch_up(member)
    return True


@transaction.atomic
def catch_up(member: Member | None, most: int | None = None) -> int:
    """The same of at most so many, the oldest first; how many they were."""
    with held().lock:  # behind the transaction, here and everywhere: whoever waits for rows holds no lock
        held().follow()  # what was purged elsewhere is forgotten here, also when nothing waits
        waiting = list(readable_accounts().filter(compared=False)[:most])
        if waiting:
            _change(member, (), waiting)
        return len(waiting)


@transaction.atomic
def compare_again(member: Member, pks: Iterable[int]) -> None:
    """These accounts changed, went, or were judged by a person: they and all of their events are compared anew.

    Give what `beside` said before the change.
    """
    require(member, "corroborate")
    with held().lock:
        together = {*pks} | beside(pks)
        if is_far_behind() or is_much(len(together)):
            _put_off(together)
            transaction.on_commit(nudge)
        else:
            held().follow()
            _change(member, together, readable_accounts().filter(pk__in=together))
            later = _told_before_others(held(), together)
            if later and is_much(len(later)):  # one account may come into an event of thousands
                _put_off(later)
                transaction.on_commit(nudge)
            elif later:
                _change(member, later, readable_accounts().filter(pk__in=later))


def _told_before_others(engine: Held, judged: Collection[int]) -> set[int]:
    """All accounts of the events that one of these came into after an account that arrived later than it.

    Who repeats whom, and who was first, hangs on the order: they are compared once more, in that of arrival.
    """
    found: set[int] = set()
    for event in {engine.event_of(pk) for pk in judged} - {0}:
        members = set(engine.members(event))
        others, mine = members.difference(judged), members.intersection(judged)
        if others and mine and max(others) > min(mine):
            found |= members
    return found


def beside(pks: Iterable[int]) -> set[int]:
    """These accounts and all that share an event with one of them, by the rows."""
    wanted = set(pks)
    events = Account.objects.filter(pk__in=wanted).exclude(event=None).values("event")
    return wanted | set(Account.objects.filter(event__in=events).values_list("pk", flat=True))


def _put_off(pks: set[int]) -> None:
    """They wait for their verdict; until then nothing is said of them that may be so no more."""
    say_nothing_of(list(Event.objects.filter(accounts__in=pks).values_list("pk", flat=True)))
    Corroboration.objects.filter(Q(account__in=pks) | Q(other__in=pks)).delete()
    _forget(held(), pks)
    held().moved()
    held().stamp = None


@transaction.atomic
def corroborate(member: Member, tick: Tick = lambda _n: None) -> None:
    """Every account against every other, in order of arrival; run again, it changes nothing.

    The engine sees accounts the member may not: what a member is shown of it is the views' matter.
    """
    require(member, "corroborate")
    with held().lock:
        held().forget()
        if is_much(Account.objects.count()):
            _wait_anew()
            return
        everything = AccountFacts.objects.values_list("account", flat=True)
        _change(member, list(everything), readable_accounts(), tick)
        leave_empty(Event.objects.filter(accounts=None, merged_into=None).values_list("pk", flat=True))


def _wait_anew() -> None:
    """Every account waits for its verdict; links are replaced as they come. The thread does it."""
    say_nothing_of(Event.objects.values("pk"))
    AccountFacts.objects.all().delete()
    Account.objects.filter(compared=True).update(compared=False)
    held().moved()
    held().stamp = None
    transaction.on_commit(nudge)


@transaction.atomic
def reassess(member: Member, events: set[int]) -> None:
    """These events alone, after accounts of theirs were destroyed: counts and sentences no longer name them.

    An event nobody tells of any more goes.
    """
    left = list(Account.objects.filter(event__in=events).values_list("pk", "event"))
    Event.objects.filter(pk__in=events - {event for _pk, event in left}).delete()
    with held().lock:
        held().moved()
        held().stamp = None  # what was destroyed is forgotten, whatever stamp stands
        compare_again(member, [pk for pk, _event in left])


# -- one change of what is held, and its rows ----------------------------------------------------------


@dataclass
class _Changed:
    """What one change touches, while its rows are written."""

    came: dict[int, Account] = field(default_factory=dict)
    verdicts: list[Verdict] = field(default_factory=list)
    left: dict[int, Counter[int]] = field(default_factory=dict)  # event row -> rows its accounts went to
    is_odd: bool = False  # an account failed, and may have moved others on the way


def _change(
    member: Member | None, gone: Collection[int], come: Iterable[Account], tick: Tick = lambda _n: None
) -> None:
    engine = held()
    engine.stamp = None  # until it is through: a change cut short is found out by the next question
    engine.known = opened()
    engine.desk.corrections = standing_corrections()
    before = len(engine.desk.merges)
    _forget(engine, gone)
    changed = _Changed()
    for account in come:
        _take(engine, account, changed)
        tick(1)
    touched = {engine.event_of(pk) for pk in changed.came} - {0}
    touched |= {int(stays[1:]) for _goes, stays in engine.desk.merges[before:]} & set(
        engine.desk.ledger.members
    )
    _write_events(engine, touched, changed, member)
    _write_links(changed.verdicts, gone, list(changed.came))
    _write_also(engine, changed.verdicts)
    engine.moved()
    if changed.is_odd:
        engine.stamp = None  # the next question puts everything where the rows have it


def _forget(engine: Held, gone: Collection[int]) -> None:
    engine.drop(gone)
    for lot in _lots(sorted(gone)):
        AccountFacts.objects.filter(account__in=lot).delete()
        Account.objects.filter(pk__in=lot).update(compared=False)


def _take(engine: Held, account: Account, changed: _Changed) -> None:
    """The account's verdict, and its facts as a row; what cannot be compared has none, and waits for nothing."""
    row = AccountFacts(account=account)
    try:
        verdict = engine.add(account)
        row.kept, row.findable = record.pack_whole(engine.desk.newest), engine.desk.is_findable
        changed.verdicts.append(verdict)
    except (MemoryError, OSError, DatabaseError):
        raise  # the machine's trouble and not the report's: it waits, and is tried again
    except CorroborationError:
        pass  # a language the engine does not know, no day of a contact
    except Exception as error:  # noqa: BLE001 - one odd report must not keep all that come after it waiting
        log.error("Account %s could not be compared (%s).", account.pk, type(error).__name__)
        engine.drop([account.pk])
        changed.is_odd = True
    row.save()
    engine.tokens[account.pk] = row.seal_token
    changed.came[account.pk] = account


def _write_events(engine: Held, touched: set[int], changed: _Changed, member: Member | None) -> None:
    events = {event: engine.members(event) for event in touched}
    rows = {pk: event for lot in _lots([pk for pks in events.values() for pk in pks])
            for pk, event in Account.objects.filter(pk__in=lot).values_list("pk", "event")}  # fmt: skip
    taken = {
        row
        for event, row in engine.rows.items()
        if event in engine.desk.ledger.members and event not in touched
    }
    for event in list(engine.rows):
        if event not in engine.desk.ledger.members:
            del engine.rows[event]
    first = [name_of(pks[0]) for pks in events.values()]
    for found in origins(engine.desk, among=first):
        event = int(found.event[1:])
        row = _row_for(found, Counter(rows[pk] for pk in events[event] if rows[pk] and rows[pk] not in taken))
        taken.add(row.pk)
        engine.rows[event] = row.pk
        _write_facts(row, found, member)
        _move(changed, {pk: rows[pk] for pk in events[event]}, row.pk)
    alone = {pk: account.event_id for pk, account in changed.came.items() if not engine.event_of(pk)}
    _move(changed, alone, None)
    for lot in _lots(list(changed.came)):
        Account.objects.filter(pk__in=lot).update(compared=True)
    leave_empty(set(changed.left) - taken, changed.left)
    written = {engine.rows[event] for event in events if event in engine.rows}
    _count_again(engine, set(changed.left) - written, member)
    waiting = Account.objects.filter(event__in=written | set(changed.left), compared=False)
    say_nothing_of(list(waiting.exclude(report__eyes_only=True).values_list("event", flat=True).distinct()))


def _count_again(engine: Held, rows: set[int], member: Member | None) -> None:
    """Events an account went out of, whose others were not compared anew."""
    events = [event for event, row in engine.rows.items() if row in rows]
    first = [name_of(members[0]) for event in events if (members := engine.members(event))]
    for found in origins(engine.desk, among=first):
        _write_facts(Event.objects.get(pk=engine.rows[int(found.event[1:])]), found, member)


def _row_for(found: Origins, before: Counter[int]) -> Event:
    """The row most of its accounts were in, else a new one."""
    if before:
        return Event.objects.get(pk=before.most_common(1)[0][0])
    return Event.objects.create(engine_id=Event.fresh_name())


def _write_facts(event: Event, found: Origins, member: Member | None) -> None:
    said: dict[str, Any] = {name: getattr(found, name) for name in FACTS}
    said |= {name: [plain(part) for part in getattr(found, name)] for name in PARTS}
    if event.merged_into_id is None and all(getattr(event, name) == value for name, value in said.items()):
        return
    Event.objects.filter(pk=event.pk).update(**said, merged_into=None)
    record_step(event, "corroborate", member)


def _move(changed: _Changed, accounts: dict[int, int | None], event: int | None) -> None:
    moving = [pk for pk, before in accounts.items() if before != event]
    for pk in moving:
        if before := accounts[pk]:
            changed.left.setdefault(before, Counter())[event or 0] += 1
    for lot in _lots(moving):
        Account.objects.filter(pk__in=lot).update(event=event)


def leave_empty(rows: Iterable[int], went: dict[int, Counter[int]] | None = None) -> None:
    """Events nobody tells of any more point to where their accounts went, and count nothing."""
    for pk in Event.objects.filter(pk__in=list(rows), accounts=None).values_list("pk", flat=True):
        to = next((row for row, _n in (went or {}).get(pk, Counter()).most_common() if row), None)
        say_nothing_of([pk])
        Event.objects.filter(pk=pk).update(merged_into=to)


def _write_links(verdicts: Iterable[Verdict], gone: Collection[int], came: Collection[int]) -> None:
    """The links of these verdicts; of accounts that were judged before, rows that say the same stay.

    Rows may stand without facts (a desk brought forward, a backup): those of who is judged are replaced.
    """
    before = {(row.account_id, row.other_id): row for lot in _lots(sorted(gone)) for row in _links_of(lot)}
    for lot in _lots(sorted(came)):
        for row in Corroboration.objects.filter(account__in=lot):
            before.setdefault((row.account_id, row.other_id), row)
    wanted = {(pk_of(verdict.id), pk_of(link.to)): link for verdict in verdicts for link in verdict.links}
    for lot in _lots([row.pk for pair, row in before.items() if pair not in wanted]):
        Corroboration.objects.filter(pk__in=lot).delete()
    rows = [
        (before.get(pair) or Corroboration(account_id=pair[0], other_id=pair[1]), link)
        for pair, link in wanted.items()
    ]
    changed = [row for row, link in rows if _filled(row, link)]
    Corroboration.objects.bulk_create([row for row in changed if row.pk is None], batch_size=LOT)
    for row in changed:
        if row.pk is not None and (row.account_id, row.other_id) in before:
            row.save()


def _links_of(lot: list[int]) -> Iterable[Corroboration]:
    return Corroboration.objects.filter(Q(account__in=lot) | Q(other__in=lot))


def _filled(row: Corroboration, link: Link) -> bool:
    """Fills the row from the link; whether anything is new."""
    said = {
        "relation": link.relation, "score": link.score, "why": link.why, "field": link.field or "",
        "why_parts": [plain(part) for part in link.why_parts],
        "says": (link.says or "")[:120], "against": (link.against or "")[:120],
        "doubted": link.relation == "disputes" or link.score < IN_DOUBT,
    }  # fmt: skip
    same = row.pk is not None and all(getattr(row, name) == value for name, value in said.items())
    for name, value in said.items():
        setattr(row, name, value)
    return not same


def _write_also(engine: Held, verdicts: Iterable[Verdict]) -> None:
    for verdict in verdicts:
        rows = {engine.row_of(engine.stands(int(event[1:]))) for event in verdict.also}
        if rows - {0}:
            AccountFacts.objects.filter(account=pk_of(verdict.id)).update(
                also=sorted(rows - {0}), several=True
            )


def _lots(pks: list[int]) -> Iterable[list[int]]:
    return (pks[at : at + LOT] for at in range(0, len(pks), LOT))
