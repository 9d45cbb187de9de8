"""More that must not pass in silence, from data/unread.toml: halves and thirds, 27려단, hills nobody listed.

Belongs here: forms. Does not belong here: what a rule has read (unread.py sees to that), people.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from nightdesk.reading.tables import context, table
from nightdesk.reading.tally import any_of

Flag = tuple[re.Pattern[str], str]


@cache
def patterns(lang: str) -> tuple[Flag, ...]:
    """Each form of one language, and why it is flagged."""
    made = _MADE.get(lang)
    return tuple(made(table("unread")[lang])) if made else ()


def _korean(row: Any) -> Iterator[Flag]:
    numbers, places = row["number_nouns"], row["places"]
    particle = context("ko")["particles"]
    after = f"(?=(?:{particle}|씩|이나|뿐|밖에|인데|이고)?(?:[^가-힣]|$))"
    out_of = f"{any_of(numbers['out_of'])}[ ]?{any_of(numbers['counts'])}"
    yield re.compile(f"(?<![가-힣])(?:{out_of}|{any_of(numbers['words'])}){after}"), numbers["why"]
    yield (
        re.compile(rf"\d{{1,6}}{any_of(row['numbered']['ends'])}(?=[^가-힣]|$|{particle})"),
        ("a number that no rule explains"),
    )
    not_ = any_of(places["not_places"])
    name = f"(?<![가-힣])(?!{not_}(?:[^가-힣]|$|{any_of(places['beside'])}))[가-힣]{{1,3}}{any_of(places['ends'])}"
    street = f"(?<![가-힣])(?!{not_})[가-힣]{{2,3}}거리(?=에|를|의|에서)"
    yield re.compile(f"{name}(?=[ ]?{any_of(places['beside'])})|{street}"), places["why"]
    yield _people(row["people"])


def _people(row: Any) -> Flag:
    """회령에서 김철수가, 박영희 체포: what could be a surname with a given name."""
    letters = table("people")["ko"]
    known = any_of((*row["not_people"], *letters["not_names"]))
    name = f"[{letters['surnames']}][{letters['given']}]{{2}}"
    told = f"(?={any_of(row['behind'])}(?![가-힣]))(?<!하(?=[는고을를면]))"
    alone = f"(?<![{row['endings']}])(?=[ ,.·(]|$)"
    return re.compile(f"(?<![가-힣])(?!{known}){name}(?:{told}|{alone})"), row["why"]


def _chinese(row: Any) -> Iterator[Flag]:
    numbers, places, figure = row["number_nouns"], row["places"], "[一二两兩三四五六七八九十百千万萬]"
    said = (*numbers["words"], *numbers["lunar"])
    begin = "".join(
        sorted({word[0] for word in said})
    )  # one look at the first letter spares the rest nearly everywhere
    yield (
        re.compile(
            f"(?=[第一二两兩三四五六七八九十百千万萬{begin}])(?:{any_of(said)}|第{figure}{{1,4}}{any_of(numbers['numbered'])}|{figure}{{1,3}}分之{figure}{{1,3}}|{figure}成"
            f"|(?:[一二两兩三四五六七八九]个?[男女]){{1,3}}(?![儿兒子]))"
        ),
        numbers["why"],
    )
    yield (
        re.compile(
            f"(?<![^{''.join(places['ahead'])}])(?!{any_of(places['not_places'])})[一-鿿]{{1,2}}{any_of(places['ends'])}(?=[的里口边邊有])"
        ),
        places["why"],
    )
    people = row["people"]
    clause = r"(?:(?<=[。，,、；：！？\s「“])|^)"
    yield (
        re.compile(
            f"{clause}[{people['surnames']}](?![{people['not_second']}])[一-鿿]{{1,2}}(?={any_of(people['behind'])})"
        ),
        people["why"],
    )


def _english(row: Any) -> Iterator[Flag]:
    numbers = row["number_nouns"]
    said = rf"(?<![A-Za-z]){any_of(numbers['ones'])}[ -](?:a )?{any_of(numbers['parts'])}(?![A-Za-z])"
    yield re.compile(said, re.IGNORECASE), numbers["why"]
    yield re.compile(rf"(?<![A-Za-z]){any_of(numbers['words'])}(?!-?[A-Za-z])", re.IGNORECASE), numbers["why"]
    yield re.compile(r"\d{1,6}(?:st|nd|rd|th)(?![A-Za-z])"), "a number that no rule explains"


_MADE: dict[str, Callable[[Any], Iterator[Flag]]] = {"ko": _korean, "zh": _chinese, "en": _english}
