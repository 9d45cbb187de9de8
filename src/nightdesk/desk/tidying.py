"""Python's collector goes its rounds between pages, not in the middle of one.

A page leaves some ten thousand objects that point at each other. Collecting them is a tenth of a second when it
falls into somebody's page and nothing to anybody a moment later. Belongs here: when. Does not belong here: what
stays for good and is never walked (beginning.warm).
"""

from __future__ import annotations

import gc
import threading
import time

from django.core.signals import request_finished

SENT = 0.02  # seconds until the page that just ended has left for the browser
YOUNG = 200_000  # objects; long work without a page, such as a purge, is still collected in its middle


def keep_tidy() -> None:
    """Begins the rounds. The thread ends with the process."""
    ended = threading.Event()
    gc.set_threshold(YOUNG, *gc.get_threshold()[1:])
    request_finished.connect(lambda **_: ended.set(), weak=False, dispatch_uid="tidying")
    threading.Thread(target=_rounds, args=(ended,), name="tidy", daemon=True).start()


def _rounds(ended: threading.Event) -> None:
    while True:
        ended.wait()
        ended.clear()
        time.sleep(SENT)
        gc.collect()
