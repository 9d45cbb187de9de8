"""How a teller knows: five rungs, from what a person entered (data/basis.toml) or, without that, from the words."""

from __future__ import annotations

import re
from enum import Enum
from functools import cache

from nightdesk.corroboration.evidence import Told
from nightdesk.corroboration.lexicon import table


class Basis(Enum):
    """Only the first two reach the event without a further mouth between."""

    DIRECT = "took part or saw"
    TOLD = "has it from one who did"
    SECOND_HAND = "second-hand"
    RUMOUR = "rumour"
    UNKNOWN = "unknown"


LANGS = ("ko", "zh", "en")
ENGLISH = "(?<![a-z])"  # English words match from the start of a word
WHOSE = "s?['’]s? |의 |的(?=[一-鿿])| ?(?:에게|한테)"  # the victim's wife was not there herself, nor who heard a nurse
_ANYWHERE = ((Basis.RUMOUR, "rumour"), (Basis.SECOND_HAND, "second_hand"))  # whatever else stands beside it
_FIRST = ((Basis.TOLD, "told"), (Basis.SECOND_HAND, "heard"), (Basis.DIRECT, "direct"))


def basis_of(told: Told) -> Basis:
    """What was entered; where no table knows the words, hearsay makes it second-hand, and anything else is UNKNOWN."""
    if (rung := _entered((told.basis or "").lower())) is not None:
        return rung
    return Basis.SECOND_HAND if told.facts.hearsay or told.via else Basis.UNKNOWN


@cache
def _entered(entered: str) -> Basis | None:
    """The rung of what a person wrote: of several words the first says it, of two that begin together the longer."""
    if _is_unknown(entered):
        return None
    for rung, key in _ANYWHERE:
        if _pattern(key).search(entered):
            return rung
    found = [
        (hit.start(), -len(hit[0]), place)
        for place, (_, key) in enumerate(_FIRST)
        if (hit := _pattern(key).search(entered))
    ]
    if found:
        return _FIRST[min(found)[2]][0]
    return Basis.DIRECT if _trade().search(entered) else None


def _is_unknown(entered: str) -> bool:
    """Whether it says that nobody knows how; not whose name is unknown, nor whose word a rumour was."""
    rumours = [hit.span() for hit in _pattern("rumour").finditer(entered)]
    hits = _pattern("nothing").finditer(_of_names().sub(lambda part: " " * len(part[0]), entered))
    return any(not any(start <= hit.start() and hit.end() <= end for start, end in rumours) for hit in hits)


@cache
def _of_names() -> re.Pattern[str]:
    """A part of what was entered that speaks of somebody's name: eyewitness, name not given."""
    return re.compile(f"[^,;()，；（）]*(?:{_any('names')})[^,;()，；（）]*")


@cache
def _pattern(key: str) -> re.Pattern[str]:
    words = "|".join((*_heard_of_one(), _any(key)) if key == "told" else (_any(key),))
    return re.compile(f"(?:{words}){_not_whose() if key == 'direct' else ''}")


def _any(key: str) -> str:
    """Any word of a row, in whatever language: the field does not say in which it was filled in. The longest first."""
    words = {word: ENGLISH if lang == "en" else "" for lang in LANGS for word in table("basis")[key][lang]}
    return "|".join(words[word] + re.escape(word) for word in sorted(words, key=len, reverse=True))


def _not_whose() -> str:
    kin = "|".join(map(re.escape, (*table("basis")["kin"]["ko"], *table("basis")["kin"]["zh"])))
    return f"(?!{WHOSE}| ?(?:{kin}))"


def _heard_of_one() -> tuple[str, ...]:
    """Whom the teller names as the one he has it from, by what that one is or does."""
    person = f"(?:{_any('direct')})"
    return (
        f"{ENGLISH}from (?:(?:an?|the|one|another|some|two|his|her) )?(?:(?:old|young|local|former) )?{person}(?<!'s)",
        f"{person}(?:들)?(?:에게|한테)",
        f"[听聽](?:(?:一个|一個|一位|那个|那個|那边的|那邊的))?{person}[说說讲講]",
    )


@cache
def _trade() -> re.Pattern[str]:
    """A word that ends as words for what somebody does end, and is none of those that do so by chance."""
    endings, never = (
        {lang: "|".join(map(re.escape, table("basis")[row][lang])) for lang in LANGS}
        for row in ("endings", "no_trade")
    )
    english = rf"\b(?!(?:{never['en']})\b)[a-z]{{3,}}(?:{endings['en']})s?(?![a-z'’])"
    korean = rf"(?!\w*(?:{never['ko']}))[가-힣]+(?:{endings['ko']})(?![가-힣])"
    return re.compile(rf"{english}|{korean}|[一-鿿](?:{endings['zh']})(?![一-鿿])")
