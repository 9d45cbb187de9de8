"""Measures with halves, and tenths: 三斤, 一斤半, 半吨, 三成.

Belongs here: shares of a measure. What has a sign stands in counts.py.
"""

from __future__ import annotations

from decimal import Decimal

from nightdesk.reading.counts import good_after, good_before
from nightdesk.reading.match import Match, Value, plain
from nightdesk.reading.tally import Number

HALF = Decimal("0.5")


def portion(m: Match) -> Value | None:
    """三公斤半 is 3.5 kg, 半斤 half a jin, 三成 30 %, 零下二十度 twenty below."""
    n = m.get("n")
    if n is not None and not isinstance(n, Number):
        return None
    good = good_before(m.setting.text, m.start, m.rule.lang) or good_after(m.setting.text, m.end)
    low, high = (n.low, n.high) if n else (Decimal(0), None)
    value = {"amount": _share(m, low), "unit": m.get("tenths") or m.get("measure")}
    value |= {"amount_high": _share(m, high)} if high is not None else {}
    return value | ({"of": good} if good else {})


def _share(m: Match, n: Decimal) -> str:
    """The number with its half, as so many tenths or below nought where that is said."""
    halved = m.get("n") is None or m.get("and_half") or m.get("half_tenth")
    said = n + (HALF if halved else 0)
    return plain(said * (10 if m.get("tenths") else 1) * (-1 if m.get("minus") else 1))
