"""The translator's screens: what waits, paragraph pairs, the glossary.

Everything is fetched through editions handed over; a story, a claim or a report has no door here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from nightdesk.desk.asked import number
from nightdesk.desk.staff.asking import member_of
from nightdesk.desk.staff.roles import needs
from nightdesk.desk.stories import boxes, drafts, pairs, reading, saving
from nightdesk.desk.stories.diffs import diff
from nightdesk.desk.stories.history import closed
from nightdesk.desk.stories.models import Edition, Paragraph, PrivateDraft, Story
from nightdesk.desk.translation import actions
from nightdesk.desk.translation.boxes import pairs_of
from nightdesk.desk.translation.models import Term

A_PAGE = 40  # stories with nothing to translate on one page; those with work all stand on the first
NOTHING = {"total": 0, "done": 0}


def _handed(request: HttpRequest):
    return Edition.objects.visible_to(member_of(request)).filter(
        story__ready_to_translate_at__isnull=False, story__set_aside_at=None
    )


def editions_of(request: HttpRequest, story: int) -> tuple[Edition, Edition]:
    """Source and target edition of a story handed over to this member, or 404."""
    handed = _handed(request).filter(story=story).select_related("story")
    source = get_object_or_404(handed, lang=F("story__source_lang"))
    target = handed.exclude(pk=source.pk).order_by("pk").first()
    return source, get_object_or_404(handed, pk=target.pk if target else 0)


def _paragraphs(request: HttpRequest) -> QuerySet[Paragraph]:
    return Paragraph.objects.filter(
        edition__in=_handed(request), edition__lang=F("edition__story__source_lang")
    )


def source_of(request: HttpRequest, pk: int) -> Paragraph:
    """A source paragraph of a story handed over to this member, or 404."""
    return get_object_or_404(_paragraphs(request).select_related("edition__story"), pk=pk)


def _back(story: int, paragraph: int | None = None) -> HttpResponse:
    return redirect(reverse("translation:story", args=[story]) + (f"#p{paragraph}" if paragraph else ""))


@require_GET
@needs("translate")
def stories(request: HttpRequest) -> HttpResponse:
    """Stories handed to translation, those with work first."""
    sources = _handed(request).filter(lang=F("story__source_lang"), story__withdrawn_at=None)
    sources = sources.select_related("story").order_by("-story__ready_to_translate_at", "-pk")
    working = _counted(sources.filter(story__settled=False))  # of what readers have, every word is translated
    waiting = [row for row in working if row["done"] != row["total"]]
    others = sources.exclude(pk__in=[row["edition"].pk for row in waiting])
    page = Paginator(others, A_PAGE).get_page(request.GET.get("page"))
    rows = [*(waiting if page.number == 1 else []), *_counted(page)]
    return render(request, "translation/list.html", {"rows": rows, "page": page})


def _counted(sources: Iterable[Edition]) -> list[dict[str, Any]]:
    """Editions with how much of each is translated: two queries, however many."""
    shown = list(sources)
    counts = boxes.counts(Story.objects.filter(pk__in=[source.story_id for source in shown]))
    return [
        {"edition": source, "langs": pairs.other_langs(source.story), **counts.get(source.story_id, NOTHING)}
        for source in shown
    ]


@require_GET
@needs("translate")
def story(request: HttpRequest, pk: int) -> HttpResponse:
    """Source left, translation right, paragraph by paragraph."""
    source, target = editions_of(request, pk)
    if source.story.withdrawn_at:
        return closed(request, source.story)
    mine = PrivateDraft.objects.filter(member=member_of(request), edition=target, heading=True).first()
    title, _line, summary = mine.text.partition("\n") if mine else (target.title, "", target.summary)
    context = {
        "story": source.story, "source": source, "target": target, "edition": target, "translating": True,
        "pairs": pairs_of(member_of(request), source, target), "loose": boxes.loose_drafts(member_of(request), target),
        "heading": mine, "title": title, "summary": summary, "heading_changes": heading_changes(source, target),
        "done": boxes.done(target), "total": boxes.total(source.story),
    }  # fmt: skip
    return render(request, "translation/story.html", context)


def heading_changes(source: Edition, target: Edition):
    """The diff of headline and summary since they were rendered; None where nothing changed."""
    made_from = drafts.heading_text(target.translated_title, target.translated_summary)
    today = drafts.heading_text(source.title, source.summary)
    return diff(made_from, today, source.lang) if target.translated_title and made_from != today else None


@needs("translate")
@require_POST
def translate(request: HttpRequest, pk: int) -> HttpResponse:
    """Saves the rendering of source paragraph `pk`."""
    form = saving.typed(request).cleaned_data
    if not _paragraphs(request).filter(pk=pk).exists():  # gone, or never handed over: the answer is one
        _source, target = editions_of(request, number(request, "story"))
        return saving.gone(
            request, target, form["text"], reverse("translation:story", args=[target.story_id])
        )
    source = source_of(request, pk)
    row = actions.target_of(source)
    try:
        row = actions.translate(
            member_of(request), source, form["text"], form["base_revision"], form["seen"], over=form["over"]
        )
    except drafts.StaleText:
        row.refresh_from_db()
        return saving.under(request, row, saved=False, status=409)
    if request.headers.get("HX-Request"):
        return saving.under(request, row, saved=True)
    return _back(source.edition.story_id, row.pk)


@needs("translate")
@require_POST
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """The old rendering is still right as it stands."""
    source = source_of(request, pk)
    row = actions.keep_as_is(member_of(request), source, number(request, "seen"))
    return _back(source.edition.story_id, row.pk)


@needs("translate")
@require_POST
def autosave(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps what is being typed, for its author alone."""
    return saving.keep(request, editions_of(request, pk)[1])


