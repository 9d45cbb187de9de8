"""Places by name: the gazetteer of values in three languages, and which of several is meant.

Names that are also everyday words are told in data/names.toml; how a name is followed in Korean stands
in ko.toml. Does not belong here: places below the gazetteer (below.py), offices (units.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations, pairwise
from typing import Any

from nightdesk.reading.find import Find
from nightdesk.reading.kept import kept
from nightdesk.reading.normal import folded_text
from nightdesk.reading.tables import context, table
from nightdesk.reading.tally import any_of
from nightdesk.reading.trie import one_of
from nightdesk.values.places import ancestors, gazetteer

LEVELS = {
    "ko": "(?:특별시|직할시|특급시|자치주|시|군|읍|도|구역|구|현)?",
    "zh": "(?:特别市|自治州|市(?![场場])|郡|县|縣|省|道|区域|區域|区|區)?",
    "en": r"(?:[ ](?:City|County|Province|Prefecture|District|city|county|province|prefecture)|-(?:si|gun|kun|do|guyok))?",
}
LEFT = {"ko": "(?<![가-힣])", "zh": "", "en": "(?<![A-Za-z])"}
FIRST = "the first in the table"  # why a place of several is taken for the one meant, where nothing else says
_ZH_NOT_AFTER = "(?![币幣族语語文话話])"  # 朝鲜币 is money, 朝鲜语 a language
# Short names of provinces that streets, stations and other towns have in them: 太平南路, 昌平北站, 平南县, 黄南州.
_ZH_NOT_IN = "(?!(?<=[太昌]平[南北])|(?<=[平黄][南北])(?:大?[路街]|大道|[站巷方州县縣门門]))"
_PREPOSITION = re.compile(r"\b(?:in|from|to|at|near|of|through|via|into)[ ]$", re.IGNORECASE)
_NEAR = re.compile(r"(?:의|,|，)?[ ]?")


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one language, and which places each may be."""

    pattern: re.Pattern[str]
    keys: dict[str, tuple[str, ...]]  # spelling -> keys, the house's own tables first


@cache
def names(lang: str) -> Names:
    """Every name of a place that `lang` has."""
    pattern, keys = kept(f"spots-{lang}", lambda: _spelled(lang))
    return Names(re.compile(pattern), keys)


def _spelled(lang: str) -> tuple[str, dict[str, tuple[str, ...]]]:
    keys: dict[str, tuple[str, ...]] = {}
    for key, place in gazetteer().items():
        for spelling in place.names.get(lang, ()):
            for written in _written(folded_text(spelling, lang), key, lang):
                if key not in keys.get(written, ()):
                    keys[written] = (*keys.get(written, ()), key)
    first = f"(?=[{re.escape(''.join({spelling[0] for spelling in keys}))}])"  # a third faster in Korean
    name = f"(?P<name>{one_of(keys)}){_ZH_NOT_IN if lang == 'zh' else ''}(?P<level>{LEVELS[lang]})"
    right = {"en": "(?![A-Za-z]|-[a-z])", "zh": _ZH_NOT_AFTER, "ko": ""}[lang]
    return f"{first}{LEFT[lang]}{name}{right}", keys


_ASPIRATED = re.compile("(?:[Cc]h|[KkPpTt])(?=[aeiouyw])")


def _written(spelling: str, key: str, lang: str) -> Iterator[str]:
    """A spelling as it stands; a Korean name also with McCune-Reischauer's apostrophes, one or two."""
    yield spelling
    if lang != "en" or country_of(key) != "KP" or "'" in spelling:
        return
    at = [found.end() for found in _ASPIRATED.finditer(spelling)][:4]
    for count in (1, 2):
        for chosen_ in combinations(at, count):
            edges = (0, *chosen_, len(spelling))
            yield "'".join(spelling[a:b] for a, b in pairwise(edges))


@cache
def listed(lang: str, name: str) -> frozenset[str]:
    """A list of data/names.toml."""
    return frozenset(table("names")[lang].get(name, ()))


def finds(text: str, lang: str, country: str | None) -> Iterator[Find]:
    """Every place of the gazetteer; where a name is several places', the others stand in the value."""
    said, seen, last = folded_text(text, lang), set[str](), (0, "")
    for found in names(lang).pattern.finditer(said):
        keys = names(lang).keys[found["name"]]
        inside = tuple(k for k in keys if last[1] in ancestors(k)) if _beside(said, last, found) else ()
        end = _end(said, found, lang, bool(inside))
        if end is None:
            continue
        key, because = chosen(inside or keys, keys, seen, country, bool(inside))
        last = (end, key)
        seen.update((key, *ancestors(key)))
        yield Find(found.start(), end, "place", value(key, keys, because))


def _beside(text: str, last: tuple[int, str], found: re.Match[str]) -> bool:
    """Whether the place before it stands right before it: 강원도 세포."""
    return bool(last[1]) and _NEAR.fullmatch(text, last[0], found.start()) is not None


def chosen(
    offered: tuple[str, ...], keys: tuple[str, ...], seen: set[str], country: str | None, inside: bool
) -> tuple[str, str]:
    """The place meant by a name that is several places', and why; no reason where there is one only."""
    if len(keys) == 1:
        return keys[0], ""
    if inside:
        return offered[0], "the place it lies in stands before it"
    for key in offered:
        if seen & set(ancestors(key)) - _countries():
            return key, "a place around it was named before"
    home = [key for key in offered if country and country_of(key) == country]
    if home:
        return home[0], f"the report is of {country}"
    return offered[0], FIRST


