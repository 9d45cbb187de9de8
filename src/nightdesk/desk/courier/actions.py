"""The verb: prepare the courier. Belongs here: the row. Does not belong here: what a parcel holds (parcels.py)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from nightdesk.desk import clock, keys
from nightdesk.desk.courier import parcels
from nightdesk.desk.courier.models import Parcel
from nightdesk.desk.custody.actions import record
from nightdesk.desk.errors import DeskError
from nightdesk.desk.intake.daykeys import AHEAD, make_day_keys
from nightdesk.desk.staff.roles import require
from nightdesk.seal.parcel import LONGEST

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member


def prepare(member: Member | None, days: int) -> Parcel:
    """Signs requests, key list and scheduled releases for today and `days` more; the courier needs no key.

    The signing key's certificate may end before that; then so does the parcel. `member` is None for the
    command, which was given the desk's passphrase.
    """
    if member is not None:
        require(member, "prepare")
    if not settings.NIGHTDESK_COURIER_DIR:
        raise DeskError(
            _("This desk has no folder for a courier."),
            _("Start it with NIGHTDESK_COURIER_DIR, the folder that desk and courier share."),
        )
    if not 1 <= days <= LONGEST.days:
        raise DeskError(
            _("A courier is sent out for 1 to %(n)s days.") % {"n": LONGEST.days}, _("Nothing was changed.")
        )
    now = clock.now()
    ends = keys.to_sign(now.date()).certificate.not_after
    with transaction.atomic():
        make_day_keys(AHEAD + days)  # the list must outlive the requests: sources go on sealing
        row = Parcel.objects.create(
            made_at=now, made_by=member, last_day=min(now.date() + timedelta(days=days), ends)
        )
        record(row, "prepare", member, f"until {row.last_day}")
        parcels.write(row.last_day)  # last: a folder that cannot be written leaves no row
    return row
