"""Times of day: points, ranges and parts of a day, on a clock of 24 hours."""

from __future__ import annotations

from typing import Any

from nightdesk.reading.match import Match, Value
from nightdesk.reading.tables import table


def _parts() -> dict[str, Any]:
    found = table("intervals")["day_part"]
    assert isinstance(found, dict)
    return found


def _time(hour: int, minute: int, part: str | None, half: str | None) -> str | None:
    """HH:MM of an hour as said, or None when no clock shows it."""
    if not (0 <= hour <= 24 and 0 <= minute <= 59):
        return None
    if half and not 1 <= hour <= 12:
        half = None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif part and hour in _parts()[part]["pm"]:
        hour += 12
    elif part in ("night", "deep night", "dawn", "midnight") and hour == 12:
        hour = 0
    elif part == "evening" and hour == 12:
        hour = 0 if minute else 24  # 晚上12点 ends that day
    return f"{hour:02d}:{minute:02d}" if (hour, minute) <= (24, 0) else None


def _said(m: Match, hour: str, clock: str, minute: str, half: str) -> tuple[int, int] | None:
    if (written := m.get(clock)) is not None:
        first, second = written.replace("：", ":").split(":")[:2]
        return int(first), int(second)
    said = m.whole(hour)
    if said is None and hour == "h":
        said = m.whole("four")
    if said is None:
        return None
    if minute in m.slots and m.whole(minute) is None:
        return None
    return said, m.get(half) or m.get("quarter") or m.get("cantonese") or m.whole(minute) or 0


def _seconds(m: Match) -> str:
    """:24 where seconds are given, nothing where not."""
    written = str(m.get("hm") or "").replace("：", ":").split(":")
    said = m.whole("s") if len(written) < 3 else int(written[2])
    return f":{said:02d}" if said is not None and said < 60 else ""


def clock(m: Match) -> Value | None:
    """밤 9시 반, 下午三点, quarter past six, 15:30."""
    said = _said(m, "h", "hm", "mi", "half_hour")
    if said is None:
        return None
    hour, minute = said
    if (past := m.get("past_to")) is not None:
        minute = past * (m.get("share") or m.get("quarter") or m.whole("mi") or 0)
        hour, minute = (hour, minute) if minute >= 0 else ((hour - 1) % 24 or 12, minute + 60)
    at = _time(hour, minute, m.get("day_part"), m.get("half_of_day"))
    at = at and at + _seconds(m)
    return {"at": at, "from": at, "to": at} if at else None


def clock_range(m: Match) -> Value | None:
    """밤 9시부터 11시: the second hour stands in the same part of the day unless it says otherwise."""
    first = _said(m, "h", "hm", "mi", "half_hour")
    second = _said(m, "h2", "hm2", "mi2", "half2")
    if first is None or second is None:
        return None
    part, later = m.get("day_part") or m.get("p2"), m.get("p2") or m.get("day_part")
    half = m.get("half_of_day") or m.get("half_of_day2")
    start = _time(*first, part if "half_of_day2" not in m.slots else None, half)
    end = _time(*second, later, m.get("half_of_day2"))
    return {"from": start, "to": end} if start and end else None


def day_part(m: Match) -> Value:
    """새벽, in the evening: the part and the hours it stands for."""
    part = m.get("day_part") or m.get("day_part2")
    row = _parts()[part]
    return {"part": part, "from": row["from"], "to": row["to"]}
