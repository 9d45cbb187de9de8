"""The review's page of a desk with a long past: the first after unlocking, and after keystrokes.

`python -m bench past`; `python -m bench.past --keep FOLDER` finds the desks it filled again. An encrypted desk a size,
filled once (see _past_desk.py) and then opened by a process of its own through the whole WSGI application.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from statistics import median
from typing import Any

from bench._released import CLAIMS_A_STORY

STORIES = (2_000, 20_000)
Row = tuple[str, float, str, str]


def bench() -> Iterator[Row]:
    """Every size, in a folder of its own that goes afterwards."""
    with tempfile.TemporaryDirectory() as made:
        yield from measured(Path(made))


def measured(folder: Path) -> Iterator[Row]:
    """Fills each desk unless the folder holds it, and opens its review."""
    for stories in STORIES:
        desk = folder / f"{stories}"
        told = desk / "filled.json"
        if not told.exists():
            desk.mkdir(parents=True, exist_ok=True)
            shutil.copy(str(files("nightdesk.demo") / "sample" / "newsroom.json"), desk)
            told.write_text(json.dumps(_run(desk, "fill", stories)))
        filled = json.loads(told.read_text())
        yield from _rows(stories, filled, _run(desk, "measure", filled["draft"]))


def _run(desk: Path, name: str, number: int) -> Any:
    settings = {
        "BENCH_ENGINE": "cipher",
        "NIGHTDESK_DIR": str(desk),
        "DJANGO_SETTINGS_MODULE": "bench._settings",
    }
    words = [sys.executable, "-m", "bench._past_desk", name, str(number)]
    done = subprocess.run(words, env={**os.environ, **settings}, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise SystemExit(f"bench._past_desk {name} failed at {desk}")
    return json.loads(done.stdout)


def _rows(stories: int, filled: dict[str, Any], found: dict[str, Any]) -> Iterator[Row]:
    size = f"{stories:,} released stories, {stories * CLAIMS_A_STORY:,} claims"
    first, same = found["first"], found["same"]
    again, busy = zip(*found["again"], strict=True)
    past, questions = zip(*found["past"], strict=True)
    note = f"{size}; processor {first[1]:.0f}; {filled['values']:,} values, {filled['codes']:,} codes and all else in {filled['bytes'] / 2**20:,.0f} MiB"
    yield "review's page, first after unlocking", round(first[0]), "ms", note
    note = f"{size}; median of {len(again)}, worst {max(again):.0f}; processor {median(busy):.0f}"
    yield "review's page, after a keystroke", round(median(again), 1), "ms", note
    note = f"{size}; processor, {questions[0]} questions"
    yield "  of which asking the past", round(median(past), 1), "ms", note
    note = f"{size}; processor, the past's questions among it; worst {max(found['rules']):.0f}"
    yield "  the rules alone, after a keystroke", round(median(found["rules"]), 1), "ms", note
    note = f"{size}; processor {same[1]:.0f}; the text is as it was reviewed"
    yield "review's page, nothing typed", round(same[0], 1), "ms", note


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.past", description=__doc__)
    parser.add_argument("--keep", type=Path, help="folder to keep the desks in and find them again")
    chosen = parser.parse_args()
    from bench.__main__ import table

    with tempfile.TemporaryDirectory() as made:
        print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores at the start", file=sys.stderr)
        print(table(list(measured((chosen.keep or Path(made)).resolve()))))
        print(f"load {os.getloadavg()[0]:.1f} at the end", file=sys.stderr)


if __name__ == "__main__":
    main()
