"""How many reports a second corroboration takes in, whether the rate falls as they pile up, and what they take up.

`python -m bench corroboration` goes to 10,000 reports, beside a plain TF-IDF sparse product and MinHash LSH over
the same stream. `python -m bench.corroboration --reports 1000000` goes on alone: the curve, memory, and the state
saved and loaded. Reports are invented by rule (_accounts.py: 120 words; _written.py: 2,000 characters). Readings are
made before the clock starts; rates are of the processor's own time, the median of ROUNDS chunks before each mark.
"""

from __future__ import annotations

import argparse
import importlib
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from statistics import median
from time import monotonic, process_time
from typing import Protocol

from bench._accounts import accounts
from bench._written import reports
from nightdesk.corroboration import Account, Desk, save
from nightdesk.corroboration.tell import read_beginning
from nightdesk.reading.model import Reading

Row = tuple[str, float, str, str]
CHUNK, ROUNDS = 500, 3
MARKS = (1_000, 10_000)
LONG_MARKS = (10_000, 30_000, 100_000, 300_000, 1_000_000)
WRITTEN = 4_000
MISSING = "not measured: {} (pip install -r requirements/bench.txt)"
LOAD = """
import resource, sys, time
from pathlib import Path
from nightdesk.corroboration import load
begun = time.monotonic()
desk = load(Path(sys.argv[1]))
print(time.monotonic() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, len(desk.ledger.ids()))
"""


class Taking(Protocol):
    """Something that takes reports in by chunks."""

    name: str

    def only_keep(self, chunk: Sequence[Account]) -> None:
        """Take them in as cheaply as it can."""

    def take(self, chunk: Sequence[Account]) -> None:
        """Take them in, asking for the like of each."""


class Ours:
    """A desk that is given readings."""

    name = "corroboration, readings given"

    def __init__(self) -> None:
        self._readings: dict[str, Reading] = {}
        self.desk = Desk(read_account=lambda account: self._readings[account.id])

    def read(self, chunk: Sequence[Account]) -> None:
        """Make the readings of the next chunk."""
        self._readings = {account.id: read_beginning(account) for account in chunk}

    def only_keep(self, chunk: Sequence[Account]) -> None:
        """As `take`: what comes later depends on it."""
        self.take(chunk)

    def take(self, chunk: Sequence[Account]) -> None:
        """Take them in one by one."""
        for account in chunk:
            self.desk.add(account)


def bench() -> Iterator[Row]:
    """Rows (name, value, unit, note)."""
    ours = Ours()
    beside, missing = _beside()
    rates = dict(_curve(ours, beside, MARKS))
    for engine in (ours, *beside):
        for mark in MARKS:
            yield f"{engine.name}, {mark:,} in", rates[engine.name, mark], "reports/s", _note(mark)
        yield (
            f"{engine.name}, growth",
            rates[engine.name, MARKS[0]] / rates[engine.name, MARKS[-1]],
            "×",
            "1 is flat",
        )
    yield from missing
    yield from written(WRITTEN)


def _beside() -> tuple[list[Taking], list[Row]]:
    try:
        alike = importlib.import_module("bench._alike")
    except ImportError as error:
        return [], [("TF-IDF, MinHash", 0.0, "reports/s", MISSING.format(error))]
    return [alike.Product(), alike.Hashes()], []


def _note(mark: int) -> str:
    return f"120 words; median of the last {min(ROUNDS, mark // CHUNK)} × {CHUNK}"


def _curve(
    ours: Ours, beside: Sequence[Taking], marks: Sequence[int]
) -> Iterator[tuple[tuple[str, int], float]]:
    """Reports a second of each engine at each mark, in turn over the same chunks."""
    stream = accounts(marks[-1])
    done, spent = 0, dict[str, list[float]]()
    while chunk := list(islice(stream, CHUNK)):
        ours.read(chunk)
        done += len(chunk)
        measured = any(mark - ROUNDS * CHUNK < done <= mark for mark in marks)
        for engine in (ours, *beside):
            begun = process_time()
            (engine.take if measured else engine.only_keep)(chunk)
            spent.setdefault(engine.name, []).append(process_time() - begun)
        if done in marks:
            yield from (((e.name, done), CHUNK / median(spent[e.name][-ROUNDS:])) for e in (ours, *beside))


def written(count: int) -> Iterator[Row]:
    """Long English reports a second through the command line, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reports.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in reports(count)), "utf-8")
        start, _ = _called("/dev/null")
        spent, waited = _called(str(path))
    note = f"{count:,} of 2,000 characters, written reports, through a pipe"
    yield "nightdesk corroborate, long English reports", count / spent, "reports/s", f"{note}; start included"
    yield (
        "nightdesk corroborate, the start taken off",
        count / (spent - start),
        "reports/s",
        f"start: {start:.2f} s",
    )
    yield "nightdesk corroborate, by the clock", count / waited, "reports/s", "what a busy machine gave it"


def _called(path: str) -> tuple[float, float]:
    """Seconds of the processor's time, and by the clock, of one call."""
    code = "from nightdesk.cli import main; main()"
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), monotonic()
    subprocess.run([sys.executable, "-c", code, "corroborate", path], check=True, stdout=subprocess.DEVNULL)
    waited, after = monotonic() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, waited


def long(count: int) -> Iterator[Row]:
    """The curve to `count` reports, memory, and the state saved and loaded; ours alone."""
    ours = Ours()
    marks = [mark for mark in LONG_MARKS if mark < count] + [count]
    for (_, mark), rate in _curve(ours, (), marks):
        yield (
            f"corroboration, {mark:,} in",
            rate,
            "reports/s",
            f"{_note(mark)}; {_memory():.2f} GiB at most so far",
        )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "state"
        begun = monotonic()
        save(ours.desk, path)
        yield (
            f"save {count:,}",
            monotonic() - begun,
            "s",
            f"{path.stat().st_size / 2**30:.2f} GiB, by the clock",
        )
        yield "memory after saving", _memory(), "GiB", "the most this process ever had"
        del ours
        done = subprocess.run([sys.executable, "-c", LOAD, path], check=True, capture_output=True, text=True)
    seconds, most, kept = done.stdout.split()
    yield f"load {int(kept):,}", float(seconds), "s", "by the clock, in a process of its own"
    yield "memory after loading", int(most) / 2**20, "GiB", "the most that process ever had"


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def main() -> None:
    parser = argparse.ArgumentParser(description="The long run: ours alone, as far as you like.")
    parser.add_argument(
        "--reports", type=int, default=100_000, help="how many, a multiple of 500 (default 100,000)"
    )
    for name, value, unit, note in long(parser.parse_args().reports):
        print(f"{name:34} {value:12,.2f} {unit:10} {note}", flush=True)


if __name__ == "__main__":
    main()
