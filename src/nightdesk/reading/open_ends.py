"""English days and hours with one side open: before 2018, since August, after 6 pm, from 3 until 5.

Belongs here: which side a word opens. Does not belong here: what two readings mean together (composed.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from nightdesk.reading.bounds import value
from nightdesk.reading.find import Find
from nightdesk.reading.match import Value
from nightdesk.reading.ranges import paired
from nightdesk.reading.tables import context

DAY = timedelta(days=1)
A_QUARTER = timedelta(days=92)
_FROM_HOUR = re.compile(r"\bfrom[ \t]{1,2}$", re.I)
_FROM_DAY = re.compile(
    r"\b(?:(?P<of>letters?|news|messages?|calls?|lists?|notes?|photos?|pictures?|videos?|reports?|wages|debts?|apart|away)[ \t])?"
    r"(?P<begin>from[ \t]{1,2}(?:the )?(?:about |around )?)$",
    re.I,
)
# Another end beside the day, or within its words; what is over: from last week, from 2019.
_UP_TO = re.compile(r"'s\b|[^.;:!?\n]{0,40}?(?:\b(?:to|until|till|through|thru)\b|[-–—])", re.I)
_ENDS = re.compile(r"[ \t]?(?:$|[\n.,;:!?)/]|on(?:wards?)?\b)")
_CLOSED = re.compile(
    r"\b(?:last|ago|yesterday|week|quarter|to|for|and|until|till|through|thru)\b|\d{4}|[-–—~]", re.I
)


def opened(text: str, finds: Iterable[Find]) -> list[Find]:
    """Before 2018, since August, after 6 pm: the side the word opens is null, and the word is in the span."""
    return list(paired(text, [_opened(text, find) or find for find in finds], _closed))


def _closed(text: str, first: Find, second: Find) -> Find | None:
    """From 3 in the morning until 5 pm: one stretch of the clock."""
    if first.kind != "time" or second.kind != "time" or text[first.end : second.start].strip(" ,"):
        return None
    if first.value.get("to") is not None or second.value.get("from") is not None:
        return None
    return Find(
        first.start, second.end, "time", {"from": first.value.get("from"), "to": second.value.get("to")}
    )


def _opened(text: str, find: Find) -> Find | None:
    if find.kind not in ("date", "time"):
        return None
    row = _open_words()
    if find.kind == "time" and (said := _FROM_HOUR.search(text[max(0, find.start - 8) : find.start])):
        made = _clock_side(find.value, "since")
        return replace(find, start=find.start - len(said[0]), value=made) if made else None
    before = text[max(0, find.start - 28) : find.start]
    for way, pattern in row["before"]:
        if (said := pattern.search(before)) is not None and (
            made := _side(find, text[find.start : find.end], way)
        ) is not None:
            return replace(find, start=find.start - len(said[0].lstrip()), value=made)
    for way, pattern in row["after"]:
        if (said := pattern.match(text, find.end)) is not None and (
            made := _side(find, text[find.start : find.end], way)
        ) is not None:
            return replace(find, end=said.end(), value=made)
    return _from(text, find, before)


def _from(text: str, find: Find, before: str) -> Find | None:
    """From 1 May, from March: open behind; not what is over, what has its end beside it, nor a letter from Friday."""
    said = _FROM_DAY.search(before) if find.kind == "date" and not find.value.get("part") else None
    if (
        said is None
        or said["of"]
        or _UP_TO.match(text, find.end)
        or _CLOSED.search(text, find.start, find.end)
    ):
        return None
    first, last = find.value["earliest"], find.value["latest"]
    if None in (first, last) or date.fromisoformat(last) - date.fromisoformat(first) > A_QUARTER:
        return None
    if first != last and not _ENDS.match(text, find.end):  # rice from May harvest
        return None
    return replace(find, start=find.start - len(said["begin"]), value=value(date.fromisoformat(first), None))


_compiled: dict[str, list[tuple[str, re.Pattern[str]]]] = {}


def _open_words() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    if not _compiled:
        said = context("en")["open"]
        end = r"[ \t]{1,2}(?:the )?(?:about |around )?$"
        _compiled["before"] = [
            (
                way,
                re.compile(
                    rf"(?<![A-Za-z-])(?<!\bjust )(?<!\bsoon )(?<!hortly )(?<!right )(?:{words}){end}", re.I
                ),
            )
            for way, words in said["before"].items()
        ]
        _compiled["after"] = [
            (way, re.compile(rf"[ \t,]{{1,2}}(?:{words})(?![A-Za-z])", re.I))
            for way, words in said["after"].items()
        ]
    return _compiled


def _side(find: Find, words: str, way: str) -> Value | None:
    """The value with one side open; None where the day itself is meant (until the 20th)."""
    v = find.value
    if find.kind == "time":
        return _clock_side(v, way)
    first, last = v["earliest"], v["latest"]
    if None in (first, last) or v.get("part"):
        return None
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    if way == "until":
        return None if begin == end else value(None, end)
    if (way == "before" and begin == date.min) or (way == "after" and end == date.max):
        return None  # the calendar has no day beyond
    if way == "before":
        return value(None, end if _edge(words, "end") else begin - DAY)
    if way == "after" and _edge(words, "beginning", "start"):
        return value(begin, None)
    return value(end + DAY if way == "after" else begin, None)


def _edge(words: str, *edges: str) -> bool:
    """Before the end of May lasts to its end, after the beginning of May begins with it."""
    return words.lower().removeprefix("the ").startswith(tuple(f"{edge} of" for edge in edges))


def _clock_side(v: Value, way: str) -> Value | None:
    if "part" in v or v.get("from") != v.get("to") or v.get("from") is None:
        return None
    return {"from": None, "to": v["from"]} if way in ("until", "before") else {"from": v["from"], "to": None}
