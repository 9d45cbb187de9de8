"""Times of day: points, ranges and parts of a day, on a clock of 24 hours."""

from __future__ import annotations

from typing import Any

from nightdesk.reading.match import Match, Value
from nightdesk.reading.tables import table
from nightdesk.reading.tally import Number


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


def _afternoon(m: Match, hour: int, part: str | None) -> str | None:
    """세 시 without its part of the day is the afternoon's; 03:00 and 새벽 세 시 are not."""
    said = m.rule.lang == "ko" and part is None and 1 <= hour <= 4 and not m.words.startswith("0")
    return "afternoon" if said else part


def _noon(m: Match, part: str | None, hour: int) -> str | None:
    """오전 12시 is midnight in Korean, and noon to Chinese readers."""
    return "dawn" if (m.rule.lang, part, hour) == ("ko", "forenoon", 12) else part


def _open(m: Match, at: str, end: str) -> Value:
    """오후 두 시 이후, 11시 전: the other side stays open."""
    return {"from": end, "to": None} if m.get("side") == "after" else {"from": None, "to": at}


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
    part = _noon(m, m.get("day_part"), hour)
    if m.get("half_of_day") is None:
        part = _afternoon(m, hour, part)
    at = _time(hour, minute, part, m.get("half_of_day"))
    at = at and at + _seconds(m)
    if at and m.get("side") is not None:
        return _open(m, at, at)
    return {"at": at, "from": at, "to": at} if at else None


def clock_range(m: Match) -> Value | None:
    """밤 9시부터 11시: the second hour stands in the same part of the day unless it says otherwise."""
    first = _said(m, "h", "hm", "mi", "half_hour")
    second = _said(m, "h2", "hm2", "mi2", "half2")
    if first is None or second is None:
        return None
    part, later = m.get("day_part") or m.get("p2"), m.get("p2") or m.get("day_part")
    half = m.get("half_of_day") or m.get("half_of_day2")
    if "half_of_day2" not in m.slots and half is None:
        part = _afternoon(m, first[0], part)
        later = later if later is not None else _follows(first, second)
    start = _time(*first, part if "half_of_day2" not in m.slots else None, half)
    end = _time(*second, later, m.get("half_of_day2"))
    return {"from": start, "to": end} if start and end else None


def _follows(first: tuple[int, int], second: tuple[int, int]) -> str | None:
    """9시부터 3시: the end comes after the beginning, in the afternoon where it must."""
    return "afternoon" if (second < first and second[0] < 12) or second[0] <= 4 else None


def clock_about(m: Match) -> Value | None:
    """오후 서너 시, 두세 시: from one hour to the other."""
    said = m.get("h")
    if not isinstance(said, Number) or said.high is None:
        return None
    low, high = int(said.low), int(said.high)
    part = _afternoon(m, low, m.get("day_part"))
    start, end = _time(low, 0, part, None), _time(high, 0, part, None)
    return {"from": start, "to": end} if start and end else None


def day_part(m: Match) -> Value:
    """새벽, in the evening: the part and the hours it stands for."""
    part = m.get("day_part") or m.get("day_part2")
    row = _parts()[part]
    if m.get("side") is not None:
        return _open(m, row["from"], row["to"])
    return {"part": part, "from": row["from"], "to": row["to"]}
