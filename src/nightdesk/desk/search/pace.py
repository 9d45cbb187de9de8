"""An answer takes a whole number of ticks, so that how long it took tells less about what was not shown.

Only for members from whom something is hidden: within their scopes the index does work that depends a
little on how common a word is among others' sources. Waiting hides what is smaller than a tick.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from nightdesk.desk.search.finding import sees_all

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member

TICK = 0.05  # seconds


@contextmanager
def even(member: Member) -> Iterator[None]:
    """What is searched inside ends at a tick."""
    began = time.monotonic()
    try:
        yield
    finally:
        if not sees_all(member):
            time.sleep(TICK - (time.monotonic() - began) % TICK)
