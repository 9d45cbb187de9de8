"""Who asks: the signed-in member behind a request, for every room's views."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from nightdesk.desk.staff.models import Member


def member_of(request: HttpRequest) -> Member:
    """The signed-in member. LoginRequiredMiddleware let nobody else in."""
    # Django types it as any user; AUTH_USER_MODEL is Member.
    return cast(Member, request.user)
