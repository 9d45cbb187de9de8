"""The index's parts are merged behind everybody's back, a few pages at a time.

Every question asks each part, and an import or a long day leaves a dozen. FTS5 merges by itself, but only as it is
written to. Belongs here: when and how much at once. Does not belong here: the command (index.py).
"""

from __future__ import annotations

import logging
import threading
import time

from django.db import connection, transaction

from nightdesk.desk.search import index

log = logging.getLogger(__name__)
FEW = 3  # parts that are left as they are
PAGES, BREATH = 200, 0.2  # written at once, some 20 ms; seconds between, for others write too
EVERY = 3600  # seconds between two looks


def keep_merged() -> None:
    """Begins looking after it, where a desk is served. The thread ends with the process."""
    threading.Thread(target=_rounds, name="merge", daemon=True).start()


def merge_all() -> None:
    """Merges every kind that lies in more than a few parts; others may read and write meanwhile."""
    for kind in index.KINDS:
        if index.parts(kind) > FEW:
            pages = -PAGES  # the first call sets all parts to be one
            while _step(kind, pages):
                pages = PAGES
                time.sleep(BREATH)


def _step(kind: str, pages: int) -> bool:
    with transaction.atomic():
        return index.merge(kind, pages)


def _rounds() -> None:
    while True:
        try:
            merge_all()
        except Exception as error:  # noqa: BLE001 - whatever it was, the desk searches on; words are in no log
            log.error("Merging the search index failed (%s); it is tried again.", type(error).__name__)
        finally:
            connection.close()
        time.sleep(EVERY)
