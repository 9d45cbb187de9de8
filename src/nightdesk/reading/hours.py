"""English times of day as they are written and said: 3, 3:15, 3.15, 15h30, 1530, three, three twenty, nine oh five."""

from __future__ import annotations

import re

from nightdesk.reading.numerals import any_of, number, tens, words


def hours() -> str:
    """A regular expression for an hour, with its minutes or without."""
    said, ones = any_of(_hour_words()), any_of(_hour_words()[:9])
    minutes = rf"(?:[ -](?:oh[ -]{ones}|{tens()})\b)?"
    return rf"(?:(?:[01]?\d|2[0-4])(?:[:：.h][0-5]\d(?:[:：][0-5]\d)?|h)?(?!\d)|\b{said}\b{minutes})"


def _hour_words() -> list[str]:
    """one … twelve, in order."""
    table = words("en")
    known = {n: w for name in ("digit", "add") for w, n in table[name].items() if " " not in w and w != "couple"}
    return [known[n] for n in range(1, 13)]


def clock_of(said: str) -> tuple[int, int, int | None] | None:
    """Hour, minute, and second where it is said; None when no clock shows it."""
    said = said.strip().lower().replace("：", ":")
    if said[0].isdigit():
        found = [int(n) for n in re.split(r"[:.h ]", said) if n]
        if len(found) == 1 and len(said.rstrip("h")) > 2:
            found = [found[0] // 100, found[0] % 100]
    else:
        hour, *rest = re.split(r"[ -]", said, maxsplit=1)
        minute = number(rest[0].removeprefix("oh ").removeprefix("oh-"), "en") if rest else None
        first = number(hour, "en")
        found = [int(first.low) if first else 99, int(minute.low) if minute else 0]
    hour_, minute_, second = (*found, *(0, None)[len(found) - 1 :], None)[:3]
    return (hour_, minute_, second) if hour_ <= 24 and minute_ <= 59 else None  # type: ignore[operator]
