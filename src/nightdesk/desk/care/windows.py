"""Whether words say a time of day, as a contact's window must: "21:00–21:20", "9pm", "밤 9시 30분~10시", "at dusk".

Belongs here: the pattern and what counts as an hour. Does not belong here: forms (forms.py), days (rules.py).
"""

from __future__ import annotations

import re

PART_OF_DAY = r"(?:(?:오전|오후|새벽|아침|낮|저녁|밤)\s*)?"
HALF = r"(?:\s*[ap]\.?m\.?)?"
HOUR = PART_OF_DAY + r"(\d{1,2})(?:[:.]?(\d{2})|\s*h\s*(\d{2})?|\s*시(?:\s*(?:(\d{1,2})\s*분|반))?)?" + HALF
BEFORE = r"(?:(?:about|around|after|before|from|between|at|약)\s+)?"
BETWEEN = r"\s*(?:-|–|—|−|~|〜|～|to\b|until\b|and\b|부터|에서)\s*"  # each of these is typed
AFTER = r"\s*(?:까지|이후|이전|경|쯤|사이)?"
ZONE = r"(?P<zone>\s+(?:[A-Z]{2,5}))?"
NAMED = (
    r"(?:(?:in|at|before|after|around)\s+)?(?:the\s+)?(?:(?:early|late)\s+)?"
    r"(?:dawn|sunrise|morning|noon|midday|afternoon|dusk|sunset|evening|night|midnight"
    r"|새벽|아침|오전|정오|점심|낮|오후|해 ?질 ?녘|저녁|밤|자정)(?:에|쯤|경| 무렵)?"
)
OF_DAY = re.compile(NAMED, re.IGNORECASE)
WINDOW = re.compile(f"{BEFORE}{HOUR}(?:{BETWEEN}{HOUR})?{AFTER}{ZONE}", re.IGNORECASE)


def with_zone(words: str, zone: str) -> str:
    """The words with the desk's zone behind them, if they say an hour by the clock and no zone of their own."""
    found = WINDOW.fullmatch(words.strip())
    return f"{words.strip()} {zone}" if found and not found["zone"] else words


def says_hours(words: str) -> bool:
    """Whether the words are an hour, one hour to another, or a part of a day; no day and no other word."""
    if OF_DAY.fullmatch(words.strip()):
        return True
    found = WINDOW.fullmatch(words.strip())
    if found is None:
        return False
    hours, minutes = found.group(1, 5), found.group(2, 3, 4, 6, 7, 8)  # the zone is the ninth
    return all(int(n) <= 24 for n in hours if n) and all(int(n) <= 59 for n in minutes if n)
