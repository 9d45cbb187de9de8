"""How fast reading is: characters a second on one core, per language, and what starting costs."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from importlib.resources import files

from nightdesk.reading import read
from nightdesk.reading.extra import names_where_installed
from nightdesk.reading.labels import Names

Row = tuple[str, float, str, str]
ON = date(2023, 12, 15)
CHARACTERS = 60_000


def bench() -> Iterator[Row]:
    """Rows of (name, value, unit, note)."""
    lines = (files("nightdesk.demo") / "sample" / "reports.jsonl").read_text("utf-8").splitlines()
    reports = [json.loads(line) for line in lines]
    for lang in ("ko", "zh", "en"):
        texts = [r["text"] for r in reports if r["lang"] == lang]
        yield (
            f"reading {lang}",
            _notes(texts, lang),
            "characters/s",
            "one core, notes as long as the sample's",
        )
    long = "\n".join(r["text"] for r in reports if r["lang"] == "ko")
    yield (
        "reading ko, one long text",
        _notes([long * 8], "ko"),
        "characters/s",
        f"{len(long) * 8} characters at once",
    )
    yield (
        "reading a note of 2,000 characters",
        _one((long * 4)[:2000]) * 1000,
        "ms",
        "live while typing: under 50 ms",
    )
    if (names := names_where_installed()) is not None:
        texts = [r["text"] for r in reports if r["lang"] == "ko"]
        yield (
            "reading ko, names on",
            _notes(texts, "ko", names),
            "characters/s",
            "one core, the names extra loaded",
        )
    yield (
        "reading, start to first answer",
        _start() * 1000,
        "ms",
        "a fresh interpreter, one Korean line, --no-names",
    )


def _notes(texts: list[str], lang: str, names: Names | None = None) -> float:
    read(texts[0], lang, ON, "KP", names=names)
    done, begun = 0, time.perf_counter()
    while done < CHARACTERS:
        for text in texts:
            read(text, lang, ON, "KP", names=names)
            done += len(text)
    return done / (time.perf_counter() - begun)


def _one(text: str) -> float:
    best = 60.0
    for _ in range(5):
        begun = time.perf_counter()
        read(text, "ko", ON, "KP")
        best = min(best, time.perf_counter() - begun)
    return best


def _start() -> float:
    begun = time.perf_counter()
    subprocess.run(
        [
            sys.executable,
            "-c",
            "from nightdesk.cli import main; main()",
            "read",
            "--text",
            "2만 위안",
            "--no-names",
        ],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - begun
