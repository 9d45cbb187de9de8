"""The demo's banner, and the step of its clock: the follow-up is sealed and posted that day."""

from __future__ import annotations

import os
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nightdesk.demo import clock, posting, sample
from nightdesk.demo.prepare import PASSPHRASE
from nightdesk.desk.intake import daykeys, drop


def next_day() -> date | None:
    """The day the clock may step to, or None when it has."""
    return next((day for day in sample.load().clock if day > clock.today()), None)


def banner(request: HttpRequest) -> dict[str, Any]:
    """What the banner says; the known passphrase stands there only before signing in."""
    user = getattr(request, "user", None)  # a locked desk answers before anybody could be asked who it is
    inside = user is not None and user.is_authenticated
    guests = "" if inside else ", ".join(m["name"] for m in sample.load().staff)
    return {
        "demo": {
            "next": next_day(),
            "guests": guests,
            "passphrase": PASSPHRASE,
            "drop": os.environ.get("NIGHTDESK_DEMO_DROP", ""),
            "site": os.environ.get("NIGHTDESK_DEMO_SITE", ""),
        }
    }


@require_POST
def step(request: HttpRequest) -> HttpResponse:
    """Moves the clock to the sample's next day and posts what is told by then."""
    day = next_day()
    if day is not None:
        clock.move_to(day)
        daykeys.make_day_keys()
        drop.publish_keys()
        posted = posting.post_told(settings.NIGHTDESK_DIR, os.environ["NIGHTDESK_DEMO_DROP"], sample.load())
        messages.success(request, _("It is a new day. Sealed reports posted to the drop: %d.") % posted)
    return redirect("intake:arrivals")
