"""The board of a day, made anew each time, and put up at the drop.

Every board has cells drawn afresh, whether or not anything was written since the last: that one differs from
the other tells nothing. Belongs here: rows to a signed board, and sending it. Does not belong here: cells
(nightdesk.seal.replying), writing and taking off (actions.py), the courier's parcel (desk.courier).
"""

from __future__ import annotations

import logging
import secrets
from datetime import date
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count, OuterRef, Subquery
from django.utils.translation import gettext as _

from nightdesk.desk import clock, keys
from nightdesk.desk.errors import DeskError
from nightdesk.desk.intake import drop
from nightdesk.desk.replies.models import BoardNumber, Reply
from nightdesk.desk.sourcekeys.sealing import Unopened
from nightdesk.seal.board import CELLS, verify_board
from nightdesk.seal.replying import Reply as Said
from nightdesk.seal.replying import close_board
from nightdesk.seal.signing import SignatureError, pack, unpack

log = logging.getLogger("nightdesk.replies")
# Which of the replies to its report it is; those taken off count, so that a number never changes.
_NUMBER = Subquery(
    Reply.objects.filter(report=OuterRef("report"), pk__lte=OuterRef("pk")).order_by()
    .values("report").annotate(n=Count("pk")).values("n")
)  # fmt: skip
TRIES = 2  # a desk restored from a backup counts too low, until it has asked


def signed(day: date, number: int) -> bytes:
    """The packed board of `day` with what stands on it then."""
    return _signed(day, number)[0]


def _signed(day: date, number: int) -> tuple[bytes, list[int]]:
    """The board, and the keys of the replies that have a cell of it: not one whose words do not open."""
    keyring = keys.to_sign(clock.today())
    rows = Reply.objects.up_on(day).select_related("report").annotate(number=_NUMBER).order_by("pk")
    said = [(row.pk, each) for row in rows if (each := _said(row)) is not None][:CELLS]
    cells = close_board([each for _pk, each in said], keyring.newsroom_id, day, secrets.token_bytes)
    return pack(*keyring.sign_board(day, number, cells)), [pk for pk, _each in said]


def _said(row: Any) -> tuple[bytes, Said] | None:
    """The secret and the words; None when they do not open.

    One broken row must not keep every other reply, and what was taken off, on the board of before.
    """
    try:
        said = Said(row.text, row.written_at.date(), row.number)
        return bytes.fromhex(row.report.reply_secret), said
    except Unopened:
        log.warning("%s is on no board: its words do not open", row)
        return None


def waiting(first: date) -> list[int]:
    """Keys of the replies that stand on the board of that day or a later one."""
    return sorted(Reply.objects.up_on(first).values_list("pk", flat=True))


def put_up() -> None:
    """Today's board to the drop, after the one that is there. DropTrouble when the drop does not take it."""
    today, shown = clock.today(), 0
    for _attempt in range(TRIES):
        board, on_it = _signed(today, next_number(today, shown))
        status, _body = drop.send("PUT", "/board", board)
        if status == HTTPStatus.OK:
            Reply.objects.filter(pk__in=on_it, put_up_at=None).update(put_up_at=clock.now())
            # A danger took them down; once it is lifted they stand again from the next board on.
            Reply.objects.with_a_place(today).exclude(pk__in=on_it).update(put_up_at=None)
            return
        shown = _shown(today)  # only now: it is 90 KB, and mostly this desk put up the last one itself
    raise drop.DropTrouble(
        _("The drop does not take the reply board."),
        _("Check that it is a drop of this version and that both machines have the same day."),
    )


def put_up_at_once() -> None:
    """The same for what must not wait for a round, once it is committed. A drop that cannot be reached gets it with the next."""
    if not settings.NIGHTDESK_DROP_URL:
        return
    try:
        put_up()
    except DeskError as error:
        log.warning("the reply board was not put up at once: %s", type(error).__name__)


@transaction.atomic
def next_number(day: date, shown: int = 0) -> int:
    """A number above `shown` and all that boards of `day` had from this desk, committed before the board goes out.

    A courier's board counts too: of two parcels the later one's must win, or what was taken off stays up.
    """
    row, _made = BoardNumber.objects.select_for_update().get_or_create(day=day, defaults={"number": 0})
    row.number = max(row.number, shown) + 1
    row.save(update_fields=["number"])
    BoardNumber.objects.filter(day__lt=clock.today()).delete()
    return row.number


def _shown(today: date) -> int:
    """The number of today's board that is there; 0 when there is none that holds."""
    _status, body = drop.send("GET", "/board", b"")
    try:
        return verify_board(*unpack(body), keys.held().identity_public, today).number
    except SignatureError:
        return 0
