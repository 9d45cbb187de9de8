"""Python's collector goes its rounds between pages, not in the middle of one.

A page leaves some ten thousand objects that point at each other. Collecting them is a tenth of a second when it
falls into somebody's page and nothing to anybody a moment later. Belongs here: when. Does not belong here: what
stays for good and is never walked (beginning.warm).
"""

from __future__ import annotations

import gc
import threading
import time

from django.core.signals import request_finished, request_started

SENT = 0.02  # seconds until the page that just ended has left for the browser
YOUNG = 200_000  # objects; long work without a page, such as a purge, is still collected in its middle
LONG = 0.02  # seconds; a round that takes longer walks what stays for good, such as the rules of reading


def keep_tidy() -> None:
    """Begins the rounds. The thread ends with the process."""
    ended, under_way = threading.Event(), _UnderWay()
    gc.set_threshold(YOUNG, *gc.get_threshold()[1:])
    request_started.connect(under_way.begins, weak=False, dispatch_uid="tidying begins")
    request_finished.connect(under_way.ends, weak=False, dispatch_uid="tidying ends")
    request_finished.connect(lambda **_: ended.set(), weak=False, dispatch_uid="tidying")
    threading.Thread(target=_rounds, args=(ended, under_way), name="tidy", daemon=True).start()


class _UnderWay:
    """How many pages are being made."""

    def __init__(self) -> None:
        self.count, self._guard = 0, threading.Lock()

    def begins(self, **_: object) -> None:
        with self._guard:
            self.count += 1

    def ends(self, **_: object) -> None:
        with self._guard:
            self.count = max(0, self.count - 1)


def _rounds(ended: threading.Event, under_way: _UnderWay) -> None:
    while True:
        ended.wait()
        ended.clear()
        time.sleep(SENT)
        began = time.perf_counter()
        gc.collect()
        if time.perf_counter() - began > LONG and not under_way.count:
            gc.freeze()  # no page is in anybody's hands: what is left now stays, and is walked no more
