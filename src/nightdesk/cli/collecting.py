"""Looking for garbage seldom, in commands that keep much of what they make.

Not a subcommand.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# Objects made between two collections: what a command keeps of a line stays, and looking through it again and again for
# cycles that are not there takes 4 to 5 % of the time.
SELDOM = 20_000


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Within it the interpreter looks for cycles of objects once in SELDOM."""
    before = gc.get_threshold()
    gc.set_threshold(SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
