"""The courier's screen: until when it is sent out, what it holds, what leaves at an hour."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nightdesk.desk import keys
from nightdesk.desk.courier import actions, parcels
from nightdesk.desk.courier.models import Parcel
from nightdesk.desk.intake import hold
from nightdesk.desk.releases.models import Scheduled
from nightdesk.desk.review.standing import standings
from nightdesk.desk.review.waiting import title_of
from nightdesk.desk.staff.asking import member_of
from nightdesk.desk.staff.roles import needs
from nightdesk.desk.stories.models import Story
from nightdesk.seal.parcel import LONGEST

USUAL = 7  # days


@require_GET
@needs("prepare")
def courier(request: HttpRequest) -> HttpResponse:
    """What the courier was given, what it brought, and how it is started."""
    folder = settings.NIGHTDESK_COURIER_DIR
    context: dict[str, Any] = {
        "folder": folder, "locked": not keys.is_held(), "drop_url": settings.NIGHTDESK_DROP_URL,
        "current": parcels.current(), "last": Parcel.objects.select_related("made_by").first(),
        "usual": USUAL, "longest": LONGEST.days, "scheduled": _scheduled(request), **_held(),
        "identity": keys.held().identity_public.hex() if keys.is_held() else "",
    }  # fmt: skip
    return render(request, "courier/courier.html", context)


def _held() -> dict[str, Any]:
    """A folder that cannot be read is said on the screen, and does not hide the rest of it."""
    try:
        return {"held": hold.count(), "damaged": hold.damaged(), "unread": ""}
    except OSError as error:
        return {"held": 0, "damaged": [], "unread": error.strerror or str(error)}


def _scheduled(request: HttpRequest) -> list[dict[str, Any]]:
    rows = Scheduled.objects.filter(story__in=Story.objects.visible_to(member_of(request))).order_by("at")
    found = standings(Story.objects.filter(pk__in=rows.values("story")))
    return [
        {"at": row.at, "story": row.story_id, "title": title_of(found[row.story_id]),
         "lang": found[row.story_id].story.source_lang}
        for row in rows
    ]  # fmt: skip


@require_POST
@needs("prepare")
def prepare(request: HttpRequest) -> HttpResponse:
    """Signs a parcel and lays it into the courier's folder."""
    typed = request.POST.get("days", "")
    days = int(typed) if typed.isdecimal() and len(typed) < 4 else 0
    row = actions.prepare(member_of(request), days)
    until = date_format(row.last_day, "DATE_FORMAT")
    messages.success(request, _("The courier is prepared until %(day)s.") % {"day": until})
    return redirect("courier:courier")
