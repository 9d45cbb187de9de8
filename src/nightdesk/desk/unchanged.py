"""What a page worked out may serve the next one for as long as nothing it was worked out from has changed.

Two questions, the cheap one first. Has any row changed at all? SQLite says so itself: `PRAGMA data_version` moves
for a connection when any other one commits, in this process or another; one connection is kept that only asks
this. And where one has: do the very queries that were asked then still get the very rows they got? What follows
from rows follows from the same rows again, so nobody has to list what an answer hangs on. Belongs here: knowing
that nothing changed. Does not belong here: what is worked out (line.py, review.state).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections

from nightdesk.desk import clock

Result = TypeVar("Result")
State = tuple[object, ...]
_asking = threading.Lock()
_held: tuple[object, dict[Hashable, Noted[Any]]] = (None, {})
_here = threading.local()  # what this thread is noting down: the innermost work last


@dataclass(eq=False, slots=True)
class Question:
    """A query as it was asked, and a digest of the rows it got: words and keys are not kept by it."""

    sql: str
    params: Any
    told: Any = field(default_factory=blake2b)
    same_at: State | None = None  # when it was last asked again to the same end

    def hear(self, rows: Iterable[Any]) -> None:
        """Rows as the database gave them, in their order; however many at once makes no difference."""
        for row in rows:
            self.told.update(repr(row).encode("utf-8", "surrogatepass"))

    def still_same(self, state: State) -> bool:
        """Whether it gets the same rows now. Asked once a state, however many answers rest on it."""
        if self.same_at != state:
            again = Question(self.sql, self.params)
            with _noting_apart(), connection.cursor() as cursor:
                cursor.execute(self.sql, self.params)
                again.hear(cursor.fetchall())
            if again.told.digest() != self.told.digest():
                return False
            self.same_at = state
        return True


@dataclass(slots=True)
class Noted(Generic[Result]):
    """An answer with everything that was asked for it, and the last state in which it was found to hold."""

    answer: Result
    asked: tuple[Question, ...] = ()
    state: State | None = None


def remembered(key: Hashable, work: Callable[[], Result]) -> Result:
    """What `work` answers, or answered in this minute under `key` if it would be told the same rows again.

    `key` names everything but rows and the clock that the answer hangs on: whose it is, in which role and
    language. Nobody may change the answer, for it is given again. Inside a transaction nothing is kept or given:
    it sees rows that nobody else does, and may be rolled back.
    """
    found = noted(key, work)
    rest_on(found)
    return found.answer


def noted(key: Hashable, work: Callable[[], Result]) -> Noted[Result]:
    """The same with what was asked for it, for a holder who gives it to several works: each must `rest_on` it."""
    global _held
    if connection.in_atomic_block or connection.vendor != "sqlite" or _in_memory():
        return Noted(work())
    state = _state()  # before the work: what is committed meanwhile has the answer looked at again
    minute = state[-1]
    if _held[0] != minute:
        _held = (minute, {})
    kept = _held[1]
    found: Noted[Result] | None = kept.get(key)
    if found is None or not _holds(found, state):
        found = kept[key] = _worked_out(work, state)
    return found


def rest_on(found: Noted[Any]) -> None:
    """Whatever this thread is working out now hangs on this answer too."""
    if _noting():
        _noting()[-1].extend(found.asked)


def _holds(found: Noted[Any], state: State) -> bool:
    """Whether it would be worked out from the same rows again."""
    if found.state != state:
        if not all(question.still_same(state) for question in found.asked):
            return False
        found.state = state
    return True


@contextmanager
def _noting_apart() -> Iterator[list[Question]]:
    """What is asked from here on is not what the work around it asks."""
    asked: list[Question] = []
    _noting().append(asked)
    try:
        yield asked
    finally:
        _noting().pop()


def _worked_out(work: Callable[[], Result], state: State) -> Noted[Result]:
    """The answer of `work` with every query it asks on this thread's connection."""
    hook = nullcontext() if _noting() else connection.execute_wrapper(_note)
    with _noting_apart() as asked, hook:
        answer = work()
    return Noted(answer, tuple({id(one): one for one in asked}.values()), state)


def _noting() -> list[list[Question]]:
    if not hasattr(_here, "noting"):
        _here.noting = []
    found: list[list[Question]] = _here.noting
    return found


def _note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    """Django's hook around a query: notes it down, and every row that is fetched of it."""
    done = execute(sql, params, many, context)
    question = Question(sql, params)
    _noting()[-1].append(question)
    cursor = context["cursor"]
    inner = cursor.cursor._inner if isinstance(cursor.cursor, _Noting) else cursor.cursor
    cursor.cursor = _Noting(inner, question)
    return done


class _Noting:
    """A cursor that tells a question what is fetched from it."""

    def __init__(self, inner: Any, question: Question) -> None:
        self._inner, self._question = inner, question

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def __iter__(self) -> Iterator[Any]:
        for row in self._inner:
            self._question.hear([row])
            yield row

    def fetchone(self) -> Any:
        row = self._inner.fetchone()
        self._question.hear([] if row is None else [row])
        return row

    def fetchmany(self, *size: int) -> list[Any]:
        return self._heard(self._inner.fetchmany(*size))

    def fetchall(self) -> list[Any]:
        return self._heard(self._inner.fetchall())

    def _heard(self, rows: list[Any]) -> list[Any]:
        self._question.hear(rows)
        return rows


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
