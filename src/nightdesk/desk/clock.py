"""The one place the desk asks what time it is. Actions take `now` from here, engines take it as argument."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.conf import settings
from django.utils.module_loading import import_string


def machine() -> datetime:
    """The machine's clock, in UTC."""
    return datetime.now(UTC)


def now() -> datetime:
    """The current moment, aware; the demo sets NIGHTDESK_CLOCK to a clock of its own."""
    moment: datetime = import_string(settings.NIGHTDESK_CLOCK)()
    return moment


def today() -> date:
    """The current day in UTC."""
    return now().date()
