"""More that must not pass in silence, from data/unread.toml: halves and thirds, 27려단, hills nobody listed.

Belongs here: forms. Does not belong here: what a rule has read (unread.py sees to that), people.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

from nightdesk.reading.people_english import SYLLABLE
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
    first = _first((*numbers["out_of"], *numbers["words"]))
    yield re.compile(f"{first}(?<![가-힣])(?:{out_of}|{any_of(numbers['words'])}){after}"), numbers["why"]
    one = f"[{numbers['spelled']}]"
    spelled = f"(?={one}{{0,2}}[공영]){one}{{3,20}}|{one}{{4,20}}|(?:{one} ){{2,20}}{one}"
    yield re.compile(f"(?={one})(?<![가-힣])(?:{spelled}){after}"), numbers["why"]
    yield (
        re.compile(rf"\d{{1,6}}{any_of(row['numbered']['ends'])}(?=[^가-힣]|$|{particle})"),
        ("a number that no rule explains"),
    )
    yield _korean_places(places)
    yield _people(row["people"])


def _first(words: Iterable[str]) -> str:
    """One look at the letter, which spares looking back and trying each word nearly everywhere."""
    return f"(?=[{''.join(sorted({word[0] for word in words}))}])"


def _korean_places(row: Any) -> Flag:
    """The name is looked for first and then whether it is none: that few words end so spares asking."""
    not_, beside = any_of(row["not_places"]), any_of(row["beside"])
    hill = f"[가-힣]{{1,3}}{any_of(row['ends'])}(?=[ ]?{beside})"
    street = "[가-힣]{2,3}거리(?=에|를|의|에서)"
    name = f"(?={hill})(?!{not_}(?:[^가-힣]|$|{beside})){hill}|(?={street})(?!{not_}){street}"
    return re.compile(f"(?<![가-힣])(?:{name})"), row["why"]


def _people(row: Any) -> Flag:
    """회령에서 김철수가, 박영희 체포: what could be a surname with a given name."""
    letters = table("people")["ko"]
    known = any_of((*row["not_people"], *letters["not_names"]))
    given = f"[{letters['given']}]"
    name = f"(?:[{letters['surnames']}]{given}{{2}}|{any_of(row['compound'])}{given}{{1,2}})"
    told = f"(?={any_of(row['behind'])}(?![가-힣]))(?<!하(?=[는고을를면라]))"
    # 한지은 체포: a word that ends like one with a particle is a name all the same before what befell somebody.
    first = _first((*letters["surnames"], *row["compound"]))
    alone = f"(?=[ ]{any_of(row['befallen'])})|(?<![{row['endings']}])(?=[ ,.·()”’」』》!?…、:;/~\"'-]|$)"
    return re.compile(f"{first}(?<![가-힣])(?!{known}){name}(?:{told}|{alone})"), row["why"]


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
    # 八毛 that no rule took for a sum: the coin of ten fen is no word that passes in silence.
    yield re.compile("[一二两兩三四五六七八九几]毛(?![巾病衣驴])"), numbers["why"]
    spelled = f"[{numbers['spelled']}]"
    three = f"(?={spelled}{{0,2}}[零〇幺]){spelled}{{3,20}}|(?<![一-鿿]){spelled}{{3}}(?![一-鿿])"
    yield re.compile(f"(?={spelled}{{3}})(?:{spelled}{{4,20}}|{three})"), numbers["why"]
    yield _chinese_people(row["people"])


def _chinese_people(row: Any) -> Flag:
    """王建国被抓, 昨天李明在…, 抓走了王建国, 欧阳明: a surname with one or two characters where such words stand."""
    clause = r"(?<=[。，,、；：！？\s「“])|^|" + _after(row["ahead"])
    double = any_of(table("people")["zh"]["compound"])
    name = f"(?:{double}|[{row['surnames']}])(?![{row['not_second']}])[一-鿿]{{1,2}}"
    does, ends = f"(?={any_of(row['behind'])})", r"(?=[。，,、；：！？\s」”的和与與]|$)"
    begin = "".join({*row["surnames"], *(one[0] for one in table("people")["zh"]["compound"])})
    said = f"(?:{clause}){name}{does}|(?:{_after(row['done_to'])}){name}{ends}"
    # One look at the letter spares looking back from nearly every other.
    return re.compile(f"(?=[{begin}])(?:{said}|{double}[一-鿿]{{1,2}}?(?:{does}|{ends}))"), row["why"]


def _after(words: Iterable[str]) -> str:
    """Behind one of the words."""
    return "|".join(f"(?<={re.escape(word)})" for word in words)


def _english(row: Any) -> Iterator[Flag]:
    numbers = row["number_nouns"]
    said = rf"(?<![A-Za-z]){any_of(numbers['ones'])}[ -](?:a )?{any_of(numbers['parts'])}(?![A-Za-z])"
    yield re.compile(said, re.IGNORECASE), numbers["why"]
    spelled = rf"{any_of(numbers['spelled'])}(?:[ ,-]{{1,2}}{any_of((*numbers['spelled'], 'oh'))}){{1,30}}"
    yield re.compile(rf"(?<![A-Za-z]){spelled}(?![A-Za-z])", re.IGNORECASE), numbers["why"]
    yield re.compile(rf"(?<![A-Za-z]){any_of(numbers['words'])}(?!-?[A-Za-z])", re.IGNORECASE), numbers["why"]
    yield re.compile(r"\d{1,6}(?:st|nd|rd|th)(?![A-Za-z])"), "a number that no rule explains"
    people = row["people"]
    small = rf"(?<![A-Za-z'-]){any_of(people['surnames'])} (?:{SYLLABLE}[ -]?){SYLLABLE}(?![A-Za-z])"
    yield re.compile(small), people["why"]


_MADE: dict[str, Callable[[Any], Iterator[Flag]]] = {"ko": _korean, "zh": _chinese, "en": _english}
