"""Weeks, months, quarters and years counted from the day of the contact, and the parts of them.

The week after next, the end of last week, earlier this year, the last Friday of next month, week 23,
Friday before last. Belongs here: what needs a period and a step. Plain dates stand in calendar.py.
"""

from __future__ import annotations

from datetime import date, timedelta

from nightdesk.reading.bounds import Bounds, day, month_of, value, year_of
from nightdesk.reading.match import Impossible, Match, Value
from nightdesk.reading.tables import table

DAY = timedelta(days=1)


def bounds_of(unit: str, on: date, step: int) -> Bounds:
    """First and last day of the week, month, quarter, half, year … so many steps away from the one of `on`."""
    if unit == "day":
        return on + step * DAY, on + step * DAY
    if unit in ("week", "fortnight", "workweek"):
        monday = on - on.weekday() * DAY + 7 * step * DAY
        return monday, monday + {"week": 6, "fortnight": 13, "workweek": 4}[unit] * DAY
    months = {"month": 1, "quarter": 3, "half": 6}.get(unit)
    if months:
        first = month_of(on.year, (on.month - 1) // months * months + 1 + step * months)[0]
        return first, month_of(first.year, first.month + months - 1)[1]
    years = {"year": 1, "decade": 10, "century": 100}[unit]
    begin = on.year // years * years + step * years
    return year_of(begin)[0], year_of(begin + years - 1)[1]


def _said_year(m: Match) -> int | None:
    said = m.whole("y") if m.whole("y") is not None else m.whole("y2")
    if said is None or said >= 100:
        return said
    return said + (2000 if said <= (m.setting.on.year if m.setting.on else 2000) % 100 + 10 else 1900)


def _period(m: Match) -> Bounds:
    """The period the words name: with its year, its step, or the one we are in."""
    year = _said_year(m)
    on = m.setting.day() if year is None else date.min
    if (month := m.get("month")) is not None:
        if (away := m.get("rel")) is not None and year is None:
            return _month_beyond(on, month, int(away))
        if year is None:
            year = on.year - (month > on.month)
            year += 1 if m.future() and month_of(year, month)[1] < on else 0
        return month_of(year, month)
    if year is not None:
        return year_of(year)
    return bounds_of(str(m.get("of") or m.get("period") or "year"), on, int(m.get("rel") or 0))


def _month_beyond(on: date, month: int, away: int) -> Bounds:
    """March after next is the one after the coming March, March before last the one before the last."""
    year = on.year + away - (month > on.month) if away > 0 else on.year + away + (month < on.month)
    return month_of(year, month)


def period(m: Match) -> Value:
    """Last quarter, this decade, the week after next."""
    return value(*_period(m))


def part(m: Match) -> Value:
    """Early next week, the end of last week; EOM: the share the table gives."""
    if (said := m.get("jargon")) is not None:
        return _jargon(m, *said)
    first, _ = _period(m)
    begin, end = table("intervals")["share_of_week"][m.get("share_of")]
    return value(first + (begin - 1) * DAY, first + (end - 1) * DAY)


def _jargon(m: Match, unit: str, name: str) -> Value:
    first, last = bounds_of(unit, m.setting.day(), 0)
    if unit == "year":
        return value(*month_of(first.year, 12))
    begin, end = table("intervals")["month_part" if unit == "month" else "share_of_week"][name]
    return value(first + (begin - 1) * DAY, min(last, first + (end - 1) * DAY))


def so_far(m: Match) -> Value | None:
    """Earlier this month: up to yesterday; later this week, the rest of the year: from today.

    Of a period that we are not in it is the half: earlier last week, later next month.
    """
    first, last = _period(m)
    on = m.setting.day()
    if m.get("sofar") is not None:
        return value(first, on) if first <= on <= last else None
    if not first <= on <= last:
        middle = first + (last - first) // 2
        return value(first, middle) if m.get("side") == "earlier" else value(middle + DAY, last)
    if m.get("side") == "earlier":
        return value(first, max(first, on - DAY))
    return value(max(first, on), last)


def nth(m: Match) -> Value | None:
    """The last day of May, the third week of 2021, the first Friday of next month, the first two weeks of June."""
    first, last = _period(m)
    place, unit, many = int(m.get("nth") or m.whole("nth2") or 0), str(m.get("unit") or ""), m.whole("n") or 1
    if (weekday := m.get("weekday")) is not None or (weekday := m.get("weekend")) is not None:
        there = _weekday_in(first, last, weekday, place)
        return value(there, there + (DAY if m.get("weekday") is None else 0 * DAY))
    if unit not in ("day", "week", "fortnight", "month", "quarter", "half", "year"):
        return None
    pieces = list(_pieces(first, last, unit))
    if unit == "week" and place < 0:
        end_day = last + 7 * (place + 1) * DAY
        return value(end_day - (7 * many - 1) * DAY, end_day)
    if place > 0:
        taken = pieces[place - 1 : place - 1 + many]
    else:
        end = len(pieces) + place + 1
        taken = pieces[max(0, end - many) : end]
    if len(taken) < many:
        raise Impossible("there is no such day in it")
    return value(taken[0][0], taken[-1][1])


def _pieces(first: date, last: date, unit: str) -> list[Bounds]:
    """The days, weeks (of seven days from the first), months, quarters a period is made of."""
    found, at = [], first
    while at <= last:
        if unit in ("month", "quarter", "half", "year"):
            end = bounds_of(unit, at, 0)[1]
        else:
            end = min(last, at + ({"day": 1, "week": 7, "fortnight": 14}.get(unit, 400) - 1) * DAY)
        found.append((at, end))
        at = end + DAY
    return found


def _weekday_in(first: date, last: date, weekday: int, place: int) -> date:
    if place > 0:
        there = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (place - 1))
    else:
        there = last - timedelta(days=(last.weekday() - weekday) % 7 + 7 * (-place - 1))
    if not first <= there <= last:
        raise Impossible("there is no such day in it")
    return there


