"""The story or paragraph a request asks for, and the way back to it: what every view of the room needs."""

from __future__ import annotations

from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from nightdesk.desk.staff.asking import member_of
from nightdesk.desk.stories.models import Paragraph, Story


def story_of(request: HttpRequest, pk: int) -> Story:
    """A story the member may see, or 404."""
    return get_object_or_404(Story.objects.visible_to(member_of(request)), pk=pk)


def paragraphs_of(request: HttpRequest) -> QuerySet[Paragraph]:
    """Paragraphs of the source editions of stories the member may see."""
    return Paragraph.objects.filter(
        edition__story__in=Story.objects.visible_to(member_of(request)),
        edition__lang=F("edition__story__source_lang"),
    )


def paragraph_of(request: HttpRequest, pk: int) -> Paragraph:
    """One of them, or 404."""
    return get_object_or_404(paragraphs_of(request).select_related("edition__story"), pk=pk)


def to_story(story: Story, paragraph: int | None = None, anchor: str = "") -> HttpResponse:
    """Back to the editor, at the paragraph (or the part) that was worked on."""
    anchor = f"p{paragraph}" if paragraph else anchor
    return redirect(story.get_absolute_url() + (f"#{anchor}" if anchor else ""))
