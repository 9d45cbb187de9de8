"""Versions of a story on the screen: name, see, compare, restore."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nightdesk.desk.staff.asking import member_of
from nightdesk.desk.staff.roles import needs
from nightdesk.desk.stories import actions
from nightdesk.desk.stories.diffs import diff
from nightdesk.desk.stories.finding import story_of, to_story
from nightdesk.desk.stories.models import Story, Version
from nightdesk.desk.stories.versions import content_of


@needs("draft")
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """Every version of the story; a POST names the present state."""
    story = story_of(request, pk)
    if request.method == "POST":
        actions.name_version(member_of(request), story, request.POST.get("name", ""))
        messages.success(request, _("The story as it stands is kept under that name."))
        return redirect("stories:versions", pk)
    rows = story.versions.select_related("made_by").defer("content")
    return render(request, "stories/versions.html", {"story": story, "versions": rows})


@needs("draft")
def version(request: HttpRequest, pk: int, version_pk: int) -> HttpResponse:
    """One version, and what has changed since."""
    story = story_of(request, pk)
    found = get_object_or_404(story.versions.select_related("made_by"), pk=version_pk)
    context = {"story": story, "version": found, "editions": compare(found, story)}
    return render(request, "stories/version.html", context)


def compare(found: Version, story: Story) -> list[dict[str, Any]]:
    """Per edition of the version: its headline and text, and the diff to today's."""
    now = {edition["lang"]: edition for edition in content_of(story)["editions"]}
    return [
        {
            "lang": then["lang"],
            "then": then,
            "title": diff(then["title"], now.get(then["lang"], then)["title"], then["lang"]),
            "rows": _rows(then, now.get(then["lang"], {"paragraphs": []})),
        }
        for then in found.content["editions"]
    ]


def _rows(then: dict[str, Any], now: dict[str, Any]) -> list[list[Any]]:
    today = {row["pk"]: row["text"] for row in now["paragraphs"]}
    before = {row["pk"]: row["text"] for row in then["paragraphs"]}
    order = [*before, *(pk for pk in today if pk not in before)]
    return [diff(before.get(pk, ""), today.get(pk, ""), then["lang"]) for pk in order]


@needs("draft")
@require_POST
def restore(request: HttpRequest, pk: int, version_pk: int) -> HttpResponse:
    """Makes the story stand as in the version; what stood before becomes a version too."""
    story = story_of(request, pk)
    actions.restore(member_of(request), get_object_or_404(story.versions, pk=version_pk))
    messages.success(request, _("The version is restored. What stood before is kept as a version."))
    return to_story(story)