@needs("translate")
@require_POST
@sensitive_post_parameters()
def typed(request: HttpRequest, pk: int) -> HttpResponse:
    """What is read in a rendering while it is typed. Nothing is kept."""
    return reading.read_in(request, editions_of(request, pk)[1])


@needs("translate")
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Drops the member's own unsaved words."""
    target = editions_of(request, pk)[1]
    draft = get_object_or_404(
        PrivateDraft, member=member_of(request), edition=target, pk=number(request, "draft")
    )
    back = draft.paragraph_id
    draft.delete()
    return _back(pk, back)


@needs("translate")
@require_POST
def heading(request: HttpRequest, pk: int) -> HttpResponse:
    """Saves the rendering of headline and summary."""
    target, said = editions_of(request, pk)[1], saving.typed_heading(request)
    try:
        actions.translate_heading(
            member_of(request), target, said["title"], said["summary"], said["base_revision"]
        )
    except drafts.StaleText as stale:
        return saving.stale_heading(request, target, stale, translating=True)
    return _back(pk)


@needs("translate")
@require_POST
def autosave_heading(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps a headline that is being typed."""
    return saving.keep_heading(request, editions_of(request, pk)[1])


@needs("translate")
@require_POST
def keep_heading(request: HttpRequest, pk: int) -> HttpResponse:
    """Headline and summary are still right as they stand."""
    actions.keep_heading_as_is(member_of(request), editions_of(request, pk)[1], number(request, "seen"))
    return _back(pk)


@needs("translate")
def glossary(request: HttpRequest) -> HttpResponse:
    """The house's words; a POST adds one."""
    if request.method == "POST":
        _save_term(request, None)
        messages.success(request, _("The term is in the glossary."))
        return redirect("translation:glossary")
    return render(request, "translation/glossary.html", {"terms": Term.objects.all()})


@needs("translate")
def term(request: HttpRequest, pk: int) -> HttpResponse:
    """One term, to change."""
    found = get_object_or_404(Term, pk=pk)
    if request.method == "POST":
        _save_term(request, found)
        messages.success(request, _("The term is changed."))
        return redirect("translation:glossary")
    return render(request, "translation/term.html", {"term": found})


def _save_term(request: HttpRequest, found: Term | None) -> None:
    said = {
        name: request.POST.get(name, "")[:limit] for name, limit in (("ko", 80), ("en", 120), ("note", 200))
    }
    actions.save_term(member_of(request), said["ko"], said["en"], said["note"], found)


@needs("translate")
@require_POST
def remove_term(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a term out."""
    actions.remove_term(member_of(request), get_object_or_404(Term, pk=pk))
    messages.success(request, _("The term is removed."))
    return redirect("translation:glossary")
