"""Stories that nobody works on: withdrawn ones, of which readers have a tombstone, and those that were set aside.

Nothing typed into a withdrawn story could ever reach readers; one that was set aside is taken back first, so that
nobody writes where nobody looks. Asked by every action that changes a story's words, photo, paragraphs, editions or
public rows.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from nightdesk.desk.errors import DeskError
from nightdesk.desk.stories.models import Story


def refuse_closed(story: Story) -> None:
    """DeskError when the story was withdrawn or set aside, whatever an older object in memory says."""
    stored = Story.objects.filter(pk=story.pk).values_list("withdrawn_at", "set_aside_at").first()
    withdrawn, aside = stored or (None, None)
    if withdrawn or story.withdrawn_at:
        raise DeskError(
            _("This story was withdrawn; it is kept as it was."),
            _(
                "Nothing was changed. A withdrawn story does not come back: copy what you typed into a new one."
            ),
        )
    if aside:
        raise DeskError(
            _("This story was set aside; it is kept as it was."),
            _("Nothing was changed. Take it back on its page, then go on."),
        )
