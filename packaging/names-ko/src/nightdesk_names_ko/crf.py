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


# Features that were made together (parts.py), so that their weights are added up once.
Part = tuple[str, ...]
MANY = 200_000


class Sums(dict[Part, int]):
    """Where in `rows` the weights of a part stand, added up when it is first asked for; MANY at most.

    `rows` begin with nothing's, then those of each feature: a part of one feature is not added up.
    """

    def __init__(self, at: dict[str, int], weights: Whole) -> None:
        super().__init__()
        self.at = {feature: number + 1 for feature, number in at.items()}
        self.features = self.last = len(weights)
        self.rows = np.zeros((self.features + 1024, weights.shape[1]), np.int32)
        self.rows[1 : self.features + 1] = weights

    def __missing__(self, part: Part) -> int:
        at = self.at
        which = [at[feature] for feature in part if feature in at]
        here = self[part] = self._new(which) if len(which) > 1 else which[0] if which else 0
        return here

    def _new(self, which: list[int]) -> int:
        self.last += 1
        if self.last == len(self.rows):
            self.rows = np.concatenate([self.rows, np.zeros_like(self.rows)])
        np.add.reduce(self.rows.take(which, 0), 0, None, self.rows[self.last])
        return self.last

    def keep_few(self) -> None:
        """Forgets everything once it is too much. Only between two sentences: one holds numbers of rows."""
        if len(self) >= MANY:
            self.clear()
            self.last = self.features


class Model(NamedTuple):
    """`sums` know what each part adds to each label; `costs[second, first]`: what a step adds."""

    labels: tuple[str, ...]
    costs: Whole
    first: Whole  # NEVER for the labels that nothing can begin with
    sums: Sums


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
    return Model(labels, costs, begin, Sums(at, np.array(weights, np.int32).reshape(-1, len(labels))))


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
    here[0] += model.first
    ways = model.costs + here[:, :, np.newaxis]  # what a step to each label adds, its features with it
    scores = np.empty_like(here)
    scores[0] = here[0]
    steps, add, most = np.empty_like(model.costs), np.add, np.maximum.reduce
    for way, before, now in zip(ways[1:], scores, scores[1:], strict=False):
        add(way, before, steps)
        most(steps, 1, None, now)
    return _trace(model, scores)


def added(model: Model, rows: Sequence[Sequence[Part]]) -> Whole:
    """What the features of each piece add to each label."""
    model.sums.keep_few()
    which: list[int] = []
    begins, find = [], model.sums.__getitem__
    for row in rows:
        begins.append(len(which))
        which += map(find, row)
    out: Whole = np.add.reduceat(model.sums.rows.take(which, 0), begins, axis=0)
    return out


def _trace(model: Model, scores: Whole) -> list[str]:
    """From the best end back to where each best step came from; of equals the first."""
    came = (model.costs + scores[:-1, np.newaxis, :]).argmax(2).tolist()
    at = int(scores[-1].argmax())
    out = [model.labels[at]]
    for before in reversed(came):
        at = before[at]
        out.append(model.labels[at])
    return out[::-1]
