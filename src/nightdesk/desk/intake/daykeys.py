"""The desk's day keys: made ahead, published, used for opening, erased when their day is over.

A key's public half is a row, its private half a file sealed under the keyring, so that erasing the
file erases what that day's envelopes could be opened with. Belongs here: rows and files of day
keys. Does not belong here: opening envelopes (actions.py), the drop's HTTP (drop.py).
"""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from nightdesk.desk import clock, keys
from nightdesk.desk.intake.models import Arrival, DayKey
from nightdesk.desk.private import erase, write_private
from nightdesk.seal.keyring import KeyringDamaged, unwrap_day_key, wrap_day_key
from nightdesk.seal.opening import DayPrivateKey
from nightdesk.seal.wire import PublicDayKey

AHEAD = 14  # days: a desk that is locked for a fortnight still has keys out
KEY_ID = slice(24, 32)  # where an envelope's header names its key: docs/formats/envelope.md


def path_of(day: date) -> Path:
    """The file with the private half of `day`'s key."""
    folder: Path = settings.NIGHTDESK_DIR
    return folder / "keys" / "days" / f"{day.isoformat()}.key"


def make_day_keys(ahead: int = AHEAD) -> list[DayKey]:
    """Makes the missing keys from today to `ahead` days from now and returns the new ones."""
    keys.held()
    days = [clock.today() + timedelta(days=offset) for offset in range(ahead + 1)]
    with transaction.atomic():
        known = set(DayKey.objects.filter(day__in=days).values_list("day", flat=True))
        return [_make(day) for day in days if day not in known]


def _make(day: date) -> DayKey:
    """The file first: a power cut between the two leaves a file, which the next call takes up."""
    made = _left_behind(day)
    if made is None:
        made = DayPrivateKey.from_seed(secrets.token_bytes(32), day)
        write_private(path_of(day), wrap_day_key(keys.held(), made, secrets.token_bytes(12)))
    return DayKey.objects.create(day=day, key_id=made.key_id, public=made.public.public)


def _left_behind(day: date) -> DayPrivateKey | None:
    try:
        return unwrap_day_key(keys.held(), path_of(day).read_bytes())
    except (FileNotFoundError, KeyringDamaged):
        return None


def public_key(day: date) -> PublicDayKey:
    """What is sealed to on `day`; the key is made when there is none yet."""
    row = DayKey.objects.filter(day=day).first() or _make(day)
    return PublicDayKey(day, bytes(row.key_id), bytes(row.public))


def published() -> list[PublicDayKey]:
    """The keys to publish: yesterday's too, for whoever is a time zone behind."""
    rows = DayKey.objects.filter(day__gte=clock.today() - timedelta(days=1), erased_at=None)
    return [PublicDayKey(row.day, bytes(row.key_id), bytes(row.public)) for row in rows.order_by("day")]


def private_keys() -> dict[bytes, DayPrivateKey]:
    """Every private key that is still here, by its name. A damaged file opens nothing: see `desk check`."""
    found = (_left_behind(row.day) for row in DayKey.objects.filter(erased_at=None))
    return {key.key_id: key for key in found if key is not None}


def confirm_days(now: datetime) -> None:
    """Everything of the days before today has been collected: their keys may begin to expire."""
    DayKey.objects.filter(day__lt=now.date(), collected_at=None).update(collected_at=now)


def erase_due_keys(now: datetime) -> list[date]:
    """Erases the keys whose day was collected long enough ago and returns their days.

    A key that a sealed envelope still waits for is kept: erasing it would lose what somebody said.
    """
    due = now - timedelta(days=settings.NIGHTDESK_ERASE_AFTER_DAYS)
    waiting = {
        bytes(envelope[KEY_ID])
        for envelope in Arrival.objects.filter(opened_at=None, refused="").values_list("envelope", flat=True)
    }
    rows = DayKey.objects.filter(collected_at__lte=due, erased_at=None)
    erased = [row for row in rows if bytes(row.key_id) not in waiting]
    for row in erased:
        erase(path_of(row.day))
        row.erased_at = now
        row.save(update_fields=["erased_at"])
    return [row.day for row in erased]
