"""The doors of holding a story until a day; each leads back to the screen it was asked on."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nightdesk.desk.releases import holds
from nightdesk.desk.releases.asked import day_of, hour_of
from nightdesk.desk.releases.said import day_and_hour
from nightdesk.desk.staff.asking import member_of
from nightdesk.desk.staff.roles import needs
from nightdesk.desk.stories.models import Story


def _story(request: HttpRequest, pk: int) -> Story:
    return get_object_or_404(Story.objects.visible_to(member_of(request)), pk=pk)


def _back(request: HttpRequest, story: Story) -> HttpResponse:
    """To the finding it was asked beside, else to the story's releases."""
    if back := request.POST.get("back", ""):
        at = reverse("review:story", args=[story.pk])
        return redirect(f"{at}?finding={back}#finding" if back.isalnum() else at)
    return redirect(reverse("releases:story", args=[story.pk]) + "#hold")


@needs("release")
@require_POST
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Holds the story until a day, with an hour or without, or moves the day."""
    row, hour = _story(request, pk), request.POST.get("at", "")
    made = holds.hold(
        member_of(request), row, day_of(request.POST.get("until", "")), hour_of(hour) if hour else None,
        request.POST.get("reason", ""),
    )  # fmt: skip
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
