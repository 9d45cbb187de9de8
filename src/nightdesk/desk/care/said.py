"""What every verb of care asks first: may this member see the source, and did he or she give a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from nightdesk.desk.errors import DeskError, NotAllowed
from nightdesk.desk.sources.models import Source

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member

FEWEST_LETTERS = 6  # a shorter reason is a shrug
LONGEST = 1000


def the_source(member: Member, source: Source) -> Source:
    """The source, locked for this transaction, if the member may see it."""
    found = Source.objects.visible_to(member).filter(pk=source.pk)
    if not found.exists():
        raise NotAllowed(_("You are not cleared for this source."), _("Nothing was changed."))
    return Source.objects.select_for_update().get(pk=source.pk)


def reason_of(words: str) -> str:
    """The reason in one line, or DeskError."""
    said = " ".join(words.split())
    if not FEWEST_LETTERS <= len(said) <= LONGEST:
        raise DeskError(_("This needs a reason of a few words."), _("Say why; nothing was changed."))
    return said
