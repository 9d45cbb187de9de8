"""The past as plain earlier stories, every release read anew: what the rows of the past have to agree with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from nightdesk.desk.releases.models import Release
from nightdesk.desk.review.remembering import name_of, text_in
from nightdesk.desk.stories import chips
from nightdesk.desk.stories.models import Story
from nightdesk.disclosure import Earlier, Knowers
from nightdesk.release.codec import from_bytes


def history_of(story: Story) -> tuple[Earlier, ...]:
    """Every version of every other story ever released, withdrawn ones too, an entry a source behind it.

    The circle of knowers stands with the latest version alone: a story that was corrected is one story.
    """
    rows = Release.objects.exclude(story=story).exclude(kind="withdrawal").order_by("released_at", "pk")
    newest = {row.story_id: row.pk for row in rows.order_by("pk")}
    return tuple(one for row in rows for one in _earlier(row, row.pk == newest[row.story_id]))


def _earlier(row: Release, newest: bool) -> Iterator[Earlier]:
    said, behind = from_bytes(bytes(row.document)), circles_of(row.story)
    gone = row.story.withdrawn_at is not None
    for source in sorted(behind) or [None]:
        circle = behind[source] if source and newest else None
        contact = last_contact(row.story, source, said.released_on) if row.version == 1 else None
        yield Earlier(
            name_of(row.story, said), said.released_on, text_in(said), source, gone, circle, contact=contact
        )


def last_contact(story: Story, source: str | None, until: date) -> date | None:
    """The last day on which the source told something of this story before it went out; with it begins the first version."""
    rows = (p for edition in story.editions.all() for p in edition.paragraphs.all())
    told = {claim.account.report for row in rows for claim in chips.claims_of(row)}
    days = (report.contact_on for report in told if report.source.pseudonym == source)
    return max((day for day in days if day <= until), default=None)


def circles_of(story: Story) -> dict[str, Knowers | None]:
    """The sources behind a story as it stands, each with the smallest circle that could know something it told."""
    found: dict[str, Knowers | None] = {}
    for edition in story.editions.all():
        for claim in (claim for row in edition.paragraphs.all() for claim in chips.claims_of(row)):
            source, known = claim.account.report.source.pseudonym, None
            if claim.knowers and claim.knowers_low is not None and claim.knowers_high is not None:
                known = Knowers(claim.knowers, claim.knowers_low, claim.knowers_high)
            before = found.get(source)
            found[source] = min(
                (one for one in (before, known) if one), key=lambda k: (k.high, k.low), default=None
            )
    return found
