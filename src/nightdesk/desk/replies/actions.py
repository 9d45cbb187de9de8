"""The verbs: reply, take off. Belongs here: one transaction each. Does not belong here: the board (boards.py)."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from nightdesk.desk import clock
from nightdesk.desk.care.danger import current as in_danger
from nightdesk.desk.custody.actions import record
from nightdesk.desk.errors import DeskError, Stale
from nightdesk.desk.releases.scheduling import empty_parcel
from nightdesk.desk.replies import boards
from nightdesk.desk.replies.models import Reply
from nightdesk.desk.reports.models import Report
from nightdesk.desk.sourcekeys.sealing import Unopened
from nightdesk.desk.staff.roles import require
from nightdesk.seal.board import CELLS
from nightdesk.seal.replying import ROOM, ReplyError, encode_reply
from nightdesk.seal.replying import Reply as Said

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member

DAYS = (3, 7, 14)  # for how long a reply may stay up
MOST = 999  # the highest number of a reply to one report that its cell has room for
LETTERS = (ROOM - 60) // 3  # of Hangul or Chinese that fit, about


@transaction.atomic
def reply(member: Member, report: Report, text: str, days: int) -> Reply:
    """Puts words on the board for the teller of this report, today and `days` days more."""
    require(member, "reply")
    words, today = text.strip().replace("\r\n", "\n"), clock.today()
    _may_be_answered(report)
    _fits(words)
    if days not in DAYS:
        raise DeskError(_("Choose for how many days it stays up."), _("Nothing was put on the board."))
    _not_twice(report, words)
    if Reply.objects.select_for_update().with_a_place(today).count() >= CELLS:
        raise DeskError(
            _("The board is full: it has room for %(n)s replies.") % {"n": CELLS},
            _("Take one off that is no longer needed, or wait until one runs out."),
        )
    row = Reply.objects.create(
        report=report,
        text=words,
        written_by=member,
        written_at=clock.now(),
        until=today + timedelta(days=days),
    )
    record(report, "reply", member)
    transaction.on_commit(empty_parcel, robust=True)
    return row


@transaction.atomic
def take_off(member: Member, row: Reply) -> None:
    """From the next board on it is gone. Whoever kept an older board and has the words can still open it."""
    require(member, "reply")
    row = Reply.objects.select_for_update().get(pk=row.pk)
    if row.taken_off_at is not None or row.until < clock.today():
        raise Stale(_("It stands on the board no more."), _("Open the page again; nothing was changed."))
    row.taken_off_at = clock.now()
    row.save(update_fields=["taken_off_at"])
    record(row.report, "take off", member)
    transaction.on_commit(empty_parcel, robust=True)
    transaction.on_commit(boards.put_up_at_once, robust=True)


def _may_be_answered(report: Report) -> None:
    if not report.reply_secret:
        raise DeskError(
            _("Who sent this asked for no reply, so none can reach them."),
            _("Use the way you agreed on with the source."),
        )
    if in_danger(report.source) is not None:
        raise DeskError(
            _("This source is marked as in danger: nothing is put on the board for it."),
            _("Somebody else may hold the words by now. Two editors can lift the danger."),
        )


def _not_twice(report: Report, words: str) -> None:
    """A form sent twice takes one place of the board. Words that do not open are not these."""
    there = Reply.objects.with_a_place(clock.today()).filter(report=report)
    for row in there:
        with suppress(Unopened):
            if row.text == words:
                raise DeskError(
                    _("These words stand on the board for this report already."),
                    _("To keep them up for longer, take that reply off first. Nothing was changed."),
                )


def _fits(words: str) -> None:
    try:
        encode_reply(Said(words, clock.today(), MOST))
    except ReplyError:
        raise DeskError(
            _("The reply is empty, too long, or has invisible control characters in it."),
            _("About %(n)s Korean letters fit. What you typed is still in the field.") % {"n": LETTERS},
        ) from None
