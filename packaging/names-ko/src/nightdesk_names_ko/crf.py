"""A linear-chain CRF: weights from a readable table, and the best row of labels for a row of features.

Pure. Training is python-crfsuite's work (train.py); reading needs nothing but this file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

Sparse = tuple[tuple[int, float], ...]


class Model(NamedTuple):
    """`state`: feature -> (label, weight)s; `follows`: for each label what it costs after each other one."""

    labels: tuple[str, ...]
    state: dict[str, Sparse]
    follows: tuple[Sparse, ...]  # for each label: the labels that may stand before it


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
            state[feature] = tuple((at[label], float(weight)) for label, weight in (p.split("=") for p in pairs))
    return Model(labels, state, _follows(labels, costs))


def _follows(labels: Sequence[str], costs: dict[tuple[int, int], float]) -> tuple[Sparse, ...]:
    """I-X stands after B-X and I-X alone."""
    return tuple(
        tuple(
            (first, costs.get((first, second), 0.0))
            for first, before in enumerate(labels)
            if not label.startswith("I-") or before[2:] == label[2:]
        )
        for second, label in enumerate(labels)
    )


def best(model: Model, rows: Sequence[Sequence[str]]) -> list[str]:
    """The labels with the highest sum of weights (Viterbi)."""
    labels, state, follows = model
    never = -1e9
    scores = [never if label.startswith("I-") else 0.0 for label in labels]
    back: list[list[int]] = []
    for n, row in enumerate(rows):
        here = [0.0] * len(labels)
        for feature in row:
            for label, weight in state.get(feature, ()):
                here[label] += weight
        if n == 0:
            scores = [a + b for a, b in zip(scores, here, strict=True)]
            continue
        came, new = [], []
        for label, before in enumerate(follows):
            top, source = never * 2, 0
            for first, cost in before:
                score = scores[first] + cost
                if score > top:
                    top, source = score, first
            came.append(source)
            new.append(top + here[label])
        back.append(came)
        scores = new
    return _trace(labels, scores, back) if rows else []


def _trace(labels: Sequence[str], scores: Sequence[float], back: Sequence[Sequence[int]]) -> list[str]:
    at = max(range(len(scores)), key=scores.__getitem__)
    out = [labels[at]]
    for came in reversed(back):
        at = came[at]
        out.append(labels[at])
    return out[::-1]
