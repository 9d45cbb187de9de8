"""How long a name waits after failed tries. Pure: counts and moments in, seconds out.

Waits grow and end: nobody is locked out for good. A name costs the same whether a member has it or not.
Belongs here: the arithmetic. Does not belong here: where counts are kept (tries.py).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

FREE = 3  # failures of a name that cost nothing: typing is hard
LONGEST = 60  # seconds a name waits at most
FADES = 3600.0  # seconds after which old failures of a name no longer make anybody wait
DESK_FREE = 30  # failures of all names together that cost nothing
DESK_LONGEST = 5  # seconds everybody waits at most while somebody tries many names
DESK_FADES = 30.0  # seconds in which one failure of the desk is forgotten


@dataclass(frozen=True)
class Tries:
    """Failures so far, and the moment of the last, in seconds of the machine's clock."""

    count: int = 0
    last: float = 0.0


def pause(count: int, free: int, longest: int) -> int:
    """1, 2, 4, 8… seconds after the free ones, up to the longest."""
    beyond = count - free
    return 0 if beyond < 0 else min(longest, 2 ** min(beyond, 30))


def _left(tries: Tries, seconds: int, now: float) -> int:
    """What is left of a pause; a clock that was set back does not make it longer."""
    return min(seconds, max(0, math.ceil(tries.last + seconds - now)))


def wait_of_name(tries: Tries, now: float) -> int:
    """Seconds until this name may be tried again."""
    if now - tries.last > FADES:
        return 0
    return _left(tries, pause(tries.count, FREE, LONGEST), now)


def wait_of_desk(tries: Tries, now: float) -> int:
    """Seconds until anybody may try: many names tried at once slow the whole desk a little."""
    return _left(tries, pause(faded(tries, now).count, DESK_FREE, DESK_LONGEST), now)


def faded(tries: Tries, now: float) -> Tries:
    """The desk's count without what time has forgotten."""
    forgotten = int(max(0.0, now - tries.last) / DESK_FADES)
    return Tries(max(0, tries.count - forgotten), tries.last)


def failed(tries: Tries, now: float) -> Tries:
    """One failure more."""
    return Tries(tries.count + 1, now)
