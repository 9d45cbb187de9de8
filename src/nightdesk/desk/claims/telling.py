"""What the page of an event shows beside its accounts: the picture of the descent, judgements, sources' records.

All of it of accounts the member may see. Belongs here: gathering for the page. Does not belong here: the
layout of the picture (descending.py), counting (sourcerecord.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from nightdesk.corroboration.descent import Descent, descent
from nightdesk.corroboration.model import Account as Plain
from nightdesk.corroboration.model import Corroboration as Known
from nightdesk.corroboration.model import Link, Verdict
from nightdesk.corroboration.model import Origins as Counted
from nightdesk.desk.claims.descending import Picture, Said, picture
from nightdesk.desk.claims.models import Account, Corroboration, Event, Judgement
from nightdesk.desk.claims.online import name_of
from nightdesk.desk.claims.sourcerecord import records_of
from nightdesk.desk.reports.naming import tell_apart

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member


@dataclass(frozen=True)
class Step:
    """One line of the picture, as the table says it."""

    source: str
    how: str
    to: Account | None
    relay: str


def beside(member: Member, event: Event, accounts: list[Account]) -> dict[str, Any]:
    """Everything of one event that this member may be shown. A fixed number of queries."""
    found = _descent(event, accounts)
    by_name = {name_of(account.pk): account for account in accounts}
    return {
        "picture": _picture(found, by_name),
        "steps": [_step(edge.from_, edge.how, edge.to, by_name) for edge in found.edges],
        "judgements": _judgements(member, accounts),
        "records": records_of(member, {account.report.source_id for account in accounts}),
    }


def _judgements(member: Member, accounts: list[Account]) -> list[Judgement]:
    pks = [account.pk for account in accounts]
    rows = Judgement.objects.visible_to(member).filter(Q(account__in=pks) | Q(other__in=pks))
    beside = ("by", "taken_back_by", "account__report__source", "other__report__source")
    found = list(rows.select_related(*beside).order_by("-pk"))
    tell_apart(member, (end.report for row in found for end in (row.account, row.other)))
    return found


def _descent(event: Event, accounts: list[Account]) -> Descent:
    names = [name_of(account.pk) for account in accounts]
    pks = [account.pk for account in accounts]
    repeats = Corroboration.objects.filter(account__in=pks, other__in=pks, relation="repeats")
    links: dict[str, list[Link]] = {name: [] for name in names}
    for account, other in repeats.order_by("account", "other").values_list("account", "other"):
        links[name_of(account)].append(Link(name_of(other), "repeats", 0.0))
    origins = Counted("event", "act", tuple(names), event.independent_origins, event.at_least, "", "")
    verdicts = tuple(Verdict(name, "event", tuple(links[name])) for name in names)
    return descent(Known(verdicts, (origins,), ()), [_plain(account) for account in accounts], "event")


def _plain(account: Account) -> Plain:
    report = account.report
    relay = report.relay.name if report.relay else None
    return Plain(name_of(account.pk), "", report.lang, report.contact_on, report.source.pseudonym, relay)


def _picture(found: Descent, by_name: dict[str, Account]) -> Picture:
    labels = {name: _named(account) for name, account in by_name.items()}
    return picture(found, labels | {"event": Said(_("the event"))})


def _named(account: Account) -> Said:
    """Its source over the day; one source may stand there more than once, on one day too, and in parts."""
    report = account.report
    below = date_format(report.contact_on), report.number, _("later part") if account.start else ""
    return Said(str(report.source), tuple(line for line in below if line))


def _step(source: str, how: str, to: str, by_name: dict[str, Account]) -> Step:
    return Step(_said(source, by_name), how, by_name.get(to), "" if to in by_name else _said(to, by_name))


def _said(name: str, by_name: dict[str, Account]) -> str:
    if name in by_name:
        return str(by_name[name].report)
    return _("the event") if name == "event" else name.removeprefix("relay:")
