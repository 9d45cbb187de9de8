"""Days and hours of releases in the words of the page."""

from __future__ import annotations

from datetime import date, time

from django.utils.formats import date_format
from django.utils.translation import gettext as _


def day_and_hour(day: date, hour: time | None = None) -> str:
    """The day in the form of the page's language, with the hour (UTC) where there is one."""
    words = date_format(day, "DATE_FORMAT")
    return _("%(day)s, %(hour)s (UTC)") % {"day": words, "hour": f"{hour:%H:%M}"} if hour else words
