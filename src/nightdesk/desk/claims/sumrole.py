"""What a sum was (demanded, paid, confiscated, fined, a price), by the words beside it; '' where they do not say.

The words are in sum_roles.toml. Belongs here: looking for them. Does not belong here: reading the sum itself
(nightdesk.reading), or taking its part for settled: it begins a form that a person sends.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from nightdesk.reading.model import Span

FALLBACK = "paid"  # of a bribe


def role_of(told: str, lang: str, its: Span, sums: Iterable[Span], sentence: tuple[int, int]) -> str:
    """The role of the sum `its` in the text `told`; `sums` are all that were read, `sentence` bounds the words looked at.

    Places are code points, ends exclusive. '' in a language that the table does not have.
    """
    if its.value.get("per"):
        return "price"
    if lang not in _table()["reach"]:
        return ""
    before, behind = _beside(told, lang, its, sums, sentence)
    near = sorted(_found(lang, before, behind))
    if near:
        return near[0][2]
    return FALLBACK if _pattern(tuple(_table()["bribe"][lang])).search(f"{before}\n{behind}") else ""


def _beside(
    told: str, lang: str, its: Span, sums: Iterable[Span], sentence: tuple[int, int]
) -> tuple[str, str]:
    """The words before the sum and behind it, as far as they may be about it."""
    reach = _table()["reach"][lang]
    others = [other for other in sums if other.kind == "money" and other != its]
    left = max([sentence[0], its.start - reach["before"], *(o.end for o in others if o.end <= its.start)])
    right = min([sentence[1], its.end + reach["behind"], *(o.start for o in others if o.start >= its.end)])
    return told[left : its.start].lower(), told[
        its.end : right
    ].lower()  # after the cut: İ is two letters in small


def _found(lang: str, before: str, behind: str) -> Iterator[tuple[int, int, str]]:
    """(how far away, place in the table, role) of each word that says what the sum was."""
    for place, (role, words) in enumerate(_table()["role"].items()):
        for pattern in words[lang]["before"]:
            ends = [hit.end() for hit in _pattern((pattern,)).finditer(before)]
            yield from ((len(before) - end, place, role) for end in ends)
        for pattern in words[lang]["behind"]:
            if hit := _pattern((pattern,)).search(behind):
                yield hit.start(), place, role


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(words))


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("sum_roles.toml").read_text("utf-8"))
