"""Correcting a span from a story: what the words of the newsroom's own sentence mean, kept as a word of the desk.

Only that sentence is kept, as it was typed, and no report: like the story itself it outlives a purge of what it was
written from, unless a name stands in it. Belongs here: the verb and its two doors. Does not belong here: what a
meaning is worth and running the cases (reports.teaching).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from nightdesk.desk import clock
from nightdesk.desk.asked import number
from nightdesk.desk.custody.actions import record
from nightdesk.desk.errors import DeskError
from nightdesk.desk.reports import teaching
from nightdesk.desk.reports.reading import TYPED_AT_MOST, reading_of_words, said_of
from nightdesk.desk.reports.segments import Mark, segments, sentence_around, sentences
from nightdesk.desk.reports.term_views import kinds
from nightdesk.desk.staff.asking import member_of
from nightdesk.desk.staff.roles import needs, require
from nightdesk.desk.stories.finding import story_of
from nightdesk.desk.stories.models import Edition, Story, StoryTerm
from nightdesk.reading import own

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member


@transaction.atomic
def teach(
    member: Member, edition: Edition, sentence: str, start: int, end: int, kind: str, means: str
) -> StoryTerm:
    """Keeps what the words at start..end of a sentence of this edition mean. Stops aloud when they would not be read so."""
    require(member, "draft")
    require(member, "read")  # who reads no report is told of no word of the desk's own
    words, today = teaching.words_at(sentence, start, end), clock.today()
    row = StoryTerm(
        story=edition.story, text=sentence, lang=edition.lang, on=today, start=start, end=end, words=words,
        made_by=member, made_at=clock.now(),
    )  # fmt: skip
    teaching.say(row, kind, means, edition.lang, today, edition.story.country)
    row.save()
    teaching.must_hold(row)
    record(row, "teach", member)
    return row


@needs("draft")
@needs("read")
@require_POST
@sensitive_post_parameters()
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """What words of a sentence mean: first the form, then, with a kind chosen, it is kept."""
    story, said = story_of(request, pk), request.POST
    edition = get_object_or_404(story.editions.select_related("story"), lang=said.get("lang", ""))
    sentence, start, end = _stretch(request)
    error = None
    if "kind" in said:
        try:
            term = teach(
                member_of(request), edition, sentence, start, end, said["kind"], said.get("means", "")
            )
        except DeskError as refused:
            error = refused
        else:
            words = _(
                "The desk reads “%(words)s” so from now on. It can be set aside under “The desk's own words”."
            )
            messages.success(request, words % {"words": term.words})
            return redirect(_back(story, edition))
    else:
        teaching.words_at(sentence, start, end)  # what no words are is said at once
    known = _known(story, edition, sentence, start, end)
    known |= {"error": error, "kind": said.get("kind", known["kind"]), "means": said.get("means", "")}
    return render(request, "stories/correct.html", known, status=400 if error else 200)


def _back(story: Story, edition: Edition) -> str:
    if edition.lang == story.source_lang:
        return story.get_absolute_url()
    return reverse("translation:story", args=[story.pk])


def _stretch(request: HttpRequest) -> tuple[str, int, int]:
    """The sentence around the words of the form, and where in it they stand: no more of the text is kept."""
    text = request.POST.get("text", "").replace("\r\n", "\n")[:TYPED_AT_MOST]
    start, end = (min(number(request, name), len(text)) for name in ("start", "end"))
    end = max(start, end)
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    left, right = sentence_around(text, start, sentences(text))
    return text[left : max(right, end)], start - left, end - left


def _known(story: Story, edition: Edition, sentence: str, start: int, end: int) -> dict[str, Any]:
    """What the form shows of the words and of how they are read now."""
    reading = reading_of_words(sentence, edition.lang, clock.today(), story.country)
    read = own.at(reading, start, end)
    return {
        "story": story, "edition": edition, "sentence": sentence, "start": start, "end": end,
        "words": sentence[start:end], "around": segments(sentence, [Mark(start, end, "here")]), "kinds": kinds(),
        "kind": read.kind if read and read.kind in own.KINDS else "",
        "read": said_of(read) if read else "", "back": _back(story, edition),
        "figures": own.is_bare_number(sentence[start:end]),
    }  # fmt: skip


@needs("read")
@require_POST
def aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Sets such a word aside, or takes it back into use."""
    member = member_of(request)
    found = get_object_or_404(StoryTerm.objects.visible_to(member), pk=pk)
    if request.POST.get("back"):
        teaching.use_again(member, found)
        messages.success(request, _("The word is in use again."))
    else:
        teaching.set_aside(member, found)
        messages.success(request, _("The word is set aside: reading no longer knows it."))
    return redirect("reports:terms")
