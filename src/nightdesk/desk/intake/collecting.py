"""The desk's own round, while it runs: keys ahead, keys published, arrivals collected, old keys erased.

Belongs here: one round and the thread that repeats it. Does not belong here: the verbs (actions.py).
"""

from __future__ import annotations

import logging
from threading import Event

from django.db import connection
from django.db.utils import OperationalError

from nightdesk.desk import clock
from nightdesk.desk.errors import DeskError
from nightdesk.desk.intake import daykeys, drop
from nightdesk.desk.intake.actions import collect

log = logging.getLogger("nightdesk.intake")


def keep_collecting(stop: Event, every: int) -> None:
    """A round at once and then every `every` seconds, until `stop` is set."""
    published_on = None
    while not stop.is_set():
        try:
            published_on = one_round(published_on)
        except (
            DeskError,
            OperationalError,
        ) as error:  # shown on the arrivals screen; the next round tries again
            log.info("a round of collecting was left undone: %s", type(error).__name__)
        finally:
            connection.close()  # this thread has no request that would
        stop.wait(every)


def one_round(published_on: object = None) -> object:
    """One round; the key list goes out once a day. Returns the day it went out."""
    made = daykeys.make_day_keys()
    today = clock.today()
    if made or published_on != today:
        drop.publish_keys()
    collect(None)
    daykeys.erase_due_keys(clock.now())
    return today