@cache
def _countries() -> frozenset[str]:
    return frozenset(key for key, place in gazetteer().items() if place.level == "country")


def country_of(key: str) -> str | None:
    """ISO 3166-1 code of the country a place lies in."""
    codes = (gazetteer()[k].codes.get("iso3166_1") for k in (key, *ancestors(key)))
    return next((str(code) for code in codes if code is not None), None)


def value(key: str, keys: tuple[str, ...] = (), because: str = "") -> dict[str, Any]:
    """name, iso3166_2, country and geonames of a place; `candidates` and `because` when it is a choice."""
    return _value(key) | ({"candidates": list(keys), "because": because} if because else {})


@cache
def _value(key: str) -> dict[str, Any]:
    place = gazetteer()[key]
    line = [place, *(gazetteer()[k] for k in ancestors(key))]
    found: dict[str, Any] = {"name": place.names["en"][0], "key": key}
    for scheme, name in (("iso3166_2", "iso3166_2"), ("iso3166_1", "country")):
        code = next((p.codes[scheme] for p in line if scheme in p.codes), None)
        if code is not None:
            found[name] = code
    if "geonames" in place.codes:
        found["geonames"] = place.codes["geonames"]
    return found


@cache
def follows() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What may follow a Korean name, what must follow one that is also an everyday word, and what may if it rarely is."""
    row, told, end = context("ko"), table("names")["ko"], "(?![가-힣])"
    below = f"(?!{any_of(told['not_below'])})[가-힣]{{1,4}}{any_of((*told['below'], *told['market']))}"
    district = f"{below}{row['particles']}?{end}"
    spoken = f"{any_of(told['spoken'])}{end}|{any_of(told['ended'])}"
    return (
        re.compile(
            f"$|[^가-힣]|{row['particles']}+요?{end}|{row['particles']}+[ ]|{district}"
            f"|{any_of(told['glued'])}(?={row['particles']}|{end})|{spoken}"
        ),
        re.compile(f"{row['locative']}|[ ]?{district}|[ ]{{0,2}}{_offices('ko')}|[ ]?{any_of(told['at'])}"),
        re.compile(spoken),
    )


@cache
def _offices(lang: str) -> str:
    return one_of(word for office in table("offices")["offices"].values() for word in office[lang])


_ALONE = re.compile(
    r"$|[ ,.–~·-]"
)  # 평성 거쳐, 평양–무산: no particle, and the other word would hardly stand so
_IN_LIST = re.compile(r"(?:^|[(,/:\n–-])[ ]?$")
_LIST_GOES_ON = re.compile(r"[ ]?[),/:\n–-]")


def _in_list(text: str, found: re.Match[str]) -> bool:
    """(6/18, 무산): a name between commas, brackets or slashes, as price lists have them."""
    end = _LIST_GOES_ON.match(text, found.end("name"))
    return end is not None and _IN_LIST.search(text[max(0, found.start() - 3) : found.start()]) is not None


def _end(text: str, found: re.Match[str], lang: str, inside: bool) -> int | None:
    """Where the name ends; None when the letters go on, or the word is an everyday one here."""
    if lang == "ko":
        return _korean_end(text, found, inside)
    name = found["name"]
    if name in listed(lang, "strict") and not (found["level"] or inside or _is_told(text, found, lang)):
        return None
    if name in listed(lang, "careful") and not (found["level"] or inside):
        return found.end() if _PREPOSITION.search(text, max(0, found.start() - 9), found.start()) else None
    return found.end()


def _is_told(text: str, found: re.Match[str], lang: str) -> bool:
    """Whether an office stands behind a strict name, or in Chinese words that say that it is a place (住三合, 崇善这边)."""
    if _office(lang).match(text, found.end()):
        return True
    if lang != "zh" or found["name"] in listed("zh", "common"):
        return False
    before, row = text[max(0, found.start() - 2) : found.start()], table("names")["zh"]
    return before.endswith(tuple(row["lived"])) or text.startswith(tuple(row["over"]), found.end())


@cache
def _office(lang: str) -> re.Pattern[str]:
    return re.compile(_offices(lang))


def _korean_end(text: str, found: re.Match[str], inside: bool) -> int | None:
    anywhere, at, spoken = follows()
    if found["level"] and anywhere.match(text, found.end()):
        return found.end()
    bare, name = found.end("name"), found["name"]
    if not inside and name in listed("ko", "strict"):
        return None
    if not inside and name in listed("ko", "careful"):
        light = name in listed("ko", "light") and (spoken.match(text, bare) or _ALONE.match(text, bare))
        return (
            bare
            if light or at.match(text, bare) or _in_list(text, found) or _holds_next(text, found)
            else None
        )
    return bare if anywhere.match(text, bare) else None


def _holds_next(text: str, found: re.Match[str]) -> bool:
    """Whether the name behind it is of a place in it: 단천 검덕에서."""
    inner = names("ko").pattern.match(text, found.end("name") + 1)
    if inner is None or text[found.end("name")] != " ":
        return False
    holders = set(names("ko").keys[found["name"]])
    return any(holders & set(ancestors(key)) for key in names("ko").keys[inner["name"]])
