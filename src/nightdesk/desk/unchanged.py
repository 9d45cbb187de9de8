"""What a page worked out may serve the next one for as long as nothing it was worked out from has changed.

Two questions, the cheap one first. Has any row changed at all? SQLite says so itself: `PRAGMA data_version` moves
for a connection when any other one commits, in this process or another; one connection is kept that only asks
this. And where one has: do the very queries that were asked then still get the very rows they got? What follows
from rows follows from the same rows again, so nobody has to list what an answer hangs on. Where only rows of some
parts changed (noting.parted), an answer made of parts may be mended instead. Belongs here: knowing what changed.
Does not belong here: what is worked out (line.py, review.state), listening to queries (noting.py).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections

from nightdesk.desk import clock, noting
from nightdesk.desk.noting import WHOLE, Part, Question, State

Result = TypeVar("Result")
Mend = Callable[[Result, Any], Result]  # the answer with one part anew; the old one stays as it is
MENDS = 4  # parts mended one after the other, each with questions of its own; then all is worked out anew
_asking = threading.Lock()
_held: tuple[object, dict[Hashable, Noted[Any]]] = (None, {})


@dataclass(frozen=True, slots=True)
class Noted(Generic[Result]):
    """An answer with everything that was asked for it, of all its parts and of those mended since.

    `state` is that in which it was found to hold last. Never changed: several threads are given the same.
    """

    answer: Result
    whole: tuple[Question, ...] = ()
    mends: Mapping[Part, tuple[Question, ...]] = field(default_factory=dict)
    state: State | None = None

    @property
    def asked(self) -> tuple[Question, ...]:
        """Every question it hangs on."""
        return (*self.whole, *(question for mend in self.mends.values() for question in mend))


def remembered(key: Hashable, work: Callable[[], Result], mend: Mend[Result] | None = None) -> Result:
    """What `work` answers, or answered in this minute under `key` if it would be told the same rows again.

    `key` names everything but rows and the clock that the answer hangs on: whose it is, in which role and
    language. Nobody may change the answer, for it is given again. Inside a transaction nothing is kept or given:
    it sees rows that nobody else does, and may be rolled back.
    """
    found = noted(key, work, mend)
    rest_on(found)
    return found.answer


def noted(key: Hashable, work: Callable[[], Result], mend: Mend[Result] | None = None) -> Noted[Result]:
    """The same with what was asked for it, for a holder who gives it to several works: each must `rest_on` it.

    With `mend`, an answer of which only some parts were told other rows is mended part by part.
    """
    global _held
    if connection.in_atomic_block or connection.vendor != "sqlite" or _in_memory():
        return Noted(work())
    state = _state()  # before the work: what is committed meanwhile has the answer looked at again
    minute = state[-1]
    if _held[0] != minute:
        _held = (minute, {})
    kept = _held[1]
    held: Noted[Result] | None = kept.get(key)
    found = _found_to_hold(held, state, mend) if held else None
    if found is None:
        found = Noted(*noting.worked_out(work), state=state)
    kept[key] = found
    return found


def rest_on(found: Noted[Any]) -> None:
    """Whatever this thread is working out now hangs on this answer too."""
    noting.rest_on(found.asked)


def _found_to_hold(held: Noted[Result], state: State, mend: Mend[Result] | None) -> Noted[Result] | None:
    """It, where it would be worked out from the same rows again; mended, where parts would not; else None."""
    if held.state == state:
        return held
    whole, parts = [], set[Part]()
    for question in held.whole:
        again = question.again(state)
        if again is not question:
            parts |= question.differing(again)
            if mend is None or WHOLE in parts:
                return None
        whole.append(again)
    mends = {part: asked for part, asked in held.mends.items() if part not in parts}
    if any(question.again(state) is not question for asked in mends.values() for question in asked):
        return None
    if len(mends) + len(parts) > MENDS:
        return None
    answer = held.answer
    for part in parts:
        assert mend
        answer, mends[part] = noting.worked_out(partial(mend, answer, part))
    return Noted(answer, tuple(whole), mends, state)


def _state() -> State:
    """Equal as long as no row changed and the minute has not passed."""
    with _asking, _watching().cursor() as cursor:
        cursor.execute("PRAGMA data_version")
        return *cursor.fetchone(), clock.now().replace(second=0, microsecond=0)


@cache
def _watching() -> Any:
    """A connection that never writes, so that every commit is another one's. Threads take turns at it."""
    made: Any = connections.create_connection(DEFAULT_DB_ALIAS)
    made.inc_thread_sharing()
    return made


def _in_memory() -> bool:
    """A database in memory shares its pages between connections, and its version with them."""
    return "memory" in str(connection.settings_dict["NAME"])
