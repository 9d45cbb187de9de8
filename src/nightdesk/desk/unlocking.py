"""Unlocking: a name and a passphrase open a slot, the slot opens the database, and work begins.

Belongs here: what happens once between locked and ready. Does not belong here: who is signed in
(staff), which requests wait meanwhile (gate.py), the work itself (beginning.py).
"""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from nightdesk.desk import beginning, keyfiles, keys, locking, renewing, vault
from nightdesk.desk.errors import DeskError
from nightdesk.desk.keyfiles import DoesNotOpen, NotReady

log = logging.getLogger(__name__)
ready = threading.Event()  # set once the database is open and of this version's shape
_one_at_a_time = threading.Lock()


def unlock(name: str, passphrase: str) -> bool:
    """Whether the desk is ready after this try. A wrong pair costs as much as a right one.

    Raises DeskError where a file of keys is missing or damaged.
    """
    try:
        unlock_now(name, passphrase)
    except DoesNotOpen:
        return False
    except NotReady as error:
        log.error("%s", error)  # with its path, for whoever keeps the machine; no passphrase is in it
        raise DeskError(
            _("The desk cannot be unlocked: a file of its keys is missing or damaged."),
            _(
                "Nothing was changed. Ask who keeps this machine: the keyholders' paper shares open the desk, "
                "or a backup brings the file back."
            ),
        ) from None
    return True


def unlock_now(name: str, passphrase: str) -> None:
    """Opens the slot of `name`, the desk's own when empty, and begins to work. Raises NotReady."""
    with _one_at_a_time:
        if ready.is_set():
            return
        folder: Path = settings.NIGHTDESK_DIR
        held = keyfiles.unlock(folder, passphrase, name).secret
        try:
            if renewing.is_due():
                renewing.renew(held)
            beginning.begin()
        except BaseException:
            vault.open_with(None)
            keys.hold(None)
            raise
        locking.worked()
        beginning.collect_meanwhile()
        ready.set()
