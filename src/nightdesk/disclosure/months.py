"""What every way of saying a day less exactly asks: whether it is recent, its month, how far a pattern reaches.

Belongs here: what is the same in every language. Does not belong here: the words around a day (when, days_korean).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from nightdesk.disclosure.facts import Fact
from nightdesk.disclosure.model import Offer, ParagraphText
from nightdesk.disclosure.offers import offer
from nightdesk.disclosure.words import table, word

RECENT_DAYS = 60  # "recently" stays true for about so long


def over_by(fact: Fact, release: date) -> bool:
    """Whether the day is over on the day of release."""
    return bool((fact.data["last"] or fact.data["first"]) < release)


def month_offer(
    lang: str, paragraph: ParagraphText, start: int, end: int, fact: Fact, release: date
) -> Iterator[Offer]:
    """The month alone, when both ends of the span lie in one and a month says less."""
    month = month_name(fact, lang)
    if month:
        first = fact.data["first"]
        same = (first.year, first.month) == (release.year, release.month)
        after = paragraph.text[end:]  # 9월 3일 체포돼 -> 9월에 체포돼, but 이달 들어 -> 12월 들어
        bare = lang == "ko" and after.startswith(" ") and not after.startswith((" 들어", " 이후", " 현재"))
        new = word("this_month", lang) if same else ("in " + month if lang == "en" else month + "에" * bare)
        yield offer(lang, paragraph, start, end, new, "say_month")


def month_name(fact: Fact, lang: str) -> str:
    """December, 12월; '' when the span is open or crosses months."""
    first, last = fact.data["first"], fact.data["last"]
    if not first or not last or (first.year, first.month) != (last.year, last.month):
        return ""
    return str(table("phrases")["months"]["en"][first.month - 1]) if lang == "en" else f"{first.month}월"


def recent(fact: Fact, release: date) -> bool:
    """Whether the whole span lies within the last weeks before publication."""
    last = fact.data["last"] or fact.data["first"]
    return bool(0 <= (release - last).days <= RECENT_DAYS)


def matched(pattern: re.Pattern[str], text: str) -> int:
    """How far `pattern` reaches at the beginning of `text`."""
    match = pattern.match(text)
    return match.end() if match else 0
