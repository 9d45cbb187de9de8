"""Python's collector goes round once a page has been sent, and does not wait for the next one."""

from __future__ import annotations

import subprocess
import sys

SENT = """
import gc, time, weakref
from django.core.signals import request_finished
from nightdesk.desk import tidying

class Page: pass

def left_behind():
    page = Page()
    page.itself = page
    return weakref.ref(page)

tidying.keep_tidy()
gc.collect()
left = left_behind()
assert left() is not None, "nothing to collect"
time.sleep(0.1)
assert left() is not None, "it went round before a page was sent"
request_finished.send(Page)
last = time.monotonic() + 10
while left() is not None and time.monotonic() < last:
    time.sleep(0.01)
assert left() is None, "it did not go round"
"""


def test_what_a_page_leaves_is_collected_after_it_was_sent() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SENT], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
