"""The verbs on a story's document or recording: place or replace, and remove.

Every change of the file or of its title changes what was cleared.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from nightdesk.desk import clock
from nightdesk.desk.custody.actions import record
from nightdesk.desk.errors import DeskError, Stale
from nightdesk.desk.staff.roles import require
from nightdesk.desk.stories import cleaning, drafts
from nightdesk.desk.stories.closed import refuse_closed
from nightdesk.desk.stories.models import Attachment, Story
from nightdesk.desk.stories.settling import touched

if TYPE_CHECKING:
    from nightdesk.cleaning import Cleaned
    from nightdesk.desk.staff.models import Member


def attachment_of(story: Story) -> Attachment | None:
    """The story's document or recording, or None."""
    return getattr(story, "attachment", None)


def place_attachment(
    member: Member, story: Story, data: bytes | None, title: Mapping[str, str], revision: int
) -> Attachment:
    """Places, replaces or re-titles it. `data` None keeps the file; `revision` is the one seen, 0 for none.

    Cleaning takes seconds, so it is done before anybody else has to wait for the transaction.
    """
    require(member, "draft")
    refuse_closed(story)
    _refuse_stale(Attachment.objects.defer("file").filter(story=story).first(), revision)
    return _keep(member, story, None if data is None else cleaning.clean(data), title, revision)


@transaction.atomic
def _keep(
    member: Member, story: Story, cleaned: Cleaned | None, title: Mapping[str, str], revision: int
) -> Attachment:
    refuse_closed(story)
    row = _current(story, revision)
    if cleaned is None and row is None:
        raise DeskError(_("No file was chosen."), _("Choose one: %(kinds)s.") % {"kinds": cleaning.KINDS})
    row = row or Attachment(story=story, revision=0)
    if cleaned is not None:
        _put(row, cleaned)
    row.title = {lang: drafts.one_line(said) for lang, said in title.items() if drafts.one_line(said)}
    row.revision += 1
    row.placed_by, row.placed_at = member, clock.now()
    row.save()
    touched(story.pk)
    record(story, "draft", member, f"file {row.sha256[:12]} {'saved' if cleaned is None else 'placed'}")
    return row


def _put(row: Attachment, cleaned: Cleaned) -> None:
    row.file, row.sha256 = cleaned.data, sha256(cleaned.data).hexdigest()
    row.media_type, row.size = cleaned.media_type, len(cleaned.data)
    row.dropped = list(cleaned.dropped)


def _current(story: Story, revision: int) -> Attachment | None:
    row = Attachment.objects.select_for_update().filter(story=story).first()
    _refuse_stale(row, revision)
    return row


def _refuse_stale(row: Attachment | None, revision: int) -> None:
    """Stale when somebody placed, changed or removed one since `revision`."""
    if (row.revision if row else 0) != revision:
        raise Stale(
            _("The file was changed meanwhile, by somebody else or by you in another window."),
            _("Go back, copy what you typed and open the story again; nothing was saved."),
        )


@transaction.atomic
def remove_attachment(member: Member, story: Story, revision: int) -> None:
    """Takes it off the story and its bytes out of the desk."""
    require(member, "draft")
    refuse_closed(story)
    row = _current(story, revision)
    if row is None:
        raise DeskError(_("This story has no file."), _("Nothing was changed."))
    record(story, "draft", member, f"file {row.sha256[:12]} removed")
    row.delete()
    touched(story.pk)
