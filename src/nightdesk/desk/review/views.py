"""The review's screens: both editions in step, one finding at a time beside them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nightdesk.desk.asked import number, numeral
from nightdesk.desk.care.showing import behind, notice_of
from nightdesk.desk.incidents.public import claims_in
from nightdesk.desk.line import asked_of
from nightdesk.desk.releases import held
from nightdesk.desk.review import actions, editing, keeping, marks, remembering, showing, state
from nightdesk.desk.review.changes import since_cleared
from nightdesk.desk.review.draft import languages
from nightdesk.desk.review.models import Decision, ForTheRecord
from nightdesk.desk.review.resting import rests_on
from nightdesk.desk.review.standing import (
    Standing,
    blockers,
    language_name,
    standing_of,
)
from nightdesk.desk.review.waiting import ask, due_words, title_of
from nightdesk.desk.staff import two
from nightdesk.desk.staff.asking import member_of
from nightdesk.desk.staff.roles import needs, require
from nightdesk.desk.stories.finding import to_story
from nightdesk.desk.stories.models import Paragraph, Story
from nightdesk.desk.translation.actions import keep_as_is

A_PAGE = 40  # stories that ask nothing on one page; those that do all stand on the first


def _story(request: HttpRequest, pk: int) -> Story:
    return get_object_or_404(Story.objects.visible_to(member_of(request)), pk=pk)


def _back(story: Story, key: str = "") -> HttpResponse:
    url = reverse("review:story", args=[story.pk])
    return redirect(f"{url}?finding={key}#finding" if key else url)


@require_GET
@needs("review")
def stories(request: HttpRequest) -> HttpResponse:
    """Every story that is neither withdrawn nor set aside: what waits for this member first."""
    member = member_of(request)
    seen = Story.objects.visible_to(member).filter(withdrawn_at=None, set_aside_at=None).order_by("-pk")
    ones = two.one_with(member)
    holds, waits = held.by_story(member), held.waits(member)
    known = asked_of(request).standings
    working = [_row(row, ones, holds) for row in state.listed(seen.at_work(), known, waits)]
    asked = sorted(
        (row for row in working if row["ask"]), key=lambda row: not (row["held"] and row["held"].due)
    )
    others = seen.exclude(pk__in=[row["pk"] for row in asked]).values_list("pk", flat=True)
    page = Paginator(others, A_PAGE).get_page(request.GET.get("page"))
    unasked = {row["pk"]: row for row in working}
    quiet = state.listed(Story.objects.filter(pk__in=[pk for pk in page if pk not in unasked]), waits=waits)
    unasked |= {row.story.pk: _row(row, ones, holds) for row in quiet}
    rows = [*(asked if page.number == 1 else []), *(unasked[pk] for pk in page)]
    return render(request, "review/list.html", {"rows": rows, "page": page})


def _row(row: state.Listed, ones: Collection[int], holds: dict[int, held.Held]) -> dict[str, Any]:
    hold = holds.get(row.story.pk)
    return {
        "title": row.title, "ask": ask(row.one, ones, hold) if row.one else "", "state": row.state,
        "pk": row.story.pk, "lang": row.story.source_lang, "held": hold,
        "due": due_words(hold) if hold else "",
    }  # fmt: skip


@require_GET
@needs("review")
def story(request: HttpRequest, pk: int) -> HttpResponse:
    """One story under review. A text not yet reviewed as it stands is reviewed on opening."""
    row = _story(request, pk)
    if row.set_aside_at:  # its page says so, and takes it back
        return to_story(row)
    one = standing_of(row)
    if (not one.reviewed or _read_on(one)) and not row.withdrawn_at and one.laid.spots:
        actions.review(member_of(request), row, one)
        one = standing_of(row)
    return screen(request, one, request.GET.get("finding", ""))


def screen(
    request: HttpRequest, one: Standing, finding: str, refused: held.Wish | None = None
) -> HttpResponse:
    """The review at one of its findings; with a wish to hold the story that was refused, if there is one."""
    context = _context(request, one, finding, refused)
    return render(request, "review/story.html", context, status=400 if refused else 200)


def _read_on(one: Standing) -> bool:
    """Whether more of the past was read since the review was made without it."""
    return one.review is not None and remembering.unread() < one.review.unread_past


def _context(request: HttpRequest, one: Standing, finding: str, refused: held.Wish | None) -> dict[str, Any]:
    member = member_of(request)
    ones = two.one_with(member)
    chosen = showing.choose(one.judged, finding, ones)
    previous, following = showing.neighbours(one.judged, chosen)
    key = chosen.finding.key if chosen else ""
    data = chosen.finding.data if chosen else {}
    keys = {judged.finding.key for judged in one.judged}
    changed = [
        (name, row, editing.stands(one, row.edits)) for name, row in showing.named(one.decisions, "change")
    ]
    return {
        "one": one, "story": one.story, "title": title_of(one), "state": state.read_state(one, held.waits(member)), "chosen": chosen,
        "previous": previous, "following": following, "number": one.judged.index(chosen) + 1 if chosen else 0,
        "rows": marks.in_step(dict(one.laid.spots), one.judged, key), "page": showing.page_language(),
        "offers": showing.shown(chosen.finding, one) if chosen else [], "before": showing.bar(data.get("before")),
        "words": showing.words_of(data), "alike": showing.alike_shown(one.judged, chosen.finding) if chosen else [],
        "unresolved": showing.unresolved(one.judged), "noted": showing.noted(one.judged), "blockers": blockers(one),
        "kept": showing.named(one.decisions, "keep", keys),
        "older": showing.named([d for d in one.decisions if d.key not in keys], "keep"),
        "changed": changed, "written_over": not all(stands for _name, _row, stands in changed),
        "since": since_cleared(one), "record": _record(one),
        "hold": held.form_of(member, one, refused), "wait": held.wait_in(data), "back": key,
        "to_wait": next((j.finding.key for j in one.judged if held.wait_in(j.finding.data)), ""),
        "held": notice_of(member_of(request), one.story), "behind": behind(member_of(request), one.story),
        "can_second": chosen is not None and showing.can_second(chosen, ones),
        "rests": rests_on(one.laid.spots), "as_one": two.words_if_one(member, chosen.decision.member) if chosen and chosen.decision else "",
    }  # fmt: skip


def _record(one: Standing) -> list[dict[str, Any]]:
    """The claims of the story with what the public record would say of each."""
    ticks = {tick.claim_token: tick for tick in one.story.for_the_record.all()}
    rows = {row.id: row for row in one.laid.rows}
    return [
        {
            "claim": claim,
            "tick": ticks.get(token),
            "words": _words(ticks.get(token)),
            "row": rows.get(ticks[token].public_id) if token in ticks else None,
        }
        for token, claim in claims_in(one.story).items()
    ]


def _words(tick: ForTheRecord | None) -> list[tuple[str, str, str, str]]:
    """(language, its name, actor, party) of a row, to be filled in."""
    actor, party = (tick.actor, tick.party) if tick else ({}, {})
    return [(lang, language_name(lang), actor.get(lang, ""), party.get(lang, "")) for lang in languages()]


@needs("review")
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Reviews the text once more, after a table or a rate changed."""
    row = _story(request, pk)
    actions.review(member_of(request), row)
    messages.success(request, _("Reviewed again."))
    return _back(row)


