"""What a report's page shows of its replies. Belongs here: reading. Does not belong here: the verbs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from nightdesk.desk import clock
from nightdesk.desk.care.danger import current as in_danger
from nightdesk.desk.replies.actions import DAYS, LETTERS
from nightdesk.desk.replies.models import Reply
from nightdesk.seal.replying import ROOM

if TYPE_CHECKING:
    from nightdesk.desk.reports.models import Report
    from nightdesk.desk.staff.models import Member


@dataclass(frozen=True, slots=True)
class Replies:
    """For the page: whether the teller can be answered, whether it is held back, and what was said."""

    possible: bool
    held_back: bool
    rows: list[Reply]
    today: date
    days: tuple[int, ...] = DAYS
    room: int = ROOM
    letters: int = LETTERS
    typed: str = ""


def replies_of(member: Member, report: Report, typed: str = "") -> Replies:
    """Asked by the pages of a report, open or eyes only."""
    rows = Reply.objects.visible_to(member).filter(report=report).select_related("written_by")
    possible = bool(report.reply_secret)
    held_back = possible and in_danger(report.source) is not None
    return Replies(possible, held_back, list(rows) if possible else [], clock.today(), typed=typed)
