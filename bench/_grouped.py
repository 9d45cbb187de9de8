"""How right relations and origins are where every report is put into its gold event: what judging costs, without grouping.

Run `python -m bench._grouped tune`, or `held`. Beside each hand stand the shares as the engine groups (`bench.events`)
and as the gold does; below, which relation the gold has and which is said.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence

from bench.events import GOLD, HANDS, NOTES, Row, Run, account, rows_of
from nightdesk.corroboration import Correction, Desk, origins
from nightdesk.corroboration.evidence import Told

SAID = ("supports", "repeats", "disputes", "none")


class Placed(Desk):
    """A desk that puts an account where it was joined, and any other by itself."""

    def _choose(self, told: Told, forced: list[int], banned: set[int]) -> tuple[int, list[int]]:
        return (forced[0] if forced else 0), []


class Grouped(Run):
    """A run over reports whose events are known."""

    def __init__(self, hand: str, part: str) -> None:
        self.hand, self.rows = hand, rows_of(hand, part)
        self.events = json.loads((GOLD / f"{hand}_events.json").read_text("utf-8"))
        desk = Placed(_joins(self.rows))
        self.verdicts = {row["id"]: desk.add(account(row)) for row in self.rows}
        self.found = {id: desk.event_of(id) or f"alone {id}" for id in self.verdicts}
        self.counts = {o.event: (o.independent_origins, o.at_least) for o in origins(desk)}

    def matrix(self) -> Counter[tuple[str, str]]:
        """(relation of the gold, relation said): how many links."""
        found: Counter[tuple[str, str]] = Counter()
        for row in self.rows:
            said = {link.to: link.relation for link in self.verdicts[row["id"]].links}
            found.update((gold["relation"], said.get(gold["to"], "none")) for gold in row.get("links", ()))
        return found


def _joins(rows: Sequence[Row]) -> Iterator[Correction]:
    """Each report of an event joined to its first."""
    first: dict[str, str] = {}
    for row in rows:
        if row["event"] and first.setdefault(row["event"], row["id"]) != row["id"]:
            yield Correction("join", row["id"], first[row["event"]], "gold")


def main(part: str) -> None:
    total: Counter[tuple[str, str]] = Counter()
    print(f"| {part} | relations | grouped | origins | grouped |\n|---|---|---|---|---|")
    for hand in NOTES:
        plain, grouped = Run(hand, part), Grouped(hand, part)
        if plain.rows:
            pairs = [(run.relations(run.rows), run.origins(run.rows)) for run in (plain, grouped)]
            cells = [
                f"{right / max(1, asked):.3f}" for right, asked in (pair[i] for i in (0, 1) for pair in pairs)
            ]
            print(f"| {HANDS[hand]} | " + " | ".join(cells) + " |")
            total += grouped.matrix()
    for gold in SAID[:3]:
        print(gold, {said: total[gold, said] for said in SAID})


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "held")
