"""Telling that a story may no longer be what readers have: then every list looks at it again.

Called by whatever changes words, what they rest on, or what is to go out, in the same transaction. Belongs
here: taking the mark away. Does not belong here: giving it, for which the text is read (review.settling).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from nightdesk.desk.stories.models import Paragraph, Story

if TYPE_CHECKING:
    from nightdesk.desk.claims.models import Claim


def touched(*stories: int) -> None:
    """These stories were changed."""
    Story.objects.filter(pk__in=stories, settled=True).update(settled=False)


def touched_under(claim: Claim) -> None:
    """A claim was changed, and with it every story that rests on it or shows it in the record."""
    resting = Paragraph.claims.through.objects.filter(claim=claim).values("paragraph__edition__story")
    on_it = Q(pk__in=resting) | Q(for_the_record__claim_token=claim.token)
    stories = Story.objects.filter(on_it, settled=True).values("pk")
    Story.objects.filter(pk__in=stories).update(settled=False)
