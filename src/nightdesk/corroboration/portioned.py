"""A part of people who are counted, in English: not one of the five died, two of the five died.

Belongs here: what befell the part, where the number behind it is the whole. Does not belong here: which words say what
befell (data/counting.toml), any other count (counting.py).
"""

from __future__ import annotations

import re
from functools import cache

from nightdesk.corroboration.lexicon import table

AT_HAND = 40  # characters before the whole in which the part stands
_NONE = r"(?:not (?:a single )?one|none|neither)"
_OF = r" of (?:(?:the|these|those|our|their|his|her|us|about|around|some|nearly|almost|at least) ){0,2}$"
# Parts that no number tells, or one of two words (twenty-one, two-thirds): of them nothing is counted.
_SOME = (
    r"(?:some|several|many|most|half|part|(?:not |nearly |almost )all|a few|few|the rest|the others|dozens|scores"
    r"|a (?:dozen|third|quarter|number|handful|majority)|[a-z]+-[a-z]+)"
)
_FIGURES = r"\d{1,3}(?:,\d{3})+|\d{1,4}"
# Right behind the whole: it befell all of it. Of the three dead, one was a child.
_ALL_OF_IT = re.compile(r"[\w,-]+ (?:dead|killed|injured|wounded|missing|arrested|detained)\b")
# Before a word of harm: it befell nobody.
_DENIED = re.compile(r"(?:\b(?:not|never)|n['’]t) (?:(?:been|be|yet|even|actually|get|got) )?$")


def part(text: str, start: int) -> tuple[int | None, int] | None:
    """How many of a whole that is counted from `start` on, in `text` (lower case), and where that part begins.

    A part without a number has None in its place. None alone: the whole itself is meant.
    """
    if _ALL_OF_IT.match(text, start):
        return None
    found = _parts().search(text[max(0, start - AT_HAND) : start])
    if found is None:
        return None
    at = max(0, start - AT_HAND) + found.start()
    if found["none"]:
        return 0, at
    said = found["number"]
    if not said:
        return None, at
    return _numbers().get(said) or int(said.replace(",", "")), at


def denied(text: str, harm: int) -> bool:
    """Whether the word of harm that stands at `harm` in `text` (lower case) is said not to have happened."""
    return _DENIED.search(text[max(0, harm - AT_HAND) : harm]) is not None


@cache
def _numbers() -> dict[str, int]:
    return {"one": 1, **table("counting")["bare"]["numbers"]["en"]}


@cache
def _parts() -> re.Pattern[str]:
    words = "|".join(sorted(_numbers(), key=len, reverse=True))
    return re.compile(
        rf"(?<![\w,.-])(?:(?P<none>{_NONE})|(?P<some>{_SOME})|(?P<number>{words}|{_FIGURES})(?: more)?){_OF}"
    )
