"""English years as they are written and said: 1998, '98, nineteen ninety-eight, two thousand and five."""

from __future__ import annotations

from nightdesk.reading.numerals import number, tens
from nightdesk.reading.tally import any_of, words

_CENTURIES = ("fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty")


def spoken() -> str:
    """A regular expression for a year in words."""
    ones = any_of([w for w, n in words("en")["digit"].items() if n and " " not in w])
    return (
        rf"(?:{any_of(_CENTURIES)}[ -](?:hundred(?:(?: and)?[ -](?:{tens()}|{ones}))?|(?:oh|o)[ -]{ones}|{tens()})"
        rf"|two thousand(?:(?: and)?[ -](?:{tens()}|{ones}))?)(?![A-Za-z])"
    )


def year(said: str) -> int | None:
    """The year; of two figures alone those two, for the calendar to find their century."""
    said = said.strip().lower().replace("-", " ")
    if said.strip("'’").isdigit():
        return int(said.strip("'’"))
    if said.startswith("two thousand"):
        found = number(said, "en")
        return int(found.low) if found else None
    century, _, rest = said.partition(" ")
    hundreds, after = number(century, "en"), 0
    rest = rest.removeprefix("hundred").strip().removeprefix("and ")
    if rest:
        figures = number(rest.removeprefix("oh ").removeprefix("o "), "en")
        after = int(figures.low) if figures else 0
    return int(hundreds.low) * 100 + after if hundreds else None
