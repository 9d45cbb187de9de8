"""English times of day as they are written and said: 3, 3:15, 3.15, 15h30, 1530, three, three twenty, nine oh five."""

from __future__ import annotations

import re

from nightdesk.reading.numerals import number, tens
from nightdesk.reading.tally import any_of, words


def hours() -> str:
    """A regular expression for an hour, with its minutes or without."""
    said, ones = any_of(_hour_words()), any_of(_hour_words()[:9])
    minutes = rf"(?:[ -](?:oh[ -]{ones}|{tens()})\b)?"
    return rf"(?:(?:[01]?\d|2[0-4])(?:[:：.h][0-5]\d(?:[:：][0-5]\d)?|h)?(?!\d)|\b{said}\b{minutes})"


def _hour_words() -> list[str]:
    """one … twelve, in order."""
    table = words("en")
    known = {
        n: w for name in ("digit", "add") for w, n in table[name].items() if " " not in w and w != "couple"
    }
    return [known[n] for n in range(1, 13)]


def clock_of(said: str) -> tuple[int, int, int | None] | None:
    """Hour, minute, and second where it is said; None when no clock shows it."""
    said = said.strip().lower().replace("：", ":")
    found = _written(said) if said[0].isdigit() else _spoken(said)
    hour, minute = found[0], found[1] if len(found) > 1 else 0
    second = found[2] if len(found) > 2 else None
    return (hour, minute, second) if hour <= 24 and minute <= 59 else None


def _written(said: str) -> list[int]:
    """3:15, 15h30, 1530."""
    found = [int(n) for n in re.split(r"[:.h ]", said) if n]
    bare = len(found) == 1 and len(said.rstrip("h")) > 2
    return [found[0] // 100, found[0] % 100] if bare else found


def _spoken(said: str) -> list[int]:
    """Three twenty, nine oh five."""
    hour, *rest = re.split(r"[ -]", said, maxsplit=1)
    minutes = [re.sub(r"^oh[ -]", "", more) for more in rest]
    found = [number(words_, "en") for words_ in (hour, *minutes)]
    return [int(n.low) if n else 99 for n in found]
