"""Formations of an army by their number: 국경경비대 25여단 2대대, 第二十五旅二营, 2nd Battalion, 25th Brigade.

The table is data/offices.toml. Those that stand together are one unit, the smallest first as English says them. Does
not belong here: offices (units.py), and how many of a kind there are (counts.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from nightdesk.reading.find import Find
from nightdesk.reading.numerals import number
from nightdesk.reading.tables import table
from nightdesk.reading.tally import any_of

_LARGEST = 9_999
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth")  # fmt: skip
# What may follow without a space: a particle, or who leads it or serves in it.
_KO_BEHIND = r"(?![가-힣])|(?=에|의|은|는|이(?![가-힣])|가(?![가-힣])|을|를|도|와|과|로|장|대장|원|소속|병사|군인|참모|정치|예하|부터|까지)"


def finds(text: str, lang: str) -> Iterator[Find]:
    """Each chain of formations as one unit."""
    if _hint(lang).search(text) is None:
        return
    chain: list[re.Match[str]] = []
    for match in _pattern(lang).finditer(text):
        if chain and not _joined(lang).fullmatch(text, chain[-1].end(), match.start()):
            yield from _unit(chain, lang)
            chain = []
        if chain or lang != "zh" or match["sure"] or match["n"].isdecimal():
            chain.append(match)
    yield from _unit(chain, lang)


def in_korean(unit: str) -> str:
    """A unit as Korean says it, the largest first: 25여단 2대대. KeyError where it is none of these."""
    words = {row["name"]: row["ko"][0] for row in table("offices")["formations"].values()}
    parts = (part.split(" ", 1) for part in reversed(unit.split(", ")))
    return " ".join(f"{count.rstrip('stndrh')}{words[kind]}" for count, kind in parts)


def _unit(chain: list[re.Match[str]], lang: str) -> Iterator[Find]:
    names = [_name(match, lang) for match in chain]
    if not names or None in names:
        return
    if (
        lang == "zh" and len(chain) == 1 and not chain[0]["sure"]
    ):  # 3团 alone may be three groups; 25旅2营 is a unit
        return
    smallest_first = names if lang == "en" else names[::-1]
    unit = ", ".join(filter(None, smallest_first))
    yield Find(chain[0].start(), chain[-1].end(), "organisation", {"unit": unit, "office": "formation"})


def _name(match: re.Match[str], lang: str) -> str | None:
    """25th Brigade; None where the number is no number of a formation."""
    said = match["n"].lower()
    if said in _ORDINALS:
        count = _ORDINALS.index(said) + 1
    else:
        found = number(re.sub("(?:st|nd|rd|th)$", "", said), lang)
        if found is None or found.high is not None or found.low != int(found.low):
            return None
        count = int(found.low)
    return f"{_ordinal(count)} {_kinds(lang)[match['kind']]}" if 0 < count <= _LARGEST else None


def _ordinal(count: int) -> str:
    teens = 10 <= count % 100 <= 20
    return f"{count}{'th' if teens else _ENDINGS.get(count % 10, 'th')}"


@cache
def _kinds(lang: str) -> dict[str, str]:
    """Words of a formation, and what the house calls it."""
    return {word: row["name"] for row in table("offices")["formations"].values() for word in row[lang]}


@cache
def _pattern(lang: str) -> re.Pattern[str]:
    kind = any_of(sorted(_kinds(lang), key=len, reverse=True))
    if lang == "ko":
        return re.compile(rf"(?<![\d가-힣.,])(?:제 ?)?(?P<n>\d{{1,4}}) ?(?P<kind>{kind})(?:{_KO_BEHIND})")
    if lang == "zh":
        figures = "[零〇一二三四五六七八九十百]{1,6}"
        return re.compile(
            rf"(?<![\d.])(?P<sure>第)?(?P<n>\d{{1,4}}|{figures})(?P<kind>{kind})(?![个個名生级級])"
        )
    spoken = "|".join(_ORDINALS)
    return re.compile(
        rf"(?<![A-Za-z\d])(?P<n>\d{{1,4}}(?:st|nd|rd|th)|(?:{spoken}|{spoken.title()})) (?P<kind>{kind})(?![A-Za-z])"
    )


@cache
def _hint(lang: str) -> re.Pattern[str]:
    """A figure with a formation behind it, which few texts have: sooner seen than the whole form is tried everywhere."""
    figure = {"ko": r"\d ?", "zh": r"[\d零〇一二三四五六七八九十百]", "en": "[A-Za-z] "}[lang]
    return re.compile(figure + any_of(_kinds(lang)))


@cache
def _joined(lang: str) -> re.Pattern[str]:
    """What stands between two formations of one chain."""
    return re.compile(r",? (?:of the |of )?|/" if lang == "en" else r"[ \t]?(?:예하 |的)?")
