"""Work on the lines of an input in other processes, ahead of the one that needs the results in order.

Not a subcommand. One loop and no thread: it waits for the input and for the workers alike, gives what has come to whoever
is idle, and hands out results in the order of the lines. So a line on a slow pipe is answered as it comes, and nobody
waits for a batch to fill. A worker is sent nothing before its last answer was taken, so that no two wait for each other.
Workers hold no end of another's pipe: they end with the process that started them, however that ends.
"""

from __future__ import annotations

import codecs
import gc
import io
import os
import select
import signal
import stat
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Generic, TextIO, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkProcess

Done = TypeVar("Done")

BATCH = 16  # lines given to a worker at once, where as many have come
AHEAD = 4  # batches for each worker that may lie done or waiting
ENOUGH = 2  # batches that lie done, from which one worker at a time keeps up: others would take a core from who judges
SMALL = 100_000  # bytes: a shorter file is done before workers would help
PIECE = 1 << 16  # bytes read from the input at once


class WorkerLost(RuntimeError):
    """A worker ended before its work was done; the message says how."""


def workers_for(source: TextIO) -> int:
    """How many processes are worth it: as many as this one may use cores, 0 where one core or a small file is all there is."""
    try:
        about = os.fstat(source.fileno())
    except (OSError, ValueError, AttributeError):
        return 0  # not of the system: a test's input
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    small = stat.S_ISREG(about.st_mode) and about.st_size < SMALL
    return 0 if small or cores < 2 or not hasattr(os, "fork") else cores


def beginning(source: TextIO) -> list[str]:
    """The first whole lines of a file, which stays where it is; none of a pipe, for nobody knows when they come."""
    number = source.fileno()
    if not stat.S_ISREG(os.fstat(number).st_mode):
        return []
    piece = os.pread(number, PIECE, os.lseek(number, 0, os.SEEK_CUR))
    return piece.decode("utf-8", "surrogateescape").split("\n")[:-1][:BATCH]


@contextmanager
def ahead(
    work: Callable[[str], Done], workers: int, first: Iterable[str] = ()
) -> Iterator[Callable[[TextIO], Iterator[Done]]]:
    """A function that goes through an input: `work` of every line, in order; with no workers, here and one by one.

    `work` is called in processes that were forked here, so begin before there is much to copy. `first` is done here
    before, for nothing but that what it loads is loaded once. Raises WorkerLost.
    """
    if not workers:
        yield lambda source: map(work, source)
        return
    for line in first:
        work(line)
    crew = _Crew(work, workers)
    try:
        yield crew.through
    finally:
        crew.end()


class _Crew(Generic[Done]):
    """Workers, and which batch of lines each has."""

    def __init__(self, work: Callable[[str], Done], workers: int) -> None:
        self._most = workers * AHEAD
        self._poll = select.poll()
        self._workers: dict[int, tuple[Connection[Any, Any], ForkProcess]] = {}  # by the number of our end
        self._idle: list[int] = []
        self._has: dict[int, int] = {}  # the number of its batch, of each that is at work
        self._done: dict[int, list[Done]] = {}
        self._given = 0
        for _ in range(workers):
            self._hire(work)

    def _hire(self, work: Callable[[str], Done]) -> None:
        from multiprocessing import Pipe, get_context  # late: a small input is done before they are imported

        ours, theirs = Pipe()
        open_here = [ours, *(each for each, _ in self._workers.values())]
        process = get_context("fork").Process(target=_serve, args=(work, theirs, open_here), daemon=True)
        process.start()
        theirs.close()
        self._workers[ours.fileno()] = ours, process
        self._idle.append(ours.fileno())
        self._poll.register(ours.fileno(), select.POLLIN)

    def through(self, source: TextIO) -> Iterator[Done]:
        """The work of every line, in order."""
        lines, taken = _Lines(source.fileno()), 0
        while lines.open or lines.come or self._given > taken:
            self._turn(lines, taken, wait=taken not in self._done)
            if taken in self._done:
                for result in self._done.pop(taken):
                    yield result
                    # Whoever is idle by now gets what has come meanwhile.
                    self._turn(lines, taken, wait=False)
                taken += 1

    def _turn(self, lines: _Lines, taken: int, wait: bool) -> None:
        """Takes in lines and answers that have come, and gives lines out; waits for either where there is neither."""
        if lines.open and len(lines.come) < BATCH * len(self._workers):
            self._poll.register(lines.source, select.POLLIN)
        for ready, _ in self._poll.poll(None if wait else 0):
            if ready == lines.source:
                lines.more()
                self._poll.unregister(ready)
            else:
                self._take(ready)
        while self._idle and lines.come and self._given - taken < self._most and self._is_behind:
            self._give(lines.take())

    @property
    def _is_behind(self) -> bool:
        return len(self._done) < ENOUGH or not self._has

    def _give(self, batch: list[str]) -> None:
        worker = self._idle.pop(0)
        self._has[worker] = self._given
        self._given += 1
        try:
            self._workers[worker][0].send(batch)
        except OSError:
            raise self._lost(worker) from None

    def _take(self, worker: int) -> None:
        try:
            self._done[self._has.pop(worker)] = self._workers[worker][0].recv()
        except (EOFError, OSError, KeyError):
            raise self._lost(worker) from None
        self._idle.append(worker)

    def _lost(self, worker: int) -> WorkerLost:
        process = self._workers[worker][1]
        process.join(1)
        code = process.exitcode
        how = f"was killed by signal {-code}" if code and code < 0 else f"ended with exit code {code}"
        return WorkerLost(f"a process that reads reports {how} before its work was done")

    def end(self) -> None:
        """Nobody is left behind, whatever he was doing."""
        for ours, process in self._workers.values():
            ours.close()
            process.terminate()
        for _, process in self._workers.values():
            process.join()


class _Lines:
    """Lines of a file as they come, each once it is whole; universal newlines, as a text file has them."""

    def __init__(self, source: int) -> None:
        self.source, self.open = source, True
        self.come: deque[str] = deque()
        self._begun: list[str] = []
        decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self._decoder = io.IncrementalNewlineDecoder(decoder, translate=True)

    def more(self) -> None:
        """Reads once: it waits where nothing has come."""
        piece = os.read(self.source, PIECE)
        first, *others = self._decoder.decode(piece, final=not piece).split("\n")
        self._begun.append(first)
        for other in others:
            self.come.append("".join((*self._begun, "\n")))
            self._begun = [other]
        if not piece:
            self.open = False
            self.come.extend(filter(None, ["".join(self._begun)]))

    def take(self) -> list[str]:
        """The next lines for a worker: fewer of long ones."""
        batch, length = list[str](), 0
        while self.come and len(batch) < BATCH and length < PIECE:
            batch.append(self.come.popleft())
            length += len(batch[-1])
        return batch


def _serve(
    work: Callable[[str], Done], theirs: Connection[Any, Any], not_mine: list[Connection[Any, Any]]
) -> None:
    """What a worker does until nobody gives it anything any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C is for the one who started it
    gc.freeze()  # what was there before is never collected here, and so is copied nowhere
    for each in not_mine:
        each.close()
    while batch := _next(theirs):
        done = [work(line) for line in batch]
        with suppress(OSError):
            theirs.send(done)


def _next(theirs: Connection[Any, Any]) -> list[str]:
    try:
        batch: list[str] = theirs.recv()
    except (EOFError, OSError):
        return []
    return batch
