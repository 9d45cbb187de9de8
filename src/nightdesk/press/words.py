"""What the site says around the stories, from words.toml, and days as each language writes them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from babel.dates import format_date

from nightdesk.release.model import ReleaseError, Sum

Words = Mapping[str, Any]


@cache
def _table() -> Mapping[str, Words]:
    return tomllib.loads((files("nightdesk.press") / "words.toml").read_text("utf-8"))


def words(lang: str) -> Words:
    """The site's own words in `lang`. ReleaseError when nobody has written them."""
    if lang not in _table():
        known = ", ".join(_table())
        raise ReleaseError(f"masthead.languages: the press has no words in {lang!r}, only in {known}")
    return _table()[lang]


@cache
def day(on: date, lang: str) -> str:
    """18 December 2023; 2023년 12월 18일."""
    return format_date(on, format="long", locale=words(lang)["locale"])


def rate(money: Sum, lang: str) -> str:
    """The rate behind a converted sum, with its day and who published it; '' for an unconverted sum."""
    if money.rate is None or money.rate_to is None or money.rate_on is None:
        return ""
    said: str = words(lang)["rate"]
    return said.format(
        currency=money.currency,
        value=format(money.rate, "f"),
        to=money.rate_to,
        day=day(money.rate_on, lang),
        by=money.rate_source or "–",
    )
