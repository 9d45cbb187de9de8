"""What the site says around the stories, from words.toml, and days as each language writes them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from babel.dates import format_date, format_interval, format_skeleton
from babel.numbers import format_decimal

from nightdesk.release.model import ReleaseError, Sum

Words = Mapping[str, Any]
# Licences that ask for a link to themselves.
LICENCES = {
    "CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC BY-SA 4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC0 1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}


@cache
def _table() -> Mapping[str, Words]:
    return tomllib.loads((files("nightdesk.press") / "words.toml").read_text("utf-8"))


def languages() -> tuple[str, ...]:
    """Every language the press has words in."""
    return tuple(_table())


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


def days(first: date | None, last: date | None, lang: str) -> str:
    """A day, a month, or the days between: 18 December 2023; December 2023; 1–20 December 2023."""
    said, locale = words(lang), words(lang)["locale"]
    if first is None or last is None:
        open_ = said["until"] if last else said["since"] if first else said["undated"]
        return str(open_).format(day=day(last or first or date.min, lang))
    if first == last:
        return day(first, lang)
    if first.day == 1 and last + timedelta(days=1) == _next_month(first):
        return str(format_skeleton("yMMMM", first, locale=locale))
    return str(format_interval(first, last, "yMMMd", locale=locale))


def _next_month(on: date) -> date:
    return (on.replace(day=28) + timedelta(days=4)).replace(day=1)


def rate(money: Sum, lang: str) -> str:
    """The rate behind a converted sum, with its day and who published it; '' for an unconverted sum."""
    if money.rate is None or money.rate_to is None or money.rate_on is None:
        return ""
    said: str = words(lang)["rate"]
    return said.format(
        currency=money.currency,
        value=format(money.rate.normalize(), "f"),
        to=money.rate_to,
        day=day(money.rate_on, lang),
        by=words(lang)["rate_sources"].get(money.rate_source, money.rate_source) or "–",
    )


def licence(said: str, lang: str) -> str:
    """A licence in words; what stands behind a colon, and words nobody translated, stay as they are."""
    name, colon, rest = said.partition(": ")
    known: str = words(lang)["licences"].get(name, name)
    return f"{known}{colon}{rest}"


def size(octets: int, lang: str) -> str:
    """8 kB, 1.2 MB: what a reader on a slow line has to fetch."""
    unit, name = (10**6, "MB") if octets >= 10**6 else (1000, "kB")
    number = max(octets / unit, 1)
    return f"{format_decimal(round(number, 1 if unit > 1000 else 0), locale=words(lang)['locale'])} {name}"
