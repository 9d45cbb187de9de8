"""What comes again, said with a number, a feast or a day of the month: 每两周, 隔天, 每逢春节, 每月15号.

Belongs here: how often. Simple ones stand in distance.every.
"""

from __future__ import annotations

from nightdesk.reading import calendar, distance
from nightdesk.reading.match import Match, Value, plain
from nightdesk.reading.tables import lookup
from nightdesk.reading.tally import Number

_LETTERS = {"second": "T{}S", "minute": "T{}M", "hour": "T{}H", "day": "{}D", "week": "{}W", "month": "{}M",
            "year": "{}Y"}  # fmt: skip


def every_n(m: Match) -> Value | None:
    """每两周, 每隔三天: 每隔一天 is every second day, other numbers count as they are said."""
    n, unit = m.get("n"), str(m.get("unit"))
    unit, size = ("month", 3) if unit == "quarter" else (unit, 1)
    if not isinstance(n, Number) or n.high is not None or n.low != int(n.low) or unit not in _LETTERS:
        return None
    return {"every": "P" + _LETTERS[unit].format(plain(n.low * size))}


def every_feast(m: Match) -> Value:
    """每逢春节, 每年国庆: a day of the solar calendar by its date, any other by its name."""
    feast = calendar.feast_meant(m)
    if not isinstance(feast, str):
        return {"every": "P1Y", "month": feast[0], "day": feast[1]}
    words = lookup(m.rule.lang, "festival")
    return {"every": "P1Y", "in": next(word for word, rule in words.items() if rule == feast)}


def every_month(m: Match) -> Value | None:
    """每月15号, 每个月底."""
    if (part := m.get("month_part")) is not None:
        return {"every": "P1M", "in": f"{part} in the month"}
    number = m.whole("d")
    return {"every": "P1M", "day": number} if number and 1 <= number <= 31 else None


def every(m: Match) -> Value | None:
    """每周五, 每逢周末, 每年3月5日, 每年夏天."""
    if m.get("weekend") is not None or m.get("weekend_short") is not None:
        return {"every": "P1W", "in": "weekend"}
    if "m" in m.slots and m.whole("m") is None:
        return None
    return distance.every(m)
