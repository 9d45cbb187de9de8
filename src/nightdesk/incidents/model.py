"""The record's rows: acts with status, bounds, places and the role of each sum."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Status = Literal["accepted", "conflict", "open"]
SumRole = Literal["demanded", "paid", "confiscated", "fined", "price"]


@dataclass(frozen=True, slots=True)
class Act:
    """Who did what to whom, where, when, how much. `token` is random and leads nowhere from here."""

    token: str
    act: str  # code from data/acts.toml
    status: Status
    place: str  # gazetteer key or ''
    earliest: date | None
    latest: date | None
    edtf: str
    actor: str
    party: str
    amount: Decimal | None = None
    currency: str | None = None
    sum_role: SumRole | None = None
