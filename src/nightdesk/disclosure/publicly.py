"""Names that single out nobody who needs it: of who holds a public office, of a byline, of whom the newsroom lists.

Decided by the words beside the name (data/people.toml). Belongs here: whether a name is full, and whether it is public.
Does not belong here: what is offered in its place (unnamed).
"""

from __future__ import annotations

import re
from functools import cache

from nightdesk.disclosure.words import table
from nightdesk.reading.tables import table as reading_table

FAMILIAR = "老小阿"  # before a Chinese surname: no full name
LINE = 60  # characters: a byline is short
NEAR = 80
EN_LIST = r"(?:[A-Z][\w'’-]*(?:,| and)? )*"
EN_REST = r"(?:(?:,| and) [A-Z][\w'’-]*| [A-Z][\w'’-]*)*\.?"


def full(name: str, lang: str) -> bool:
    """Whether it is a surname with a given name: 김철수, Kim Chol-su, 王建国; not 김, Mr Kim, 老王."""
    if lang == "en":
        return " " in name or "-" in name
    is_surname = len(name) == 1 or name in reading_table("people")[lang]["compound"]
    return not is_surname and name[0] not in FAMILIAR and not name.endswith("某")


def public(text: str, lang: str, start: int, end: int) -> bool:
    """Whether the name at [start, end) is listed, a byline, or stands right beside a public office."""
    if text[start:end] in table("people")["public"].get(lang, ()):
        return True
    before, behind = beside(lang)
    near = text[max(0, start - NEAR) : start], text[end : end + NEAR]
    return bool(before.search(near[0]) or behind.match(near[1])) or byline(text, lang, start, end)


@cache
def beside(lang: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What an office looks like before a name, and behind it."""
    offices = "|".join(sorted(map(re.escape, table("people")["offices"][lang]), key=len, reverse=True))
    age = r"(?: ?[(（][^()（）]{1,9}[)）])?"
    if lang == "ko":
        # 조태열 외교부 장관, 외무성 대변인 김철수; no 대의원, of whom each county has many, no 한의원, no 대사관 behind it
        return (re.compile(rf"(?<![대한])(?:{offices})(?:인)? $"),
                re.compile(rf"{age} (?:[가-힣]{{1,8}}(?:부|성|처|청|국|당|원|회) ?)?(?:{offices})(?![가-힣]{{3}}|[관실궁단급])"))  # fmt: skip
    if lang == "zh":
        # 大使馆, 主席台 and 总统府 are places.
        return re.compile(rf"(?:{offices})$"), re.compile(rf"{age}(?:{offices})(?![馆館台臺像团團府])")
    words = "|".join(table("people")["qualifiers"]["en"])
    # *+ gives no letter back: a word in capitals can be cut into six in millions of ways.
    of = r"(?: (?:of|for) (?:the )?(?:[A-Z][\w-]*+ ?(?:of |for |and )?){1,6})?"
    # Premier Kim Tok Hun's driver holds no office.
    whose = r"(?!(?: [A-Z][\w-]*){0,4}['’]s)"
    return (re.compile(rf"\b(?:{offices}){of}(?:, | |(?<= ))$"),
            re.compile(rf"{age}, (?:(?:[A-Z][\w-]*(?:['’]s)?|{words}) ){{0,5}}(?:{offices})\b{whose}"))  # fmt: skip


def byline(text: str, lang: str, start: int, end: int) -> bool:
    """Whether the name's line says who wrote the story and nothing else."""
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    before, behind = text[first:start].strip(), text[end : last if last >= 0 else len(text)].rstrip()
    if len(before) + len(behind) > LINE:
        return False
    words = "|".join(map(re.escape, table("people")["bylines"].get(lang, ())))
    if lang == "en":
        return bool(re.fullmatch(rf"(?:{words}) {EN_LIST}", before + " ") and re.fullmatch(EN_REST, behind))
    if lang == "ko":
        return bool(
            re.fullmatch(r"[가-힣]{0,6}\s?=?", before) and re.fullmatch(rf"\s?(?:{words})[.,]?", behind)
        )
    return bool(re.fullmatch(rf"（?(?:{words})[:：]?", before) and behind in ("", "）", "。"))
