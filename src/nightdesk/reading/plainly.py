"""Which words make a number a sum though no currency stands beside it: goods, prices, paying, rates, lists in won.

Belongs here: how the table [bare] of data/money.toml becomes patterns, and what they say about the stretches before and behind
a number. Does not belong here: the numbers of a text and what they lean on (bare.py).

In those stretches a letter that a rule explained is a mark: ¤ of a sum, § of a day, an hour or a length, # of a count, @ else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from nightdesk.reading.numerals import pattern
from nightdesk.reading.tables import key, lookup, simplified, table
from nightdesk.reading.tally import any_of

_PIECE = re.compile(r"\{([a-z_]+)\}")
LONGEST = 80  # letters: no longer are a number and what must not stand behind it
DEAREST = 10_000_000  # no foreign coins of one sum cost more won: dollar 22.5 million is a sum in dollars
RATES = {"KP": "KPW", "KR": "KRW"}


@dataclass(frozen=True, slots=True)
class Words:
    """What one language says around such numbers."""

    tongue: str
    row: Mapping[str, Any]  # its table in data/money.toml
    least: int
    seed: re.Pattern[str]
    reach: re.Pattern[str]
    number: re.Pattern[str]

    def said(self, name: str) -> re.Pattern[str]:
        """The pattern of that name in the table, made when first wanted."""
        return _made(self.tongue, self.row[name])

    def seeds(self, text: str, taken: bytearray) -> list[int]:
        """Where a number may stand that nothing explained: a figure's first digit, or a word for a large one."""
        free = [at for found in self.seed.finditer(text) if not taken[at := found.start()]]
        large = [at for word in self.row["large"] for at in _places(text, word) if not taken[at]]
        return sorted(free + large) if large else free

    def number_at(self, text: str, low: int, at: int, taken: bytearray) -> re.Match[str] | None:
        """The whole number that has this letter, begun no further left than `low` and what is taken."""
        start = at
        while start > low and not taken[start - 1] and self.reach.match(text[start - 1]):
            start -= 1
        while start <= at:
            found = self.number.match(text, start, at + LONGEST)
            if found is not None and at < found.end():
                return found
            start = found.end() if found is not None else start + 1
        return None


def _places(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


@cache
def words_of(tongue: str) -> Words:
    """The table of a language. KeyError when there is none."""
    row = table("money")["bare"][tongue]
    number = row["number"].replace("{n}", pattern(tongue))
    return Words(
        tongue, row, row["least"], re.compile(row["seed"]), re.compile(row["reach"]), re.compile(number)
    )


@cache
def _made(tongue: str, say: str) -> re.Pattern[str]:
    """A pattern of the table with its pieces written out; a piece may hold others."""
    pieces = table("money")["bare"][tongue]["pieces"]
    while _PIECE.search(say):
        say = _PIECE.sub(lambda found: _alternatives(pieces[found[1]], tongue), say)
    return re.compile(say)


def _alternatives(said: Any, tongue: str) -> str:
    """A piece: a pattern as it stands, or a list of words."""
    if isinstance(said, str):
        return f"(?:{said})"
    return any_of([simplified(word) if tongue == "zh" else word for word in said])


def told_for_all(words: Words, text: str) -> list[tuple[int, str]]:
    """Where a currency is told for a whole list, and which: prices in won."""
    if not any(hint in text for hint in words.row["hints"]):
        return []
    return [
        (found.start(found.lastgroup or 0), code)  # the stop before it is outside: it ends another sentence
        for found in words.said("told").finditer(text)
        if (code := coin(words.tongue, found[str(found.lastgroup)])) is not None
    ]


def coin(tongue: str, said: str) -> str | None:
    """The code of a word for a currency, or the name of a word that several share."""
    tables = ("cur", "purse") if tongue == "ko" else ("cur",)
    names = (lookup(tongue, name).get(key(said, tongue)) for name in tables)
    return next((str(name) for name in names if name is not None), None)


def may_be_sum(words: Words, before: str, behind: str) -> bool:
    """Whether it is worth a look: most numbers have no good, no price and no paying beside them."""
    if words.said("any").search(before):
        return True
    return any(_made(words.tongue, tail).match(behind) for tail, _ in words.row["tails"])


def is_sum(words: Words, before: str, behind: str, amount: Decimal, listed: bool) -> bool:
    """Whether the words beside a number make it a price or something paid."""
    if listed and words.said("listed").search(before):
        return True
    tails = (tail for tail, least in words.row["tails"] if amount >= least)
    if any(_made(words.tongue, tail).match(behind) for tail in tails):
        return True
    by = words.said("by").match(behind) is not None
    heads = (head for head, least, small in words.row["heads"] if amount >= (small if by else least))
    return any(_made(words.tongue, head).search(before) for head in heads)


def rate(words: Words, before: str, behind: str, amount: Decimal, country: str | None) -> str | None:
    """The currency of what another one costs: in the DPRK the yuan is at 1,180 won; the rouble fell to 13 for the yuan."""
    found = words.said("rate").search(before)
    if found is None:
        return None
    said = coin(words.tongue, found["coin"] or "")
    own = RATES.get(country or "")
    if words.said("rate_after").match(behind):
        return {"won": own}.get(said or "", said)
    return own if own is not None and said not in (own, "won") and 100 <= amount <= DEAREST else None
