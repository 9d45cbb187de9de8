"""Versions of a story on the screen: name, see, compare, restore."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nightdesk.desk import clock
from nightdesk.desk.claims.models import Claim
from nightdesk.desk.staff.asking import member_of
from nightdesk.desk.staff.roles import needs
from nightdesk.desk.stories import actions
from nightdesk.desk.stories.aside import is_theirs
from nightdesk.desk.stories.chips import Chip, sums_of_claims
from nightdesk.desk.stories.chips import render as render_chips
from nightdesk.desk.stories.diffs import diff
from nightdesk.desk.stories.finding import story_of, to_story
from nightdesk.desk.stories.models import Attachment, Photo, PrivateDraft, Story, Version
from nightdesk.desk.stories.versions import Changed, changed, content_of


@needs("draft")
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """Every version of the story; a POST names the present state."""
    story = story_of(request, pk)
    if request.method == "POST":
        actions.name_version(member_of(request), story, request.POST.get("name", ""))
        messages.success(request, _("The story as it stands is kept under that name."))
        return redirect("stories:versions", pk)
    rows = list(story.versions.select_related("made_by"))
    older: list[Version | None] = [*rows, None][1:]  # each one's next; a story without versions has none
    listed = [(row, since(before, row)) for row, before in zip(rows, older, strict=True)]
    return render(request, "stories/versions.html", {"story": story, "versions": listed})


def since(before: Version | None, row: Version) -> str:
    """What changed in the story from one version to the next, in one short line."""
    if before is None:
        return ""
    said = [_line(one) for one in changed(before.content, row.content)]
    if not said:
        return _("nothing changed since the one before")
    return _("since the one before: %(changes)s") % {"changes": "; ".join(said)}


def _line(one: Changed) -> str:
    parts = [
        _("headline") if one.heading else "",
        _("changed: %(n)s") % {"n": one.changed} if one.changed else "",
        _("new: %(n)s") % {"n": one.added} if one.added else "",
        _("removed: %(n)s") % {"n": one.removed} if one.removed else "",
        _("order") if one.moved else "",
    ]
    return f"{one.lang.upper()}: {', '.join(filter(None, parts))}"


@require_GET
@needs("draft")
def version(request: HttpRequest, pk: int, version_pk: int) -> HttpResponse:
    """One version, and what has changed since."""
    story = story_of(request, pk)
    found = get_object_or_404(story.versions.select_related("made_by"), pk=version_pk)
    context = {"story": story, "version": found, "editions": compare(found, story)}
    return render(request, "stories/version.html", context)


def compare(found: Version, story: Story) -> list[dict[str, Any]]:
    """Per edition of the version: its headline and text as readers see it, and the diff to today's."""
    today = content_of(story)
    sums = _sums([found.content, today], story)
    now = {edition["lang"]: edition for edition in as_read(today, sums)}
    return [
        {
            "lang": then["lang"],
            "then": then,
            "title": diff(then["title"], now.get(then["lang"], then)["title"], then["lang"]),
            "rows": _rows(then, now.get(then["lang"], {"paragraphs": []})),
        }
        for then in as_read(found.content, sums)
    ]


def as_read(content: dict[str, Any], sums: Mapping[str, Chip]) -> list[dict[str, Any]]:
    """The editions of a version with its chips as sums; a chip whose claim is gone stays as typed."""
    return [
        {**edition, "paragraphs": [
            {**row, "text": render_chips(row["text"], sums, edition["lang"]).text} for row in edition["paragraphs"]
        ]}
        for edition in content["editions"]
    ]  # fmt: skip


def closed(request: HttpRequest, story: Story) -> HttpResponse:
    """A withdrawn story, or one set aside, to be read: both editions, the member's own unsaved words, and no field."""
    content = content_of(story)
    context = {
        "story": story, "title": str(story), "theirs": is_theirs(member_of(request), story),
        "editions": as_read(content, _sums([content], story)),
        "file": Attachment.objects.filter(story=story).defer("file").first(),
        "photo": Photo.objects.filter(story=story).defer("image").first(),
        "drafts": PrivateDraft.objects.filter(member=member_of(request), edition__story=story).select_related("edition"),
    }  # fmt: skip
    return render(request, "stories/closed.html", context)


def _sums(contents: Iterable[dict[str, Any]], story: Story) -> dict[str, Chip]:
    """Every sum the claims of these states allow, both states at one day's rates: no rate is a change."""
    keys = {
        pk
        for content in contents
        for e in content["editions"]
        for row in e["paragraphs"]
        for pk in row["claims"]
    }
    return sums_of_claims(Claim.objects.filter(pk__in=keys), story.rates_day(clock.today()))


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
