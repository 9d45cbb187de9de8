"""A withdrawn story is closed: readers have a tombstone, and nothing typed here could ever reach them.

Asked by every action that changes a story's words, photo, paragraphs, editions or public rows.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from nightdesk.desk.errors import DeskError
from nightdesk.desk.stories.models import Story


def refuse_withdrawn(story: Story) -> None:
    """DeskError when the story was withdrawn, whatever an older object in memory says."""
    if story.withdrawn_at or Story.objects.filter(pk=story.pk, withdrawn_at__isnull=False).exists():
        raise DeskError(
            _("This story was withdrawn; it is kept as it was."),
            _(
                "Nothing was changed. A withdrawn story does not come back: copy what you typed into a new one."
            ),
        )
