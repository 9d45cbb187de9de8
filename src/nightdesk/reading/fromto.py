"""Two ends said with one unit or one month: 三至五月, 2019到2021年, 3到5号, 周一到周五, 八九点; and days and
years said by their place in something longer: 上个月最后一天, 上季度, 主体112年.

Two whole dates with a word for "to" between them are joined in ranges.py.
"""

from __future__ import annotations

from datetime import date, timedelta

from nightdesk.reading import bounds, calendar, weekdays
from nightdesk.reading.bounds import month_of, value, year_of
from nightdesk.reading.clock import _time
from nightdesk.reading.match import Impossible, Match, Value
from nightdesk.reading.tally import Number


def month_range(m: Match) -> Value | None:
    """三至五月, 去年11月到1月: a second month that is smaller is one of the next year."""
    first, last = _ends(m, "m", "m2")
    if first is None or last is None or not (1 <= first <= 12 and 1 <= last <= 12) or first == last:
        return None
    year = calendar._year(m)
    if year is None:
        year = calendar._nearest_year(m, lambda y: month_of(y, first))
    return value(month_of(year, first)[0], month_of(year, last + 12 * (last < first))[1])


def _ends(m: Match, first: str, second: str) -> tuple[int | None, int | None]:
    """Both numbers; 三四月 says them in one."""
    n = m.get(first)
    if isinstance(n, Number) and n.high is not None and second not in m.slots:
        return int(n.low), int(n.high)
    return m.whole(first), m.whole(second)


def year_range(m: Match) -> Value | None:
    """2019至2021年, 2019-2021年."""
    first, last = m.whole("y"), m.whole("y2")
    if first is None or last is None or not 1000 <= first < last:
        return None
    return value(year_of(first)[0], year_of(last)[1])


def days_alone(m: Match) -> Value | None:
    """3到5号, 三至五日: of the last month that has come to the first of them."""
    first, last = m.whole("d"), m.whole("d2")
    if first is None or last is None or not 1 <= first < last <= 31:
        return None
    if (month := calendar._rel_month(m)) is not None:
        begin = bounds.day(month[0].year, month[0].month, first)
    else:
        begin = _last_month_with(m.setting.day(), first, last)
        coming = weekdays.numbered(m.setting.day(), 1, first)
        if calendar.is_at_hand(m, coming) and last <= month_of(coming.year, coming.month)[1].day:
            begin = coming
    return value(begin, bounds.day(begin.year, begin.month, last))


def _last_month_with(on: date, first: int, last: int) -> date:
    """The first of both days in the last month that has both; a deadline behind them asks for no later one."""
    for away in range(3):
        month = month_of(on.year, on.month - away)
        if last <= month[1].day and month[0].replace(day=first) <= on:
            return month[0].replace(day=first)
    raise Impossible(f"no month has a day {last}")


def weekday_range(m: Match) -> Value:
    """周一到周五, 上周一至周三: the second weekday follows the first."""
    first, last, week = m.get("weekday"), m.get("weekday2"), calendar._rel_week(m)
    begin = week[0] + timedelta(days=first) if week else calendar._weekday(m, first)
    return value(begin, begin + timedelta(days=(last - first) % 7))


def short_year(m: Match) -> Value | None:
    """九八年, 08年: two figures said as figures are a year of this century or the last."""
    said = m.whole("y")
    if said is None or not 0 <= said < 100:
        return None
    return value(*year_of(calendar._century(said, m)))


def hours_between(m: Match) -> Value | None:
    """晚上七八点: from the one to the other."""
    start, end = (_time(hour, 0, m.get("day_part"), None) for hour in m.get("h"))
    return {"from": start, "to": end} if start and end else None


def nth_day(m: Match) -> Value | None:
    """上个月最后一天, 今年第一天, 下周的第二天."""
    whole = calendar._rel_week(m) or calendar._month_bounds(m)
    if whole is None:
        year = m.whole("y2") if "y2" in m.slots else m.setting.day().year + m.get("rel_year2")
        if year is None or year < 1000:
            return None
        whole = year_of(year)
    which = m.get("which_day")
    there = whole[1] if which < 0 else whole[0] + timedelta(days=which - 1)
    return value(there, there)


def quarter(m: Match) -> Value:
    """上季度, 本季度: three whole months."""
    on = m.setting.day()
    start = (on.month - 1) // 3 * 3 + 1 + 3 * m.get("rel")
    return value(month_of(on.year, start)[0], month_of(on.year, start + 2)[1])


FIRST = 1911  # the year before the first of both counts, the Juche one and that of the Republic


def era(m: Match) -> Value | None:
    """主体112年9月9日."""
    number, month, day = m.whole("count"), m.whole("m"), m.whole("d")
    if number is None or not 0 < number < 300:
        return None
    if month is None:
        return value(*year_of(FIRST + number))
    if not 1 <= month <= 12:
        return None
    there = bounds.day(FIRST + number, month, day) if day is not None else None
    return value(there, there) if there else value(*month_of(FIRST + number, month))
