"""The releases' screens: what stands between a story and its readers, and what readers have."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nightdesk.desk import clock, keys
from nightdesk.desk.care.showing import behind, notice_of
from nightdesk.desk.courier import parcels
from nightdesk.desk.line import asked_of
from nightdesk.desk.releases import actions, files, held, previews, scheduling
from nightdesk.desk.releases.asked import hour_of
from nightdesk.desk.releases.models import Fallen, Release, Scheduled
from nightdesk.desk.releases.showing import held_files, published, step_of, versions, waiting_files
from nightdesk.desk.review.binding import goes_out
from nightdesk.desk.review.draft import languages
from nightdesk.desk.review.standing import Standing, blockers, language_name, standing_of
from nightdesk.desk.review.state import listed, read_state
from nightdesk.desk.review.waiting import title_of
from nightdesk.desk.staff.asking import member_of
from nightdesk.desk.staff.roles import needs
from nightdesk.desk.stories.finding import to_story
from nightdesk.desk.stories.models import Attachment, Story

A_PAGE = 30  # stories of a kind on one page
# The press's pages bring their own styles, fonts and pictures from the preview's folder, and nothing else.
PREVIEW_CSP = "; ".join(
    (
        "default-src 'none'", "style-src 'self'", "font-src 'self'", "img-src 'self'", "base-uri 'none'",
        "form-action 'none'", "frame-ancestors 'self'", "sandbox allow-same-origin",
    )
)  # fmt: skip


def _story(request: HttpRequest, pk: int) -> Story:
    return get_object_or_404(Story.objects.visible_to(member_of(request)), pk=pk)


@require_GET
@needs("release")
def stories(request: HttpRequest) -> HttpResponse:
    """Cleared stories first, then what readers have, then what was withdrawn."""
    seen = Story.objects.visible_to(member_of(request))
    member, known = member_of(request), asked_of(request).standings
    waits, holds = held.waits(member), held.by_story(member)
    at_work = listed(Story.objects.filter(pk__in=list(known)), known, waits)
    cleared = [row for row in at_work if row.state.key == "cleared"]
    out = seen.filter(withdrawn_at=None, releases__version=1).exclude(
        pk__in=[row.story.pk for row in cleared]
    )
    released, withdrawn = (
        _page(request, out, "page"),
        _page(request, seen.filter(withdrawn_at__isnull=False), "gone"),
    )
    rows = listed(Story.objects.filter(pk__in=[*released, *withdrawn]), known, waits)
    context = {
        "cleared": [row for row in cleared if not ((hold := holds.get(row.story.pk)) and hold.early)], "held": held.listed(asked_of(request)),
        "page": released, "gone": withdrawn,
        "released": [row for row in rows if row.story.withdrawn_at is None],
        "withdrawn": [row for row in rows if row.story.withdrawn_at],
        "waiting_files": waiting_files(), "held_files": held_files(), "site": files.site_dir(),
    }  # fmt: skip
    return render(request, "releases/list.html", context)


def _page(request: HttpRequest, stories: QuerySet[Story], name: str) -> Page:
    """Keys of the stories on the page that `name` asks for, newest first."""
    return Paginator(stories.order_by("-pk").values_list("pk", flat=True), A_PAGE).get_page(
        request.GET.get(name)
    )


@require_GET
@needs("release")
def story(request: HttpRequest, pk: int) -> HttpResponse:
    """One story: what is missing, what leaving means, and every version readers got."""
    row = _story(request, pk)
    if row.set_aside_at:  # its page says so, and takes it back
        return to_story(row)
    return story_screen(request, standing_of(row))


def story_screen(request: HttpRequest, one: Standing, refused: held.Wish | None = None) -> HttpResponse:
    """The same; with a wish to hold it that was refused, if there is one."""
    member, row = member_of(request), one.story
    context: dict[str, Any] = {
        "one": one, "story": row, "title": title_of(one), "state": read_state(one, held.waits(member)), "step": step_of(one),
        "blockers": blockers(one), "versions": versions(row), "locked": not keys.is_held(),
        "site": files.site_dir(), "folder": files.releases_dir(), "waiting_files": waiting_files(),
        "beside": goes_out(one.story), "file": Attachment.objects.filter(story=one.story).defer("file").first(),
        "published": published(row),
        "correcting": row.next_kind == "correction" and step_of(one) in ("clear", "release"),
        "withdrawing": row.next_kind == "withdrawal" and step_of(one) in ("clear", "release"),
        "held": notice_of(member, row), "behind": behind(member, one.story),
        "courier": parcels.sent_out(),
        "scheduled": Scheduled.objects.filter(story=row).select_related("scheduled_by").first(),
        "together": scheduling.hours_taken(row),
        "fallen": Fallen.objects.filter(story=row).first(),
        "hold": held.form_of(member, one, refused), "unheld": held.fallen_of(member, row),
        "notes": [(lang, language_name(lang), row.next_note.get(lang, "")) for lang in languages()],
    }  # fmt: skip
    return render(request, "releases/story.html", context, status=400 if refused else 200)


@needs("release")
@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Signs, writes and presses."""
    row = _story(request, pk)
    made = actions.release(member_of(request), row, request.POST.get("early", ""))
    previews.remove(row)
    messages.success(request, _("Signed: version %(n)s.") % {"n": made.version})
    _press(request, row)
    return redirect("releases:story", pk=row.pk)


