"""Rows put in in lots, and the day the filled desk stands at."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import islice
from typing import Any

LOT, DAY = 2000, date(2023, 12, 18)


def many(rows: Iterable[Any]) -> list[Any]:
    """Puts rows in, in lots."""
    made, rows = [], iter(rows)
    while lot := list(islice(rows, LOT)):
        type(lot[0]).objects.bulk_create(lot)
        made += lot
    return made
