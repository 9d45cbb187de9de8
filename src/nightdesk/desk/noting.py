"""What a piece of work asks the database, noted down with digests of the rows it was told.

Asked again, a question says whether it is told the same now. Belongs here: listening to this thread's queries and
comparing. Does not belong here: what is kept on the strength of it (unchanged.py).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, TypeVar

from django.db import connection

Result = TypeVar("Result")
State = tuple[object, ...]
Part = Hashable
PartOf = Callable[[Any], Part]  # the part that a row belongs to, as the database gives the row
WHOLE: Part = None  # the part of every row of a question that is not parted
_here = threading.local()  # what this thread is noting down: the innermost work last; and how rows are parted


@dataclass(eq=False, slots=True)
class Question:
    """A query as it was asked, and a digest of the rows it got, a part each: words and keys are not kept by it."""

    sql: str
    params: Any
    part_of: PartOf | None = None
    told: dict[Part, Any] = field(default_factory=dict)
    same_at: State | None = None  # when it was last asked again to the same end

    def hear(self, rows: Iterable[Any]) -> None:
        """Rows as the database gave them, in their order; however many at once makes no difference."""
        parts: dict[Part, list[Any]] = {}
        if self.part_of is None:
            parts[WHOLE] = list(rows)
        else:
            for row in rows:
                parts.setdefault(self.part_of(row), []).append(row)
        for part, its in parts.items():
            if its:
                told = self.told.setdefault(part, blake2b())
                told.update("".join(map(repr, its)).encode("utf-8", "surrogatepass"))

    def again(self, state: State) -> Question:
        """Itself when it gets the same rows now; else what was asked and told now. Asked once a state."""
        if self.same_at == state:
            return self
        anew = Question(self.sql, self.params, self.part_of)
        with noting(), connection.cursor() as cursor:
            cursor.execute(self.sql, self.params)
            anew.hear(cursor.fetchall())
        if anew.digests() == self.digests():
            self.same_at = state
            return self
        anew.same_at = state
        return anew

    def digests(self) -> dict[Part, bytes]:
        """What it was told, by part."""
        return {part: told.digest() for part, told in self.told.items()}

    def differing(self, other: Question) -> set[Part]:
        """The parts of which the two were told other rows."""
        mine, its = self.digests(), other.digests()
        return {part for part in mine.keys() | its.keys() if mine.get(part) != its.get(part)}


@contextmanager
def parted(part_of: PartOf) -> Iterator[None]:
    """Of what is asked inside, a changed row changes its part alone. Said by whoever knows which column leads there."""
    before = getattr(_here, "part_of", None)
    _here.part_of = part_of
    try:
        yield
    finally:
        _here.part_of = before


def is_noting() -> bool:
    """Whether this thread is working something out whose questions are noted down."""
    return bool(_stack())


def rest_on(asked: Iterable[Question]) -> None:
    """Whatever this thread is working out now hangs on these too."""
    if _stack():
        _stack()[-1].extend(asked)


def worked_out(work: Callable[[], Result]) -> tuple[Result, tuple[Question, ...]]:
    """The answer of `work` with every query it asks on this thread's connection."""
    hook = nullcontext() if is_noting() else connection.execute_wrapper(_note)
    with noting() as asked, hook:
        answer = work()
    return answer, tuple({id(one): one for one in asked}.values())


@contextmanager
def noting() -> Iterator[list[Question]]:
    """What is asked from here on is not what the work around it asks."""
    asked: list[Question] = []
    _stack().append(asked)
    try:
        yield asked
    finally:
        _stack().pop()


def _stack() -> list[list[Question]]:
    if not hasattr(_here, "noting"):
        _here.noting = []
    found: list[list[Question]] = _here.noting
    return found


def _note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    """Django's hook around a query: notes it down, and every row that is fetched of it."""
    done = execute(sql, params, many, context)
    question = Question(sql, params, getattr(_here, "part_of", None))
    _stack()[-1].append(question)
    cursor = context["cursor"]
    inner = cursor.cursor._inner if isinstance(cursor.cursor, _Heard) else cursor.cursor
    cursor.cursor = _Heard(inner, question)
    return done


class _Heard:
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