def weekday_away(m: Match) -> Value:
    """Next Friday is next week's; Friday after next the one after the coming one; two Fridays ago counts back."""
    on, step = m.setting.day(), m.get("weekday_step")
    if m.get("weekend") is not None:
        weeks = -2 if m.get("butone") else 1 if step == "next week" else int(step)
        saturday = bounds_of("week", on, weeks)[0] + 5 * DAY
        return value(saturday, saturday + DAY)
    wanted = int(m.get("weekday"))
    if step == "next week":
        there = bounds_of("week", on, 1)[0] + wanted * DAY
    else:
        there = _counted_weekday(on, wanted, _weekdays_away(m))
    return value(there, there)


# A week last Tuesday; Tuesday next; a week on Tuesday, Tuesday week; a fortnight on Tuesday.
_COUNTED = {"weekback": -2, "butone": -2, "nextof": 1, "weekon": 2, "fortnighton": 3}


def _weekdays_away(m: Match) -> int:
    """A week last Tuesday is two of them ago, a week on Tuesday and Tuesday week two ahead."""
    if (count := next((n for slot, n in _COUNTED.items() if slot in m.slots), None)) is not None:
        return count
    said = m.whole("n")
    return int(m.get("weekday_step")) if said is None else -said if m.get("back") else said


def _counted_weekday(on: date, wanted: int, count: int) -> date:
    """The coming such day is 1, the last one before today is -1."""
    coming = on + timedelta(days=(wanted - on.weekday()) % 7 or 7)
    last = on - timedelta(days=(on.weekday() - wanted) % 7 or 7)
    return coming + 7 * (count - 1) * DAY if count > 0 else last + 7 * (count + 1) * DAY


def figure_range(m: Match) -> Value | None:
    """10/1 to 11/7, 5/1-5/7/2020: the month first; a year said once counts for both."""
    (month, number), (month2, number2) = (
        (int(m.get(a)), int(m.get(b))) for a, b in (("m1", "d1"), ("m2", "d2"))
    )
    year, year2 = m.whole("y"), m.whole("y2")
    if year is None and year2 is None:
        on = m.setting.day()
        year = on.year if (month, number) <= (on.month, on.day) else on.year - 1
    begins = year if year is not None else int(year2 or 0) - ((month, number) > (month2, number2))
    ends = year2 if year2 is not None else begins + ((month2, number2) < (month, number))
    first, last = day(begins, month, number), day(ends, month2, number2)
    return value(first, last) if first < last else None


def numbered_week(m: Match) -> Value | None:
    """Week 23, week 3 of 2027: as ISO 8601 counts weeks."""
    number = m.whole("w")
    year = _said_year(m)
    year = m.setting.day().year + int(m.get("rel") or 0) if year is None else year
    try:
        monday = date.fromisocalendar(int(year), int(number or 0), 1)
    except ValueError as error:
        raise Impossible(f"the year has no week {number}") from error
    return value(monday, monday + 6 * DAY)


def years_between(m: Match) -> Value | None:
    """2014-2018, between 2014 and 2018."""
    first, last = m.whole("y") or 0, m.whole("y2") or 0
    last = first // 100 * 100 + last if last < 100 else last
    return value(year_of(first)[0], year_of(last)[1]) if first < last else None


def tens_of_years(m: Match) -> Value | None:
    """The nineties, the early 1990s, the mid-80s."""
    first = m.get("nineties") if m.get("nineties") is not None else m.whole("y")
    if first is None or first % 10:
        return None
    if first < 100:
        first += 1900 if first >= 30 else 2000
    begin, end = table("intervals")["share_of_decade"][m.get("share_of")] if m.get("share_of") else (0, 9)
    return value(year_of(first + begin)[0], year_of(first + end)[1])


def century(m: Match) -> Value | None:
    """The 19th century: 1800 to 1899, as people count."""
    number = m.whole("d")
    if number is None or not 1 < number <= 21:
        return None
    return value(year_of((number - 1) * 100)[0], year_of(number * 100 - 1)[1])
