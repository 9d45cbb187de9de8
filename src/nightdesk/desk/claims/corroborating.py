"""Asking the engine about all accounts, and writing what it says as rows.

An event keeps its row while accounts come, split and join: it is the row most of its accounts had
before. Belongs here: that writing. Does not belong here: comparing (nightdesk.corroboration).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from nightdesk.corroboration import model as engine
from nightdesk.corroboration.assessing import assess
from nightdesk.corroboration.desk import READ_AT_MOST, Reader
from nightdesk.corroboration.model import CorroborationError, Link, Origins, Verdict
from nightdesk.corroboration.sentences import plain
from nightdesk.desk.claims.models import Account, Corroboration, Event
from nightdesk.desk.custody.actions import record
from nightdesk.desk.errors import DeskError
from nightdesk.desk.reports.ownwords import opened, terms_in
from nightdesk.desk.staff.roles import require
from nightdesk.reading import read
from nightdesk.reading.model import Reading

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member

FACTS = ("kind", "independent_origins", "at_least", "why", "ask")
PARTS = ("why_parts", "ask_parts")


def name_of(pk: int) -> str:
    """An account's name to the engine, and in the engine's sentences."""
    return f"A{pk}"


def pk_of(name: str) -> int:
    """The account of a name."""
    return int(name[1:])


@transaction.atomic
def corroborate(member: Member) -> None:
    """Every account against every other, in order of arrival; run again, it changes nothing.

    The engine sees accounts the member may not: what a member is shown of it is the views' matter.
    """
    require(member, "corroborate")
    readable = Account.objects.filter(report__eyes_only=False)  # sealed words are compared with nothing
    accounts = list(readable.select_related("report__source", "report__relay").order_by("pk"))
    try:
        found = assess([_plain(account) for account in accounts], read_account=_reader())
    except CorroborationError as error:
        raise DeskError(_("The accounts could not be compared."), str(error)) from None
    by_pk = {account.pk: account for account in accounts}
    _write_events(found.events, by_pk, {row.pk: row for row in Event.objects.all()}, member)
    _write_links(found.verdicts, Corroboration.objects.all())


@transaction.atomic
def reassess(member: Member, events: set[int]) -> None:
    """These events alone, after accounts of theirs were destroyed: counts and sentences no longer name them.

    An event nobody tells of any more goes. Comparing every account anew is left to the next `corroborate`.
    """
    accounts = list(
        Account.objects.filter(event__in=events).select_related("report__source", "report__relay")
    )
    left = {account.event_id for account in accounts}
    Event.objects.filter(pk__in=events - left).delete()
    found = assess(
        [_plain(account) for account in sorted(accounts, key=lambda row: row.pk)], read_account=_reader()
    )
    by_pk = {account.pk: account for account in accounts}
    _write_events(found.events, by_pk, Event.objects.in_bulk(left), member)
    _write_links(found.verdicts, Corroboration.objects.filter(account__in=by_pk, other__in=by_pk))


def _reader() -> Reader:
    """Reads an account with the desk's own words, which are opened once for all of them."""
    known = opened()

    def read_account(account: engine.Account) -> Reading:
        text = account.text[:READ_AT_MOST]
        own = terms_in(known, text, account.lang, account.on, account.country)
        return read(text, account.lang, account.on, account.country, own)

    return read_account


def _plain(account: Account) -> engine.Account:
    report = account.report
    return engine.Account(
        id=name_of(account.pk), text=account.text, lang=report.lang, on=report.contact_on,
        source=report.source.pseudonym, via=report.relay.name if report.relay else None,
        basis=report.basis or None, country=report.country,
        confirmed=report.teller_confirmed_at is not None,
    )  # fmt: skip


def _write_events(
    events: Iterable[Origins], accounts: Mapping[int, Account], rows: Mapping[int, Event], member: Member
) -> None:
    left_by: dict[int, int] = {}  # event row an account was in -> the row it is in now
    taken: set[int] = set()
    placed: set[int] = set()
    for origins in events:
        members = [accounts[pk_of(name)] for name in origins.reports]
        event = _row_for(origins, members, rows, taken)
        taken.add(event.pk)
        _write_facts(event, origins, member)
        for account in members:
            placed.add(account.pk)
            left_by.setdefault(account.event_id or 0, event.pk)
            _move(account, event)
    for account in accounts.values():
        if account.pk not in placed:
            _move(account, None)
    for pk, row in rows.items():
        if pk not in taken and row.merged_into_id != left_by.get(pk):
            Event.objects.filter(pk=pk).update(merged_into=left_by.get(pk), independent_origins=0, at_least=0)


def _row_for(origins: Origins, members: list[Account], rows: Mapping[int, Event], taken: set[int]) -> Event:
    """The row most of its accounts were in, else a new one."""
    before = Counter(a.event_id for a in members if a.event_id and a.event_id not in taken)
    if before:
        return rows[before.most_common(1)[0][0]]
    name, number = origins.event, 2
    while Event.objects.filter(engine_id=name).exists():
        name, number = f"{origins.event}-{number}", number + 1
    return Event.objects.create(engine_id=name)


def _write_facts(event: Event, origins: Origins, member: Member) -> None:
    said: dict[str, Any] = {name: getattr(origins, name) for name in FACTS}
    said |= {name: [plain(part) for part in getattr(origins, name)] for name in PARTS}
    if event.merged_into_id is None and all(getattr(event, name) == value for name, value in said.items()):
        return
    Event.objects.filter(pk=event.pk).update(**said, merged_into=None)
    record(event, "corroborate", member)


def _move(account: Account, event: Event | None) -> None:
    wanted = event.pk if event else None
    if account.event_id != wanted:
        Account.objects.filter(pk=account.pk).update(event=event)


def _write_links(verdicts: Iterable[Verdict], rows: QuerySet[Corroboration]) -> None:
    before = {(row.account_id, row.other_id): row for row in rows}
    wanted = {(pk_of(v.id), pk_of(link.to)): link for v in verdicts for link in v.links}
    Corroboration.objects.filter(
        pk__in=[row.pk for pair, row in before.items() if pair not in wanted]
    ).delete()
    for pair, link in wanted.items():
        row = before.get(pair) or Corroboration(account_id=pair[0], other_id=pair[1])
        if _changed(row, link):
            row.save()


def _changed(row: Corroboration, link: Link) -> bool:
    """Fills the row from the link; whether anything is new."""
    said = {
        "relation": link.relation, "score": link.score, "why": link.why, "field": link.field or "",
        "why_parts": [plain(part) for part in link.why_parts],
        "says": (link.says or "")[:120], "against": (link.against or "")[:120],
    }  # fmt: skip
    same = row.pk is not None and all(getattr(row, name) == value for name, value in said.items())
    for name, value in said.items():
        setattr(row, name, value)
    return not same
