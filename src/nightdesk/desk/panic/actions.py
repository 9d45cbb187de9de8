"""Lock and destroy, from a screen. Whatever fails on the way, the process that holds the keys ends.

Belongs here: the order of the steps. Does not belong here: files (files.py), how a process ends (locking).
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import DatabaseError, transaction

from nightdesk.desk import locking
from nightdesk.desk.custody.actions import record
from nightdesk.desk.panic import files
from nightdesk.desk.staff.models import SignedIn

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member

log = logging.getLogger(__name__)


def lock(member: Member) -> None:
    """Ends every session and the process. No question is asked and nothing can hold it up."""
    try:
        _end_sessions(member, "lock")
    finally:
        locking.lock()


def destroy(member: Member) -> None:
    """The keys first: it is what cannot be caught up with later."""
    try:
        files.destroy(settings.NIGHTDESK_DIR)
        _end_sessions(member, "destroy keys")
    finally:
        locking.lock()


def _end_sessions(member: Member, verb: str) -> None:
    """Sessions and their secret. A desk too busy to write is locked all the same."""
    files.revoke(settings.NIGHTDESK_DIR)
    try:
        with transaction.atomic():
            SignedIn.objects.all().delete()
            record(member, verb, member)
    except DatabaseError as error:
        log.error("%s while locking", type(error).__name__)
