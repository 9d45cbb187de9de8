"""English readings that are made of others standing side by side.

Three days after Christmas, the week of 6 May, at 5 tomorrow afternoon, between Monday and Friday, before
2018, since August. Belongs here: what two finds mean together. Does not belong here: any single word's value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from nightdesk.reading.bounds import last_day, month_of, value
from nightdesk.reading.clock import _parts
from nightdesk.reading.find import Find
from nightdesk.reading.match import Impossible, Value
from nightdesk.reading.ranges import paired
from nightdesk.reading.spoken_clock import twelve_hours_on
from nightdesk.reading.weekdays import weekend_of

DAY = timedelta(days=1)
_GLUE = re.compile(r"[ \t,]{0,3}(?:(?:at|on|in|of|from|the|around|about|@)[ \t,]{1,2}){0,2}", re.I)
_HALF_SAID = re.compile(
    r"[ap][. ]?m\b|[ap]\b|noon|midnight|morning|afternoon|evening|night|dawn|\dh|^0\d|hrs", re.I
)
_APART = re.compile(
    r"[ \t]{1,2}(?P<way>after|following|from|since|before|prior to|ahead of)[ \t]{1,2}(?:the )?", re.I
)
_THE_UNIT = re.compile(
    r"\b(?:the |one )(?P<unit>day|week|month|year) (?P<way>after|following|before|prior to)[ \t]{1,2}(?:the )?$",
    re.I,
)
_WEEK = re.compile(
    r"\b(?:(?:the |that )?(?P<unit>week(?:end)?|wk) (?P<how>of|commencing|beginning|starting|ending)(?: on)?|(?P<short>w/[ce]))[ \t]{1,2}(?:the )?$",
    re.I,
)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PLACES = {"the": 1, "first": 1, "next": 1, "last": 1, "second": 2, "third": 3, "fourth": 4}
_NTH_WEEKDAY = re.compile(
    r"\b(?:the )?(?P<nth>the|first|next|last|second|third|fourth) (?P<weekday>(?:mon|tues|wednes|thurs|fri|satur|sun)day|weekend) "
    r"(?P<way>after|following|before)[ \t]{1,2}(?:the )?$",
    re.I,
)
_BETWEEN, _AND = (
    re.compile(r"\bbetween[ \t]{1,2}(?:the )?$", re.I),
    re.compile(r"[ \t]{1,2}and[ \t]{1,2}(?:the )?", re.I),
)
_TO = re.compile(r"[ \t]{0,2}(?:-|–|—|~|\bto|\bthrough|\bthru|\buntil|\btill)[ \t]{0,2}(?:the )?", re.I)
_TO_OR_AND = re.compile(rf"{_TO.pattern}|{_AND.pattern}", re.I)
_YEAR = re.compile(r"\d{4}|['’]\d\d|thousand|nineteen|(?:this|last|next) (?:year|may|j|f|m|a|s|o|n|d)", re.I)
_MONTH = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|^\d{1,2}/\d", re.I)
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?", re.I)
_FOR = re.compile(r"[ \t,]{0,2}\bfor[ \t]{1,2}$|[ \t,]{1,2}for[ \t]{1,2}", re.I)
_FROM = re.compile(
    r"[ \t,]{1,3}(?:from|starting(?: at| from| on)?|beginning(?: at| on)?)[ \t]{1,2}(?:the )?", re.I
)
_LENGTH = re.compile(
    r"P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?P<clock>T(?:(?P<hours>[\d.]+)H)?(?:(?P<minutes>\d+)M)?)?"
)
_ISO = re.compile(r"P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?")


BESIDE = 8  # days and hours that stand beside a clock at most: a page of hours alone was gone through from each of them


def together(text: str, finds: Iterable[Find]) -> list[Find]:
    """The same finds in order; those that mean one thing together are one."""
    clocks = _clocks(text, list(finds))
    return list(_stretches(text, list(_counted_from(text, list(_lasting(text, clocks))))))


# ---- a clock and the part of the day beside it -------------------------------------------------------------------


def _clocks(text: str, finds: Sequence[Find]) -> list[Find]:
    """At 5 tomorrow afternoon: the five is that of the afternoon."""
    kept = list(finds)
    for place, find in enumerate(finds):
        if find.kind != "time" or "part" in find.value or not find.value.get("from"):
            continue
        for other in _beside(text, finds, place):
            part = finds[other].value.get("part")
            if part is not None:
                if _open_hour(text, find):
                    kept[place] = replace(kept[place], value=_in_part(kept[place].value, str(part)))
                _absorb(text, kept, place, other)
                break
    return [f for f in kept if f.end > f.start]


def _open_hour(text: str, find: Find) -> bool:
    """Whether it is a clock that may be before or after noon."""
    return find.value["from"] < "13" and not _HALF_SAID.search(text, find.start, find.end)


def _beside(text: str, finds: Sequence[Find], place: int) -> Iterator[int]:
    """The days and parts of a day next to it, on either side."""
    for step in (1, -1):
        here = place
        while (
            0 <= here + step < len(finds)
            and abs(here + step - place) <= BESIDE
            and finds[here + step].kind in ("date", "time")
        ):
            first, second = sorted((here, here + step))
            if not _GLUE.fullmatch(text, finds[first].end, finds[second].start):
                break
            here += step
            yield here


def _in_part(clock: Value, part: str) -> Value:
    """The clock in that part of the day."""
    later = _parts().get(part, {}).get("pm", [])
    moved = {k: twelve_hours_on(v) if v and int(v[:2]) in later else v for k, v in clock.items()}
    return (
        moved if moved["from"] <= moved["to"] or clock["from"] > clock["to"] else {**clock, "to": moved["to"]}
    )


def _absorb(text: str, kept: list[Find], clock: int, other: int) -> None:
    """A part that has told its hour stands no more for itself: its words join what is next to them."""
    find = kept[other]
    if find.kind == "date":
        kept[other] = replace(find, value={k: find.value[k] for k in ("edtf", "earliest", "latest")})
        return
    next_to = other + (1 if other < clock else -1)
    joined = kept[next_to]
    kept[next_to] = replace(joined, start=min(joined.start, find.start), end=max(joined.end, find.end))
    kept[other] = replace(find, end=find.start)


# ---- a length and where it begins --------------------------------------------------------------------------------


def _lasting(text: str, finds: Sequence[Find]) -> Iterator[Find]:
    """From 2 pm for three hours, for ten days from 18 December: from when to when."""
    waiting: Find | None = None
    for find in finds:
        made = _so_long(text, waiting, find) if waiting is not None else None
        if waiting is not None and made is None:
            yield waiting
        waiting = made or find
    if waiting is not None:
        yield waiting


def _so_long(text: str, first: Find, second: Find) -> Find | None:
    if first.kind == "duration" and second.kind in ("date", "time"):
        length, begin, gap = first, second, _FROM
        if not _FOR.search(text[max(0, first.start - 6) : first.start]):
            return None
    elif second.kind == "duration" and first.kind in ("date", "time"):
        length, begin, gap = second, first, _FOR
    else:
        return None
    said = _LENGTH.fullmatch(str(length.value["iso"]))
    if said is None or "longest" in length.value or not gap.fullmatch(text, first.end, second.start):
        return None
    made = _days_long(begin.value, said) if begin.kind == "date" else _hours_long(begin.value, said)
    return Find(first.start, second.end, begin.kind, made) if made else None


def _days_long(begin: Value, said: re.Match[str]) -> Value | None:
    """The first day counts: ten days from the 18th end on the 27th."""
    if begin["earliest"] != begin["latest"] or begin["earliest"] is None or said["clock"]:
        return None
    first = date.fromisoformat(begin["earliest"])
    months = int(said["years"] or 0) * 12 + int(said["months"] or 0)
    days = int(said["weeks"] or 0) * 7 + int(said["days"] or 0)
    return value(first, _moved(first, months) + (days - 1) * DAY) if months + days else None


def _hours_long(begin: Value, said: re.Match[str]) -> Value | None:
    if begin.get("at") is None or not said["clock"] or said["clock"] != said[0][1:]:
        return None
    minutes = 60 * Decimal(said["hours"] or 0) + Decimal(said["minutes"] or 0)
    if not 0 < minutes < 24 * 60 or minutes != int(minutes):
        return None
    hour, minute = divmod(int(begin["at"][:2]) * 60 + int(begin["at"][3:5]) + int(minutes), 60)
    return {"from": begin["at"], "to": f"{hour % 24:02d}:{minute:02d}"}


# ---- days counted from another day -------------------------------------------------------------------------------


def _counted_from(text: str, finds: Sequence[Find]) -> Iterator[Find]:
    """Three days after Christmas; the day before the election stays what it is: no day is known for it."""
    waiting: Find | None = None
    for find in finds:
        made = _one_from(text, waiting, find) if find.kind == "date" else None
        if made is not None and waiting is not None and made.start <= waiting.start:
            waiting = None
        if waiting is not None:
            yield waiting
        waiting = made or find
    if waiting is not None:
        yield waiting


def _one_from(text: str, before: Find | None, find: Find) -> Find | None:
    if None in (find.value["earliest"], find.value["latest"]):
        return None
    try:
        return (
            _after_length(text, before, find)
            or _the_day_after(text, find)
            or _week_of(text, find)
            or _weekday_beside(text, find)
        )
    except (Impossible, OverflowError, ValueError):
        return None


def _days(find: Find) -> tuple[date, date]:
    return date.fromisoformat(find.value["earliest"]), date.fromisoformat(find.value["latest"])


def _after_length(text: str, before: Find | None, find: Find) -> Find | None:
    if before is None or before.kind != "duration" or "longest" in before.value:
        return None
    how = _APART.fullmatch(text, before.end, find.start)
    length = _ISO.fullmatch(str(before.value["iso"])) if how else None
    if (
        how is None
        or length is None
        or (find.value["earliest"] != find.value["latest"] and find.value["edtf"][-1:] == "~")
    ):
        return None
    step = 1 if how["way"].lower() in ("after", "following", "from", "since") else -1
    months = int(length["years"] or 0) * 12 + int(length["months"] or 0)
    days = int(length["weeks"] or 0) * 7 + int(length["days"] or 0)
    first, last = (_moved(d, step * months) + step * days * DAY for d in _days(find))
    return Find(before.start, find.end, "date", value(first, last))


def _moved(day: date, months: int) -> date:
    """The same day so many months away, or the last one of a shorter month."""
    first, last = month_of(day.year, day.month + months)
    return first.replace(day=min(day.day, last.day))


def _the_day_after(text: str, find: Find) -> Find | None:
    """The day after Christmas, the week before Easter."""
    said = _THE_UNIT.search(text[max(0, find.start - 32) : find.start])
    if said is None:
        return None
    first, last = _days(find)
    back, unit = said["way"].lower() in ("before", "prior to"), said["unit"].lower()
    begin = find.start - len(said[0])
    if unit == "day":
        there = first - DAY if back else last + DAY
        return Find(begin, find.end, "date", value(there, there))
    months, days = {"week": (0, 7), "month": (1, 0), "year": (12, 0)}[unit]
    if back:
        return Find(begin, find.end, "date", value(_moved(first, -months) - days * DAY, first - DAY))
    return Find(begin, find.end, "date", value(last + DAY, _moved(last, months) + days * DAY))


def _weekday_beside(text: str, find: Find) -> Find | None:
    """The first Monday after Easter, the last Friday before Christmas, the weekend before it."""
    said = _NTH_WEEKDAY.search(text[max(0, find.start - 48) : find.start])
    if said is None:
        return None
    weekend, (first, last) = said["weekday"].lower() == "weekend", _days(find)
    wanted = 5 if weekend else _WEEKDAYS.index(said["weekday"][:3].lower())
    steps = 7 * (_PLACES[said["nth"].lower()] - 1)
    if said["way"].lower() in ("after", "following"):
        there = last + timedelta(days=(wanted - last.weekday() - 1) % 7 + 1 + steps)
    else:
        there = first - timedelta(days=(first.weekday() - wanted - 1) % 7 + 1 + steps)
    there -= 7 * DAY * (weekend and there < first <= there + DAY)  # of a Sunday, not the day before it
    return Find(find.start - len(said[0]), find.end, "date", value(there, there + weekend * DAY))


def _week_of(text: str, find: Find) -> Find | None:
    """The week of 6 May: Monday to Sunday; the week commencing and ending with a day: seven days."""
    said = _WEEK.search(text[max(0, find.start - 32) : find.start])
    first, last = _days(find)
    if said is None or first != last:
        return None
    monday = first - first.weekday() * DAY
    if (said["unit"] or "").lower() == "weekend":
        return Find(find.start - len(said[0]), find.end, "date", value(*weekend_of(first, last)))
    how = "ending" if said["short"] in ("w/e", "W/E") else (said["how"] or "commencing").lower()
    ends = (
        (monday, monday + 6 * DAY)
        if how == "of"
        else (first - 6 * DAY, first)
        if how == "ending"
        else (first, first + 6 * DAY)
    )
    return Find(find.start - len(said[0]), find.end, "date", value(*ends))


# ---- stretches of days -------------------------------------------------------------------------------------------


def _stretches(text: str, finds: Sequence[Find]) -> Iterator[Find]:
    """Between Monday and Friday, May to March, January to April 2015: one end lends the other its year."""
    return paired(text, finds, _stretch_of)


def _stretch_of(text: str, first: Find, second: Find) -> Find | None:
    if first.kind != "date" or second.kind != "date":
        return None
    between = _BETWEEN.search(text[max(0, first.start - 16) : first.start])
    if not (_TO if not between else _TO_OR_AND).fullmatch(text, first.end, second.start):
        return None
    sides = [v for f in (first, second) for v in (f.value["earliest"], f.value["latest"])]
    if None in sides:
        return None
    (begin, _), (end_begins, end) = _days(first), _days(second)
    said = [bool(_YEAR.search(text, f.start, f.end)) for f in (first, second)]
    if said == [False, True] and _MONTH.search(text, first.start, first.end):
        begin = _same_year(begin, end_begins)
    elif end < begin and not said[1]:
        end = _next_after(text, second, begin, end)
    elif all(_WEEKDAY.fullmatch(text, f.start, f.end) for f in (first, second)):
        end -= 7 * DAY * ((end - begin).days // 7)  # from Monday until Friday is of one week
    return Find(first.start, second.end, "date", value(begin, end)) if begin <= end else None


def _same_year(begin: date, end: date) -> date:
    """The day in the year of the end, or in the one before where it would come after it."""
    there = _moved(begin, 12 * (end.year - begin.year))
    return there if there <= end else _moved(there, -12)


def _next_after(text: str, second: Find, begin: date, end: date) -> date:
    """The end that was read as past, moved to the first one after the beginning."""
    if _MONTH.search(text, second.start, second.end):
        last_of_month = end.day == last_day(end.year, end.month)
        there = _moved(end, 12 * (begin.year - end.year + (end.replace(year=begin.year) < begin)))
        return month_of(there.year, there.month)[1] if last_of_month else there
    # In the last week of the calendar no such day comes after it.
    if (
        (begin - end).days < 14
        and begin <= date.max - 7 * DAY
        and _WEEKDAY.fullmatch(text, second.start, second.end)
    ):
        return end + 7 * ((begin - end).days // 7 + 1) * DAY
    return end
