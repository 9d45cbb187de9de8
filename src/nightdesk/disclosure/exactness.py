"""How exact a day is. Belongs here: spans of days. Does not belong here: whether that is dangerous (rules)."""

from __future__ import annotations

import re
from datetime import date

from nightdesk.disclosure.facts import Fact
from nightdesk.disclosure.words import table

WEEK = 10  # days: an early, middle or late third of a month is still a week to a roster
MONTH = "|".join(table("phrases")["months"]["en"])
NAMED_DAY = re.compile(
    rf"\d일(?!간|\s?동안)|\d号|\d日|\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{MONTH})|(?:{MONTH}) \d{{1,2}}\b"
)


def exact(fact: Fact) -> bool:
    """Whether the span is a week or less, or names a day of the month: a long span from a day is exact there."""
    return (length(fact) or 99) <= WEEK or bool(NAMED_DAY.search(fact.span.words))


def length(fact: Fact) -> int | None:
    """How many days the fact spans; an open side counts as the day that is said."""
    first, last = fact.data["first"], fact.data["last"]
    if first is None or last is None:
        return 1
    return int((last - first).days) + 1


def bounds(first: date | None, last: date | None) -> str:
    """2023-12-04/2023-12-10, or one day."""
    days = [one.isoformat() for one in (first, last) if one]
    return "/".join(dict.fromkeys(days))
