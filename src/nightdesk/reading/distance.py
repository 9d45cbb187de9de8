"""Days counted from the day of the contact (사흘 전, 两个月前, a few years ago), and lengths of time."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from nightdesk.reading.bounds import day, month_of, value, year_of
from nightdesk.reading.counts import another_word
from nightdesk.reading.match import Impossible, Match, Value, plain
from nightdesk.reading.tables import table
from nightdesk.reading.tally import Number

_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_MONTHS = {"month": 1, "quarter": 3}
_YEARS = {"year": 1, "decade": 10, "century": 100}
_ISO = {
    "second": ("T", 1, "S"), "minute": ("T", 1, "M"), "hour": ("T", 1, "H"), "day": ("", 1, "D"),
    "week": ("", 1, "W"), "fortnight": ("", 2, "W"), "month": ("", 1, "M"), "quarter": ("", 3, "M"),
    "year": ("", 1, "Y"), "decade": ("", 10, "Y"), "century": ("", 100, "Y"),
}  # fmt: skip
CLOCK = ("hour", "minute", "second")
LONGEST_DAYS = 400_000  # further than the calendar reaches


def _far(m: Match) -> tuple[str, Decimal] | None:
    """Unit and how many of it a rule names."""
    if (days := m.get("days")) is not None:
        return "day", Decimal(days)
    if (months := m.get("half_year")) is not None:
        return "month", Decimal(str(months))
    if m.get("half_hours") is not None:
        return "minute", Decimal(30)
    if "half a year" in m.words.lower():
        return "month", Decimal(6)
    n = m.get("n") or m.get("back_n") or m.get("one")
    if n is None:
        return None
    if isinstance(n, Number):
        return None if n.high is not None else (str(m.get("unit")), n.low)
    return str(m.get("unit")), Decimal(n)


def ago(m: Match) -> Value | None:
    """A day, or the approximate month or year, before the day of the contact."""
    return _away(m, -1) or _between(m, -1) if _single(m) else _between(m, -1)


def ahead(m: Match) -> Value | None:
    """The same, after the day of the contact."""
    return _away(m, 1) or _between(m, 1) if _single(m) else _between(m, 1)


def _single(m: Match) -> bool:
    """Whether one number is said, and not two (2~3일) or one and some (10여 년)."""
    return all(m.get(slot) is None for slot in ("high", "more", "and_half"))


def _between(m: Match, step: int) -> Value | None:
    """이삼일 전, 两三天前: both ends count."""
    n, unit = m.get("n"), str(m.get("unit"))
    n = _ends(m) or n
    if isinstance(n, Number) and m.get("and_half") is not None:
        n = Number(n.low, n.low + 1)  # 한 달 반 전
    if not isinstance(n, Number) or n.high is None:
        return None
    if unit in _MONTHS or unit in _YEARS:
        return _between_months(m.setting.day(), n, unit, step)
    if unit not in _DAYS:
        return None
    ends = sorted(_shift(m.setting.day(), step * int(x) * _DAYS[unit]) for x in (n.low, n.high))
    return value(ends[0], ends[1])


def _ends(m: Match) -> Number | None:
    """2~3일, 1∼2시간: two numbers written with a dash; 10여 년: up to a half more, and no more than five."""
    n, high = m.get("n"), m.get("high")
    if isinstance(n, Number) and m.get("more") is not None:
        return Number(n.low, n.low + min(5, max(1, int(n.low) // 2)))
    if not isinstance(n, Number) or not isinstance(high, Number) or not n.low < high.low:
        return None
    return Number(n.low, high.low)


def _between_months(on: date, n: Number, unit: str, step: int) -> Value | None:
    """두세 달 전, 2~3년 전: from the outer edge of the one to that of the other."""
    if n.high is None or n.high > LONGEST_DAYS:
        return None
    if unit in _YEARS:
        years = sorted(on.year + step * int(x) * _YEARS[unit] for x in (n.low, n.high))
        return value(year_of(years[0])[0], year_of(years[1])[1])
    both = [_about_month(on, step * int(x) * _MONTHS[unit]) for x in (n.low, n.high)]
    first, last = min(v["earliest"] for v in both), max(v["latest"] for v in both)
    return value(date.fromisoformat(first), date.fromisoformat(last))


def about_days(m: Match) -> Value:
    """사나흘 전, 한 달포 전: both ends count."""
    low, high = (int(x) for x in str(m.get("days_about")).split())
    ends = sorted(_shift(m.setting.day(), int(m.get("sign")) * x) for x in (low, high))
    return value(ends[0], ends[1])


def about_long(m: Match) -> Value:
    """사나흘 동안, 달포: from the shorter to the longer."""
    low, high = str(m.get("days_about")).split()
    return {**_iso([("day", Decimal(low))]), "longest": f"P{high}D"}


def deadline(m: Match) -> Value | None:
    """7일 안에, 3년 내: from the day of the contact to the day it ends on."""
    found = _far(m)
    if found is None or found[1] != int(found[1]):
        return None
    unit, count = found[0], int(found[1])
    on = m.setting.day()
    if unit in CLOCK and m.rule.lang == "en":
        return _so_many_hours(on, unit, Decimal(count), 1)
    if unit in CLOCK:
        hours = count if unit == "hour" else 0
        end = _shift(on, -(-hours // 24))
        return value(on, end) if hours and not hours % 24 else None
    if unit in _DAYS:
        end = _shift(on, count * _DAYS[unit])
        return value(on, end)
    size = _MONTHS.get(unit) or 12 * _YEARS[unit]
    if count > LONGEST_DAYS:
        raise Impossible("further away than the calendar reaches")
    first, last = month_of(on.year, on.month + count * size)
    end = first.replace(day=min(on.day, last.day))
    return value(on, end)


def _away(m: Match, step: int) -> Value | None:
    found = _far(m)
    if found is None:
        return None
    unit, count = found
    if unit in _DAYS and count == int(count):
        there = _shift(m.setting.day(), step * int(count) * _DAYS[unit])
        return value(there, there)
    if unit in _MONTHS and count == int(count):
        return _about_month(m.setting.day(), step * int(count) * _MONTHS[unit])
    if unit in _YEARS and count == int(count):
        if unit == "year" and 1000 <= count < 10_000:
            return None  # 2020년 이전 is before that year
        first, last = year_of(m.setting.day().year + step * int(count) * _YEARS[unit])
        return value(first, last, f"{first.year:04d}")
    if unit in ("hour", "minute", "second") and m.rule.lang == "ko":
        # 40분 뒤 is told from another moment, and stays a length; 두 시간 전 is today.
        return value(m.setting.day(), m.setting.day()) if unit == "hour" and count < 3 and step < 0 else None
    return hours_away(m.setting.day(), unit, count, step) if unit in CLOCK else None


def hours_away(on: date, unit: str, count: Decimal, step: int) -> Value:
    """Three hours later: that day or the next, since nobody told the hour of the contact; 48 hours are two days."""
    hours = count * {"hour": 3600, "minute": 60, "second": 1}[unit] / 3600
    if hours < 3:
        return value(on, on)
    ends = sorted(
        _shift(on, step * int((hours / 24).to_integral_value(way))) for way in (ROUND_FLOOR, ROUND_CEILING)
    )
    return value(ends[0], ends[1])


def _so_many_hours(on: date, unit: str, count: Decimal, step: int) -> Value:
    """The last 48 hours, 过去三小时: from the day they begin on to that of the contact, or the other way."""
    edge = hours_away(on, unit, count, step)
    ends = sorted((on, *(date.fromisoformat(edge[side]) for side in ("earliest", "latest"))))
    return value(ends[0], ends[-1])


def _shift(on: date, days: int) -> date:
    if abs(days) > LONGEST_DAYS:
        raise Impossible("further away than the calendar reaches")
    try:
        return on + timedelta(days=days)
    except OverflowError as error:
        raise Impossible("further away than the calendar reaches") from error


def _about_month(on: date, months: int) -> Value:
    """반년 전: around that month, from the middle of the one before to the middle of the one after."""
    if abs(months) > LONGEST_DAYS:
        raise Impossible("further away than the calendar reaches")
    middle = month_of(on.year, on.month + months)[0]
    before, after = month_of(middle.year, middle.month - 1)[0], month_of(middle.year, middle.month + 1)[0]
    return value(before.replace(day=15), after.replace(day=15), f"{middle.isoformat()[:7]}~")


def stretch(m: Match) -> Value | None:
    """지난 2주, the last three months, 过去两天: that many whole ones, without the one we are in."""
    n, unit, on = m.whole("n") if "n" in m.slots else 1, m.get("unit"), m.setting.day()
    if m.get("days") is not None:
        n, unit = int(m.get("days")), "day"
    if (half := m.get("half_year")) is not None:
        n, unit = int(half), "month"
    step = m.get("stretch_back") or m.get("stretch_ahead")
    if n is None or not 0 < n < 10_000:
        return None
    if unit in CLOCK:
        return _so_many_hours(on, unit, Decimal(n), step)
    first, last = sorted((1 * step, n * step))
    if unit == "day":
        return value(_shift(on, first), _shift(on, last))
    if unit in ("week", "fortnight"):
        size = _DAYS[unit]
        monday = _shift(on, -on.weekday())
        return value(_shift(monday, first * size), _shift(monday, last * size + size - 1))
    if unit in _MONTHS:
        size = _MONTHS[unit]
        start = on.month if size == 1 else (on.month - 1) // 3 * 3 + 1
        return value(
            month_of(on.year, start + first * size)[0], month_of(on.year, start + last * size + size - 1)[1]
        )
    if unit in _YEARS:
        size = _YEARS[unit]
        return value(year_of(on.year + first * size)[0], year_of(on.year + last * size)[1])
    return None


def fuzzy(m: Match) -> Value:
    """며칠 전, a few weeks ago, recently: the interval of data/intervals.toml."""
    furthest, nearest = table("intervals")["fuzzy"][m.get("few") or m.get("recent")]
    on = m.setting.day()
    if m.get("within") is not None:
        return value(on, _shift(on, furthest))
    if m.get("after") is not None:
        return value(_shift(on, nearest), _shift(on, furthest))
    return value(_shift(on, -furthest), _shift(on, -nearest))


def this_time(m: Match) -> Value:
    """작년 이맘때: the same day that year, with the table's days either side."""
    on, either = m.setting.day(), timedelta(days=table("intervals")["either_side"]["this time"])
    if (months := m.get("rel_month")) is not None:
        first, last = month_of(on.year, on.month + months)
    else:
        years = next((m.get(slot) for slot in ("rel_year", "rel") if slot in m.slots), None)
        if years is None:
            years = -(m.whole("n") or 0)
        first, last = month_of(on.year + years, on.month)
    same = first.replace(day=min(on.day, last.day))
    return value(same - either, same + either, f"{same.isoformat()[:7]}~")


