"""What the words of one number come to: 삼천 오백, 一万五, twenty-five hundred.

Every word stands in data/numerals.toml. Belongs here: those words, and adding up. Does not belong here: where a number
stands in a text, and what two of them mean together (numerals.py).
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Number:
    """A number, or a range when `high` is given (두세, 两三)."""

    low: Decimal
    high: Decimal | None = None


@cache
def words(lang: str) -> dict[str, Any]:
    """The language's number words. KeyError when there are none."""
    raw = tomllib.loads((files("nightdesk.reading") / "data" / "numerals.toml").read_text("utf-8"))
    found = raw[lang]
    assert isinstance(found, dict)
    return found


def any_of(options: Any) -> str:
    """A group of literal alternatives, the longest first where one begins another; shared beginnings once."""
    return _tree(sorted(set(options), reverse=True), 0)


def _tree(options: list[str], at: int) -> str:
    """The rest of these words from `at` on: each letter branches once, and an end comes last."""
    ends = any(len(word) == at for word in options)
    heads: dict[str, list[str]] = {}
    for word in options:
        if len(word) > at:
            heads.setdefault(word[at], []).append(word)
    branches = [re.escape(head) + _tree(words, at + 1) for head, words in heads.items()]
    if not branches:
        return ""
    if len(branches) == 1 and not ends:
        return branches[0] if at else f"(?:{branches[0]})"
    return f"(?:{'|'.join(branches)})" + ("?" if ends else "")


@cache
def _lexer(lang: str) -> re.Pattern[str]:
    table = words(lang)
    known: list[str] = []
    for name in ("native_tens", "native_ones", "digit", "add", "times", "big", "point", "suffix", "one"):
        known.extend(table.get(name, ()))
    if lang == "en":
        known += [
            "half an",
            "half a",
            "half",
            "and",
            "point",
            "½",
            "¼",
            "¾",
            *table["and_part"],
            *table["part_of"],
        ]
    return re.compile(rf"\d+(?:\.\d+)?|{any_of(known)}")


def tokens_of(said: str, lang: str) -> list[str] | None:
    """The words of a number, or None when something in between is no number word."""
    lexer, found, at = _lexer(lang), [], 0
    while at < len(said):
        if said[at] in " -\t\u00a0":
            at += 1
            continue
        match = lexer.match(said, at)
        if match is None:
            return None
        found.append(match[0])
        at = match.end()
    return found


@cache
def roles_of(lang: str) -> dict[str, tuple[str, Decimal]]:
    """Each number word with what it does: digit, add, times, big."""
    table = words(lang)
    where = {"digit": "digit", "native_ones": "digit", "add": "add", "native_tens": "add"}
    where |= {"times": "times", "big": "big", "suffix": "big"}
    return {
        word: (role, Decimal(n)) for name, role in where.items() for word, n in table.get(name, {}).items()
    }


class _TwoNumbers(Exception):
    """A unit came again, or a larger one after it: 2천3천 is two numbers and not 5,000."""


