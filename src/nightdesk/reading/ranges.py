"""Two ends with a word for "to" between them are one stretch: days (8월 8일부터 9월 3일, May to September)
and sums (五元六角到五元七角)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from nightdesk.reading.bounds import value
from nightdesk.reading.find import Find
from nightdesk.reading.match import Value
from nightdesk.reading.sums import became

_TO = re.compile(
    r"[ \t]{0,2}(?:부터|에서|~|-|–|—|to|until|untill|till|through|thru|到|至)[ \t]{0,2}", re.IGNORECASE
)
_SIDES = ("earliest", "latest")
_HAN = "일이삼사오육칠팔구십一二三四五六七八九十廿"
_BARE_DAY = re.compile(rf"(?:the )?\d{{1,2}}(?:일|日|号|號|st|nd|rd|th)?|[{_HAN}]{{1,3}}[일日号號]", re.I)
_BARE_MONTH = re.compile(r"\d{1,2}월(?: ?\d{1,2}일| ?[초중하상][순반]?| ?말)?")
SHORT = timedelta(days=11)  # a third of a month: a first end so near that the second borrows its month


def joined(text: str, finds: Sequence[Find]) -> Iterator[Find]:
    """The same finds in order; two days that are the ends of a stretch become one."""
    return paired(text, finds, _join)


def paired(
    text: str, finds: Sequence[Find], join: Callable[[str, Find, Find], Find | None]
) -> Iterator[Find]:
    """The same finds in order; two neighbours of which `join` makes one stand there as that one."""
    waiting: Find | None = None
    for find in finds:
        if waiting is not None and (both := join(text, waiting, find)) is not None:
            yield both
            waiting = None
            continue
        if waiting is not None:
            yield waiting
        waiting = find
    if waiting is not None:
        yield waiting


def _join(text: str, first: Find, second: Find) -> Find | None:
    kinds = {first.kind, second.kind}
    if (
        len(kinds) > 1
        or not kinds <= {"date", "money"}
        or not _TO.fullmatch(text, first.end, max(first.end, second.start))
    ):
        return None
    if first.kind == "date":
        borrowed = _in_month_of(first.value, second, text)
        stretch = _stretch(first.value, borrowed)
    elif any(became(text, first.start, second.end, lang) for lang in ("ko", "en")):
        return None  # 천원에서 2천원으로 올랐다: two sums
    else:
        stretch = _sums(first.value, second.value)
    return Find(first.start, second.end, first.kind, stretch) if stretch else None


def _in_month_of(first: Value, second: Find, text: str) -> Value:
    """12월 8일부터 13일까지: a day said without its month is the next such day after the first one."""
    if None in (*first.values(), second.value["earliest"]):
        return second.value
    if _BARE_MONTH.fullmatch(text, second.start, second.end):
        return _in_year_of(date.fromisoformat(first["earliest"]), second.value)
    if not _BARE_DAY.fullmatch(text, second.start, second.end):
        return second.value
    begin, number = date.fromisoformat(first["earliest"]), date.fromisoformat(second.value["earliest"]).day
    if begin.year == date.max.year or date.fromisoformat(first["latest"]) - begin > SHORT:
        return second.value
    there = _next_such_day(begin, number)
    return value(there, there)


def _in_year_of(begin: date, second: Value) -> Value:
    """12월 28일부터 1월 3일까지: a month said without its year is the next one after the first end."""
    ends = [date.fromisoformat(second[side]) for side in _SIDES]
    away = begin.year - ends[0].year
    away += (ends[1].month, ends[1].day) < (begin.month, begin.day)
    if (2, 29) in [(end.month, end.day) for end in ends] or not 1 <= ends[1].year + away <= date.max.year:
        return second
    return value(ends[0].replace(year=ends[0].year + away), ends[1].replace(year=ends[1].year + away))


def _next_such_day(begin: date, number: int) -> date:
    """The first day with this number in its month, `begin` included; there is one within two months."""
    there = begin
    while there.day != number:
        there += timedelta(days=1)
    return there


def _sums(first: Value, second: Value) -> Value | None:
    """Two sums of one currency, the smaller first."""
    if first["currency"] != second["currency"] or {"amount_high"} & {*first, *second}:
        return None
    if Decimal(first["amount"]) >= Decimal(second["amount"]):
        return None
    return {**first, "amount_high": second["amount"]}


def _stretch(first: Value, second: Value) -> Value | None:
    """From the start of one to the end of the other; None when that runs backwards or a side is open."""
    sides = [v[side] for v in (first, second) for side in _SIDES]
    if None in sides or first["earliest"] > second["latest"]:
        return None
    return value(date.fromisoformat(first["earliest"]), date.fromisoformat(second["latest"]))
