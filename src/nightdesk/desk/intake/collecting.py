"""The desk's own round, while it runs: hours kept, the courier's hold taken, keys ahead and published, arrivals
collected, old keys erased, the reply board put up.

Belongs here: one round and the thread that repeats it. Does not belong here: the verbs (actions.py).
"""

from __future__ import annotations

import logging
from contextlib import suppress
from threading import Event

import httpx
from django.conf import settings
from django.db import connection
from django.db.utils import DatabaseError
from sqlcipher3 import dbapi2

from nightdesk.desk import clock
from nightdesk.desk.care.purging import finish_purges
from nightdesk.desk.errors import DeskError
from nightdesk.desk.intake import daykeys, drop
from nightdesk.desk.intake.actions import collect, take_hold
from nightdesk.desk.intake.models import PullCounter
from nightdesk.desk.releases.scheduling import keep_hours
from nightdesk.desk.replies import boards
from nightdesk.desk.staff.sessions import sweep

TROUBLES = (DeskError, DatabaseError, dbapi2.Error, OSError, httpx.HTTPError, httpx.InvalidURL)
log = logging.getLogger("nightdesk.intake")


def keep_collecting(stop: Event, every: int) -> None:
    """A round at once and then every `every` seconds, until `stop` is set."""
    published_on = None
    while not stop.is_set():
        try:
            without_the_drop()
            published_on = one_round(published_on)
        except TROUBLES as error:  # shown on the arrivals screen; the next round tries again
            log.info("a round of collecting was left undone: %s", type(error).__name__)
            _write_down(error)
        finally:
            connection.close()  # this thread has no request that would
        stop.wait(every)


def without_the_drop() -> None:
    """What needs no drop: hours, a courier's hold, files a purge could not erase, sessions over. Each fails alone."""
    for step in (keep_hours, take_hold, finish_purges, sweep):
        try:
            step()
        except TROUBLES as error:
            log.info("%s was left undone: %s", step.__name__, type(error).__name__)


def _write_down(error: Exception) -> None:
    """For the arrivals screen. A full disk may refuse this too: then the next round writes it."""
    said = (
        f"{error.what} {error.remedy}" if isinstance(error, DeskError) else f"{type(error).__name__}: {error}"
    )
    with suppress(*TROUBLES):
        PullCounter.objects.update_or_create(pk=1, defaults={"failed_at": clock.now(), "trouble": said[:300]})


def one_round(published_on: object = None) -> object:
    """One round; the key list goes out once a day. Returns the day it went out."""
    made = daykeys.make_day_keys()
    today = clock.today()
    if not settings.NIGHTDESK_DROP_URL:
        return published_on
    if made or published_on != today:
        drop.publish_keys()
    collect(None)
    daykeys.erase_due_keys(clock.now())
    boards.put_up()  # last: a drop that takes no board still hands over what it holds
    return today
