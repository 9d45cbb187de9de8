"""Reports and claims to be sought, and who finds them."""

from __future__ import annotations

from datetime import date

from nightdesk.desk import clock
from nightdesk.desk.claims import actions as claiming
from nightdesk.desk.claims.models import Account
from nightdesk.desk.reports.models import Report
from nightdesk.desk.search import documents, finding
from nightdesk.desk.search.terms import needles
from nightdesk.desk.sources.models import Source

TEXT = "지난 11일 회령시 보위부가 쌀값과 2만 위안을 물었다. 边境被捕. The sweep began."


def told(pseudonym, *cleared, text=TEXT):
    source, _made = Source.objects.get_or_create(pseudonym=pseudonym, defaults={"made_on": clock.today()})
    source.cleared.add(*cleared)
    row = Report.objects.create(
        source=source, lang="ko", contact_on=date(2023, 12, 15), channel="voice", text=text,
        received_at=clock.now(),
    )  # fmt: skip
    Account.objects.create(report=row, start=0, end=len(text))
    documents.add("report", row)
    return row


def claimed(member, report, **facts):
    facts = {"statement": "Agents of 회령 asked", "act": "extortion", "basis": "unknown"} | facts
    return claiming.claim(member, report.accounts.get(), 0, min(20, len(report.text)), facts)


def found(member, typed, kind="report", order=finding.newest):
    if kind not in finding.kinds_of(member):
        return None
    return order(member, kind, needles(typed)).pks
