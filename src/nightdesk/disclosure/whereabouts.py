"""Places in a paragraph by gazetteer key, and how fine they are."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from nightdesk.disclosure.outlets import outlets
from nightdesk.disclosure.words import table
from nightdesk.reading.model import Span
from nightdesk.values.places import ancestors, gazetteer
from nightdesk.values.sounds import sound_of

COARSE = ("country", "province")
TOWNS = ("prefecture", "city", "county")
SUFFIX = re.compile(r"(?:특별시|직할시|시|군|市|县|縣| city| county| province)$")
# Smaller than a town, known to the gazetteer or not.
FINE = {
    "ko": re.compile(
        r"(?<![가-힣])[가-힣]{1,4}(?:\d{1,2})?(?:동|리|구역|[노로]동자구)(?:\s?\d{1,3}인민반)?(?=[\s,.]|에|의|쪽|$)"
        # Before other particles too, but for words that end alike (is_word) and what is a name rather: 김성리가, not 박달리가.
        r"|(?<![가-힣])(?!(?:[김최]|박(?!달))[가-힣]리)[가-힣]{2,4}(?:동(?=은|을|이(?![가-힣])|이다|이었|입니|과|도|만|까지|부터|보다|으로)|리(?=는|를|가|와|도|만|까지|부터|로))"
        # A market, station, mine or school with a name of its own; a dwelling or a watch unit by its number.
        r"|(?<![가-힣])[가-힣]{2,5}(?:시장|역|탄광|광산|공장|병원|세관|대학|학교|아파트)(?=[\s,.]|에서|에|의|앞|뒤|옆|쪽|$)"
        r"|(?<!\d)\d{1,4}(?:인민반|호\s?동|호\s?(?:집|세대))"
    ),
    "en": re.compile(
        r"\b(?!(?:The|A|An|Every|Many|Some|State|Local|Foreign|Black|Central|Middle|High|Primary|Chinese|North|South|Korean|No)\b)"
        r"[A-Z][a-z'’]+(?:(?:-| )?(?:dong|ri|gu)|(?: [A-Z][a-z'’]+)? (?:Street|Road|district|District|neighbou?rhood"
        r"|Market|Station|[Mm]ine|[Ff]actory|Hospital|School|University|Customs))\b"
        # Hyesan station, as 혜산역; a police station is none, nor one that is named by what stops there.
        r"|\b(?!(?:The|An?|Every|One|Many|Some|Any|Each|No|This|That|Our|Their|His|Her|My|Your|Its|Local|State|Foreign|Central|Main|Old|New|Next|Last|Other|Another|Both"
        r"|Police|Fire|Train|Bus|Railway|Rail|Metro|Subway|Freight|Goods|Radio|Television|Power|Gas|Petrol|Fuel|Filling|Weather|Space|Work|Service|Polling|Pumping|Border|North|South|East|West|Chinese|Korean|At|In|On|Near|Nearby|By|From|To|Then|After|Before|Soldiers|Guards|Troops|Coal|Relay|Research|Guard|Broadcasting|Monitoring|Test) )"
        r"[A-Z][a-z'’]+(?: (?i:train|bus|railway|rail|freight))? station\b"
    ),
    "zh": re.compile(r"[一-鿿]{2}(?:洞|里|街道|胡同)"),
}
# What only looks like one: kinds of market or school, and words that end alike.
KINDS_OF = re.compile(r"(?:지역|구역|광역|영역|방역|무역|통역|수역|권역|병역|노역|부역|반역|직역|번역|면역|현역|전역|도매시장|소매시장|농민시장|암시장|종합시장|국영시장|노동시장|지방시장|세계시장|국제시장|국내시장|외화시장|환율시장|부동산시장|주택시장|식료공장|피복공장|지방공업공장|지방공장|방직공장|국영공장|인민병원|중앙병원|도병원|시병원|군병원|초급중학교|고급중학교|중학교|소학교|고등학교|초등학교|전문학교|기술학교|간부학교|혁명학원|공업대학|사범대학|교원대학|의학대학|농업대학|종합대학|(?:기차|지하철|전철)역|(?:중앙|인력|금융|취업|자본|중고|야)시장|(?:군수|비료|기계|신발|시멘트|제약|담배|화학|식품|섬유|가구)공장|(?:외국어|음악|체육|군사)대학|(?:분교|보통|특수)학교|(?:고층|새|일반)아파트|(?:민간|산원|결핵|종합|전문|동네)병원|(?:개인|무연|유연|무)탄광|소탄광)$")  # fmt: skip
FINE_STOP = re.compile(r"^(?:활동|운동|노동|행동|이동|자동|공동|변동|거리|머리|소리|자리|다리|관리|처리|우리|무리|논리|수리|정리|권리|도리|유리|비리|요리|물리|심리|합동|작동|감동|협동|진동|선동|아동|동동|빨리|멀리|널리|미리|서리|허리|뿌리|꼬리)")  # fmt: skip

# What kind of small place a name ends in, in three scripts. Only what stands before it is sounded.
KINDS = {
    "ward": re.compile(r"동$|[- ]?dong$|洞$", re.IGNORECASE),
    "village": re.compile(r"리$|[- ]ri$|里$", re.IGNORECASE),
    "block": re.compile(r"구역$|[- ](?:gu|guyok|kuyok)$|区域$", re.IGNORECASE),
    "market": re.compile(r"시장$|장마당$| market$|市场$", re.IGNORECASE),
    "station": re.compile(r"역$| station$|站$", re.IGNORECASE),
    "mine": re.compile(r"(?:탄광|광산)$| mine$|(?:煤矿|矿山)$", re.IGNORECASE),
}


@dataclass(frozen=True, slots=True)
class Found:
    """A place in text. `key` is the gazetteer's, or the words when it does not know them."""

    start: int
    end: int
    key: str
    level: str  # country, province, prefecture, city, county, district, fine