def decade(m: Match) -> Value | None:
    """90년대, the 1990s."""
    said = m.whole("y") if m.whole("y") is not None else m.whole("four")
    if said is None or said % 10:
        return None
    first = said if said >= 1000 else said + (1900 if said >= 30 else 2000)
    return value(year_of(first)[0], year_of(first + 9)[1])


def figures(m: Match) -> Value | None:
    """2023-12-15, 12/15/2023: the month is the first of the two unless it cannot be."""
    year = m.whole("y")
    if year is None:
        return None
    soon = (m.setting.on.year if m.setting.on else 2000) % 100 + 10
    year += 2000 if year <= soon else 1900 if year < 100 else 0
    if (month := m.whole("m")) is not None:
        there = _figures(year, month, m.whole("d") or 0)
    else:
        first, second = m.whole("a") or 0, m.whole("b") or 0
        there = _figures(year, second, first) if first > 12 else _figures(year, first, second)
    return value(there, there)


def _figures(year: int, month: int, number: int) -> date:
    if not 1 <= month <= 12:
        raise Impossible(f"there is no month {month}")
    return day(year, month, number)


def duration(m: Match) -> Value | None:
    """사흘, 3시간 반, 两个月: in ISO 8601."""
    if another_word(m):
        return None
    if "half an hour" in m.words.lower():
        return _iso([("minute", Decimal(30))])
    if (half := m.get("half_unit")) is not None:
        n = m.get("n")
        return _iso([(half, n.low + Decimal("0.5"))])
    n, unit = m.get("n"), m.get("unit")
    if m.get("high") is not None and _ends(m) is None:
        return None
    n = _ends(m) or n
    if isinstance(n, Number) and n.high is not None:
        return {**_iso([(str(unit), n.low)]), "longest": _iso([(str(unit), n.high)])["iso8601"]}
    found = _far(m)
    if found is None or found[1] >= 10**9:
        return None
    parts = [found]
    if m.get("and_half"):
        parts = [(found[0], found[1] + Decimal("0.5"))]
    elif isinstance(m.get("n2"), Number):
        if found[0] == "year" and found[1] >= 1000:
            return None  # 2003년 1천15 달러: a year, and something else
        parts.append((str(m.get("unit2")), m.get("n2").low))
    return _iso(parts)


