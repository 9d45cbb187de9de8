"""Writing and verifying custody entries."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Model

from nightdesk.desk import clock
from nightdesk.desk.custody.models import AuditWeek, CustodyEntry

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member


def subject_of(row: Model) -> str:
    """The name of a row in the log: 'report:12'."""
    return f"{row._meta.model_name}:{row.pk}"


def _digest(previous: str, subject: str, verb: str, who: int | None, at: datetime, note: str) -> str:
    line = json.dumps([previous, subject, verb, who, at.isoformat(), note], ensure_ascii=False)
    return hashlib.sha256(line.encode()).hexdigest()


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
    last = CustodyEntry.objects.filter(subject=subject).order_by("-pk").first()
    previous = last.digest if last else ""
    who = member.pk if member else None
    week = f"{at.isocalendar().year}-W{at.isocalendar().week:02d}"
    if counted:
        row_of_week, _ = AuditWeek.objects.get_or_create(week=week, verb=verb)
        AuditWeek.objects.filter(pk=row_of_week.pk).update(count=F("count") + 1)
    return CustodyEntry.objects.create(
        subject=subject, verb=verb, member=member, at=at, note=note, previous=previous,
        digest=_digest(previous, subject, verb, who, at, note),
    )  # fmt: skip


def broken_link(row: Model) -> CustodyEntry | None:
    """The first entry of the row's chain that does not follow from the one before, or None."""
    return broken_chain(subject_of(row))


def broken_chain(subject: str) -> CustodyEntry | None:
    """The same for a subject by name: `nightdesk desk check` asks every one of them."""
    previous = ""
    for entry in CustodyEntry.objects.filter(subject=subject).order_by("pk"):
        expected = _digest(previous, entry.subject, entry.verb, entry.member_id, entry.at, entry.note)
        if entry.previous != previous or entry.digest != expected:
            return entry
        previous = entry.digest
    return None