@needs("release")
@require_POST
def schedule(request: HttpRequest, pk: int) -> HttpResponse:
    """Signs now, for an hour of today."""
    row = _story(request, pk)
    at = datetime.combine(clock.today(), hour_of(request.POST.get("at", "")), UTC)
    made = scheduling.schedule(member_of(request), row, at, request.POST.get("early", ""))
    if parcels.sent_out():
        said = _("Signed: it leaves at %(at)s (UTC), by the desk or by its courier.")
    else:
        said = _(
            "Signed: it leaves at %(at)s (UTC), if the desk is unlocked then. No courier is prepared for it."
        )
    messages.success(request, said % {"at": f"{made.at:%H:%M}"})
    return redirect("releases:story", pk=row.pk)


@needs("release")
@require_POST
def unschedule(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a scheduled release off its hour."""
    row = _story(request, pk)
    scheduling.unschedule(member_of(request), row)
    messages.success(
        request, _("Taken off. A courier on another machine may still carry it until it gets the new parcel.")
    )
    return redirect("releases:story", pk=row.pk)


@needs("release")
@require_POST
def seen_unscheduled(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody has seen that the desk took it off: it is said no more."""
    row = _story(request, pk)
    scheduling.seen_fallen(member_of(request), row)
    return redirect("releases:story", pk=row.pk)


def _press(request: HttpRequest, row: Story | None = None) -> None:
    """Builds the site and says how it went, with the pages to look at; on an error readers keep the old one."""
    done = files.press()
    if done.ok:
        links = format_html_join(
            "", ' <a href="{}" hreflang="{}" target="_blank" rel="noopener noreferrer">{}</a>',
            [(url, lang, name) for lang, name, url in (published(row) if row else [])],
        )  # fmt: skip
        messages.success(request, format_html("{}{}", _("The site is built: readers have it."), links))
    else:
        words = _("The site could not be built and stands as it was: %(why)s") % {"why": done.said}
        messages.error(request, words)


@needs("release")
@require_POST
def press(request: HttpRequest) -> HttpResponse:
    """Writes what waits and builds the site once more."""
    _press(request)
    return redirect("releases:list")


def _notes(request: HttpRequest) -> dict[str, str]:
    return {lang: request.POST.get(f"note_{lang}", "") for lang in languages()}


@needs("correct")
@require_POST
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Begins a correction."""
    row = _story(request, pk)
    actions.correct(member_of(request), row, _notes(request))
    messages.success(request, _("A correction is begun: change the text, then review it with its note."))
    return redirect("releases:story", pk=row.pk)


@needs("withdraw")
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Begins a withdrawal."""
    row = _story(request, pk)
    actions.withdraw(member_of(request), row, _notes(request))
    messages.success(
        request, _("A withdrawal is begun: its note is reviewed and cleared, then the story leaves.")
    )
    return redirect("review:story", pk=row.pk)


@needs("correct")
@require_POST
def give_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Leaves a correction or withdrawal that was begun."""
    row = _story(request, pk)
    actions.give_up(member_of(request), row)
    messages.success(request, _("Given up. Readers keep what they have."))
    return redirect("releases:story", pk=row.pk)


@needs("review")
@require_POST
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Builds the preview and shows it."""
    row = _story(request, pk)
    previews.preview(member_of(request), row)
    return redirect("releases:preview", pk=row.pk)


@require_GET
@needs("review")
def show_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The preview in a frame, both languages to choose; without one, the button that builds it."""
    row = _story(request, pk)
    one = standing_of(row)
    first = Release.objects.filter(story=row, version=1).first()
    slug = row.slug if first is None else _slug(first)
    pages = [(lang, language_name(lang), f"{lang}/{slug}/") for lang in languages()]
    lang = request.GET.get("lang") or row.source_lang
    shown = next((path for code, _name, path in pages if code == lang), pages[0][2])
    context = {
        "story": row, "title": title_of(one), "pages": pages, "shown": shown,
        "built": previews.find(row, shown) is not None, "lang_shown": lang,
        "one": one, "current": previews.is_current(one),
    }  # fmt: skip
    return render(request, "releases/preview.html", context)


def _slug(row: Release) -> str:
    from nightdesk.release.codec import from_bytes

    return from_bytes(bytes(row.document)).slug


@require_GET
@needs("review")
def preview_file(request: HttpRequest, pk: int, path: str = "") -> HttpResponse:
    """One file of the preview, for members who may review the story."""
    found = previews.find(_story(request, pk), path)
    if found is None:
        raise Http404
    data, kind = found
    response = HttpResponse(data, content_type=kind)
    response["Content-Security-Policy"] = PREVIEW_CSP
    response["X-Content-Type-Options"] = "nosniff"
    if path.startswith("files/"):  # a document or recording is saved, never opened as a page
        response["Content-Disposition"] = "attachment"
    return response
