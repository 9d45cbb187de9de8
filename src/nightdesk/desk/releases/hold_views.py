"""The doors of holding a story until a day; each leads back to the screen it was asked on."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nightdesk.desk import clock
from nightdesk.desk.errors import DeskError
from nightdesk.desk.releases import held, holds, rules
from nightdesk.desk.releases.asked import day_of, hour_of
from nightdesk.desk.releases.said import day_and_hour
from nightdesk.desk.releases.views import story_screen
from nightdesk.desk.review.standing import standing_of
from nightdesk.desk.review.views import screen as review_screen
from nightdesk.desk.staff.asking import member_of
from nightdesk.desk.staff.roles import needs
from nightdesk.desk.stories.models import Story


def _story(request: HttpRequest, pk: int) -> Story:
    return get_object_or_404(Story.objects.visible_to(member_of(request)), pk=pk)


def _back(request: HttpRequest, story: Story) -> HttpResponse:
    """To the finding it was asked beside, else to the top of the story's releases, where what was done is said."""
    if back := request.POST.get("back", ""):
        at = reverse("review:story", args=[story.pk])
        return redirect(f"{at}?finding={back}#finding" if back.isalnum() else at)
    return redirect(reverse("releases:story", args=[story.pk]))


def _field(wish: held.Wish) -> str:
    """The field that was refused: the first that cannot be taken by itself, as `holds.hold` looks at them."""
    with suppress(DeskError):
        if not rules.fault(day_of(wish.until), clock.today()):
            return _other_field(wish)
    return "until"


def _other_field(wish: held.Wish) -> str:
    try:
        hour_of(wish.at or "00:00")
    except DeskError:
        return "hour"
    return "why" if len(" ".join(wish.reason.split())) > holds.LONGEST else "until"


def _again(request: HttpRequest, story: Story, wish: held.Wish) -> HttpResponse:
    """The screen it was asked on with what was typed, why it was refused, and the days there are.

    Where the story is not to be held at all, no day is allowed: the refusal stands on a page of its own.
    """
    assert wish.error is not None  # it was refused
    member, one = member_of(request), standing_of(story)
    if held.form_of(member, one) is None:
        raise wish.error
    key = request.POST.get("back", "")
    waits = any(judged.finding.key == key and held.wait_in(judged.finding.data) for judged in one.judged)
    if waits and member.may("review"):
        return review_screen(request, one, key, wish)
    return story_screen(request, one, wish)


@needs("release")
@require_POST
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Holds the story until a day, with an hour or without, or moves the day."""
    row, sent = _story(request, pk), request.POST
    wish = held.Wish(sent.get("until", ""), sent.get("at", ""), sent.get("reason", ""))
    try:
        made = holds.hold(
            member_of(request), row, day_of(wish.until), hour_of(wish.at) if wish.at else None, wish.reason
        )
    except DeskError as error:
        return _again(request, row, replace(wish, error=error, field=_field(wish)))
    said = _("Held until %(until)s. It comes back as work on that day, to be reviewed and cleared.")
    messages.success(request, said % {"until": day_and_hour(made.until, made.hour)})
    return _back(request, row)


@needs("release")
@require_POST
def unhold(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the hold off."""
    row = _story(request, pk)
    holds.unhold(member_of(request), row)
    messages.success(request, _("The hold is off: the story may leave as soon as it is cleared."))
    return _back(request, row)


@needs("release")
@require_POST
def seen_unheld(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody has seen that the hold fell: it is said no more."""
    row = _story(request, pk)
    holds.seen_unheld(member_of(request), row)
    return _back(request, row)
