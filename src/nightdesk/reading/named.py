"""Places and offices by name: the gazetteer of values, the table of offices, the desk's own terms.

An organisation that names its place gives two finds: the unit, and the place inside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from nightdesk.reading.find import Find
from nightdesk.reading.match import Value
from nightdesk.reading.numerals import any_of
from nightdesk.reading.tables import context, space, table
from nightdesk.values.places import Place, ancestors, gazetteer

LEVELS = {
    "ko": "(?:특별시|직할시|특급시|시|군|도|구역|구)?",
    "zh": "(?:市|郡|县|縣|省|道|区|區)?",
    "en": r"(?:[ ](?:City|County|Province|Prefecture|city|county|province|prefecture))?",
}
# Spellings that are also everyday words: they count only before a word that says "at", or with their level.
EVERYDAY = {
    "해주", "무산", "구성", "자성", "위원", "연사", "우시", "요덕", "남양", "삼봉", "조선", "개성", "단천",
    "평성", "나선", "경성", "정주", "안주", "김책", "명간", "자강", "남포", "경원", "의주", "화성", "집안", "장백",
}  # fmt: skip
DISTRICT = r"[가-힣]{1,4}(?:동|리|구역|로동자구|노동자구|읍)"
NOT_DISTRICT = {
    "활동", "노동", "로동", "이동", "자동", "행동", "운동", "감동", "공동", "합동", "변동", "출동", "충동", "아동",
    "우리", "거리", "소리", "정리", "처리", "관리", "무리", "자리", "머리", "다리", "수리", "빨리", "멀리", "널리",
    "미리", "유리", "심리", "논리", "윤리", "승리", "권리", "원리", "요리", "조리", "분리", "격리", "총리", "대리",
    "달리", "서리", "마리", "항아리", "울타리", "독수리", "목소리", "일자리", "협동", "격동", "진동", "소동", "난동",
}  # fmt: skip


def place_value(key: str) -> dict[str, Any]:
    """name, iso3166_2, country and geonames of a place of the gazetteer."""
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


@dataclass(frozen=True, slots=True)
class Names:
    """The patterns of one language."""

    places: re.Pattern[str]
    keys: dict[str, str]  # spelling -> place key
    units: re.Pattern[str]
    reversed_units: re.Pattern[str] | None
    offices: dict[str, str]  # spelling -> office key


@cache
def names(lang: str) -> Names:
    """Every name of places and offices that `lang` has, longest first."""
    keys: dict[str, str] = {}
    for key, place in gazetteer().items():
        for spelling in place.names.get(lang, ()):
            keys.setdefault(spelling, key)
    offices = {word: key for key, row in table("offices")["offices"].items() for word in row[lang]}
    left: str = {"ko": "(?<![가-힣])", "zh": "", "en": "(?<![A-Za-z])"}[lang]
    right = "(?![A-Za-z])" if lang == "en" else ""
    name = f"(?P<name>{any_of(keys)})(?P<level>{LEVELS[lang]})"
    office = "(?P<office>" + any_of(offices).replace("\\ ", space(lang)) + ")"
    gap = r"(?:'s)?[ ]" if lang == "en" else "[ \\t]{0,2}"
    units = re.compile(f"{left}(?P<place>(?:{name}){gap})?{office}{right}(?!원)")
    reverse = None
    if lang == "en":
        reverse = re.compile(
            rf"{left}(?P<place>{name})(?:'s)? (?:branch|office|bureau|department) of (?:the )?{office}{right}"
        )
    return Names(re.compile(f"{left}{name}{right}"), keys, units, reverse, offices)


def finds(text: str, lang: str) -> Iterator[Find]:
    """Places, districts under them, and units, in one language."""
    yield from _units(text, lang)
    last = ""
    for found in names(lang).places.finditer(text):
        key = names(lang).keys[found["name"]]
        end = _place_end(text, found, lang)
        if end is None:
            continue
        last = key
        yield Find(found.start(), end, "place", place_value(key))
        if lang == "ko":
            yield from _district(text, end, key)
    if lang == "ko":
        yield from _loose_districts(text, last)


@cache
def _follows() -> tuple[re.Pattern[str], re.Pattern[str]]:
    row = context("ko")
    end = "(?![가-힣])"
    district = f"{DISTRICT}{row['particles']}?{end}"
    return (
        re.compile(f"$|[^가-힣]|{row['particles']}+{end}|{row['particles']}+[ ]|{district}"),
        re.compile(f"{row['locative']}|{district}|[ ]{{0,2}}(?:{any_of(names('ko').offices)})|[ ]?장마당"),
    )


def _place_end(text: str, found: re.Match[str], lang: str) -> int | None:
    """Where the name ends; None when the letters go on and make another word."""
    if lang != "ko":
        return found.end()
    anywhere, at = _follows()
    if found["level"] and (anywhere.match(text, found.end())):
        return found.end()
    bare = found.end("name")
    if found["name"] in EVERYDAY:
        return bare if at.match(text, bare) else None
    return bare if anywhere.match(text, bare) else None


@cache
def _district_pattern() -> re.Pattern[str]:
    return re.compile(rf"[ ]?(?P<name>{DISTRICT})(?={context('ko')['particles']}|[^가-힣]|$)")


def _district(text: str, end: int, parent: str) -> Iterator[Find]:
    """회령 강안동: a dong that no gazetteer has, under the place before it."""
    found = _district_pattern().match(text, end)
    if found is None or found["name"] in NOT_DISTRICT or len(found["name"]) < 2:
        return
    yield Find(found.start("name"), found.end("name"), "place", _district_value(found["name"], parent))


def _district_value(name: str, parent: str) -> Value:
    value: dict[str, Any] = {"name": name, "level": "district"}
    if parent:
        above = place_value(parent)
        value |= {"parent": parent, "within": above["name"]}
        value |= {code: above[code] for code in ("iso3166_2", "country") if code in above}
    return value


_LOOSE = re.compile(
    r"(?<![가-힣])(?P<name>[가-힣]{2,3}(?:동|리))(?= ?(?:쪽|에 사는|에서|주민|일대|지역|장마당))"
)


def _loose_districts(text: str, last: str) -> Iterator[Find]:
    """강안동 쪽에서, without its town: named, and under no parent."""
    for found in _LOOSE.finditer(text):
        if found["name"] not in NOT_DISTRICT:
            yield Find(found.start("name"), found.end("name"), "place", _district_value(found["name"], ""))


def _units(text: str, lang: str) -> Iterator[Find]:
    known = names(lang)
    for pattern in (known.units, known.reversed_units):
        for found in pattern.finditer(text) if pattern else ():
            office = known.offices.get(found["office"]) or known.offices[" ".join(found["office"].split())]
            if lang == "ko" and not found["place"] and not _stands_alone(text, found):
                continue
            key = known.keys[found["name"]] if found["place"] else ""
            value: dict[str, Any] = {"unit": unit_name(office, key), "office": office}
            if key:
                value["place"] = key
                yield Find(found.start("name"), found.end("level"), "place", place_value(key), inside=True)
            yield Find(found.start(), found.end(), "organisation", value)


def _stands_alone(text: str, found: re.Match[str]) -> bool:
    """보위부와 stands alone, 보위부장 does not."""
    anywhere, _ = _follows()
    return anywhere.match(text, found.end()) is not None


def unit_name(office: str, place_key: str) -> str:
    """The house's English name of a unit: Musan County branch, Ministry of State Security."""
    name = str(table("offices")["offices"][office]["name"])
    if not place_key:
        return name
    place: Place = gazetteer()[place_key]
    form = str(table("offices")["branch"][place.level])
    return form.format(place=place.names["en"][0], office=name)
