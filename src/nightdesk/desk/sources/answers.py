"""What becomes of a request for a card that needs two besides a yes: it is declined, or its asker takes it back.

A request that is over has no row any more: what is said to the asker afterwards is read from the custody log.
Belongs here: that. Does not belong here: asking, agreeing, looking (reveal.py).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from nightdesk.desk import clock
from nightdesk.desk.custody.actions import record, subject_of
from nightdesk.desk.custody.models import CustodyEntry
from nightdesk.desk.errors import DeskError
from nightdesk.desk.sources import cards, reveal
from nightdesk.desk.sources.models import Reveal, Source

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member

SAID_FOR = timedelta(days=1)  # how long a "no" is said; the custody log keeps it
OVER = ("ask for card", "take back request")


@transaction.atomic
def take_back(member: Member, source: Source) -> None:
    """The asker wants it no more: nobody can agree to it, and what was handed over is gone."""
    cards.cleared(member, source)
    reveal.sweep()
    mine = Reveal.objects.filter(card__source=source, asks=member, opened_at=None)
    if not mine.exists():
        raise DeskError(_("You ask for nothing here."), _("Look at the source's page again."))
    mine.delete()
    record(source, "take back request", member)


def declined(member: Member, source: Source) -> CustodyEntry | None:
    """Who said no to what the member asked last, while that is news; None once something newer was asked."""
    return _declined(member, [source]).get(subject_of(source))


def all_declined(member: Member) -> list[tuple[Source, CustodyEntry]]:
    """The same of every source whose card needs two and that the member is cleared for."""
    rows = list(Source.objects.filter(card__two=True, cleared=member).order_by("pk"))
    found = _declined(member, rows) if rows else {}
    return [(row, found[subject_of(row)]) for row in rows if subject_of(row) in found]


def _declined(member: Member, rows: list[Source]) -> dict[str, CustodyEntry]:
    own = Q(member=member, verb__in=OVER)
    entries = CustodyEntry.objects.filter(
        own | Q(verb="decline card", note=member.username),
        subject__in=[subject_of(row) for row in rows], at__gt=clock.now() - SAID_FOR,
    )  # fmt: skip
    newest = {entry.subject: entry for entry in entries.select_related("member").order_by("pk")}
    return {subject: entry for subject, entry in newest.items() if entry.verb == "decline card"}
