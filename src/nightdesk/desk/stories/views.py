"""The story's screens: list, new, editor. Saving paragraphs is in saving.py, versions in history.py."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nightdesk.desk.asked import number, numeral
from nightdesk.desk.care.showing import notice_of
from nightdesk.desk.claims.models import Claim, ClaimQuerySet
from nightdesk.desk.search import pace
from nightdesk.desk.search.finding import newest
from nightdesk.desk.search.terms import needles
from nightdesk.desk.staff.asking import member_of
from nightdesk.desk.staff.models import Member
from nightdesk.desk.staff.roles import needs
from nightdesk.desk.stories import actions, arranging, aside, attaching, boxes, pairs
from nightdesk.desk.stories.finding import paragraph_of, story_of, to_story
from nightdesk.desk.stories.forms import NewStory
from nightdesk.desk.stories.history import closed
from nightdesk.desk.stories.models import PrivateDraft, Story
from nightdesk.desk.stories.picturing import box_of
from nightdesk.desk.stories.state import state_of, states_of

A_PAGE = 25
OFFERED = 200  # claims a new story can be begun from at once, newest first, chosen ones always
CLAIMS_SHOWN = 40  # claims offered at once beside a paragraph; the filter finds the rest


@require_GET
@needs("draft")
def stories(request: HttpRequest) -> HttpResponse:
    """Every story the member may see, and where it stands; apart, those that were set aside."""
    rows = Story.objects.visible_to(member_of(request)).filter(set_aside_at=None).order_by("-pk")
    pks = list(rows.values_list("pk", flat=True))  # who sees what is asked once, for the count and the page
    page = Paginator(pks, A_PAGE).get_page(request.GET.get("page"))
    shown = Story.objects.filter(pk__in=list(page))
    counts, states = boxes.counts(shown), states_of(shown, member_of(request))
    stories = shown.prefetch_related("editions").select_related("begun_by")
    listed = [(story, states.get(story.pk), counts.get(story.pk)) for story in stories]
    apart = aside.listed(member_of(request), numeral(request.GET.get("aside")))
    return render(request, "stories/list.html", {"stories": listed, "page": page, "aside": apart})


@needs("draft")
def new(request: HttpRequest) -> HttpResponse:
    """Begins a story over chosen claims."""
    form = NewStory(
        member_of(request), request.POST or None, initial={"claims": request.GET.getlist("claim")}
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        story = actions.draft(
            member_of(request), said["title"], said["source_lang"], said["claims"], said["slug"]
        )
        begun = _("The story is begun. Each chosen claim has a paragraph.")
        messages.success(request, begun if said["claims"] else _("The story is begun."))
        return to_story(story)
    chosen = {pk for said in (form["claims"].value() or []) if (pk := numeral(said))}
    found = (
        Claim.objects.visible_to(member_of(request)).select_related("account__report__source").order_by("-pk")
    )
    offered = [*found.filter(pk__in=chosen), *found.exclude(pk__in=chosen)[:OFFERED]]
    context = {"form": form, "claims": offered, "chosen": chosen}
    return render(request, "stories/new.html", context, status=400 if form.errors else 200)


@require_GET
@needs("draft")
def story(request: HttpRequest, pk: int) -> HttpResponse:
    """The editor: headline, paragraphs with their claims, unsaved words of this member alone."""
    found = story_of(request, pk)
    if found.is_closed:
        return closed(request, found)
    edition = pairs.source_edition(found)
    heading = PrivateDraft.objects.filter(member=member_of(request), edition=edition, heading=True).first()
    title, _line, summary = heading.text.partition("\n") if heading else (edition.title, "", edition.summary)
    context = {
        "story": found, "edition": edition, "boxes": boxes.boxes(member_of(request), edition),
        "state": state_of(found, member_of(request)),
        "loose": boxes.loose_drafts(member_of(request), edition), "translated": boxes.translated(found),
        "heading": heading, "title": title, "summary": summary,
        "pictured": box_of(found), "attached": attaching.box_of(found),
        "held": notice_of(member_of(request), found), "may_set_aside": aside.may_set_aside(member_of(request), found),
    }  # fmt: skip
    return render(request, "stories/story.html", context)


@needs("draft")
@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """A new paragraph after another, or at the end; may carry words kept from elsewhere."""
    found = story_of(request, pk)
    edition = pairs.source_edition(found)
    after = edition.paragraphs.filter(pk=number(request, "after")).first()
    row = arranging.add_paragraph(member_of(request), edition, after, request.POST.get("text", ""))
    PrivateDraft.objects.filter(
        member=member_of(request), edition=edition, pk=number(request, "draft")
    ).delete()
    return to_story(found, row.pk)


@needs("draft")
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down."""
    row = paragraph_of(request, pk)
    arranging.move_paragraph(member_of(request), row, -1 if request.POST.get("to") == "up" else 1)
    return to_story(row.edition.story, row.pk)


@needs("draft")
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a paragraph out; the page that follows offers to put it back."""
    row = paragraph_of(request, pk)
    version = arranging.remove_paragraph(member_of(request), row)
    return redirect(f"{version.story.get_absolute_url()}?removed={pk}&version={version.pk}")


@needs("draft")
@require_POST
def put_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Undoes a removal."""
    found = story_of(request, pk)
    version = get_object_or_404(found.versions, pk=number(request, "version"))
    row = arranging.put_back(member_of(request), version, number(request, "paragraph"))
    messages.success(request, _("The paragraph is back."))
    return to_story(found, row.pk)


@require_GET
@needs("draft")
def claims(request: HttpRequest, pk: int) -> HttpResponse:
    """Claims this paragraph could rest on, newest first, filtered by words."""
    row = paragraph_of(request, pk)
    sought = request.GET.get("q", "").strip()
    found = (
        Claim.objects.visible_to(member_of(request))
        .exclude(paragraphs=row)
        .select_related("account__report__source")
    )
    if sought:
        found = _sought(member_of(request), found, sought)
    context = {"paragraph": row, "claims": found.order_by("-pk")[:CLAIMS_SHOWN], "q": sought}
    template = "stories/parts/claims.html" if request.headers.get("HX-Request") else "stories/claims.html"
    return render(request, template, context)


def _sought(member: Member, rows: ClaimQuerySet, typed: str) -> ClaimQuerySet:
    """Claims that hold the words, by the index (sealed words the database cannot search), or whose source is so called."""
    with pace.even(member):
        found = newest(member, "claim", needles(typed))
    return rows.filter(Q(pk__in=found.pks) | Q(account__report__source__pseudonym__icontains=typed))


@needs("draft")
@require_POST
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Lets the paragraph rest on a claim."""
    row = paragraph_of(request, pk)
    actions.attach(member_of(request), row, _claim(request))
    return to_story(row.edition.story, row.pk)


@needs("draft")
@require_POST
def detach(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a claim from under the paragraph."""
    row = paragraph_of(request, pk)
    actions.detach(member_of(request), row, _claim(request))
    return to_story(row.edition.story, row.pk)


def _claim(request: HttpRequest) -> Claim:
    return get_object_or_404(Claim.objects.visible_to(member_of(request)), pk=number(request, "claim"))


@needs("draft")
@require_POST
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Opens the story to translators, or closes it again."""
    found = story_of(request, pk)
    if request.POST.get("back"):
        actions.take_back(member_of(request), found)
        messages.success(request, _("Translators no longer see the story. What they made is kept."))
    else:
        actions.hand_over(member_of(request), found)
        messages.success(request, _("Translators see the story now, and nothing that lies behind it."))
    return to_story(found)