@cache
def names() -> dict[str, str]:
    """Every spelling in every language, in lower case, to its key."""
    found: dict[str, str] = {}
    for key, place in gazetteer().items():
        for spellings in place.names.values():
            for spelling in spellings:
                found.setdefault(spelling.lower(), key)
    return found


def found_places(text: str, lang: str, spans: Iterable[Span]) -> list[Found]:
    """Places of `text`, in order: the reading's, and anything with the suffix of a small place; none in an outlet's or a person's name."""
    spans = list(spans)
    found = [the_river(text, lang, from_reading(span)) for span in spans if span.kind == "place"]
    for match in FINE[lang].finditer(text) if lang in FINE else ():
        if not is_word(match.group()) and not is_verb(match.group(), text[match.end() : match.end() + 1]):
            found.append(Found(*match.span(), match.group(), "fine"))
    people = ((span.start, span.end) for span in spans if span.kind == "person" and "name" in span.value)
    named = (*outlets(text, lang), *people)
    return [one for one in widest(found) if not any(a <= one.start and one.end <= b for a, b in named)]


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(str(table("wards")[name]).split())


def is_word(said: str) -> bool:
    """Whether it only looks like a small place: 활동, 관리, 봉사활동, 목소리, 농민시장."""
    if FINE_STOP.match(said) or KINDS_OF.search(said) or said in _words("of_two"):
        return True
    village = said.endswith("리")
    ends = _words("village_ends" if village else "ward_ends")
    return len(said) > (2 if village else 3) and said[-2:] in ends


def is_verb(said: str, behind: str) -> bool:
    """Whether it is the stem of a verb: 끌어내리는; 읍내리에 is none."""
    return behind in ("는", "도", "가") and len(said) > 2 and said[-2:] in _words("verb_ends")


def from_reading(span: Span) -> Found:
    """A place as the reading has it; one the gazetteer does not know counts as fine."""
    key = str(span.value.get("key", ""))
    if key in gazetteer():
        return Found(span.start, span.end, key, gazetteer()[key].level)
    return Found(span.start, span.end, str(span.value.get("name", span.words)), "fine")


def the_river(text: str, lang: str, found: Found) -> Found:
    """The Tumen is the river, Tumen the town."""
    river = f"{found.key}-river"
    if lang == "en" and river in gazetteer() and text.endswith(("the ", "The "), 0, found.start):
        return Found(found.start, found.end, river, gazetteer()[river].level)
    return found


def widest(found: list[Found]) -> list[Found]:
    """Overlapping finds become one: the longest; of equals the one the gazetteer knows. In order."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: (f.start - f.end, f.key not in gazetteer())):
        at = bisect_left(kept, one.start, key=lambda f: f.start)
        beside = kept[max(0, at - 1) : at + 1]  # kept in order and apart: only neighbours can overlap
        if all(one.end <= other.start or one.start >= other.end for other in beside):
            kept.insert(at, one)
    return kept


def wider(key: str) -> str:
    """The province above a town, '' when none is known."""
    if key not in gazetteer():
        return ""
    return next((up for up in ancestors(key) if gazetteer()[up].level == "province"), "")


def name(key: str, lang: str) -> str:
    """The place's house name; the key itself when it is in no table."""
    place = gazetteer().get(key)
    if place is None or not place.names.get(lang):
        return key
    return place.names[lang][0] + (" Province" if lang == "en" and province_word(key) else "")


def province_word(key: str) -> bool:
    """Whether English adds the word Province: North Hamgyong Province, but Pyongyang."""
    place = gazetteer()[key]
    return place.level == "province" and any(one.endswith("도") for one in place.names.get("ko", ()))


def same_place(one: str, other: str) -> bool:
    """Whether two keys are one place in any script, or one lies in the other."""
    if one == other or (sounded(one) == sounded(other) and _script(one) != _script(other)):
        return True
    return lies_in(one, other) or lies_in(other, one)


def _script(name: str) -> str:
    """Hangul, Chinese or Latin, by the first letter."""
    first = name[:1]
    return "ko" if "가" <= first <= "힣" else "zh" if first > "⺀" else "en"


@lru_cache(maxsize=4096)
def sounded(key: str) -> str:
    """One key for a place that no gazetteer knows, whichever script it stands in: 강안동 and Kangan-dong.

    The gazetteer's key for one it knows; the words where they cannot be sounded. Consonants too few to tell (위연동)
    are told with their vowels.
    """
    if key in gazetteer():
        return key
    kind = next((kind for kind, ending in KINDS.items() if ending.search(key)), "")
    sound = sound_of(KINDS[kind].sub("", key)) if kind else ""
    return f"{sound} {kind}" if sound else folded(key)


def lies_in(one: str, other: str) -> bool:
    """Whether the first place is a part of the second, by key."""
    return one in gazetteer() and other in ancestors(one)


@cache
def mapped() -> frozenset[str]:
    """The ISO 3166-1 codes of the countries whose provinces the gazetteer has."""
    places = gazetteer()
    above = {up for key, one in places.items() if one.level == "province" for up in ancestors(key)}
    return frozenset(str(code) for up in above if (code := places[up].codes.get("iso3166_1")))


@lru_cache(maxsize=4096)
def key_of(name: str) -> str:
    """The gazetteer's key for a name in any language; the name in lower case when unknown."""
    plain = name.strip().lower()
    shorter = SUFFIX.sub("", plain)
    return names().get(plain) or names().get(shorter) or plain


def folded(key: str) -> str:
    """A place's key as `key_of` would have it: words that no gazetteer has are in lower case there."""
    return key if key in gazetteer() else key.strip().lower()