def _iso(parts: list[tuple[str, Decimal]]) -> Value:
    days = clock = ""
    for unit, count in parts:
        where, times, letter = _ISO[unit]
        said = f"{plain(count * times)}{letter}"
        days, clock = (days, clock + said) if where else (days + said, clock)
    iso = f"P{days}T{clock}" if clock else f"P{days}"
    return {"iso8601": iso, "iso": iso}


def every(m: Match) -> Value:
    """해마다 연말이면: how often, and when in it."""
    if (count := m.whole("every_many")) is not None:
        times = m.whole("times")
        return {
            **{"every": _iso([(str(m.get("unit")), Decimal(count))])["iso8601"]},
            **({"times": times} if times and times > 1 else {}),
        }
    if (days := m.get("every_days")) is not None:
        times = m.whole("times")
        return {"every": days, **({"times": times} if times else {})}
    often = m.get("every") or m.get("every_one") or ("P1W" if "weekday" in m.slots else "P1Y")
    found: dict[str, object] = {"every": "P1Y" if "month" in m.slots or "m" in m.slots else often}
    if (season := m.get("season")) is not None:
        a, b, c, d = table("intervals")["season"][season]
        found |= {"every": "P1Y", "in": season, "from": f"--{a:02d}-{b:02d}", "to": f"--{c:02d}-{d:02d}"}
    weekday = m.get("weekday") if "weekday" in m.slots else m.get("weekday_short")
    if weekday is not None:
        found |= {"every": "P1W", "weekday": weekday + 1}
    if m.get("nth") is not None:
        found |= {"every": "P1M", "nth": m.get("nth")}
    if m.get("weekend") is not None:
        found |= {"every": "P1W", "in": "weekend"}
    month = m.whole("m") if "m" in m.slots else m.get("month")
    if month is not None:
        if not 1 <= month <= 12:
            raise Impossible(f"there is no month {month}")
        found |= {"month": month} | ({"day": m.whole("d")} if m.whole("d") else {})
    elif m.whole("d"):
        found |= {"every": "P1M", "day": m.whole("d")}
    return found
