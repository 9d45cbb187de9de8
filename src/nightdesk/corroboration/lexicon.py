"""The tables under data/, as the program asks for them.

Belongs here: reading them. Does not belong here: looking for their words in a text (scanning.py). What the entries mean
is written in the tables, where a non-programmer can correct it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

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
