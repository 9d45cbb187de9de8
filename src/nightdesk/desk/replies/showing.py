"""What a report's page shows of its replies. Belongs here: reading. Does not belong here: the verbs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from nightdesk.desk import clock
from nightdesk.desk.care.danger import current as in_danger
from nightdesk.desk.courier import parcels
from nightdesk.desk.replies.actions import DAYS, LETTERS, MOST
from nightdesk.desk.replies.models import Reply
from nightdesk.desk.reports.models import Report
from nightdesk.desk.reports.naming import tell_apart
from nightdesk.seal.replying import ROOM, encode_reply
from nightdesk.seal.replying import Reply as Said

USUAL = 7  # days that a reply stays up unless somebody chooses otherwise
MOST_SAME = 5  # reports named as having come with the same words

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member


@dataclass(frozen=True, slots=True)
class Replies:
    """For the page: whether the teller can be answered, whether it is held back, and what was said."""

    possible: bool
    held_back: bool
    rows: list[Reply]
    today: date
    same: list[Report]
    standing: bool
    carried: frozenset[int]  # keys of those on a parcel's boards: the desk is not told when they are up
    days: tuple[int, ...] = DAYS
    letters: int = LETTERS
    typed: str = ""
    chosen: int = USUAL

    @property
    def room(self) -> int:
        """Bytes of the words, as JSON, that a cell has room for beside what it says of them."""
        return ROOM - len(encode_reply(Said("x", self.today, MOST))) + 1


def replies_of(member: Member, report: Report, typed: str = "", chosen: int = USUAL) -> Replies:
    """Asked by the pages of a report, open or eyes only; `chosen`: days, none of the choices leaves the usual."""
    rows = Reply.objects.visible_to(member).filter(report=report).select_related("written_by")
    possible = bool(report.reply_secret)
    held_back = possible and in_danger(report.source) is not None
    shown = list(rows) if possible else []
    today, same = clock.today(), _with_the_same(member, report)
    standing = any(row.taken_off_at is None and row.until >= today for row in shown)
    chosen = chosen if chosen in DAYS else USUAL
    return Replies(
        possible, held_back, shown, today, same, standing, _carried(shown), typed=typed, chosen=chosen
    )


def _carried(shown: Iterable[Reply]) -> frozenset[int]:
    """Those on the boards of the parcel that is out; asked only where this desk itself has not put up all."""
    if all(row.put_up_at for row in shown):
        return frozenset()
    parcel = parcels.current()
    return frozenset(parcel.replies) if parcel else frozenset()


def asked(reports: Iterable[Report]) -> dict[int, str]:
    """Of each of these reports whose teller asked for a reply, by key: `asked`, or `replied` where one was written."""
    rows = {report.pk for report in reports}
    wanted = Report.objects.filter(pk__in=rows).asked_for_reply().values_list("pk", flat=True)
    replied = set(Reply.objects.filter(report__in=rows).values_list("report", flat=True))
    return {pk: "replied" if pk in replied else "asked" for pk in wanted}


def _with_the_same(member: Member, report: Report) -> list[Report]:
    """The newest other reports that came with the same words, of those the member may read."""
    if not report.reply_tag:
        return []
    others = Report.objects.visible_to(member).filter(reply_tag=report.reply_tag).exclude(pk=report.pk)
    found = list(others.select_related("source").order_by("-contact_on", "-pk")[:MOST_SAME])
    tell_apart(member, found)
    return found
