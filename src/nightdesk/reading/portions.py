"""Measures with halves, and tenths: 三斤, 一斤半, 半吨, 三成.

Belongs here: shares of a measure. What has a sign stands in counts.py.
"""

from __future__ import annotations

from decimal import Decimal

from nightdesk.reading.counts import good_after, good_before
from nightdesk.reading.match import Match, Value, plain
from nightdesk.reading.numerals import Number


def portion(m: Match) -> Value | None:
    """三公斤半 is 3.5 kg, 半斤 half a jin, 三成 30 %."""
    n, tenths = m.get("n"), m.get("tenths")
    if n is not None and not isinstance(n, Number):
        return None
    share, half = (
        Decimal(10 if tenths else 1),
        Decimal("0.5") if m.get("and_half") or m.get("half_tenth") or n is None else Decimal(0),
    )
    low, high = (n.low, n.high) if n else (Decimal(0), None)
    good = good_before(m.setting.text, m.start, m.rule.lang) or good_after(m.setting.text, m.end)
    value = {"amount": plain((low + half) * share), "unit": tenths or m.get("measure")}
    return (
        value
        | ({"amount_high": plain((high + half) * share)} if high else {})
        | ({"of": good} if good else {})
    )
