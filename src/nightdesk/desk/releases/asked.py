"""Days and hours as forms send them, read without trust."""

from __future__ import annotations

import re
from datetime import date, time

from django.utils.translation import gettext as _

from nightdesk.desk.errors import DeskError

DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def day_of(typed: str) -> date:
    """The day; DeskError when it is none."""
    try:
        if not DAY.fullmatch(typed.strip()):
            raise ValueError
        return date.fromisoformat(typed.strip())
    except ValueError:
        raise DeskError(
            _("A day is written as 2026-12-29: year, month, day."), _("Nothing was changed.")
        ) from None


def hour_of(typed: str) -> time:
    """The hour (UTC); browsers send 07:30, with seconds or without. DeskError when it is none, or of another zone."""
    try:
        hour = time.fromisoformat(typed)
        if hour.tzinfo is not None:
            raise ValueError
    except ValueError:
        raise DeskError(_("An hour is written as 07:30."), _("Nothing was changed.")) from None
    return hour
