"""The verbs of consent: write what a source agreed to, write that it took it back. History stays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from nightdesk.desk import clock
from nightdesk.desk.care.models import Consent
from nightdesk.desk.care.rules import Given
from nightdesk.desk.care.said import the_source
from nightdesk.desk.care.tables import PURPOSES
from nightdesk.desk.custody.actions import record
from nightdesk.desk.errors import DeskError, Stale
from nightdesk.desk.releases import scheduling
from nightdesk.desk.sources.models import Source
from nightdesk.desk.staff.roles import require

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member


@dataclass(frozen=True, slots=True)
class Said:
    """What the source said, as a member writes it down."""

    said_on: date
    asked_by: Member
    purposes: tuple[str, ...] = ()
    limits: str = ""
    worst_case_on: date | None = None


@transaction.atomic
def write(member: Member, source: Source, said: Said) -> Consent:
    """A consent as it was given; the newest counts, the one before stays as history."""
    require(member, "care")
    source = the_source(member, source)
    if unknown := [key for key in said.purposes if key not in PURPOSES]:
        raise DeskError(
            _("Nobody knows the purpose “%(key)s”.") % {"key": unknown[0]}, _("Choose from the list.")
        )
    row = _create(member, source, said, withdrawn=False)
    record(source, "consent", member)
    return row


@transaction.atomic
def withdraw(member: Member, source: Source, said: Said) -> Consent:
    """The source took its consent back, or never gave one: what rests on it is no longer released."""
    require(member, "care")
    source = the_source(member, source)
    before = newest(source)
    if before is not None and before.withdrawn:
        raise Stale(_("It is withdrawn already."), _("Open the page again; nothing was changed."))
    row = _create(member, source, said, withdrawn=True)
    record(source, "withdraw consent", member)
    return row


def _create(member: Member, source: Source, said: Said, *, withdrawn: bool) -> Consent:
    transaction.on_commit(scheduling.fall, robust=True)  # what waits for an hour may no longer stand
    return Consent.objects.create(
        source=source, said_on=said.said_on, purposes=_in_order(said.purposes), limits=said.limits.strip(),
        worst_case_on=said.worst_case_on, asked_by=said.asked_by, withdrawn=withdrawn, written_by=member,
        written_at=clock.now(),
    )  # fmt: skip


def _in_order(keys: Iterable[str]) -> list[str]:
    chosen = set(keys)
    return [key for key in PURPOSES if key in chosen]


def newest(source: Source) -> Consent | None:
    """The consent that counts; from what was prefetched, where it was."""
    return max(source.consents.all(), key=lambda row: row.pk, default=None)


def given(row: Consent | None) -> Given | None:
    """A row as the rules take it."""
    if row is None:
        return None
    return Given(frozenset(row.purposes), row.limits, row.withdrawn, row.worst_case_on is not None)
