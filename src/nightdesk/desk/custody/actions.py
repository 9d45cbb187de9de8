"""Writing custody entries. Reading and verifying them is in reading.py."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F, Model

from nightdesk.desk import clock
from nightdesk.desk.custody.chain import digest_of, seal_facts
from nightdesk.desk.custody.models import AuditWeek, CustodyEntry
from nightdesk.desk.sourcekeys.fields import Told, row_token

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member


def subject_of(row: Model) -> str:
    """The name of a row in the log: 'report:12'; a purge is known by a random token instead of its key."""
    return f"{row._meta.model_name}:{getattr(row, 'custody_token', row.pk)}"


@transaction.atomic
def record(
    row: Model, verb: str, member: Member | None, note: str = "", *, counted: bool = True
) -> CustodyEntry:
    """Adds one entry to the row's chain and counts the verb in the audit of the week.

    An action that writes two chains counts once: the second entry is not `counted`.

    Called inside the action's own transaction, so that the row and its entry stand or fall together.
    `note` holds no words of a report.
    """
    subject, at = subject_of(row), clock.now()
    if counted:
        count_week(verb, at)
    if has_sealed_log(row):
        return _record_sealed(row, subject, verb, member, at, note)
    last = CustodyEntry.objects.filter(subject=subject).order_by("-pk").first()
    return _write(subject, verb, last.digest if last else "", member=member, at=at, note=note)


def has_sealed_log(row: Model) -> bool:
    """Whether the row's log is part of a sealed report."""
    return isinstance(row, Told) and hasattr(row, "custody")


def _record_sealed(
    row: Any, subject: str, verb: str, member: Member | None, at: datetime, note: str
) -> CustodyEntry:
    """The entry follows from the head that the report itself keeps, not from the newest one that is there."""
    stored = type(row)._base_manager.only("custody", "seal_token").get(pk=row.pk)
    count, head = stored.custody or (0, "")
    token = row_token()
    facts = [member.pk if member else None, at.isoformat(), note]
    entry = _write(subject, verb, head, token=token, sealed=seal_facts(facts, row.told_by(), token))
    keep_head(row, [count + 1, entry.digest])
    return entry


def keep_head(row: Any, head: list[Any]) -> None:
    """Writes the count and the newest digest of a log into its report, sealed with it."""
    row.custody = head
    sealed = row._meta.get_field("custody").pre_save(row, False)
    type(row)._base_manager.filter(pk=row.pk).update(custody=sealed)


def _write(subject: str, verb: str, previous: str, **facts: Any) -> CustodyEntry:
    digest = digest_of(CustodyEntry(subject=subject, verb=verb, previous=previous, **facts), previous)
    return CustodyEntry.objects.create(subject=subject, verb=verb, previous=previous, digest=digest, **facts)


def count_week(verb: str, at: datetime) -> None:
    """One more of this class of action in this week; who and what stay out of it."""
    week = f"{at.isocalendar().year}-W{at.isocalendar().week:02d}"
    row_of_week, _ = AuditWeek.objects.get_or_create(week=week, verb=verb)
    AuditWeek.objects.filter(pk=row_of_week.pk).update(count=F("count") + 1)
