"""Places below what a gazetteer knows: 강안동, 五凤里, Mangyang-dong, a market; under the place they lie in.

The endings stand in data/names.toml. A district right behind a place lies in it; one that stands alone
lies in the last town named before, and says so.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from nightdesk.reading.find import Find
from nightdesk.reading.match import Value
from nightdesk.reading.spots import FIRST, listed, names, value
from nightdesk.reading.tables import context, table
from nightdesk.reading.tally import any_of
from nightdesk.reading.trie import one_of
from nightdesk.values.places import ancestors, gazetteer

TITLE = 12  # characters before a name in which a title stands
ASSUMED = "the town named before it"
_TOWNS = ("city", "county", "province", "prefecture", "district")
_AND = {"ko": "(?:와|과|하고|이랑|랑|및|,|·|、)[ ]?", "zh": "(?:和|与|及|、|,)", "en": ""}


def finds(text: str, lang: str, spots: Sequence[Find]) -> Iterator[Find]:
    """Every place below the gazetteer in one language; `spots` are the places of it, in order."""
    towns = [s for s in spots if gazetteer()[s.value["key"]].level in _TOWNS]
    known = Towns([s.end for s in towns], [str(s.value["key"]) for s in towns])
    yield from {"ko": _korean, "zh": _chinese, "en": _english}[lang](text, spots, known)


class Towns(NamedTuple):
    """Where towns end, in order, and their keys: looked up, for a text may name as many as it has wards."""

    ends: list[int]
    keys: list[str]

    def last(self, before: int) -> str:
        """The key of the last town that stands before an offset; '' for none."""
        place = bisect_right(self.ends, before)
        return self.keys[place - 1] if place else ""


def _district(found: re.Match[str], parent: str, because: str = "") -> Find:
    name = found["name"]
    return Find(found.start("name"), found.end("name"), "place", district_value(name, parent, because))


def district_value(name: str, parent: str, because: str = "") -> Value:
    """A place that only its name and what it lies in are known of."""
    found: dict[str, Any] = {"name": name, "level": "district"}
    if parent:
        above = value(parent)
        found |= {"parent": parent, "within": above["name"]}
        found |= {code: above[code] for code in ("iso3166_2", "country") if code in above}
        found |= {"because": because} if because else {}
    return found


@cache
def _patterns(lang: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """One that stands right behind its town, and one that stands alone."""
    row = table("names")[lang]
    if lang == "ko":
        below, market = any_of(row["below"]), any_of(row["market"])
        end = f"(?={context('ko')['particles']}|{any_of(row['ended'])}|[^가-힣]|$)"
        alone = f"(?= ?{any_of(row['beside'])})"
        return (
            re.compile(f"[ ]?(?P<name>[가-힣]{{1,5}}{below}|[가-힣]{{1,4}}{market}){end}"),
            re.compile(f"(?<![가-힣])(?P<name>[가-힣]{{2,3}}{below}){alone}"),
        )
    name = f"(?P<name>[一-鿿]{{2}}{any_of(row['below'])})"
    return re.compile(name), re.compile(f"(?<![一-鿿]){name}(?={any_of(row['beside'])})")


def _korean(text: str, spots: Sequence[Find], towns: Towns) -> Iterator[Find]:
    beside, alone = _patterns("ko")
    for found in _behind(text, spots, beside, "ko"):
        yield _district(*found)
    for one in alone.finditer(text):
        if one["name"] not in listed("ko", "not_below") and not one["name"].endswith("거리"):
            yield _alone(one, towns)
    for one in _ward().finditer(text):
        if _is_ward(one["name"]) and not _titled().search(text[max(0, one.start() - TITLE) : one.start()]):
            yield _alone(one, towns)
    yield from _markets(text)


@cache
def _ward() -> re.Pattern[str]:
    """혜장동 처녀: two syllables and 동 are a ward whatever stands behind, but for a few words and for names of people.

    최길동 is one beside a title (보위원 최길동, 최길동 기자), before 씨 or an age, and where something is done to or by him.
    """
    told = f"(?:{context('ko')['particles']}|{any_of(table('names')['ko']['spoken'])})"
    people = table("people")["ko"]
    behind = any_of([*people["after"], *people["plain"], *people["spaced"], "기자"])
    end = f"(?={told}{{0,2}}(?![가-힣]))"
    somebody = rf" ?\(\d| ?{behind}{told}{{0,2}}(?![가-힣])|(?:에게|한테|께|이라는|라는)"
    return re.compile(rf"(?<![가-힣])(?P<name>[가-힣]{{2}}동){end}(?!{somebody})")


@cache
def _titled() -> re.Pattern[str]:
    """A title right before a name."""
    return re.compile(f"(?<![가-힣]){any_of(table('people')['ko']['before'])}(?:인|이던|이었던)? $")


def _is_ward(name: str) -> bool:
    """Whether the gazetteer has it without 동, or it is none of the words that end so."""
    common = name in listed("ko", "not_ward") or name[1:] in listed("ko", "not_below")
    return not common or name[:-1] in names("ko").keys


@cache
def _market() -> re.Pattern[str]:
    """수남장, 포항시장: a market written in one word with its ward. Not with a whole town: 서울시장 is a mayor."""
    known = [
        name
        for name, keys in names("ko").keys.items()
        if len(name) > 1 and gazetteer()[keys[0]].level == "district"
    ]
    row, end = table("names")["ko"], f"(?={context('ko')['particles']}{{0,2}}(?![가-힣]))"
    return re.compile(f"(?<![가-힣])(?P<name>(?P<in>{one_of(known)})(?:{any_of(row['market'])}|장)){end}")


def _markets(text: str) -> Iterator[Find]:
    for found in _market().finditer(text):
        yield _district(found, names("ko").keys[found["in"]][0])


def _alone(found: re.Match[str], towns: Towns) -> Find:
    """위연동 lies in the town that 위연 lies in; any other in the last town named before."""
    stem = _below_ends().sub("", found["name"])
    return _known(found, stem, "ko", towns) or _district(found, towns.last(found.start()), ASSUMED)


@cache
def _below_ends() -> re.Pattern[str]:
    return re.compile(f"{any_of(table('names')['ko']['below'])}$")


def _known(found: re.Match[str], stem: str, lang: str, towns: Towns) -> Find | None:
    """A ward whose bare name the gazetteer has, in what that lies in; None where it has none.

    Where the last town is another, it may be a 위연동 of that one: the one known is then no more than assumed.
    """
    known = next((k for k in names(lang).keys.get(stem, ()) if gazetteer()[k].level == "district"), None)
    if known is None:
        return None
    last, around = towns.last(found.start()), (known, *ancestors(known))
    return _district(found, gazetteer()[known].parent, FIRST if last and last not in around else "")


def _behind(
    text: str, spots: Sequence[Find], pattern: re.Pattern[str], lang: str
) -> Iterator[tuple[re.Match[str], str]]:
    """회령시 오봉리와 유선로동자구: those right behind a place, and those named with them."""
    more = re.compile(_AND[lang])
    for spot in spots:
        found = pattern.match(text, spot.end)
        while found is not None and _is_name(found["name"], lang):
            yield found, spot.value["key"]
            joined = more.match(text, found.end())
            found = pattern.match(text, joined.end()) if joined else None


def _is_name(said: str, lang: str) -> bool:
    if lang == "zh":
        row = table("names")["zh"]
        return not (
            set(said[:2]) & set(row["not_in"]) or (said[1:].endswith("里") and said[1] in row["not_before"])
        )
    market = next((m for m in table("names")["ko"]["market"] if said.endswith(m)), None)
    if market is not None:
        return said.removesuffix(market) not in listed("ko", "not_market")
    return len(said) > 1 and said not in listed("ko", "not_below")


def _chinese(text: str, spots: Sequence[Find], towns: Towns) -> Iterator[Find]:
    beside, alone = _patterns("zh")
    for found in _behind(text, spots, beside, "zh"):
        yield _district(*found)
    for one in alone.finditer(text):
        if _is_name(one["name"], "zh"):
            yield _district(one, towns.last(one.start()), ASSUMED)
    ward, ending, longest = _chinese_ward()
    if (first := ending.search(text)) is None:
        return
    for one in ward.finditer(text, max(0, first.start() - longest)):
        if known := _known(one, one["stem"], "zh", towns):
            yield known


@cache
def _chinese_ward() -> tuple[re.Pattern[str], re.Pattern[str], int]:
    """渭渊洞: the gazetteer has the ward without its ending. Also the endings, and the letters of the longest name."""
    known, ending = names("zh").keys, any_of(table("names")["zh"]["below"])
    ward = re.compile(f"(?P<name>(?P<stem>{one_of(known)}){ending})")
    return ward, re.compile(ending), max(map(len, known))


@cache
def _english_pattern() -> re.Pattern[str]:
    row = table("names")["en"]
    word = r"[A-Z][a-z]+(?!['’]s)(?:['’-][a-z]+)?"
    return re.compile(
        rf"(?<![A-Za-z])(?!(?:{'|'.join(row['not_market'])})\b)(?P<name>{word}(?:[ -]{word})?-{any_of(row['below'])}"
        rf"|{word}(?: {word}){{0,2}} {any_of(row['market'])})(?![A-Za-z-])"
    )


@cache
def _somebody() -> re.Pattern[str]:
    """Kim Su-dong: a surname that is no word, and a given name of which only the last syllable could be a level."""
    row = table("people")["en"]
    sure = one_of(name for name in row["surnames"] if name not in row["words_too"])
    return re.compile(rf"(?:{sure}) [A-Z][^aeiou\W]*[aeiou]{{1,2}}[^aeiou\W]*-[a-z]+")


def _is_town(spot: Find) -> bool:
    return gazetteer()[spot.value["key"]].level in ("city", "county", "province")


_IN = re.compile(r"(?:,| in| of)[ ](?:the )?")


def _english(text: str, spots: Sequence[Find], towns: Towns) -> Iterator[Find]:
    """Mangyang-dong, Hoeryong: what stands behind is asked first, then the last town before."""
    starts, ends = ({getattr(s, side): s for s in spots} for side in ("start", "end"))
    begins = [s.start for s in spots]
    for first in _english_pattern().finditer(text):
        place = bisect_right(begins, first.start())
        if place and first.end() <= spots[place - 1].end:
            continue
        town = starts.get(first.start())
        # Hoeryong South Gate Market: the name begins behind its town
        found = _english_pattern().match(text, town.end + 1) if town and _is_town(town) else first
        if found is None:
            continue
        behind = _IN.match(text, found.end())
        spot = starts.get(behind.end()) if behind else None
        spot = spot or next((ends[e] for e in (found.start() - 1, found.start() - 3) if e in ends), None)
        if spot is not None and spot.value.get("key"):
            yield _district(found, spot.value["key"])
        else:
            known = _known(found, found["name"].rpartition("-")[0], "en", towns)
            if known or not _somebody().fullmatch(found["name"]):
                yield known or _district(found, towns.last(found.start()), ASSUMED)
