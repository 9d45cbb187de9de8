"""Who asks: the member behind a request, for the three rooms from review to record."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from nightdesk.desk.staff.models import Member


def member_of(request: HttpRequest) -> Member:
    """The signed-in member. LoginRequiredMiddleware let nobody else in."""
    return cast(Member, request.user)
