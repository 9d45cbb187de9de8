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
_OF = r" of (?:the|these|those|our|their|his|her|us) $"
# Parts that no number tells: of them nothing is counted.
_SOME = r"(?:some|several|many|most|half|part|(?:not |nearly |almost )all|a few|few|the rest|the others)"
# Before a word of harm: it befell nobody.
_DENIED = re.compile(r"(?:\b(?:not|never)|n['’]t) (?:(?:been|be|yet|even|actually|get|got) )?$")


def part(text: str, start: int) -> tuple[int | None, int] | None:
    """How many of a whole that is counted from `start` on, in `text` (lower case), and where that part begins.

    A part without a number has None in its place. None alone: the whole itself is meant.
    """
    found = _parts().search(text[max(0, start - AT_HAND) : start])
    if found is None:
        return None
    at = max(0, start - AT_HAND) + found.start()
    if found["none"]:
        return 0, at
    said = found["number"]
    if not said:
        return None, at
    return int(said) if said.isdecimal() else _numbers()[said], at


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
        rf"(?<![\w-])(?:(?P<none>{_NONE})|(?P<some>{_SOME})|(?P<number>{words}|\d{{1,4}})(?: more)?){_OF}"
    )
