"""The words of data/acts.toml, ready to be looked for in a text.

Belongs here: turning the table into patterns and finding its entries. What the entries mean is
written in the table, where a non-programmer can correct it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
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


def _pattern(words: Iterable[str], lang: str) -> re.Pattern[str]:
    # The longest first, so that a phrase wins over the word it begins with.
    alternatives = "|".join(re.escape(word.lower()) for word in sorted(words, key=lambda w: (-len(w), w)))
    return re.compile(rf"\b(?:{alternatives})" if lang == "en" else f"(?:{alternatives})")


@cache
def patterns(section: str, lang: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Every entry of one section of the table with its words in one language, in table order."""
    found = []
    for key, row in _section(section).items():
        if row.get(lang):
            found.append((key, _pattern(row[lang], lang)))
    return tuple(found)


def _section(section: str) -> Mapping[str, Any]:
    # [habit], [spam]... hold words themselves; [acts], [parties]... hold entries that hold words.
    rows: Mapping[str, Any] = table()[section]
    return {section: rows} if "ko" in rows else rows


def mentions(section: str, text: str, lang: str) -> dict[str, int]:
    """Entries of the section that stand in `text` (lower case), with where each first stands."""
    found = {}
    for key, pattern in patterns(section, lang):
        if hit := pattern.search(text):
            found[key] = hit.start()
    return found


def says(section: str, text: str, lang: str) -> bool:
    """Whether any word of the section stands in `text` (lower case)."""
    return bool(mentions(section, text, lang))


def act_class(act: str) -> str:
    """act, campaign or survey."""
    return str(table()["acts"][act]["class"])


def act_family(act: str) -> str:
    """The family of acts that one event often mixes: a demand, a payment, a threat."""
    return str(table()["acts"][act]["family"])
