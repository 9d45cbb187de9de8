"""The tables under data/, as the program asks for them.

Belongs here: reading them. Does not belong here: looking for their words in a text (scanning.py). What the entries mean
is written in the tables, where a non-programmer can correct it.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from math import log
from typing import Any, NamedTuple

Table = Mapping[str, Any]


@cache
def table(name: str = "acts") -> Table:
    """data/<name>.toml as it stands. The file is part of the package."""
    return tomllib.loads((files("nightdesk.corroboration") / "data" / f"{name}.toml").read_text("utf-8"))


@cache
def weights() -> Mapping[str, float]:
    """What each comparison says for or against, with the thresholds under their own names."""
    raw = table("weights")
    return {**raw["weights"], **raw["decision"]}


class Curve(NamedTuple):
    """What a feature says at each of its values, in log odds: straight lines between points, level beyond them."""

    at: tuple[float, ...]
    says: tuple[float, ...]

    def __call__(self, value: float) -> float:
        """What `value` says."""
        place = bisect_right(self.at, value)
        if place == 0 or place == len(self.at):
            return self.says[place - 1 if place else 0]
        (left, right), (low, high) = self.at[place - 1 : place + 1], self.says[place - 1 : place + 1]
        return low + (high - low) * (value - left) / (right - left)


@cache
def curves() -> Mapping[str, Curve]:
    """The features whose worth is no straight line from nothing: a little likeness says nothing, a lot says all."""
    return {name: curve(points) for name, points in table("weights")["curves"].items()}


def curve(points: Sequence[tuple[float, float]]) -> Curve:
    """A curve through (value, log odds), values rising."""
    at, says = zip(*points, strict=True)
    return Curve(at, says)


@cache
def act_class(act: str) -> str:
    """act, campaign or survey."""
    return str(table()["acts"][act]["class"])


@cache
def act_family(act: str) -> str:
    """The family of acts that one event often mixes: a demand, a payment, a threat."""
    return str(table()["acts"][act]["family"])


def section(name: str) -> Mapping[str, Any]:
    """A section of acts.toml, or concepts.toml, as entries with their words by language."""
    # [habit], [spam]... hold words themselves; [acts], [parties]... hold entries that hold words.
    rows: Mapping[str, Any] = table("concepts") if name == "concepts" else table()[name]
    return {name: rows} if "ko" in rows else rows


RAREST = 3  # of a thousand texts: what stands in fewer says no more than that


def rarity(kind: str, found: Iterable[str]) -> float:
    """How much it says that two accounts share these `acts` or `details`: -log of the share of texts with each, in all."""
    shares = table("background")[kind]
    # In one order: sums of floats differ by it, and sets have another one in every process.
    return sum(-log(max(shares.get(name, 0), RAREST) / 1000) for name in sorted(found))
