"""English times of day: points and ranges with am, pm, a part of the day, or none of them."""

from __future__ import annotations

import re
from datetime import timedelta

from nightdesk.reading.bounds import value
from nightdesk.reading.calendar import calendar
from nightdesk.reading.clock import _parts as _day_parts
from nightdesk.reading.clock import _time
from nightdesk.reading.hours import clock_of
from nightdesk.reading.match import Match, Value

_AFTER_NOON = re.compile(r"(?:afternoon|evening),? \Z", re.IGNORECASE)
Hour = tuple[int, int, int | None]


def said_clock(m: Match) -> Value | None:
    """3 in the morning, nine fifty-nine am, 1500 hrs, ten past noon."""
    said = _past_or_to(m) or clock_of(str(m.get("t") or m.get("t1")))
    if said is None:
        return None
    at = _on_the_clock(said, m.get("half_of_day") or _letter(m, "ap"), m.get("day_part"))
    return {"at": at, "from": at, "to": at} if at else None


def _letter(m: Match, name: str) -> str | None:
    """9a, 11p."""
    said = m.get(name)
    return f"{said.lower()}m" if said else None


def day_with_part(m: Match) -> Value:
    """Tonight, this morning: the day, and the hours of that part of it."""
    said = m.get("today_part")
    there = m.setting.day() + timedelta(days=said["day"])
    row = _day_parts()[said["part"]]
    return {**value(there, there), "part": said["part"], "from": row["from"], "to": row["to"]}


def weekday_part(m: Match) -> Value | None:
    """Wednesday evening next week: the day, and the hours of that part of it."""
    there, part = calendar(m), m.get("day_part")
    row = _day_parts()[part]
    return {**there, "part": part, "from": row["from"], "to": row["to"]} if there else None


def _past_or_to(m: Match) -> Hour | None:
    """Quarter past six, ten minutes to noon, half seven."""
    step = m.get("past_to") or (1 if "halfpast" in m.slots else None)
    if step is None:
        return None
    hour = {"noon": 12, "midday": 12, "midnight": 0}.get(str(m.get("t")).lower())
    said = clock_of(str(m.get("t"))) if hour is None else (hour, 0, None)
    minutes = 30 if "halfpast" in m.slots else m.get("share") or m.whole("mi")
    if said is None or said[1] or not minutes or minutes > 59:
        return None
    if step > 0:
        return said[0], minutes, None
    return (said[0] - 1) % 24 or (12 if hour is None else 24), 60 - minutes, None


def _on_the_clock(said: Hour, half: str | None, part: str | None) -> str | None:
    hour, minute, second = said
    at = _time(hour % 24 if hour == 24 and minute else hour, minute, part, half)
    return at and at + (f":{second:02d}" if second is not None else "")


def said_clock_range(m: Match) -> Value | None:
    """3-5pm, from 8am to 6, between 9 and 11 in the morning, 11:30-1:30: both ends on one day's clock."""
    first, second = clock_of(str(m.get("t"))), clock_of(str(m.get("t2")))
    if first is None or second is None:
        return None
    half, half2 = m.get("half_of_day") or _letter(m, "ap"), m.get("half2") or _letter(m, "bp")
    part = m.get("day_part")
    if (
        part is None
        and half is None
        and half2 is None
        and _AFTER_NOON.search(m.setting.text, max(0, m.start - 12), m.start)
    ):
        half = half2 = "pm"
    start = _on_the_clock(first, half or half2, part)
    end = _on_the_clock(second, half2 or half, part)
    if start is None or end is None:
        return None
    if half is None and (half2 or part) and start > end:
        start = _on_the_clock(first, "am" if half2 != "am" else "pm", None) or start
    elif half2 is None and end <= start and second[0] <= 12:
        end = _later(second) or end
    return {"from": start, "to": end}


def _later(said: Hour) -> str | None:
    """9 to 5 ends in the afternoon."""
    return _on_the_clock(said, "pm", None)


def twelve_hours_on(at: str) -> str:
    """15:20 for 03:20."""
    return f"{int(at[:2]) + 12:02d}{at[2:]}"