@needs("decide")
@require_POST
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps the words of a finding, with a reason."""
    row = _story(request, pk)
    before, key = standing_of(row).judged, request.POST.get("key", "")
    also = request.POST.getlist("also")
    decision = actions.keep(member_of(request), row, key, request.POST.get("reason", ""), also)
    if decision.waits_for_second:
        messages.info(request, _("Kept. It is red, so it waits for a second person."))
    elif also:
        said = _("%(n)s findings are kept, with your reason.") % {"n": len({key, *also})}
        messages.success(request, said)
    else:
        messages.success(request, _("Kept, with your reason."))
    return _back(row, showing.next_open(before, standing_of(row), key))


@needs("decide")
@require_POST
def second(request: HttpRequest, pk: int) -> HttpResponse:
    """A second person's word under a kept red finding."""
    row = _story(request, pk)
    decision = get_object_or_404(Decision, pk=number(request, "decision"), story=row)
    actions.second(member_of(request), decision, request.POST.get("reason", ""))
    messages.success(request, _("Two people now stand behind this decision."))
    return _back(row)


@needs("decide")
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a decision or an applied offer back."""
    row = _story(request, pk)
    decision = get_object_or_404(Decision, pk=number(request, "decision"), story=row)
    actions.undo(member_of(request), decision)
    messages.success(request, _("Taken back."))
    return _back(row, decision.key)


@needs("generalise")
@require_POST
def generalise(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes an offer, in one edition or in all it is for."""
    row = _story(request, pk)
    offer = numeral(request.POST.get("offer"))
    langs = request.POST.getlist("lang")
    key = request.POST.get("key", "")
    before = standing_of(row).judged
    everywhere = "everywhere" in request.POST
    actions.generalise(member_of(request), row, key, -1 if offer is None else offer, langs, everywhere)
    if everywhere:
        said = _("The text is changed wherever the same words stood; the version before is kept.")
    else:
        said = _("The text is changed; the version before is kept.")
    messages.success(request, said)
    return _back(row, showing.next_open(before, standing_of(row), key))


