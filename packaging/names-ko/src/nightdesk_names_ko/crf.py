"""A linear-chain CRF: weights from a readable table, and the best row of labels for a row of features.

Pure. Training is python-crfsuite's work (train.py); reading needs nothing but this file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

Sparse = tuple[tuple[int, float], ...]


class Model(NamedTuple):
    """`state`: feature -> (label, weight)s; `costs[second][first]`: what `second` gets after `first`."""

    labels: tuple[str, ...]
    state: dict[str, Sparse]
    costs: tuple[tuple[float, ...], ...]
    inside: tuple[tuple[int, ...], ...]  # for I-X the labels it may follow; empty for any
    spread: float  # between the dearest and the cheapest step


def parse(lines: Iterable[str]) -> Model:
    """The table as train.py writes it: labels, transitions (`> FROM TO weight`), then a feature a line."""
    rows = (line.rstrip("\n") for line in lines if not line.startswith("# "))
    labels = tuple(next(rows).split("\t")[1:])
    at = {label: n for n, label in enumerate(labels)}
    costs: dict[tuple[int, int], float] = {}
    state: dict[str, Sparse] = {}
    for row in rows:
        if row.startswith(">\t"):
            _, first, second, weight = row.split("\t")
            costs[at[first], at[second]] = float(weight)
        elif row:
            feature, *pairs = row.split("\t")
            state[feature] = tuple(
                (at[label], float(weight)) for label, weight in (p.split("=") for p in pairs)
            )
    every = range(len(labels))
    table = tuple(tuple(costs.get((first, second), 0.0) for first in every) for second in every)
    inside = tuple(
        tuple(n for n, before in enumerate(labels) if label.startswith("I-") and before[2:] == label[2:])
        for label in labels
    )
    steps = [cost for row in table for cost in row]
    return Model(labels, state, table, inside, max(steps) - min(steps))


NEVER = -1e9


def best(model: Model, rows: Sequence[Sequence[str]]) -> list[str]:
    """The labels with the highest sum of weights (Viterbi).

    A label further behind than any step can make up for is not looked at; the result is the same.
    """
    if not rows:
        return []
    scores = [
        NEVER if inside else weight
        for inside, weight in zip(model.inside, _here(model, rows[0]), strict=True)
    ]
    back: list[list[int]] = []
    for row in rows[1:]:
        floor = max(scores) - model.spread
        alive = [label for label, score in enumerate(scores) if score >= floor]
        came, new = [], []
        for weight, costs, inside in zip(_here(model, row), model.costs, model.inside, strict=True):
            top, source = NEVER * 2, 0
            for label in inside or alive:
                score = scores[label] + costs[label]
                if score > top:
                    top, source = score, label
            came.append(source)
            new.append(top + weight)
        back.append(came)
        scores = new
    return _trace(model.labels, scores, back)


def _here(model: Model, row: Sequence[str]) -> list[float]:
    """What the features of one piece add to each label."""
    here, known = [0.0] * len(model.labels), model.state
    for feature in row:
        if feature in known:
            for label, weight in known[feature]:
                here[label] += weight
    return here


def _trace(labels: Sequence[str], scores: Sequence[float], back: Sequence[Sequence[int]]) -> list[str]:
    at = max(range(len(scores)), key=scores.__getitem__)
    out = [labels[at]]
    for came in reversed(back):
        at = came[at]
        out.append(labels[at])
    return out[::-1]
