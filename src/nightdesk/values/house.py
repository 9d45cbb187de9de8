"""How the house writes a sum or a day: `RMB 20,000 (around USD 2,800)`, `2만 위안(약 2800달러)`.

The words stand in data/currencies.toml and data/house.toml. Belongs here: writing values down. Does
not belong here: choosing a rate (rates.py), or deciding what may be said at all.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from nightdesk.values.dates import DateSpan
from nightdesk.values.languages import language
from nightdesk.values.money import Money, round_significant


@cache
def _data(name: str) -> Mapping[str, Any]:
    return tomllib.loads((files("nightdesk.values") / "data" / f"{name}.toml").read_text("utf-8"))


def scheme(currency: str) -> str:
    """ISO 4217, or "not ISO 4217". KeyError for a currency the table does not have."""
    return str(_data("currencies")[currency]["scheme"])


def house_money(money: Money, converted: Money | None, lang: str, figures: int = 2) -> str:
    """A sum as the house writes it, with the converted one rounded to `figures` beside it.

    Raises ValueError for a language or a currency the house cannot write.
    """
    said = _sum(money, lang)
    if converted is None:
        return said
    rounded = Money(round_significant(converted.amount, figures), converted.currency)
    form: str = _data("house")[language(lang)]["converted"]
    return form.format(sum=said, converted=_sum(rounded, lang))


def _sum(money: Money, lang: str) -> str:
    lang = language(lang)
    row = _data("currencies").get(money.currency)
    if row is None or money.currency == "shared":
        raise ValueError(f"the house has no way to write {money.currency}; add it to currencies.toml")
    form: str = row[f"{lang}_house"]
    return form.format(sum=_figures(money.amount, lang))


def _figures(amount: Decimal, lang: str) -> str:
    """20000 is 20,000 in English, 2만 in Korean, 2万 in Chinese; never an exponent."""
    groups: list[list[Any]] = _data("house")[lang]["groups"]
    if amount != int(amount) or not groups:
        return _plain(amount, "," if lang == "en" else "")
    said, rest = "", abs(int(amount))
    for size, word in groups:
        count, rest = divmod(rest, int(size))
        said += f"{count}{word}" if count else ""
    for size, word in _data("house")[lang].get("even", []):  # 5천, but 5800
        if rest and rest % int(size) == 0:
            said, rest = f"{said}{rest // int(size)}{word}", 0
    said += str(rest) if rest or not said else ""
    return ("-" if amount < 0 else "") + said


def _plain(amount: Decimal, comma: str) -> str:
    text = f"{amount:,f}".replace(",", comma)
    return text.rstrip("0").rstrip(".") if "." in text else text


def house_date(span: DateSpan, lang: str) -> str:
    """A span of days in words: `15 December 2023`, `2023년 12월`, `2023年12月4日至10日`.

    Raises ValueError for a language the house cannot write.
    """
    forms = _data("house")[language(lang)]
    first, last = span.earliest, span.latest
    if first is None and last is None:
        return str(forms["unknown"])
    if first is None or last is None:
        form = forms["until"] if first is None else forms["since"]
        return str(form.format(day=_day(forms, last or first)))
    return _closed(forms, first, last)


def _closed(forms: Mapping[str, Any], first: date, last: date) -> str:
    if first == last:
        return _day(forms, first)
    following = date.fromordinal(last.toordinal() + 1) if last < date.max else last
    whole = first.day == 1 and (following.day == 1 or last == date.max)
    if whole and (first.month, last.month) == (1, 12) and first.year == last.year:
        return str(forms["year"].format(y=first.year))
    if whole and (first.year, first.month) == (last.year, last.month):
        return str(forms["month"].format(y=first.year, month=_month(forms, first)))
    same = "days" if (first.year, first.month) == (last.year, last.month) else "span"
    return str(
        forms[same].format(
            first=_day(forms, first), last=_day(forms, last),
            y=first.year, month=_month(forms, first), a=first.day, b=last.day,
        )
    )  # fmt: skip


def _month(forms: Mapping[str, Any], day: date) -> str:
    return str(forms["months"][day.month - 1]) if "months" in forms else str(day.month)


def _day(forms: Mapping[str, Any], day: date | None) -> str:
    assert day is not None  # an open span has one side
    return str(forms["day"].format(y=day.year, month=_month(forms, day), d=day.day))
