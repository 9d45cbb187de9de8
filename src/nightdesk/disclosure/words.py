"""The room's tables, read once: phrases, groups, rewordings. Files a non-programmer can correct."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

KEPT = 2048  # paragraphs whose reading is kept: a story of 500 in two languages, on two days


@cache
def table(name: str) -> Mapping[str, Any]:
    """data/<name>.toml."""
    return tomllib.loads((files("nightdesk.disclosure") / "data" / f"{name}.toml").read_text("utf-8"))


def phrases(section: str, lang: str) -> Any:
    """One section of data/phrases.toml in one language; empty when the table has none."""
    return table("phrases")[section].get(lang, ())


def word(name: str, lang: str) -> str:
    """One replacement word; English when the table lacks the language."""
    forms = table("phrases")["words"][name]
    return str(forms.get(lang, forms["en"]))