@needs("clear")
@require_POST
def clear(request: HttpRequest, pk: int) -> HttpResponse:
    """Clears exactly this text."""
    row = _story(request, pk)
    actions.clear(member_of(request), row, request.POST.get("fingerprint", ""))
    hold = held.held_of(member_of(request), row)
    if hold and not hold.due:
        messages.success(request, _("Cleared: exactly this text."))
        messages.warning(request, _held_all_the_same(hold))
    else:
        messages.success(request, _("Cleared: exactly this text may be released today."))
    return redirect("releases:story", pk=row.pk)


def _held_all_the_same(hold: held.Held) -> str:
    said = _(
        "It is held until %(until)s all the same: it does not leave before, and is cleared afresh on that day."
    )
    return said % {"until": hold.until}


@needs("translate")
@require_POST
def still_fits(request: HttpRequest, pk: int) -> HttpResponse:
    """The editor read both: the translation holds for the words as they stand now."""
    require(member_of(request), "review")
    row = _story(request, pk)
    source = get_object_or_404(Paragraph, pk=number(request, "paragraph"), edition__story=row)
    keep_as_is(member_of(request), source, number(request, "seen"))
    messages.success(request, _("The translation counts as up to date."))
    return _back(row)


@needs("decide")
@require_POST
def address(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives the story another public address, until readers have one."""
    row = _story(request, pk)
    keeping.readdress(member_of(request), row, request.POST.get("slug", ""))
    messages.success(request, _("The address is changed; it is reviewed with the text."))
    return _back(row)


def _by_language(request: HttpRequest, name: str) -> dict[str, str]:
    return {lang: request.POST.get(f"{name}_{lang}", "") for lang in languages()}


@needs("code")
@require_POST
def for_record(request: HttpRequest, pk: int) -> HttpResponse:
    """Lets a claim into the public record, or keeps it out."""
    row = _story(request, pk)
    token = request.POST.get("claim", "")
    if request.POST.get("public"):
        words = _by_language(request, "actor"), _by_language(request, "party")
        keeping.let_into_record(member_of(request), row, token, *words)
        messages.success(
            request, _("The row is let into the record; it is reviewed and cleared with the text.")
        )
    else:
        keeping.keep_out_of_record(member_of(request), row, token)
        messages.success(request, _("The row stays out of the public record."))
    return redirect(reverse("review:story", args=[row.pk]) + "#record")
