"""Which stories a danger freezes, and which a withdrawn consent stops.

Asked of many stories at once with a fixed number of queries, and once more inside the transaction of
whatever would let words out. Belongs here: reading. Does not belong here: marking and lifting (danger.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from nightdesk.desk.care.models import Consent, Danger, Ground
from nightdesk.desk.care.rules import is_frozen
from nightdesk.desk.claims.models import Claim
from nightdesk.desk.errors import DeskError
from nightdesk.desk.review.models import ForTheRecord
from nightdesk.desk.sources.models import Source
from nightdesk.desk.stories.models import Paragraph, Story

if TYPE_CHECKING:
    from nightdesk.desk.releases.models import Release


def in_danger() -> QuerySet[Any]:
    """Keys of the sources in danger, for a query."""
    return Danger.objects.filter(lifted_at=None).order_by().values("source")


def unwilling() -> QuerySet[Any]:
    """Keys of the sources whose newest word is that they took their consent back."""
    newest = Consent.objects.order_by().values("source").annotate(newest=Max("pk")).values("newest")
    return Consent.objects.filter(pk__in=newest, withdrawn=True).order_by().values("source")


def touched(stories: Iterable[int]) -> set[int]:
    """Which of the stories a danger touches, in three ways and four queries.

    By a claim under a paragraph or under a row for the record, by a claim under any version readers have,
    and because it rested on the source when the danger was marked, whatever was taken out since.
    """
    keys, endangered = list(stories), in_danger()
    told = Claim.objects.filter(account__report__source__in=endangered)
    live = Paragraph.objects.filter(edition__story__in=keys, claims__account__report__source__in=endangered)
    rows = ForTheRecord.objects.filter(story__in=keys, claim_token__in=told.values("token"))
    grounds = Ground.objects.filter(release__story__in=keys, claim__account__report__source__in=endangered)
    marked = Danger.stories.through.objects.filter(story__in=keys, danger__lifted_at=None)
    return {
        *live.values_list("edition__story", flat=True), *rows.order_by().values_list("story", flat=True),
        *grounds.values_list("release__story", flat=True), *marked.values_list("story", flat=True),
    }  # fmt: skip


def stopped(stories: Iterable[int]) -> set[int]:
    """Which of the stories rest, as they stand, on a source that took its consent back: one query."""
    live = Paragraph.objects.filter(
        edition__story__in=list(stories), claims__account__report__source__in=unwilling()
    )
    return set(live.values_list("edition__story", flat=True))


def sources_behind(story: Story) -> set[int]:
    """Keys of the sources a story rests on, as it stands or as readers have it."""
    ticked = story.for_the_record.values("claim_token")
    live = Source.objects.filter(reports__accounts__claims__paragraphs__edition__story=story)
    rows = Source.objects.filter(reports__accounts__claims__token__in=ticked)
    out = Source.objects.filter(reports__accounts__claims__grounds__release__story=story)
    return {pk for found in (live, rows, out) for pk in found.order_by().values_list("pk", flat=True)}


def stories_on(source: Source) -> QuerySet[Story]:
    """The stories that rest on a source: as they stand, by a row for the record, or as readers have them."""
    told = Claim.objects.filter(account__report__source=source)
    live = Paragraph.objects.filter(claims__in=told).values("edition__story")
    rows = ForTheRecord.objects.filter(claim_token__in=told.values("token")).order_by().values("story")
    out = Ground.objects.filter(claim__in=told).values("release__story")
    marked = Danger.stories.through.objects.filter(danger__source=source, danger__lifted_at=None)
    return (
        Story.objects.filter(pk__in=live) | Story.objects.filter(pk__in=rows)
        | Story.objects.filter(pk__in=out) | Story.objects.filter(pk__in=marked.values("story"))
    )  # fmt: skip


def hold_sources(story: Story) -> None:
    """Locks the sources behind the story for the caller's transaction: nobody marks one in danger meanwhile."""
    list(Source.objects.select_for_update().filter(pk__in=sources_behind(story)).values_list("pk"))


def refuse_held_back(story: Story) -> None:
    """DeskError when this story may not leave. Called in the transaction that would let it; names no source."""
    hold_sources(story)
    if is_frozen(story.next_kind, bool(touched([story.pk]))):
        raise DeskError(frozen_words(), way_out())
    if is_frozen(story.next_kind, bool(stopped([story.pk]))):
        raise DeskError(stopped_words(), stopped_way_out())


def held_back(rows: Iterable[Release]) -> set[int]:
    """Keys of the signed versions that may not reach the press now; a story with its tombstone signed may."""
    waiting = list(rows)
    over = {row.story_id for row in waiting if row.kind == "withdrawal"}
    stories = {row.story_id for row in waiting} - over
    held = touched(stories) | stopped(stories)
    return {row.pk for row in waiting if row.story_id in held}


def frozen_words() -> str:
    """What a member reads who may not know which source it is."""
    return _("A source behind this story is in danger: nothing that rests on it is cleared or released.")


def way_out() -> str:
    """What can be done about it."""
    return _(
        "Two editors together can lift the danger, each with a reason, on the page of the source. A withdrawal is possible at any time."
    )


def stopped_words() -> str:
    """The same of a consent."""
    return _("A source behind this story has withdrawn its consent: that stops the release.")


def stopped_way_out() -> str:
    """What can be done about that."""
    return _(
        "Take its claims and the words that rest on them out of the story, or withdraw the story. Nobody can decide otherwise."
    )
