"""Days: from the slots of a rule to bounds and a label, counted from the day of the contact.

The past is meant unless the words are a deadline or a plan. Fuzzy words mean what data/intervals.toml
says. Belongs here: calendar arithmetic. Does not belong here: any word of any language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from nightdesk.reading import seasons
from nightdesk.reading.bounds import Bounds, day, month_of, share_of, value, year_of
from nightdesk.reading.feasts import OF_THE_SKY, NoTable, feast
from nightdesk.reading.holidays import holiday
from nightdesk.reading.match import Impossible, Match, Value
from nightdesk.reading.tables import table
from nightdesk.reading.weekdays import day_if_any, nth_weekday, numbered, weekend_of

# The same for a day of the month (the 21st, 21일, 21号), unless nothing else is said.
DAYS_AT_HAND = timedelta(days=10)
# So near ahead a feast or a month is meant, unless its sentence tells of the past.
AT_HAND = timedelta(days=45)
THREE_SEASONS = 275  # days: so far ahead a season may begin that somebody waits for


def calendar(m: Match) -> Value | None:
    """A date said with year, month, week, weekday, part or festival, whichever are there."""
    for resolve, needs in _WAYS:
        if not needs.isdisjoint(m.slots) and (found := resolve(m)) is not None:
            beside = timedelta(found[0] == found[1] and m.or_so())
            return value(found[0] - beside, found[1] + beside)
    found = _by_year(m)
    return None if found is None else value(*found)


def _year(m: Match) -> int | None:
    """The year the words give, or None when they give none."""
    if (said := m.whole("y")) is not None:
        if (era := m.get("era")) is not None:
            return said + int(era)  # 주체 112년 is 2023
        return _century(said, m) if said < 100 else said
    if (shift := m.get("rel_year")) is not None:
        return int(m.setting.day().year + shift)
    if m.get("of") == "year":
        return int(m.setting.day().year + (m.get("rel") or 0))
    if m.get("new_year"):  # 새해에, in the new year
        return m.setting.day().year + (m.setting.day().month >= 10)
    return None


def _century(said: int, m: Match) -> int:
    """23년 with a month behind it is 2023; 98년 is 1998."""
    if said == 0 and "00" not in m.words:  # '00 is a year of two figures, 0 is none
        raise Impossible(f"the year {said} is outside the calendar")
    pivot = (m.setting.on.year if m.setting.on else 2000) % 100 + 20
    return (2000 if said <= pivot else 1900) + said


def _month(m: Match) -> int | None:
    said = m.whole("m") if "m" in m.slots else m.get("month")
    said = int(m.get("m")) if said is None and "m" in m.slots and str(m.get("m")).isdigit() else said
    if said is not None and not 1 <= said <= 12:
        raise Impossible(f"there is no month {said}")
    return said


def _rel_month(m: Match) -> Bounds | None:
    """The month that 지난달 or last month means."""
    shift = m.get("rel_month")
    if shift is None and m.get("of") == "month":
        shift = m.get("rel") or 0
    if shift is None:
        return None
    on = m.setting.day()
    return month_of(on.year, on.month + shift)


def _month_bounds(m: Match) -> Bounds | None:
    """The month meant: named with its year, relative, or the nearest one on the right side."""
    if (relative := _rel_month(m)) is not None:
        return relative
    month = _month(m)
    if month is None:
        return None
    year = _year(m)
    if year is None:
        year = _nearest_year(m, lambda y: month_of(y, month))
    return month_of(year, month)


def _nearest_year(
    m: Match, bounds: Callable[[int], Bounds], within: int = 183, at_hand: timedelta = AT_HAND
) -> int:
    """The year without being told: past unless at hand, a deadline within half a year (in days), or `last`/`next`."""
    on = m.setting.day()
    if m.get("rel") is not None and "of" not in m.slots:
        return _stepped_year(m, bounds)
    this = bounds(on.year)
    if m.get("forward"):
        return on.year if this[0] > on else on.year + 1
    if m.future():
        coming = on.year if this[1] >= on else on.year + 1
        if bounds(coming)[0] - on <= timedelta(days=within):
            return coming
    ahead = on.year if this[1] >= on else on.year + 1
    if timedelta() < bounds(ahead)[0] - on <= at_hand and not m.told_past():
        return ahead
    return on.year if this[0] <= on else on.year - 1


def _stepped_year(m: Match, bounds: Callable[[int], Bounds]) -> int:
    """last December, next May, this March."""
    on, step = m.setting.day(), int(m.get("rel"))
    if step == 0:
        return on.year
    if step > 0:
        return on.year if bounds(on.year)[0] > on else on.year + 1
    return on.year if bounds(on.year)[1] < on else on.year - 1


def _by_day(m: Match) -> Bounds | None:
    if (figures := m.get("ymd")) is not None:
        return (day(int(figures[:4]), int(figures[4:6]), int(figures[6:])),) * 2
    if (age := m.get("age")) is not None:
        first, last = (date.fromisoformat(end) for end in str(age).split())
        return first, last
    if (fixed := m.get("fixed")) is not None:
        return (date.fromisoformat(fixed),) * 2
    if (shift := m.get("rel_day")) is not None:
        there = m.setting.day() + timedelta(days=shift)
        return there, there
    if (last := m.get("last_day")) is not None:
        there = _named_day(m, last)
        return there, there
    number = next((n for slot in ("d", "d1") if (n := m.whole(slot)) is not None), None)
    number = int(m.get("dd")) if m.get("dd") else number
    if number is None:
        return None
    if not 1 <= number <= 31:
        _refuse_day(m, number)
        return None
    there = _with_weekday(m, _day_number(m, number))
    return there, there


def _with_weekday(m: Match, there: date) -> date:
    """2월 18일 월요일: where the year or the month is not said, the nearest one in which it is a Monday."""
    wanted = m.get("weekday") if "weekday" in m.slots else m.get("weekday_short")
    if wanted is None or there.weekday() == wanted or _year(m) is not None or _rel_month(m) is not None:
        return there
    on, apart = m.setting.day(), 12 if _month(m) is not None else 1
    months = (month_of(there.year, there.month + apart * step) for step in range(-3, 4))
    same = (first.replace(day=there.day) for first, last in months if there.day <= last.day)
    return min((d for d in same if d.weekday() == wanted), key=lambda d: (abs(d - on), d), default=there)


def _named_day(m: Match, number: int) -> date:
    """12월 말일, 초하루: the first or last day of the month said, else the last such day there was."""
    month = _month_bounds(m)
    if month is not None:
        return month[1] if number < 0 else day(month[0].year, month[0].month, number)
    if (year := _year(m)) is not None:
        return date(year, 1, number) if number > 0 else date(year, 12, 31)
    if number > 0:
        return _day_of_some_month(m, number)
    on = m.setting.day()
    this = month_of(on.year, on.month)[1]
    return this if m.future() or on == this else month_of(on.year, on.month - 1)[1]


def day_of(m: Match, number: int) -> date:
    """The day with this number, in the month and year the words give."""
    return _day_number(m, number)


def year_said(m: Match, bounds: Callable[[int], Bounds]) -> int:
    """The year the words give, or the nearest one on the right side."""
    year = _year(m)
    return _nearest_year(m, bounds) if year is None else year


def _refuse_day(m: Match, number: int) -> None:
    """40일 alone is a duration; 12월 40일 is a mistake to show."""
    if "m" in m.slots or "month" in m.slots or "rel_month" in m.slots:
        raise Impossible(f"no month has a day {number}")


def _day_number(m: Match, number: int) -> date:
    if (relative := _rel_month(m)) is not None:
        return day(relative[0].year, relative[0].month, number)
    month = _month(m)
    if month is None:
        return _day_of_some_month(m, number)
    year = _year(m)
    if year is None and (there := _on_its_weekday(m, month, number)) is not None:
        return there
    if year is None:
        leap = (month, number) == (2, 29)
        year = _nearest_year(m, lambda y: (day(y - y % 4 if leap else y, month, number),) * 2)
        year -= year % 4 if leap else 0
    return day(year, month, number)


def _on_its_weekday(m: Match, month: int | None, number: int) -> date | None:
    """Monday, 18 February; Tuesday the 19th: the nearest such day that falls on that weekday."""
    weekday = m.get("weekday")
    if weekday is None or m.rule.lang != "en":
        return None
    on, near = m.setting.day(), []
    for away in range(-18, 19):
        there = day_if_any(on, away, number)
        if there and there.weekday() == weekday and month in (None, there.month):
            near.append(there)
    return min(near, key=lambda d: (abs(d - on), d), default=None)


def _day_of_some_month(m: Match, number: int) -> date:
    """The 20th: the last one there was, or the next one when it is a deadline or some days ahead (decision 0053)."""
    if (nearest := _on_its_weekday(m, None, number)) is not None:
        return nearest
    on = m.setting.day()
    if m.get("back") and number == on.day:
        on -= timedelta(days=1)
    coming = numbered(on, 1, number)
    soon = is_at_hand(m, coming) and not m.get("back")
    return coming if m.future() or soon else numbered(on, -1, number)


def is_at_hand(m: Match, coming: date) -> bool:
    """Whether a day of the month that is some days ahead is meant: something is said beside it, and nothing of the past."""
    ahead = coming - m.setting.day()
    return timedelta() < ahead <= DAYS_AT_HAND and not m.stands_alone() and not m.told_past()


def _by_week(m: Match) -> Bounds | None:
    if (nth := m.get("nth")) is not None:
        return _nth_in_month(m, nth)
    weekday, week = m.get("weekday"), _rel_week(m)
    weekday = weekday if weekday is not None else m.get("weekday_short")
    weekend = m.get("weekend") if "weekend" in m.slots else m.get("weekend_short")
    if weekday is None and weekend is None:
        return share_of(week, m.get("week_part"))
    length = 0 if weekday is not None else 1
    wanted = weekday if weekday is not None else weekend
    first = week[0] + timedelta(days=wanted) if week else _weekday(m, wanted)
    return first, first + timedelta(days=length)


def month_and_day(m: Match) -> Value:
    """2/15: month first."""
    month, number = _month(m) or 0, int(m.get("day"))
    year = _nearest_year(m, lambda y: (day(y - y % 4, month, number),) * 2)
    there = day(year - year % 4 if (month, number) == (2, 29) else year, month, number)
    return value(there, there)


def day_range(m: Match) -> Value | None:
    """8월 8일부터 13일, 13 to 15 July: both ends in one month."""
    ends = [m.whole(a) if m.whole(a) is not None else m.whole(b) for a, b in (("d", "d1"), ("d2", "d3"))]
    month, (first, last) = _month(m), ends
    if month is None or first is None or last is None or not 1 <= first < last:
        return None
    year = _year(m)
    if year is None:
        year = _nearest_year(m, lambda y: month_of(y, month))
    return value(day(year, month, first), day(year, month, last))


def _rel_week(m: Match) -> Bounds | None:
    """Monday to Sunday of the week meant."""
    shift = m.get("rel_week") if "rel_week" in m.slots else m.get("rel_week0")
    if shift is None and m.get("of") == "week":
        shift = m.get("rel")
    if shift is None:
        return None
    on = m.setting.day()
    monday = on + timedelta(days=7 * shift - on.weekday())
    return monday, monday + timedelta(days=6)


def nearest_weekday(m: Match, wanted: int) -> date:
    """The last such day there was, or the coming one where its words or its clause say so."""
    return _weekday(m, wanted)


def _weekday(m: Match, wanted: int) -> date:
    """The last such day there was (today counts), or the coming one for a deadline."""
    on, rel = m.setting.day(), m.get("rel")
    coming = rel is None and not m.get("back") and m.told_coming()
    if (rel is not None and rel >= 0) or m.future() or coming:
        ahead = (wanted - on.weekday()) % 7
        strictly = rel == 1 or coming or bool(m.get("forward"))
        return on + timedelta(days=ahead + (7 if strictly and not ahead else 0))
    back = (on.weekday() - wanted) % 7
    strictly = rel is not None or m.get("back")
    further = 7 * (-rel - 1) if rel is not None and rel < -1 else 0  # 지지난 목요일
    return on - timedelta(days=(back or (7 if strictly else 0)) + further)


def _nth_in_month(m: Match, nth: int) -> Bounds:
    """The second week is days 8-14; the second Friday is the second one there is."""
    month = _month_bounds(m)
    assert month is not None  # every rule with {nth} names a month
    first, last = month
    if (weekday := m.get("weekday")) is not None:
        there = nth_weekday(first, last, weekday, nth)
        return there, there
    if nth < 0:
        return last - timedelta(days=6), last
    start = first + timedelta(days=7 * (nth - 1))
    if start > last:
        raise Impossible(f"the month has no week {nth}")
    return start, min(start + timedelta(days=6), last)


def _by_month(m: Match) -> Bounds | None:
    month = _month_bounds(m)
    if month is None:
        return None
    part = m.get("month_part")
    if part is None:
        return month
    first, last = table("intervals")["month_part"][part]
    return month[0].replace(day=first), month[0].replace(day=min(last, month[1].day))


def _by_year(m: Match) -> Bounds | None:
    part = next((m.get(s) for s in ("year_part", "season", "season_name") if m.get(s)), None)
    year = _year(m)
    if part is None:
        return year_of(year) if year is not None and _may_be_year(m, year) else None
    step = m.get("season_step") if m.whole("n") is None else -(m.whole("n") or 0)
    if year is None and step is not None:
        return seasons.stepped(m.setting.day(), part, step)
    if year is None:
        within = 183 if m.told_past() else THREE_SEASONS
        at_hand = AT_HAND if "quarter" in part and not m.stands_alone() else timedelta()
        year = _nearest_year(m, lambda y: seasons.season(part, y), within, at_hand)
    return seasons.season(part, year)


def _may_be_year(m: Match, year: int) -> bool:
    """3년 alone is a duration, 2023년 a year."""
    said = m.whole("y")
    return said is None or said >= 1000 or m.get("era") is not None or m.get("short_year") is not None


def _by_festival(m: Match) -> Bounds | None:
    festival = feast_meant(m)
    if festival is None:
        return None
    year = _year(m)
    if year is None:
        year = _nearest_year(m, lambda y: _festival(festival, y))
    first, last = _festival(festival, year)
    if m.get("feast_weekend") is not None:
        return weekend_of(first, last)
    beside = m.get("eve") or 0
    first = last if beside > 0 else first
    return (first + timedelta(days=beside),) * 2 if beside else (first, last)


def feast_meant(m: Match) -> Any:
    """The feast of the words; where countries differ that of the one told of, or the one most often meant."""
    said = m.get("festival")
    if not isinstance(said, Mapping):
        return said
    return said.get(m.setting.country, said.get("other"))


def _festival(festival: list[int] | str, year: int) -> Bounds:
    if isinstance(festival, str) and not festival.startswith(OF_THE_SKY):
        return holiday(festival, year)
    there = _fixed_or_lunar(festival, year)
    return there, there


def _fixed_or_lunar(festival: list[int] | str, year: int) -> date:
    if isinstance(festival, str):
        try:
            return feast(festival, year)
        except NoTable as error:
            raise Impossible(str(error)) from error
    return day(year, *festival)


# Each way to say a day, and the slots of which it needs one.
_WAYS: tuple[tuple[Callable[[Match], Bounds | None], frozenset[str]], ...] = (
    (_by_day, frozenset({"ymd", "age", "fixed", "rel_day", "last_day", "d", "d1", "dd"})),
    (
        _by_week,
        frozenset(
            {"nth", "weekday", "weekday_short", "weekend", "weekend_short", "rel_week", "rel_week0", "of"}
        ),
    ),
    (_by_festival, frozenset({"festival"})),
    (_by_month, frozenset({"m", "month", "rel_month", "of"})),
)
