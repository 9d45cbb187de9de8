"""Lock and destroy, from a screen. Whatever fails on the way, the process that holds the keys ends.

Belongs here: the order of the steps. Does not belong here: files (files.py), how a process ends (locking).
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from nightdesk.desk import locking
from nightdesk.desk.custody.actions import record
from nightdesk.desk.panic import files
from nightdesk.desk.staff.models import SignedIn

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member

PATIENCE = 100  # milliseconds for another's write to end
log = logging.getLogger(__name__)


def lock(member: Member) -> None:
    """Ends the process, and with it every session. No question is asked and nothing can hold it up."""
    locking.lock()
    _write_down(member, "lock")


def destroy(member: Member) -> None:
    """The keys first: it is what cannot be caught up with later."""
    try:
        files.destroy(settings.NIGHTDESK_DIR)
    finally:
        locking.lock()
    _write_down(member, "destroy keys")


def _write_down(member: Member, verb: str) -> None:
    """What can still be written while the process ends: it does not wait for somebody else's write."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        with transaction.atomic():
            SignedIn.objects.all().delete()
            record(member, verb, member)
    except DatabaseError as error:
        log.error("%s while locking", type(error).__name__)
    finally:
        connection.close()  # the next one waits as long as others do
