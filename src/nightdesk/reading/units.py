"""Offices and workplaces: 회령시 보위부 is a unit of an office in a place, under the unit above it.

The table is data/offices.toml, which the newsroom edits. Does not belong here: people of a unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from nightdesk.reading.find import Find
from nightdesk.reading.spots import follows, names, value
from nightdesk.reading.tables import context, space, table
from nightdesk.reading.tally import any_of
from nightdesk.reading.trie import one_of
from nightdesk.values.places import ancestors, gazetteer


@dataclass(frozen=True, slots=True)
class Offices:
    """The patterns of one language."""

    office: re.Pattern[str]
    keys: dict[str, str]  # spelling -> office key
    works: re.Pattern[str]


@cache
def offices(lang: str) -> Offices:
    """Every office that `lang` has, and how names of workplaces end."""
    keys = {" ".join(word.split()): key for key, row in _table().items() for word in row[lang]}
    left, right = ("(?<![A-Za-z])", "(?![A-Za-z])") if lang == "en" else ("", "")
    first = f"(?=[{re.escape(''.join({word[0] for word in keys}))}])"
    office = one_of(keys).replace("\\ ", space(lang))
    return Offices(re.compile(f"{first}{left}{office}{right}(?!원)"), keys, _works(lang))


def _table() -> dict[str, Any]:
    found = table("offices")["offices"]
    assert isinstance(found, dict)
    return found


def finds(text: str, lang: str, spots: Sequence[Find]) -> Iterator[Find]:
    """Units, each with the place inside it, and workplaces with a name."""
    ends, starts = {spot.end: spot for spot in spots}, {spot.start: spot for spot in spots}
    for found in offices(lang).office.finditer(text):
        start, end = found.span()
        spot = _before(text, start, lang, ends)
        if spot is None and lang == "en":
            spot = _behind(text, end, starts)
        if lang == "ko" and not _stands_alone(text, start if spot is None else spot.start, end):
            continue
        office = offices(lang).keys[" ".join(found[0].split())]
        if spot is not None:
            yield replace(spot, inside=True)
            start, end = min(spot.start, start), max(spot.end, end)
        yield Find(start, end, "organisation", unit_value(office, spot.value["key"] if spot else ""))
    yield from _workplaces(text, lang, spots)


_GAP = {"ko": re.compile(r"[ \t]{0,2}"), "zh": re.compile(r"[ \t]{0,2}")}
_OF = re.compile(r"(?:'s|’s)?[ ](?:(?:branch|office|bureau|department|section)(?:,| of)(?: the)?[ ])?")
_IN = re.compile(r"[ ](?:branch |office |bureau )?(?:in|of)[ ]")


def _before(text: str, start: int, lang: str, ends: Mapping[int, Find]) -> Find | None:
    """The place that the office stands behind."""
    gap, reach = (_GAP[lang], 3) if lang in _GAP else (_OF, 24)
    spot = next((ends[at] for at in range(start, max(0, start - reach), -1) if at in ends), None)
    return spot if spot is not None and gap.fullmatch(text, spot.end, start) else None


def _behind(text: str, end: int, starts: Mapping[int, Find]) -> Find | None:
    """The place in "Ministry of State Security in Hoeryong"."""
    found = _IN.match(text, end)
    return starts.get(found.end()) if found else None


def _stands_alone(text: str, start: int, end: int) -> bool:
    """보위부와 and 보위부측 stand alone; 보위부장 and 안보위부 do not."""
    end += text[end : end + 1] == "측"
    return not (start and "가" <= text[start - 1] <= "힣") and follows()[0].match(text, end) is not None


def unit_value(office: str, key: str) -> dict[str, Any]:
    """The unit, its office and place, and the unit above it."""
    found: dict[str, Any] = {"unit": unit_name(office, key), "office": office}
    if key:
        found["place"] = key
        if (above := _above(office, key)) is not None:
            found["parent"] = above
    return found


def _above(office: str, key: str) -> str | None:
    """A county's branch answers to the province's, and that to the office itself."""
    if gazetteer()[key].level == "country":
        return None
    up = next((k for k in ancestors(key) if gazetteer()[k].level == "province"), "")
    return unit_name(office, up)


def unit_name(office: str, place_key: str) -> str:
    """The house's English name of a unit: Musan County branch, Ministry of State Security."""
    name = str(_table()[office]["name"])
    if not place_key:
        return name
    place, forms = gazetteer()[place_key], table("offices")["branch"]
    return str(forms.get(place.level, forms["city"])).format(place=place.names["en"][0], office=name)


@cache
def _works(lang: str) -> re.Pattern[str]:
    row = table("offices")["workplaces"][lang]
    end = any_of(row["ends"])
    if lang == "ko":
        first = f"(?=[{''.join({word[0] for word in row['ends']})}])"
        return re.compile(
            f"{first}{end}(?![가-힣]?[원장](?![가-힣]))(?={context('ko')['particles']}|[^가-힣]|$|들)"
        )
    if lang == "zh":
        return re.compile(f"[^\\W的在和与有了是的从到等那这夜号日]{{0,6}}?{end}")
    word = r"[A-Z][a-z]+(?:['’-][a-z]+)?"
    return re.compile(
        rf"(?<![A-Za-z])(?!(?:{'|'.join(row['common'])}) )(?P<head>{word}(?: {word}){{0,3}}?) (?P<end>{end})(?![A-Za-z])"
    )


def _workplaces(text: str, lang: str, spots: Sequence[Find]) -> Iterator[Find]:
    """무산광산, 검덕광산, Sunchon Vinalon Complex: as they are called, with the place they begin with."""
    starts = {spot.start: spot for spot in spots}
    for start, end, sure in {"ko": _korean, "zh": _chinese, "en": _english}[lang](text, starts):
        spot = starts.get(start) or (_begins(text, start) if lang == "ko" else None)
        if spot is None and not sure:
            continue
        found: dict[str, Any] = {"unit": text[start:end], "office": "workplace"}
        if spot is not None and text[spot.start : spot.end] not in table("offices")["workplaces"]["people"]:
            found["place"] = spot.value["key"]
            yield replace(spot, inside=True)
        yield Find(start, end, "organisation", found)


def _begins(text: str, start: int) -> Find | None:
    """The place that 혜산방직공장 begins with: no spot of its own, for the letters go on."""
    found = names("ko").pattern.match(text, start)
    if found is None:
        return None
    key = names("ko").keys[found["name"]][0]
    return Find(start, found.end("name"), "place", value(key))


def _korean(text: str, starts: Mapping[int, Find]) -> Iterator[tuple[int, int, bool]]:
    row = table("offices")["workplaces"]["ko"]
    for found in offices("ko").works.finditer(text):
        start = found.start()
        while start and "가" <= text[start - 1] <= "힣" and found.start() - start < 12:
            start -= 1
        head = text[start : found.start()]
        named = len(head) > 1 and not head.startswith(tuple(row["common"]))
        if named:
            yield start, found.end(), found[0] in row["sure"]


def _chinese(text: str, starts: Mapping[int, Find]) -> Iterator[tuple[int, int, bool]]:
    for start, spot in starts.items():
        if (found := offices("zh").works.match(text, spot.end)) is not None:
            yield start, found.end(), False


def _english(text: str, starts: Mapping[int, Find]) -> Iterator[tuple[int, int, bool]]:
    row = table("offices")["workplaces"]["en"]
    for found in offices("en").works.finditer(text):
        yield found.start(), found.end(), found["end"] in row["sure"]
