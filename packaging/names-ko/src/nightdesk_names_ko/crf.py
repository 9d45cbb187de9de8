"""A linear-chain CRF: weights from a readable table, and the best row of labels for a row of features.

Pure. Weights are kept in hundredths, as whole numbers: sums are exact, in whatever order they are made.
Training is python-crfsuite's work (train.py); reading needs NumPy, which Kiwi brings, and this file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int32]
NEVER = -(10**8)


# Features that were made together (features.py), so that they are looked up together.
Part = tuple[str, ...]
MANY = 200_000


class Model(NamedTuple):
    """`weights[at[feature]]`: what a feature adds to each label; `costs[second, first]`: what a step adds."""

    labels: tuple[str, ...]
    at: dict[str, int]
    weights: Whole
    costs: Whole
    first: Whole  # NEVER for the labels that nothing can begin with
    seen: dict[Part, tuple[int, ...]]  # where the weights of a part stand; filled while reading, MANY at most


def parse(lines: Iterable[str]) -> Model:
    """The table as train.py writes it: labels, transitions (`> FROM TO weight`), then a feature a line."""
    rows = (line.rstrip("\n") for line in lines if not line.startswith("# "))
    labels = tuple(next(rows).split("\t")[1:])
    number = {label: n for n, label in enumerate(labels)}
    costs = np.zeros((len(labels), len(labels)), np.int32)
    at: dict[str, int] = {}
    weights: list[list[int]] = []
    for row in rows:
        if row.startswith(">\t"):
            _, first, second, weight = row.split("\t")
            costs[number[second], number[first]] = _hundredths(weight)
        elif row:
            feature, *pairs = row.split("\t")
            at[feature] = len(weights)
            weights.append(_added(pairs, number))
    _forbid(costs, labels)
    begin = np.array([NEVER if label.startswith("I-") else 0 for label in labels], np.int32)
    return Model(labels, at, np.array([*weights, [0] * len(labels)], np.int32), costs, begin, {})


def _hundredths(weight: str) -> int:
    return round(float(weight) * 100)


def _added(pairs: Iterable[str], number: dict[str, int]) -> list[int]:
    """`B-PS=1.20` and so on as one weight a label."""
    out = [0] * len(number)
    for pair in pairs:
        label, weight = pair.split("=")
        out[number[label]] = _hundredths(weight)
    return out


def _forbid(costs: Whole, labels: Sequence[str]) -> None:
    """I-X follows B-X and I-X, and nothing else."""
    for second, label in enumerate(labels):
        if label.startswith("I-"):
            costs[second, [n for n, before in enumerate(labels) if before[1:] != label[1:]]] = NEVER


def best(model: Model, rows: Sequence[Sequence[Part]]) -> list[str]:
    """The labels with the highest sum of weights (Viterbi)."""
    if not rows:
        return []
    here = added(model, rows)
    scores, back = here[0] + model.first, []
    for weight in here[1:]:
        steps = model.costs + scores
        back.append(steps.argmax(1))
        scores = steps.max(1)
        scores += weight
    return _trace(model.labels, scores, back)


def added(model: Model, rows: Sequence[Sequence[Part]]) -> Whole:
    """What the features of each piece add to each label."""
    seen, nothing = model.seen, len(model.at)
    which: list[int] = []
    begins = []
    for row in rows:
        begins.append(len(which))
        which.append(nothing)
        for part in row:
            found = seen.get(part)
            which += _found(model, part) if found is None else found
    out: Whole = np.add.reduceat(model.weights[which], begins, axis=0)
    return out


def _found(model: Model, part: Part) -> tuple[int, ...]:
    """Where the weights of a part's features stand, kept for the next time."""
    if len(model.seen) >= MANY:
        model.seen.clear()
    at = model.at
    model.seen[part] = found = tuple(at[feature] for feature in part if feature in at)
    return found


def _trace(labels: Sequence[str], scores: Whole, back: Sequence[NDArray[np.intp]]) -> list[str]:
    at = int(scores.argmax())
    out = [labels[at]]
    for came in reversed(back):
        at = int(came[at])
        out.append(labels[at])
    return out[::-1]
