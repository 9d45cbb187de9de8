"""The kinds of act, with labels and definitions, as data/acts.toml has them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, get_args

from nightdesk.incidents.model import Status, SumRole

SUM_ROLES: tuple[SumRole, ...] = get_args(SumRole)
STATUSES: tuple[Status, ...] = get_args(Status)


@dataclass(frozen=True, slots=True)
class ActKind:
    """One kind of act. `sums` are the roles of a sum that fit it, likeliest first."""

    code: str
    labels: Mapping[str, str]  # by language: en, ko
    definitions: Mapping[str, str]
    sums: tuple[SumRole, ...]

    def label(self, lang: str) -> str:
        """The label in `lang`, in English where there is none."""
        return self.labels.get(lang, self.labels["en"])


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads((files("nightdesk.incidents") / "data" / "acts.toml").read_text("utf-8"))


@cache
def vocabulary() -> Mapping[str, ActKind]:
    """Every kind of act by code, in the table's order."""
    return {
        code: ActKind(
            code,
            {"en": row["en"], "ko": row["ko"]},
            {"en": row["definition"], "ko": row["definition_ko"]},
            tuple(row["sums"]),
        )
        for code, row in _table()["acts"].items()
    }


def label(section: str, key: str, lang: str) -> str:
    """The word for a status or a sum's role (`statuses`, `sum_roles`). KeyError when there is none."""
    row: Mapping[str, str] = _table()[section][key]
    return row.get(lang, row["en"])
