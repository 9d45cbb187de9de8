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
    called = f"{one}{{3}}(?={any_of(numbers['called_behind'])})|(?:{_after(numbers['called_before'])}){one}{{3,20}}"
    yield re.compile(f"(?={one})(?<![가-힣])(?:(?:{spelled}){after}|{called})"), numbers["why"]
    yield (
        re.compile(rf"\d{{1,6}}{any_of(row['numbered']['ends'])}(?=[^가-힣]|$|{particle})"),
        ("a number that no rule explains"),
    )
    yield _korean_places(places)
    yield _people(row["people"])
    yield _short_people(row["people"])


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


def _short_people(row: Any) -> Flag:
    """김일이 잡혔다: a surname with one syllable, where something befell somebody right behind it."""
    name = f"[{row['short_surnames']}](?![{row['not_short_given']}])[{table('people')['ko']['given']}]"
    befell = f"(?={any_of(row['short_behind'])}?[ ]{any_of(row['befallen'])})"
    not_ = any_of(row["not_short"])
    return re.compile(f"(?=[{row['short_surnames']}])(?<![가-힣])(?!{not_}){name}{befell}"), row["why"]


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
    called = f"(?:{_after(numbers['called'])}){spelled}{{3}}(?![十百千万萬亿億个個名位次年月日号號点點])"
    three = f"(?={spelled}{{0,2}}[零〇幺]){spelled}{{3,20}}|(?<![一-鿿]){spelled}{{3}}(?![一-鿿])|{called}"
    yield re.compile(f"(?={spelled}{{3}})(?:{spelled}{{4,20}}|{three})"), numbers["why"]
    yield _chinese_people(row["people"])


def _chinese_people(row: Any) -> Flag:
    """王建国被抓, 昨天李明在…, 抓走了王建国, 欧阳明: a surname with one or two characters where such words stand."""
    clause = r"(?<=[。，,、；：！？\s「“])|^|" + _after(row["ahead"])
    double = any_of(table("people")["zh"]["compound"])
    name = f"(?:{double}|[{row['surnames']}])(?![{row['not_second']}])[一-鿿]{{1,2}}"
    does, ends = f"(?={any_of(row['behind'])})", r"(?=[。，,、；：！？\s」”的和与與]|$)"
    said = f"(?:{clause}){name}{does}|(?:{_after(row['done_to'])}){name}{ends}|{double}[一-鿿]{{1,2}}?(?:{does}|{ends})"
    begin = "".join(sorted({*row["surnames"], *(one[0] for one in table("people")["zh"]["compound"])}))
    # One look at the letter spares looking back from nearly every other.
    return re.compile(f"(?=[{begin}])(?:{said}|{_chinese_named(row)})"), row["why"]


def _chinese_named(row: Any) -> str:
    """王建国欠钱, 跟李明走: by its characters; 把王建国抓走, 王建国、李明、赵四: between other words, or beside another name."""
    surname, begins = f"[{row['surnames']}]", r"(?<=[。，,；！？\s「“])|^|"
    known = any_of((*row["not_people"], *table("people")["zh"]["not_names"]))
    sure, two = f"{surname}[{row['in_names']}]{{2}}", f"{surname}[{row['in_names']}]"
    asked = f"(?:{_after(row['asked'])}){two}"
    opening = f"(?:{begins}{_after(row['ahead'])}){two}(?=[{row['two_behind']}]|$|\\d\\d岁)"
    said = "|".join((sure, _between(row, surname, begins), asked, opening))
    return f"(?!{known})(?:{said})"


def _between(row: Any, surname: str, begins: str) -> str:
    """A surname with any characters, where what stands on both sides makes it a name."""
    name = f"{surname}(?![{row['not_second']}])[一-鿿]{{0,1}}(?![{row['things']}])[一-鿿]"
    taken = f"(?:{_after(row['taken'])}){name}(?={any_of(row['taken_away'])})"
    given = f"(?:{_after(row['given'])}){name}(?={any_of(row['given_to'])})"
    end = f"(?=[{row['listed_behind']}\\s]|$)"
    first = f"(?:{begins}{_after(row['list_begins'])}){name}(?=[、和与與跟]{name}{end})"
    later = f"(?:(?<={surname}[一-鿿][、和])|(?<={surname}[一-鿿]{{2}}[、和])){name}{end}"
    return "|".join((taken, given, first, later))


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
    yield from _english_people(row["people"])


def _english_people(row: Any) -> Iterator[Flag]:
    """kim jong su, Kim jong su, choe il was shot: typed in haste."""
    names = table("people")["en"]
    great = [one for one in names["surnames"] if one not in names["words_too"]]
    not_one = rf"(?!{any_of(row['not_given'])}(?![a-z]))"
    free = rf"(?!{any_of([w for w in row['not_given'] if w not in row['given_too']])}(?![a-z]))"
    two = rf"{free}{SYLLABLE}[ -]?{not_one}{SYLLABLE}(?![A-Za-z])"
    alone = rf"{not_one}{SYLLABLE}(?=[ ]{any_of(row['behind'])}(?![a-z])|'s(?![a-z])|[,.;:!?)]|$)"
    yield re.compile(rf"(?<![A-Za-z'-]){any_of((*row['surnames'], *great))} (?:{two}|{alone})"), row["why"]


_MADE: dict[str, Callable[[Any], Iterator[Flag]]] = {"ko": _korean, "zh": _chinese, "en": _english}
