"""How right reading is on notes that strangers wrote and other strangers marked: tests/reading/strangers.

Run `python -m bench.strangers` (`all` for both halves; the second alone is held). Right: a span of the kind lies over the
marked one and has its value: sums by amount and currency, days by both bounds, counts by number, a clock by its hour. Exact:
F1 of spans with both ends equal. Silent: neither read nor flagged.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from nightdesk.reading import Reading, read

GOLD = Path(__file__).parent.parent / "tests" / "reading" / "strangers"
KINDS = ("money", "date", "time", "place", "quantity")
HANDS = ("o", "p", "q", "r", "s")

Span = dict[str, Any]


@dataclass
class Tally:
    """Spans of one language and kind."""

    gold: int = 0
    right: int = 0
    exact: int = 0
    silent: int = 0
    read: int = 0

    @property
    def f1(self) -> float:
        """Of spans with both ends equal."""
        return 2 * self.exact / (self.gold + self.read) if self.gold + self.read else 0.0


def rows(part: str) -> list[dict[str, Any]]:
    """The marked notes: `held` or `all`."""
    lines = (line for hand in HANDS for line in (GOLD / f"{hand}.jsonl").read_text("utf-8").splitlines())
    found = [json.loads(line) for line in lines]
    return [row for row in found if part == "all" or is_held(row["id"])]


def is_held(name: str) -> bool:
    """Whether nothing of the note was looked at but figures: the second half of o, every other one of the rest."""
    number = int(name[1:])
    return number > 60 if name[0] == "o" else number % 2 == 0


def tallies(part: str) -> dict[tuple[str, str], Tally]:
    """Of each language and kind, what was marked and what was read of it."""
    found: dict[tuple[str, str], Tally] = defaultdict(Tally)
    for row in rows(part):
        reading = read(row["text"], row["lang"], date.fromisoformat(row["on"]), row.get("country", "KP"))
        for s in reading.spans:
            if s.kind in KINDS:
                found[row["lang"], s.kind].read += 1
        for gold in (span for span in row["spans"] if span["kind"] in KINDS):
            _count(found[row["lang"], gold["kind"]], gold, reading)
    return found


def _count(tally: Tally, gold: Span, reading: Reading) -> None:
    over = [s for s in reading.spans if s.start < gold["end"] and gold["start"] < s.end]
    same = [s for s in over if s.kind == gold["kind"]]
    tally.gold += 1
    tally.right += any(is_right(gold["kind"], gold["value"], s.value) for s in same)
    tally.exact += any((s.start, s.end) == (gold["start"], gold["end"]) for s in same)
    flagged = any(u.start < gold["end"] and gold["start"] < u.end for u in reading.unread)
    tally.silent += not over and not flagged


def is_right(kind: str, gold: Span | None, ours: Any) -> bool:
    """Whether a value says what was marked; what nobody could know is right whatever it says."""
    if gold is None or kind == "place":
        return True
    if kind == "money":
        return _same(gold, ours, "amount") and gold.get("currency") == ours.get("currency")
    if kind == "date":
        return all(gold.get(end) == ours.get(end) for end in ("earliest", "latest"))
    if kind == "time":
        return "at" not in gold or gold["at"] in (ours.get("at"), ours.get("from"))
    return any(_same(gold, ours, name) for name in ("count", "amount") if name in gold)


def _same(gold: Span, ours: Any, name: str) -> bool:
    other = ours.get(name, ours.get("count" if name == "amount" else "amount"))
    try:
        return other is not None and Decimal(str(gold[name])) == Decimal(str(other))
    except InvalidOperation:
        return False


def lines(part: str) -> Iterator[str]:
    """A table of the part."""
    yield f"| {part} | marked | right | exact F1 | silent |\n|---|---|---|---|---|"
    for (lang, kind), tally in sorted(tallies(part).items()):
        yield f"| {lang} {kind} | {tally.gold} | {tally.right / tally.gold if tally.gold else 0:.2f} | {tally.f1:.2f} | {tally.silent} |"


def bench() -> Iterator[tuple[str, float, str, str]]:
    """Days, places, hours, counts and sums of the held half that are read right, as rows of `make bench`."""
    for (lang, kind), tally in sorted(tallies("held").items()):
        if tally.gold:
            yield f"{kind} of strangers' notes, {lang}", tally.right / tally.gold, "share", f"of {tally.gold}"


if __name__ == "__main__":
    print("\n".join(lines(sys.argv[1] if len(sys.argv) > 1 else "held")))
