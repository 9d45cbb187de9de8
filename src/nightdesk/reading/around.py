"""Stretches of days that are not quite counted: 三个多月前, 十来天前, 这几天, 两周内, 月底.

Belongs here: from how many, how exactly and which way to bounds. Exact distances stand in distance.py,
named days in calendar.py. Does not belong here: any word of any language.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from nightdesk.reading import distance
from nightdesk.reading.bounds import Bounds, last_day, month_of, value, year_of
from nightdesk.reading.distance import LONGEST_DAYS
from nightdesk.reading.match import Impossible, Match, Value
from nightdesk.reading.tables import table
from nightdesk.reading.tally import Number

Ends = tuple[Decimal, Decimal]  # at least so many, at most so many
_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "quarter": 3}
_UNITS = ("unit", "unit_said", "half_unit", "unit_of", "half_of")
HALF = Decimal("0.5")
MONTH = Decimal("30")


def ends(m: Match) -> Ends | None:
    """Both ends of a count: 两三个 is two to three, 三个多 three to four, 二十多 21 to 29, 十来 about ten."""
    n = m.get("n")
    if m.get("half_of"):
        return HALF, HALF
    if not isinstance(n, Number) or n.low >= LONGEST_DAYS:
        return None
    low, high = n.low, n.high if n.high is not None else n.low
    if _says(m, "more", "after_unit", "over"):
        size = _round(low)
        return (low + 1, low + size - 1) if size > 1 and m.get("more") else (low, low + 1)
    if _says(m, "some", "about"):
        either = (low / 5).to_integral_value(ROUND_CEILING)
        return low - either, high + either
    return (low + HALF, high + HALF) if _says(m, "and_half", "plus") else (low, high)


def _says(m: Match, *slots: str) -> bool:
    """Whether any of these was said."""
    return any(slot in m.slots for slot in slots)


def _unit(m: Match) -> str:
    """What is counted, wherever the rule says it."""
    return "day" if _says(m, "days", "days2") else str(next(m.get(slot) for slot in _UNITS if m.get(slot)))


def _round(n: Decimal) -> Decimal:
    """The place of the last figure that is not nought: 20 is round to tens, 300 to hundreds."""
    size = Decimal(1)
    while n and not n % (size * 10):
        size *= 10
    return size


def away(m: Match) -> Value | None:
    """三天前, 两三个月后, 一年半前, 半个月前: exact where the words are, else with both ends."""
    if m.get("few"):
        return few(m)
    side, n = m.get("side"), m.get("n")
    if isinstance(n, Number) and n.low >= 1000 and m.get("unit") == "year":
        return None  # 2019年以前 is before that year
    if (exact := _exact(m)) is not None:
        return distance.ahead(exact) if side > 0 else distance.ago(exact)
    unit = "month" if _says(m, "most_of", "half_year") else _unit(m)
    if (months := m.get("most_of")) is not None:
        found: Ends | None = (Decimal(str(months[0])), Decimal(str(months[1])))
    elif (months := m.get("half_year")) is not None:
        found = (Decimal(str(months)),) * 2
    else:
        found = ends(m)
    if found is None:
        return None
    if unit in ("hour", "minute", "second"):
        return _hours(m.setting.day(), unit, found, side)
    first, last = sorted((_bounds(m.setting.day(), unit, side * n) for n in found), key=lambda b: b[0])
    return _value(first, last, m)


def _hours(on: date, unit: str, found: Ends, side: int) -> Value:
    """半个小时前, 三四个小时后: from the day of the nearer end to that of the further."""
    both = [distance.hours_away(on, unit, n, side) for n in found]
    days = [date.fromisoformat(v[end]) for v in both for end in ("earliest", "latest")]
    return value(min(days), max(days))


def _exact(m: Match) -> Match | None:
    """The match itself where a whole number of units is said and nothing blurs it."""
    n = m.get("n")
    if m.get("unit_said"):
        m = replace(m, slots={**m.slots, "unit": m.get("unit_said")})
    if not isinstance(n, Number):
        return m if m.get("half_year") and m.get("half_year") >= 1 else None
    blurred = n.high is not None or _says(
        m, "more", "after_unit", "over", "some", "about", "and_half", "plus"
    )
    return None if blurred or n.low != int(n.low) else m


def _bounds(on: date, unit: str, count: Decimal) -> Bounds:
    """What `count` units away means: a day, or the month or year it falls in."""
    if unit == "year" and count == int(count):
        return year_of(on.year + int(count))
    if unit == "year":
        unit, count = "month", count * 12
    if unit in _MONTHS and count * _MONTHS[unit] == int(count * _MONTHS[unit]):
        months = int(count * _MONTHS[unit])
        if abs(months) > LONGEST_DAYS:
            raise Impossible("further away than the calendar reaches")
        return month_of(on.year, on.month + months)
    size = Decimal(_DAYS.get(unit, 0)) or (MONTH * _MONTHS[unit] if unit in _MONTHS else Decimal(0))
    rounding = ROUND_FLOOR if count < 0 else ROUND_CEILING
    there = distance._shift(on, int((count * size).to_integral_value(rounding)))
    return there, there


def _value(first: Bounds, last: Bounds, m: Match) -> Value:
    """From the start of the nearer to the end of the further; one point that is not exact gets a ~."""
    if first != last:
        return value(first[0], last[1])
    if first[0] == first[1]:
        either = timedelta(days=table("intervals")["either_side"]["about a day"])
        inexact = _says(m, "half_year", "some", "about", "and_half", "plus")
        low, high = (first[0] - either, first[0] + either) if inexact else first
        return value(low, high, f"{first[0].isoformat()}~" if inexact else "")
    middle = first[0]
    before, after = month_of(middle.year, middle.month - 1)[0], month_of(middle.year, middle.month + 1)[0]
    return value(before.replace(day=15), after.replace(day=15), f"{middle.isoformat()[:7]}~")


def few(m: Match) -> Value:
    """前几天, 这几天, 未来几天, 几天后: the interval of data/intervals.toml, on the side that is meant."""
    furthest, nearest = table("intervals")["fuzzy"][m.get("few")]
    when, on = m.get("few_when") or ("ago" if m.get("side") < 0 else "after"), m.setting.day()
    low, high = {
        "ago": (-furthest, -nearest),
        # Today is one of them: these days are seven, and not seven and today.
        "these": (-furthest + (m.get("few") == "few days"), 0),
        "coming": (0, furthest),
        "after": (nearest, furthest),
    }[when]
    return value(distance._shift(on, low), distance._shift(on, high))


def within(m: Match) -> Value | None:
    """三天内, 两周之内: from the day of the contact on."""
    on, months = m.setting.day(), m.get("half_year")
    unit, found = ("month", (Decimal(str(months)),) * 2) if months else (_unit(m), ends(m))
    if found is None:
        return None
    if unit in distance.CLOCK:
        return value(on, date.fromisoformat(distance.hours_away(on, unit, found[1], 1)["latest"]))
    return value(on, _same_day(on, unit, found[1]))


def _same_day(on: date, unit: str, count: Decimal) -> date:
    """The day `count` units later: the same day of that month, or its last one."""
    months = count * (_MONTHS.get(unit) or (12 if unit == "year" else 0))
    if not months or months != int(months):
        return _bounds(on, "day" if months else unit, months * MONTH if months else count)[1]
    there = month_of(on.year, on.month + int(months))[0]
    return there.replace(day=min(on.day, last_day(there.year, there.month)))


def half_stretch(m: Match) -> Value | None:
    """近半年, 过去半个月, 未来半年: six whole months, or fifteen days, before or after this one."""
    step, months, on = m.get("stretch_back") or m.get("stretch_ahead"), m.get("half_year"), m.setting.day()
    if months < 1:
        first, last = sorted((step, step * int(MONTH * Decimal(str(months)))))
        return value(distance._shift(on, first), distance._shift(on, last))
    first, last = sorted((step, step * int(months)))
    return value(month_of(on.year, on.month + first)[0], month_of(on.year, on.month + last)[1])


def part_alone(m: Match) -> Value:
    """月底, 中旬: of this month or the last one, of the coming one for a deadline."""
    on = m.setting.day()
    for away in (0, 1) if m.future() else (0, -1):
        first, last = part_of(month_of(on.year, on.month + away), m.get("part_alone"))
        if (last >= on) if m.future() else (first <= on):
            break
    return value(first, last)


def part_of(month: Bounds, part: str) -> Bounds:
    """Early, middle or late in a month."""
    first, last = table("intervals")["month_part"][part]
    return month[0].replace(day=first), month[0].replace(day=min(last, month[1].day))


def same_day_of(m: Match) -> Value:
    """去年的今天, 上个月今日: the same day of another year or month."""
    on = m.setting.day()
    there = month_of(on.year + (m.get("rel_year") or 0), on.month + (m.get("rel_month") or 0))
    day = there[0].replace(day=min(on.day, there[1].day))
    return value(day, day)


def first_months(m: Match) -> Value | None:
    """今年前三个月, 2023年后两个月."""
    n, on = m.whole("n"), m.setting
    year = m.whole("y") if "y" in m.slots else on.day().year + m.get("rel_year")
    if n is None or not 0 < n < 12 or year is None or year < 1000:
        return None
    start = 1 if m.get("first") else 13 - n
    return value(month_of(year, start)[0], month_of(year, start + n - 1)[1])


def length(m: Match) -> Value | None:
    """三个多月, 一年半, 半天, 两年零三个月, 三刻钟: in ISO 8601, with the longest it may be."""
    if "quarters" in m.slots:
        return distance._iso([("minute", 15 * m.get("n").low)])
    if (months := m.get("half_year")) is not None:
        return distance._iso([("month", Decimal(str(months)))])
    if (name := m.get("few")) is not None:
        least, most = table("intervals")["length"][name]
        return {"iso8601": least, "iso": least, "longest": most}
    if (both := m.get("most_of")) is not None:
        first, last = (distance._iso([("month", Decimal(str(months)))]) for months in both)
        return {**first, "longest": last["iso8601"]}
    n, unit = m.get("n"), _unit(m)
    found, second = ends(m), m.get("n2")
    if found is None or max(found) >= 10**9:
        return None
    if isinstance(second, Number):
        return distance._iso([(unit, found[0]), (str(m.get("unit2")), second.low)])
    if _says(m, "more", "after_unit", "over", "some", "about"):
        assert isinstance(n, Number)
        said, longest = n.low, n.low if _says(m, "some", "about") else found[1]
    else:
        said, longest = found
    last = {} if said == longest else {"longest": distance._iso([(unit, longest)])["iso8601"]}
    return {**distance._iso([(unit, said)]), **last}
