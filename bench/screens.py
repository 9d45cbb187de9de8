"""The ten main screens and durable writes of a desk of 100,000 reports: plain SQLite and SQLCipher side by side.

`python -m bench screens`; `python -m bench.screens --reports 20000 --rounds 10` for a smaller look. The desk is
filled once (see _filling.py, it says what with), copied page by page into an encrypted one, and each is served by a
process of its own through the whole WSGI application: middleware, session, view, template. The two answer in turn,
screen by screen, so that what else the machine does falls on both. Before each visit that counts somebody opens a
report, so that what was worked out before is looked at again; visits after a saved paragraph, which have the
standing of every story worked out anew, and visits with nothing written between are told beside. Everything lies
in one temporary folder.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

REPORTS, ROUNDS, WARM = 100_000, 40, 3
THINK = 0.1  # seconds between two pages of one member: nobody clicks faster, and the collector goes round meanwhile
LIMIT = 150  # milliseconds, p95, on two cores
ENGINES = ("plain", "cipher")
KEEP = "--keep"
Row = tuple[str, float, str, str]


def bench() -> Iterator[Row]:
    """Every figure at the usual size."""
    with tempfile.TemporaryDirectory() as made:
        yield from measured(Path(made), REPORTS, ROUNDS)


def measured(folder: Path, reports: int, rounds: int) -> Iterator[Row]:
    """Fills both desks unless the folder holds them, and asks them in turn."""
    plain, cipher = (folder / engine for engine in ENGINES)
    if not (cipher / "desk.sqlite3").exists():
        filled = run("plain", plain, "fill", str(reports))
        print("filled: " + ", ".join(f"{n:,} {kind}" for kind, n in filled.items() if n), file=sys.stderr)
        cipher.mkdir()
        run("cipher", cipher, "encrypt", str(plain))
    desks = {engine: Desk(engine, folder / engine) for engine in ENGINES}
    try:
        yield from _writes(desks, rounds)
        yield from _screens(desks, rounds)
    finally:
        for desk in desks.values():
            desk.close()


class Desk:
    """One engine's process, asked a line at a time."""

    def __init__(self, engine: str, folder: Path) -> None:
        self.program = start(engine, folder, "answer", pipe=True)

    def ask(self, *words: str) -> Any:
        """The answer of the process to one line."""
        assert self.program.stdin and self.program.stdout
        self.program.stdin.write(json.dumps(words) + "\n")
        self.program.stdin.flush()
        return json.loads(self.program.stdout.readline())

    def close(self) -> None:
        assert self.program.stdin
        self.program.stdin.close()
        self.program.wait()


def start(engine: str, folder: Path, *words: str, pipe: bool = False) -> subprocess.Popen[str]:
    settings = {
        "BENCH_ENGINE": engine,
        "NIGHTDESK_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "bench._settings",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "bench._serving", *words], env={**os.environ, **settings}, text=True,
        stdout=subprocess.PIPE, stdin=subprocess.PIPE if pipe else None,
    )  # fmt: skip


def run(engine: str, folder: Path, *words: str) -> Any:
    """What a process says that does one thing and ends."""
    done = start(engine, folder, *words)
    said, _none = done.communicate()
    if done.returncode:
        raise SystemExit(f"bench._serving {words[0]} failed on {engine}")
    return json.loads(said)


def _writes(desks: dict[str, Desk], rounds: int) -> Iterator[Row]:
    """A bare commit, and a whole action: a note opened into report, custody log, contact, account and index."""
    for kind, name in (
        ("commit", "a bare commit that waits for the disk"),
        ("report", "a report with custody log and index"),
    ):
        times = _in_turn(desks, ("write", kind), max(rounds, 20))
        plain, cipher = (sorted(times[engine]) for engine in ENGINES)
        note = f"p50 {_at(cipher, 50):.2f} ms, plain {_at(plain, 50):.2f} ms"
        yield (f"SQLCipher, {name}", 1000 * len(cipher) / sum(cipher), "/s", note)
        yield (
            "  the same on plain SQLite",
            1000 * len(plain) / sum(plain),
            "/s",
            _ratio(sum(plain) / sum(cipher)),
        )


def _screens(desks: dict[str, Desk], rounds: int) -> Iterator[Row]:
    for who in ("editor", "reporter"):
        for screen in desks["plain"].ask("screens", who):
            times = _in_turn(desks, ("visit_anew", who, screen), rounds)
            beside = (
                _in_turn({"cipher": desks["cipher"]}, (kind, who, screen), rounds)
                for kind in ("visit_edited", "visit")
            )
            yield from _rows(f"{screen}, {who}", times, *(sorted(one["cipher"]) for one in beside))


def _in_turn(desks: dict[str, Desk], words: tuple[str, ...], rounds: int) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {engine: [] for engine in desks}
    for number in range(WARM + rounds):
        order = list(desks) if number % 2 else list(desks)[::-1]
        for engine in order:
            if words[0].startswith("visit"):
                time.sleep(THINK)
            wall, processor = desks[engine].ask(*words)
            if number >= WARM:
                times[engine].append(wall)
                times.setdefault(engine + " processor", []).append(processor)
    return times


def _rows(
    name: str, times: dict[str, list[float]], edited: list[float], unchanged: list[float]
) -> Iterator[Row]:
    plain, cipher = (sorted(times[engine]) for engine in ENGINES)
    busy = sorted(times["cipher processor"])
    p95 = _at(cipher, 95)
    over = "" if p95 <= LIMIT else f"; OVER {LIMIT} ms"
    ratio = _at(cipher, 50) / _at(plain, 50)
    yield (
        name, p95, "ms",
        f"p95 SQLCipher; p50 {_at(cipher, 50):.1f}; plain p50 {_at(plain, 50):.1f}, p95 {_at(plain, 95):.1f}; "
        f"p50 {ratio:.2f} of plain; processor p50 {_at(busy, 50):.1f}, p95 {_at(busy, 95):.1f}; "
        f"p50 {_at(edited, 50):.1f}, p95 {_at(edited, 95):.1f} after a saved paragraph; "
        f"p50 {_at(unchanged, 50):.1f} when nobody wrote since the last page{over}",
    )  # fmt: skip


def _ratio(found: float) -> str:
    return f"time of plain over that of SQLCipher: {found:.2f}"


def _at(ordered: list[float], percent: int) -> float:
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.screens", description=__doc__)
    parser.add_argument("--reports", type=int, default=REPORTS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument(KEEP, type=Path, help="folder to keep the desks in and find them again")
    chosen = parser.parse_args()
    from bench.__main__ import table

    with tempfile.TemporaryDirectory() as made:
        folder = (chosen.keep or Path(made)).resolve()
        print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores at the start", file=sys.stderr)
        print(table(list(measured(folder, chosen.reports, chosen.rounds))))
        print(f"load {os.getloadavg()[0]:.1f} at the end", file=sys.stderr)


if __name__ == "__main__":
    main()
