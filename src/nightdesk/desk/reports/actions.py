"""The verbs on a report: read, confirm. Its words are never changed.

Belongs here: one transaction a verb. Does not belong here: splitting accounts (claims), opening
(intake).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from nightdesk.desk import clock
from nightdesk.desk.claims.corroborating import compare_again
from nightdesk.desk.custody.actions import record
from nightdesk.desk.custody.reading import did_today
from nightdesk.desk.reports.models import Report
from nightdesk.desk.sources.contacting import remove_contact, write_contact
from nightdesk.desk.staff.roles import require

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member


@transaction.atomic
def look(member: Member, report: Report) -> None:
    """The member has the words on the screen: once a day the log says so."""
    require(member, "read")
    if not did_today(report, "read by", member, clock.today()):
        record(report, "read by", member)


@transaction.atomic
def read(member: Member, report: Report) -> None:
    """Somebody has read it; it no longer waits. Reading twice changes nothing."""
    require(member, "read")
    if report.read_at is None:
        report.read_at = clock.now()
        report.save(update_fields=["read_at"])
        record(report, "read", member)


@transaction.atomic
def confirm(member: Member, report: Report) -> None:
    """The member knows the voice or the words: it was the source it says."""
    require(member, "confirm")
    if report.teller_confirmed_at is None:
        write_contact(report)
    report.teller_confirmed_at, report.teller_confirmed_by = clock.now(), member
    report.save(update_fields=["teller_confirmed_at", "teller_confirmed_by"])
    record(report, "confirm", member)
    compare_again(member, report.accounts.values_list("pk", flat=True))


@transaction.atomic
def doubt(member: Member, report: Report) -> None:
    """Undoes a confirmation: who told it is open again."""
    require(member, "confirm")
    if report.teller_confirmed_at is not None:
        remove_contact(report)
    report.teller_confirmed_at = report.teller_confirmed_by = None
    report.save(update_fields=["teller_confirmed_at", "teller_confirmed_by"])
    record(report, "doubt", member)
    compare_again(member, report.accounts.values_list("pk", flat=True))
