"""Numbers in English text that are no number of a law, a page or a paragraph: what is counted, and how many.

Belongs here: bare numbers. Does not belong here: numbers with a unit, a currency or a month (figures).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from nightdesk.disclosure.capitals import words_of
from nightdesk.disclosure.figures import any_of
from nightdesk.disclosure.model import FindingClass

# A number at the beginning of a line is a paragraph's.
OPENS = re.compile(r"(?:^|\n)[ \t]{0,4}[(\[]?$")
PARAGRAPH = re.compile(r"\d{1,3}[.)\]](?!\d)")
GOES_ON = re.compile(r"[.)]*(?:,| and| to| or|,? §§?|[-–]) ?\(?")
LONGEST = 32  # characters of a law's word before its number


@cache
def pattern() -> re.Pattern[str]:
    """A number in digits or words, and the word behind it."""
    large = any_of("larger_numbers", file="heads", either_case=True)
    small = any_of("smaller_numbers", file="heads", either_case=True)
    besides = f"(?:{any_of('not_counted', file='heads')})"
    more = any_of("larger_numbers", "smaller_numbers", file="heads")
    return re.compile(
        r"(?P<digits>\d(?<![\w.,§/\0-]\d)[\d.,]*(?:st|nd|rd|th)?(?: \d{3})*\b(?:[-/][\w=-]+)*)(?P<noun> [a-z][a-z-]+)?"
        rf"|\b(?P<words>(?:(?:{small})[- ])?(?:{large})(?:[- ](?:and )?(?:{more}))*\b(?:-[a-z]+)?)(?P<counted> [a-z][a-z-]+)?"
        rf"|\b(?P<few>{small})(?P<things>(?: (?!of |and |or )[a-z-]+)?? (?!{besides}\b)(?:[a-z-]{{3,}}s|people|men|women|children)\b)"
    )


@cache
def law() -> re.Pattern[str]:
    """What stands before the number of a law."""
    return re.compile(rf"(?:\b(?i:{any_of('laws', file='heads')})\.?(?: no\.)?|§) ?\(?$")


def counts(text: str) -> Iterator[tuple[int, int, FindingClass]]:
    """Every bare number of `text`, with the noun behind it. What other rules took stands as NUL."""
    reached = -1  # where the last number of a law ended
    for match in pattern().finditer(text):
        if match["few"]:
            yield *match.span(), "exact sum"
            continue
        start, end = match.span("digits" if match["digits"] else "words")
        if match["digits"] and (
            is_laws(text, start) or (reached >= 0 and GOES_ON.fullmatch(text, reached, start))
        ):
            reached = end
            continue
        noun = match["noun"] or match["counted"]
        yield start, end if not noun or noun[1:] in words_of("stops", "heads") else match.end(), "exact sum"


def is_laws(text: str, start: int) -> bool:
    """Whether a number is that of a law, a page or a paragraph."""
    before = text[max(0, start - LONGEST) : start]
    return bool(law().search(before) or (OPENS.search(before) and PARAGRAPH.match(text, start)))
