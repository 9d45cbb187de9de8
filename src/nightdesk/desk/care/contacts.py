"""The contact log: writing an entry, and correcting one by a new entry that stands in its place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from nightdesk.desk import clock
from nightdesk.desk.care import danger
from nightdesk.desk.care.said import the_source
from nightdesk.desk.custody.actions import record
from nightdesk.desk.errors import Stale
from nightdesk.desk.intake.tellers import relay_of
from nightdesk.desk.sources.models import Contact, Source
from nightdesk.desk.staff.roles import require

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member


@dataclass(frozen=True, slots=True)
class Entry:
    """What a member wrote down about a contact. The danger word itself stays on the card."""

    on: date
    channel: str
    window: str = ""
    via: str = ""
    danger_word: str = "not asked"
    note: str = ""
    next_on: date | None = None
    next_window: str = ""


@transaction.atomic
def write(member: Member, source: Source, entry: Entry) -> Contact:
    """Adds an entry. A danger word that was seen marks the source as in danger at once."""
    require(member, "care")
    source = the_source(member, source)
    row = _create(member, source, entry)
    record(source, "contact", member)
    _heed(member, row)
    return row


@transaction.atomic
def correct(member: Member, contact: Contact, entry: Entry) -> Contact:
    """Puts a new entry in the place of one; what was written before is kept."""
    require(member, "care")
    source = the_source(member, contact.source)
    old = Contact.objects.select_for_update().get(pk=contact.pk)
    if old.replaced_at is not None:
        raise Stale(_("Somebody has corrected this entry already."), _("Open the source again."))
    row = _create(member, source, entry, replaces=old)
    old.replaced_at = clock.now()
    old.save(update_fields=["replaced_at"])
    record(source, "correct contact", member)
    if old.danger_word != "seen":
        _heed(member, row)
    return row


def _create(member: Member, source: Source, entry: Entry, replaces: Contact | None = None) -> Contact:
    said: dict[str, Any] = {
        "on": entry.on, "channel": entry.channel, "window": entry.window, "danger_word": entry.danger_word,
        "note": entry.note, "next_on": entry.next_on, "next_window": entry.next_window,
    }  # fmt: skip
    return Contact.objects.create(
        source=source,
        relay=relay_of(entry.via),
        written_by=member,
        written_at=clock.now(),
        replaces=replaces,
        **said,
    )


def _heed(member: Member, row: Contact) -> None:
    """The danger word is a call for help: whoever writes it down at night needs no second button."""
    if row.danger_word == "seen" and danger.current(row.source) is None:
        danger.mark(member, row.source, _("The danger word was seen on %(day)s.") % {"day": row.on})
