"""How right corroboration's weights are on strands they were not fitted to, within the `tune` part.

Run `python -m bench._cross_events`, with `--ridge 3` or `--set join=0.4` to try a choice. Each strand's reports are
judged by weights fitted to all other strands (leave one strand out), with `--by hand` by weights fitted to all other
hands; the streams are whole, so that look-alikes of other strands are met. Intervals are 95 % by bootstrap over strands. What is shipped is fitted to all of them and looks better on them than it is.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from typing import Any

from bench._fit_events import RIDGE, as_curves, fit, learnt_pairs, sample_pairs
from bench.events import HANDS, MEASURES, NOTES, Run, interval
from nightdesk.corroboration import lexicon


def models(ridge: float, by_hand: bool = False) -> dict[tuple[str, object], dict[str, float]]:
    """Weights by strand: fitted to every pair that has no report of it, or of its hand."""
    known = learnt_pairs()
    sample = sample_pairs()
    strands = {strand for pair in known for strand in pair.strands}
    if by_hand:
        of_hand = {
            hand: fit([*(p.seen for p in known if hand not in {h for h, _ in p.strands}), *sample], ridge)
            for hand in HANDS
        }
        return {strand: of_hand[strand[0]] for strand in strands}
    return {
        strand: fit([*(pair.seen for pair in known if strand not in pair.strands), *sample], ridge)
        for strand in sorted(strands, key=str)
    }


class Crossed(Run):
    """A run in which every report is judged by the weights of the other strands."""

    def __init__(self, hand: str, by_strand: Mapping[tuple[str, object], dict[str, float]]) -> None:
        self._by_strand = by_strand
        super().__init__(hand, "tune")

    def before(self, row: Mapping[str, Any]) -> None:
        """Put the weights that know nothing of the report's strand in place."""
        fitted = self._by_strand.get((self.hand, row.get("strand")), {})
        lexicon.weights().update(fitted)  # type: ignore[attr-defined]  # a dict, changed here alone
        lexicon.curves().update(as_curves(fitted))  # type: ignore[attr-defined]  # the same


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--ridge", type=float, default=RIDGE)
    options.add_argument(
        "--hands", default="".join(HANDS), help="whose reports are judged; all are learnt from"
    )
    options.add_argument("--by", choices=("strand", "hand"), default="strand", help="what is left out")
    options.add_argument("--set", action="append", default=[], metavar="NAME=VALUE")
    chosen = options.parse_args()
    by_strand = models(chosen.ridge, chosen.by == "hand")
    fixed = {name: float(value) for name, value in (one.split("=") for one in chosen.set)}
    by_strand = {strand: {**weights, **fixed} for strand, weights in by_strand.items()}
    lexicon.weights().update(fixed)  # type: ignore[attr-defined]  # a dict, changed for this run alone
    runs = {hand: Crossed(hand, by_strand) for hand in chosen.hands}
    groups = {HANDS[hand]: [run] for hand, run in runs.items()}
    groups["all call notes"] = [run for hand, run in runs.items() if hand in NOTES]
    for name, some in groups.items():
        print(f"{name:28} " + "  ".join(_said(some, about) for about in MEASURES))


def _said(some: Sequence[Run], about: str) -> str:
    value = MEASURES[about]([(run, run.rows) for run in some])
    low, high = interval(some, MEASURES[about])
    return f"{about} {value:.3f} ({low:.2f}–{high:.2f})"


if __name__ == "__main__":
    main()