class _Sum:
    """What has been counted so far: whole groups, this group, the figure just said."""

    def __init__(self) -> None:
        self.total = self.group = Decimal(0)
        self.figure: Decimal | None = None
        self.unit = Decimal(0)  # the last multiplier, for 一万五
        self.before = ""
        self._of_group = self._of_all = Decimal("Infinity")  # the smallest unit of this group, of all groups

    def digit(self, n: Decimal) -> None:
        _smaller(n, self._of_group)
        if self.figure is not None and self.before == "digit":
            if self.figure and self._of_group.is_finite():
                raise _TwoNumbers  # 三十六一斤: thirty-six, and one; 一百零三 is one number
            self.figure = self.figure * 10 + n  # 이공이삼, 二〇二三
        else:
            self.group += self.figure or 0
            self.figure = n

    def add(self, n: Decimal) -> None:
        _smaller(n, self._of_group)
        self._of_group = min(n, Decimal(10))  # behind twenty and thirty stand one to nine
        self.group += (self.figure or 0) + n
        self.figure = None

    def times(self, n: Decimal) -> None:
        tens = n >= 100 and (self.before == "add" or 0 < self.group < 100)  # twenty-five hundred
        self._of_group = n if tens else _smaller(n, self._of_group)
        one = Decimal(1) if self.figure is None and not (self.group and self.before == "add") else Decimal(0)
        if tens:
            self.group = (self.group + (self.figure or 0)) * n
        else:
            self.group += (self.figure if self.figure is not None else one) * n
        self.figure, self.unit = None, n

    def big(self, n: Decimal) -> None:
        whole = self.group + (self.figure or 0)
        if not whole and self.figure is None:
            whole, self.total, self._of_all = (self.total or Decimal(1)), Decimal(0), n  # 만, 万亿
        else:
            self._of_all = _smaller(n, self._of_all)
        self._of_group = Decimal("Infinity")
        self.total, self.group, self.figure, self.unit = self.total + whole * n, Decimal(0), None, n


def _smaller(unit: Decimal, than: Decimal) -> Decimal:
    if unit >= than:
        raise _TwoNumbers
    return unit


def value_of(tokens: list[str], lang: str) -> Number | None:
    try:
        return _counted(tokens, lang)
    except _TwoNumbers:
        return None


def _counted(tokens: list[str], lang: str) -> Number | None:
    roles, count = roles_of(lang), _Sum()
    point = words(lang).get("point", ["point"])
    for place, token in enumerate(tokens):
        if token in point:
            return _with_fraction(count, tokens[place + 1 :], roles)
        if token[0].isdigit():
            if count.figure is not None:
                return None
            count.figure, role = Decimal(token), "figures"
        elif token in ("a", "an", "and"):
            role = "filler"
        elif (share := _share(token, lang)) is not None and count.before == "big":
            count.total += share * count.unit  # a million and a half
        elif share is not None:
            count.figure = (count.figure or Decimal(0)) + share
            role = "figures"
        else:
            role, n = roles[token]
            if role == "digit" and count.before == "figures":
                return None  # 12일: a figure cannot follow figures
            if role == "digit" and count.before == "digit" and lang == "en":
                return None  # two three thousand: no twenty-three thousand
            getattr(count, role)(n)
        count.before = role if role != "filler" else count.before
    return Number(count.total + count.group + _last(count, tokens, lang))


def _share(token: str, lang: str) -> Decimal | None:
    """What half, ¾ or "and a quarter" is of one."""
    if lang != "en":
        return None
    found = {"half": 0.5, "half a": 0.5, "half an": 0.5, "½": 0.5, "¼": 0.25, "¾": 0.75}
    found |= words("en")["and_part"] | words("en")["part_of"]
    return Decimal(str(found[token])) if token in found else None


def _last(count: _Sum, tokens: list[str], lang: str) -> Decimal:
    """What the last figure counts: 一万五 is 15000, 一百零五 is 105."""
    if count.figure is None:
        return Decimal(0)
    short = lang == "zh" and count.unit >= 100 and len(tokens) > 1 and 0 < count.figure < 10
    if short and tokens[-2] not in ("零", "〇", "○"):
        return count.figure * count.unit / 10
    return count.figure


def _with_fraction(count: _Sum, rest: list[str], roles: dict[str, tuple[str, Decimal]]) -> Number | None:
    """The figures after a spoken point, and the group that may follow them (三点五万)."""
    scale = Decimal(1)
    if rest and rest[-1] in roles and roles[rest[-1]][0] == "big":
        scale = roles[rest.pop()][1]
    if not rest or any(t not in roles or roles[t][0] != "digit" for t in rest):
        return None
    fraction = Decimal("0." + "".join(str(roles[t][1]) for t in rest))
    return Number((count.total + count.group + (count.figure or 0) + fraction) * scale)
