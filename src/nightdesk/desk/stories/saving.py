"""Saving words: autosave of a private draft, the explicit save, and what a stale tab is told.

Views only. With htmx the answer is what stands under the textarea, never the textarea itself, so that
no Hangul in composition is lost; without, a page or a redirect.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nightdesk.desk import line
from nightdesk.desk.asked import number
from nightdesk.desk.errors import DeskError
from nightdesk.desk.staff.asking import member_of
from nightdesk.desk.staff.roles import needs
from nightdesk.desk.stories import actions, boxes, drafts, pairs
from nightdesk.desk.stories.finding import paragraph_of, paragraphs_of, story_of, to_story
from nightdesk.desk.stories.forms import Typed, TypedHeading
from nightdesk.desk.stories.models import Edition, Paragraph, PrivateDraft


def typed(request: HttpRequest) -> Typed:
    """The words of the form. DeskError when they are too long or the form is not ours."""
    form = Typed(request.POST)
    if not form.is_valid():
        raise DeskError(
            _("These words could not be taken."), _("A paragraph holds 20,000 characters at most.")
        )
    return form


@needs("draft")
@require_POST
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """Saves one paragraph into the story."""
    form = typed(request).cleaned_data
    if not paragraphs_of(request).filter(pk=pk).exists():  # gone, or never hers: the answer is one
        story = story_of(request, number(request, "story"))
        return gone(request, pairs.source_edition(story), form["text"], story.get_absolute_url())
    row = paragraph_of(request, pk)
    story = row.edition.story
    try:
        actions.save_paragraph(
            member_of(request), row, form["text"], form["base_revision"], over=form["over"]
        )
    except drafts.StaleText:
        return under(request, row, saved=False, status=409)
    return under(request, row, saved=True) if request.headers.get("HX-Request") else to_story(story, pk)


@needs("draft")
@require_POST
def autosave(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps what is being typed, for its author alone."""
    story = story_of(request, pk)
    return keep(request, pairs.source_edition(story))


def keep(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Keeps the words of the form for a paragraph of `edition`; shared with the translation."""
    form = typed(request).cleaned_data
    row = edition.paragraphs.filter(pk=number(request, "paragraph")).select_related("edition__story").first()
    if row is None:
        drafts.keep_loose(member_of(request), edition, form["text"])
        return render(
            request,
            "stories/parts/gone.html",
            {"text": form["text"], "pk": number(request, "paragraph")},
            status=409,
        )
    draft = drafts.keep(member_of(request), row, form["text"], form["base_revision"])
    stale = draft is not None and draft.base_revision != row.revision
    return under(request, row, saved=False, status=409 if stale else 200)


def under(request: HttpRequest, row: Paragraph, *, saved: bool, status: int = 200) -> HttpResponse:
    """What stands under a textarea: saved or kept, the preview, and the other's words when stale."""
    box = boxes.box_of(member_of(request), row, row.edition.lang)
    whole = "stories/stale.html" if status == 409 else "stories/parts/under.html"
    template = "stories/parts/under.html" if request.headers.get("HX-Request") else whole
    known = {"box": box, "saved": saved, "fresh": True, **place(row)}
    if (
        saved and row.translates_id is not None
    ):  # what waits in translation is counted at the side of the page
        member = member_of(request)
        known |= {"line": line.stages_of(member, line.asked_of(request)), "here": page_of(request)}
    return render(request, template, known, status=status)


def page_of(request: HttpRequest) -> str:
    """The path of the page a fragment was asked for from, as htmx says it."""
    return str(urlsplit(request.headers.get("HX-Current-URL", "")).path)


def place(row: Paragraph) -> dict[str, Any]:
    """Where the ways out of a stale tab lead: they differ between story and translation."""
    found: dict[str, Any] = {"story": row.edition.story, "edition": row.edition}
    if row.translates_id is not None:
        found |= {
            "translating": True,
            "done": boxes.done(row.edition),
            "total": boxes.total(row.edition.story),
        }
    return found


def gone(request: HttpRequest, edition: Edition, text: str, back: str) -> HttpResponse:
    """A save for a paragraph somebody removed: the words are kept beside its edition; `back` leads there."""
    drafts.keep_loose(member_of(request), edition, text)
    template = "stories/parts/gone.html" if request.headers.get("HX-Request") else "stories/gone.html"
    return render(
        request,
        template,
        {"text": text, "lang": edition.lang, "back": back, "pk": number(request, "paragraph")},
        status=409,
    )


@needs("draft")
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Drops the member's own unsaved words, on request only."""
    story = story_of(request, pk)
    draft = get_object_or_404(
        PrivateDraft.objects.filter(member=member_of(request), edition__story=story),
        pk=number(request, "draft"),
    )
    back = draft.paragraph_id
    draft.delete()
    return to_story(story, back)


@needs("draft")
@require_POST
def heading(request: HttpRequest, pk: int) -> HttpResponse:
    """Saves headline and summary."""
    story = story_of(request, pk)
    edition = pairs.source_edition(story)
    said = typed_heading(request)
    try:
        actions.save_heading(
            member_of(request), edition, said["title"], said["summary"], said["base_revision"]
        )
    except drafts.StaleText as stale:
        return stale_heading(request, edition, stale)
    return to_story(story)


def typed_heading(request: HttpRequest) -> dict[str, Any]:
    """Headline and summary of the form, or the reason they could not be taken."""
    form = TypedHeading(request.POST)
    if not form.is_valid():
        raise DeskError(
            _("This headline or summary is too long."), _("A headline holds 200 characters, a summary 300.")
        )
    return form.cleaned_data


def stale_heading(
    request: HttpRequest, edition: Edition, stale: drafts.StaleText, *, translating: bool = False
) -> HttpResponse:
    """Both headings, the other's and the one typed, and the ways out."""
    title, _line, summary = stale.typed.partition("\n")
    context = {
        "edition": edition, "story": edition.story, "title": title, "summary": summary,
        "draft": stale.draft, "translating": translating,
    }  # fmt: skip
    return render(request, "stories/stale_heading.html", context, status=409)


@needs("draft")
@require_POST
def autosave_heading(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps a headline that is being typed."""
    return keep_heading(request, pairs.source_edition(story_of(request, pk)))


def keep_heading(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Keeps the headline and summary of the form; shared with the translation."""
    said = typed_heading(request)
    draft = drafts.keep_heading(
        member_of(request), edition, said["title"], said["summary"], said["base_revision"]
    )
    return render(request, "stories/parts/kept.html", {"draft": draft})
