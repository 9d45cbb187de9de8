"""Lengths of time of several parts or of no exact number, and what recurs every so many of them (English)."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

from nightdesk.reading.bounds import month_of, value
from nightdesk.reading.distance import _iso, _shift, ahead, deadline
from nightdesk.reading.match import Match, Value
from nightdesk.reading.tables import table
from nightdesk.reading.tally import Number

Part = tuple[str, Decimal]


_SHARE = re.compile(
    r"\b(?:up|down|rose|risen|fell|fallen|grew|grown|dropped|cut|shrank|increased|decreased|declined)[ ]$",
    re.I,
)


def length(m: Match) -> Value | None:
    """Two years and three months, an hour and a half, 1 h 30 min, a few days."""
    if (few := m.get("few")) is not None:
        shortest, longest = table("intervals")["length"][few]
        return {"iso8601": shortest, "iso": shortest, "longest": longest}
    if (whole := m.get("half_length")) is not None:
        return {"iso8601": whole, "iso": whole}
    n = m.get("n")
    if isinstance(n, Number) and n.high is not None:
        unit = str(m.get("unit"))
        return {**_iso([(unit, n.low)]), "longest": _iso([(unit, n.high)])["iso8601"]}
    parts = _parts(m)
    if m.get("unit") == "quarter" and _SHARE.search(m.setting.text[max(0, m.start - 12) : m.start]):
        return None  # prices rose a quarter
    if (
        not parts
        or any(count >= 10**9 for _, count in parts)
        or len({unit for unit, _ in parts}) < len(parts)
    ):
        return None
    if (more := m.get("part_more")) is not None:
        parts[-1] = (parts[-1][0], parts[-1][1] + Decimal(str(more)))
    return _iso(parts)


def _parts(m: Match) -> list[Part]:
    """Every unit said, with its number."""
    first = m.get("n").low if isinstance(m.get("n"), Number) else Decimal(m.get("n1") or m.get("one") or 0)
    found = [(str(m.get("unit")), first)]
    for number, unit in (("n2", "unit2"), ("n3", "unit3")):
        if isinstance(m.get(number), Number):
            found.append((str(m.get(unit)), m.get(number).low))
    return found


_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
_DAYS = {"day": 1, "week": 7, "fortnight": 14}


def ago_mixed(m: Match) -> Value | None:
    """Two years and three months ago: the day, since so exact a length was told."""
    months = days = 0
    for unit, count in _parts(m):
        if count != int(count) or count > 100_000 or unit not in {*_MONTHS, *_DAYS}:
            return None
        months, days = months + int(count) * _MONTHS.get(unit, 0), days + int(count) * _DAYS.get(unit, 0)
    on = m.setting.day()
    first, last = month_of(on.year, on.month - months)
    there = _shift(first.replace(day=min(on.day, last.day)), -days)
    return value(there, there)


def lately(m: Match) -> Value | None:
    """The last few days, the next few weeks, in a few months."""
    on = m.setting.day()
    furthest, nearest = table("intervals")["fuzzy"][m.get("few") or m.get("few_ahead")]
    if m.get("stretch_back") or "back" in m.slots:
        return value(_shift(on, -furthest), _shift(on, -1)) if furthest else None
    begin = 1 if m.get("stretch_ahead") or "ahead" in m.slots else nearest
    return value(_shift(on, begin), _shift(on, furthest)) if furthest else None


def in_so_long(m: Match) -> Value | None:
    """In three weeks, a year from now; 48 hours are two days."""
    n = m.get("n")
    if m.get("half_hours") is not None:
        return value(m.setting.day(), m.setting.day())
    if m.get("unit") == "hour" and isinstance(n, Number) and n.high is None and not n.low % 24:
        there = m.setting.day() + timedelta(days=int(n.low) // 24)
        return value(there, there)
    return ahead(m)


def in_the_time(m: Match) -> Value | None:
    """Within two weeks: from the day of the contact on, where a plan is told; else it stays a length."""
    return deadline(m) if m.future() or m.words == m.setting.text.strip(" .!") else None


def often(m: Match) -> Value | None:
    """Every two weeks, every other Friday, twice a month."""
    if "weekday" in m.slots:
        return {"every": f"P{m.get('every_other')}W", "weekday": m.get("weekday") + 1}
    times = m.get("once") or m.whole("n")
    if m.get("every") and "every_one" not in m.slots:
        return {"every": m.get("every")} | ({"times": times} if times and times > 1 else {})
    unit = str(m.get("unit"))
    count = m.get("every_other") or (m.whole("n") if "every_one" in m.slots else 1)
    if (
        count is None
        or not 0 < count < 1000
        or (times is None and "every_one" not in m.slots and "every_other" not in m.slots)
    ):
        return None
    found = {"every": _iso([(unit, Decimal(count))])["iso8601"]}
    said = times if "every_one" not in m.slots and "every_other" not in m.slots else None
    return found | ({"times": said} if said and said > 1 else {})
