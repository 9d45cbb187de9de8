"""The words of data/acts.toml, ready to be looked for in a text.

Belongs here: turning the table into patterns and finding its entries. What the entries mean is
written in the table, where a non-programmer can correct it.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

Table = Mapping[str, Any]


@cache
def table(name: str = "acts") -> Table:
    """data/<name>.toml as it stands. The file is part of the package."""
    return tomllib.loads((files("nightdesk.corroboration") / "data" / f"{name}.toml").read_text("utf-8"))


@cache
def weights() -> Mapping[str, float]:
    """What each comparison says for or against, with the thresholds under their own names."""
    raw = table("weights")
    return {**raw["weights"], **raw["decision"]}


SECTIONS = (
    "acts", "parties", "agencies", "details", "habit", "spam", "follow_up", "hearsay", "denial", "again", "retired", "sums", "dates",
    "concepts",
)  # fmt: skip
_START = re.compile(r"[^\W_]+")

Row = tuple[str, str, str]  # word, section, entry


@dataclass(frozen=True, slots=True)
class Hit:
    """A word of the table that stands in a text: [start, end) in code points."""

    start: int
    end: int
    section: str
    entry: str


BEGINNING = {"en": 4, "ko": 2, "zh": 2}  # letters by which rows are looked up: few rows share as many


@cache
def _by_beginning(
    lang: str, sections: tuple[str, ...]
) -> tuple[Mapping[str, tuple[Row, ...]], tuple[int, ...]]:
    """Rows by the first letters of their word, and the lengths of those: a text is gone through once."""
    found: dict[str, list[Row]] = {}
    for section in sections:
        for entry, words in _section(section).items():
            for word in words.get(lang, ()):
                found.setdefault(word.lower()[: BEGINNING[lang]], []).append((word.lower(), section, entry))
    rows = {start: tuple(sorted(rows, key=lambda row: -len(row[0]))) for start, rows in found.items()}
    return rows, tuple(sorted({len(start) for start in rows}, reverse=True))


def _section(section: str) -> Mapping[str, Any]:
    # [habit], [spam]... hold words themselves; [acts], [parties]... hold entries that hold words.
    rows: Mapping[str, Any] = table("concepts") if section == "concepts" else table()[section]
    return {section: rows} if "ko" in rows else rows


def scan(text: str, lang: str, sections: tuple[str, ...] = SECTIONS) -> list[Hit]:
    """Every word of the sections that stands in `text` (lower case), in order of place.

    English words match from the start of a word, Korean and Chinese anywhere.
    """
    rows, lengths = _by_beginning(lang, sections)
    starts = [m.start() for m in _START.finditer(text)] if lang == "en" else range(len(text))
    found = []
    for at in starts:
        for length in lengths:
            for word, section, entry in rows.get(text[at : at + length], ()):
                if len(word) <= length or text.startswith(word, at):
                    found.append(Hit(at, at + len(word), section, entry))
    return found


def mentions(section: str, text: str, lang: str) -> dict[str, int]:
    """Entries of the section that stand in `text` (lower case), in table order, with where each first stands."""
    return firsts(section, scan(text, lang, (section,)))


def firsts(section: str, hits: Iterable[Hit]) -> dict[str, int]:
    """The same from words already found."""
    first: dict[str, int] = {}
    for hit in hits:
        if hit.section == section:
            first.setdefault(hit.entry, hit.start)
    order = _order(section)
    return {entry: first[entry] for entry in sorted(first, key=order.__getitem__)}


@cache
def _order(section: str) -> Mapping[str, int]:
    return {entry: place for place, entry in enumerate(_section(section))}


class Scanned:
    """A text with the table's words in it, found once. `text` is lower case, offsets are the report's."""

    def __init__(self, text: str, lang: str) -> None:
        self.text, self.lang = text, lang
        self.hits = scan(text, lang)
        self._starts = [hit.start for hit in self.hits]

    def first(self, section: str) -> dict[str, int]:
        """Entries of the section with where each first stands, in table order."""
        return firsts(section, self.hits)

    def says(self, section: str) -> bool:
        """Whether any word of the section stands in the text."""
        return any(hit.section == section for hit in self.hits)

    def within(self, section: str, start: int, end: int, first: bool = True) -> dict[str, int]:
        """Entries whose words lie wholly in [start, end), with the start of the first, or the end of the last."""
        found: dict[str, int] = {}
        for hit in self.hits[bisect_left(self._starts, start) : bisect_left(self._starts, end)]:
            if hit.section == section and hit.end <= end:
                if first:
                    found.setdefault(hit.entry, hit.start)
                else:
                    found[hit.entry] = hit.end
        return found


@cache
def act_class(act: str) -> str:
    """act, campaign or survey."""
    return str(table()["acts"][act]["class"])


@cache
def act_family(act: str) -> str:
    """The family of acts that one event often mixes: a demand, a payment, a threat."""
    return str(table()["acts"][act]["family"])
