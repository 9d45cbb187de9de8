"""`python -m bench [module…]`: runs every module of this folder that has a `bench` and prints one table.

Those without one are run by their own name: `python -m bench.opening` takes minutes.
"""

from __future__ import annotations

import argparse
import importlib
import json
import re
import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path

Row = tuple[str, float, str, str]
FOLDER = Path(__file__).parent  # a helper's name begins with _
BENCH = re.compile(r"^def bench\(", re.MULTILINE)


def modules() -> list[str]:
    """The benches there are, by name."""
    return sorted(path.stem for path in FOLDER.glob("[!_]*.py") if BENCH.search(path.read_text("utf-8")))


def rows(name: str) -> list[Row]:
    """What one module measured."""
    print(f"measuring {name} …", file=sys.stderr)
    return list(importlib.import_module(f"bench.{name}").bench())


def table(measured: Iterable[Row]) -> str:
    """Rows under each other, numbers flush right."""
    cells = [(name, _number(value), unit, note) for name, value, unit, note in measured]
    widths = [max((_width(row[column]) for row in cells), default=0) for column in range(3)]
    return "\n".join(
        f"{_pad(name, widths[0])}  {value:>{widths[1]}} {_pad(unit, widths[2])}  {note}".rstrip()
        for name, value, unit, note in cells
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m bench", description="Measure speed, side by side in one run."
    )
    parser.add_argument(
        "module", nargs="*", choices=[[], *modules()], help="only these; all of them unless told"
    )
    parser.add_argument("--json", action="store_true", help="one JSON line a figure")
    chosen = parser.parse_args()
    measured = [row for name in chosen.module or modules() for row in rows(name)]
    if chosen.json:
        for row in measured:
            print(
                json.dumps(dict(zip(("name", "value", "unit", "note"), row, strict=True)), ensure_ascii=False)
            )
    else:
        print(table(measured))


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


if __name__ == "__main__":
    main()
