"""An age with the words on either side of it: over sixty, about 45, 30 to 39. Alone, each would read as one exact year.

Where the words around say what no table's ages can hold, nothing is known of the age: then the row for everybody is
used. Belongs here: what stands right beside an age. Does not belong here: the age's own words (ages).
"""

from __future__ import annotations

import re

from nightdesk.disclosure.ages import OLDEST, Ages
from nightdesk.disclosure.agewords import EN_NUMBER, said_age
from nightdesk.disclosure.years import EN_TENS, HAN, en_years, zh_years

NEAR = 2  # years either way that "about 45" leaves open
FEW = 4  # years that "a little over 40" leaves open, as "early forties" does
NEARLY = 5  # years below that "close to 50" leaves open
AT_HAND = 30  # characters looked at on either side
MARKS = r"\-‐-―~∼〜～"
DOTS = "·∙・ㆍ"
EN_BAND = rf"(?:(?:early|mid|late)[- ])?(?:(?:{'|'.join(EN_TENS)})\b|[1-9]0s\b)"
KO_BAND = r"(?: ?(?:초반|중반|후반))?"
KO_TO = rf" ?(?:[{MARKS}{DOTS}/,]|에서|부터|내지|또는|이나|나|와|과) ?"
THINGS = (
    "손?전화기?|휴대전화기?|휴대폰|핸드폰|컴퓨터|노트북|텔레비전|텔레비죤|라디오|카메라|트럭|버스|승용차|화물차|차|차량"
    "|뻐스|택시|오토바이|자전거|기계|재봉기|발동기|직승기|헬기|비행기|전투기|무인기|땅크|탱크|장갑차|뜨락또르|트랙터|굴착기|굴삭기|발전기|양수기"
    "|냉장고|세탁기|랭동기|감시카메라|록화기|녹화기"
)
# 트럭 20대가, 30대 차량을: so many machines. Without a particle a noun behind may begin another: 30대 차량 운전사.
AFTER_THINGS = re.compile(rf"(?<![가-힣])(?:{THINGS}) ?$")
COUNTED = r"(?:(?:이|가|을|를|은|는|도|만|과|와|로|으로|에|에는|까지|부터)(?=[\s,.])|(?=[,.]|$| (?:중|가운데|이상|정도|가량)))"
OF_THINGS = re.compile(rf"(?: (?!차[이도로])(?:{THINGS}))?{COUNTED}")
# In the order they are looked for.
WAYS = ("several", "just", "nearly", "over", "under", "about")
# What stands before an age, and what that makes of it; `range` finds the other end.
BEFORE = {
    "en": {
        "range": re.compile(
            rf"(?<![\w,.])(\d{{1,2}})(?:-? (?:to|or) |-(?:to|or)-| ?[{MARKS}/] ?)$"
            rf"|\b(?:between|from) ({EN_NUMBER}) (?:and|to) $",
            re.IGNORECASE,
        ),
        "several": re.compile(
            rf"(?:ty|teen|ten)(?:-? (?:to|or) |-(?:to|or)-|[-–/])$|\b{EN_BAND} (?:or|to|and) $"
        ),
        "over": re.compile(r"\b(?:over|above|at least|more than|older than)[- ](?:an? )?$"),
        "under": re.compile(r"\b(?:under|below|at most|up to|less than|younger than)[- ](?:an? )?$"),
        "about": re.compile(r"\b(?:about|around|some|roughly|nearly|almost|approximately)[- ](?:an? )?$"),
    },
    "ko": {
        "several": re.compile(rf"{AFTER_THINGS.pattern}|(?:살|십대?){KO_TO}$"),
        "range": re.compile(rf"(?<![\d,.])(\d{{1,2}}(?!대)|[1-9]0)(?:살|세|대)?{KO_BAND}{KO_TO}$"),
        "about": re.compile(r"(?<![가-힣])(?:약|대략|거의|한) ?$"),
    },
    "zh": {
        "range": re.compile(rf"(?<!\d)(\d{{1,2}}|[{HAN}]?十[{HAN}]?|[{HAN}])岁?(?:[{MARKS}至到、或]) ?$"),
        "several": re.compile(r"[百千几幾数數]$"),
        "nearly": re.compile(r"年近$"),
        "over": re.compile(r"(?:超过|年过|已过|过了|逾|至少)$"),
        "under": re.compile(r"(?:不到|未满|不满|不足|低于|小于)$"),
        "about": re.compile(r"(?:(?<![最年])近|约|大概|差不多|快|快到)$"),
    },
}
BEHIND = {
    "en": {
        "range": re.compile(
            rf"(?: ?[{MARKS}/] ?| (?:to|or) )(?:aged )?(\d{{1,2}})\b(?![,.]\d)(?! (?:years|months|weeks|days|yuan|won|dollars)\b)"
        ),
        "several": re.compile(
            rf",? and \d{{1,2}}(?=[,.;)]|$)|,? (?:weeks|months|days)\b"
            rf"|(?: ?[{MARKS}/] ?| (?:to|or|and) )(?:in (?:his|her|their) )?{EN_BAND}"
        ),
        "over": re.compile(r" ?\+|,? (?:or|and) (?:over|older|above|up)\b|,? or more\b"),
        "under": re.compile(r",? (?:or|and) (?:under|younger|below)\b|,? or less\b"),
        "about": re.compile(r",? or (?:so|thereabouts)\b"),
    },
    "ko": {
        "range": re.compile(rf"{KO_TO}(\d{{1,2}}(?=살|세)|[1-9]0(?=대))"),
        "several": re.compile(rf" ?(?:[{MARKS}{DOTS}]|에서|부터|내지) ?[가-힣]+ ?(?:살|십대)"),
        "just": re.compile(r" ?남짓|[을를이]? ?(?:갓|막) 넘[은긴]"),
        "nearly": re.compile(r"[을를]? ?(?:바라보는|앞둔)"),
        "over": re.compile(r" ?(?:이상(?![한하])|초과)|[을를이가]? ?(?:훨씬 |훌쩍 )?넘[은긴는]?"),
        "under": re.compile(r" ?(?:이하|미만)|[이가도]? ?(?:채 )?(?:[안못] ?[되된]|못 미|되지 )"),
        "about": re.compile(
            r" ?(?:가량|정도|쯤|안팎|내외|전후|무렵|즈음)|[에이가]? ?(?:가까[운이워]|다 [되된])"
        ),
    },
    "zh": {
        "range": re.compile(rf"[{MARKS}至到、或](\d{{1,2}}|[{HAN}]?十[{HAN}]?)岁"),
        "just": re.compile(r"出头|冒头|挂零"),
        "over": re.compile(r"[及或]?(?:以上|往上|开外)"),
        "under": re.compile(r"[及或]?(?:以下|以内)"),
        "about": re.compile(r"左右|上下|前后|光景"),
    },
}


def told_age(text: str, start: int, end: int, lang: str) -> Ages | None:
    """The years that an age found at [start, end) leaves open where it stands; None when no table has them."""
    ages = said_age(text[start:end], lang)
    if ages is None:
        return None
    before, behind = text[max(0, start - AT_HAND) : lead(text, start, end, lang)], text[end : end + AT_HAND]
    if other := other_end(before, behind, ages, lang):
        if lang == "ko" and ages.high < 10 <= other.low:  # 26~7살: the ten is said once
            ages = Ages(*(years + other.low // 10 * 10 for years in ages))
        return Ages(min(other.low, ages.low), max(other.high, ages.high))
    for way in WAYS:
        left, right = BEFORE[lang].get(way), BEHIND[lang].get(way)
        if (left and left.search(before)) or (right and right.match(behind)):
            return loosened(ages, way)
    return ages


def of_things(text: str, start: int, end: int) -> bool:
    """Whether a Korean 30대 at [start, end) counts machines that stand beside it: it is nobody's age."""
    counted = OF_THINGS.match(text, end) if text[start:end].endswith("대") else None
    if counted is None:
        return False
    named = counted.group().startswith(" ")
    return named or AFTER_THINGS.search(text[max(0, start - AT_HAND) : start]) is not None


def lead(text: str, start: int, end: int, lang: str) -> int:
    """Where the number of an age begins: its own words may say "about" before it, as in "aged about 45"."""
    if lang != "en" or re.match(r"\w+-|in\b|\d", text[start:end], re.IGNORECASE):
        return start
    numbers = list(re.finditer(EN_NUMBER, text[start:end], re.IGNORECASE))
    return start + numbers[-1].start() if numbers else start


def starts_at(text: str, start: int, lang: str) -> int:
    """Where an age begins with what belongs to it before: about 45, 20~30세, 약 45세."""
    before = text[max(0, start - AT_HAND) : start]
    found = (
        match
        for way in ("range", *WAYS[1:])
        if (said := BEFORE[lang].get(way)) and (match := said.search(before))
    )
    return next((start - len(before) + match.start() for match in found), start)


def ends_at(text: str, end: int, lang: str) -> int:
    """Where an age ends with what belongs to it behind: 60세 이상, aged 40-49, 40岁左右."""
    # The other end of a range is an age of its own but in English: "aged 40" has its number behind.
    ways = (*WAYS[1:], *(("range",) if lang == "en" else ()))
    found = (match for way in ways if (said := BEHIND[lang].get(way)) and (match := said.match(text, end)))
    return next((match.end() for match in found), end)


def other_end(before: str, behind: str, ages: Ages, lang: str) -> Ages | None:
    """The other end of a range in numbers: 30 of 30-39, the thirties of 30~40대, the forties of 4,50대."""
    match = BEFORE[lang]["range"].search(before) or BEHIND[lang]["range"].match(behind)
    if match is None:
        return None
    said = next(group for group in match.groups() if group)
    years = int(said) if said.isdecimal() else in_words(said, lang)
    wide = ages.high > ages.low
    if (wide or lang == "zh") and years * 10 < ages.low // 10 * 10 < 100:
        return Ages(years * 10, ages.low // 10 * 10 + 9)
    return Ages(years, years + 9) if wide else Ages(years, years)


def in_words(said: str, lang: str) -> int:
    """A number that the other end of a range has in words."""
    if lang == "en":
        return en_years(said.lower()) or 0
    return (zh_years(said) or (0, 0))[0]


def loosened(ages: Ages, way: str) -> Ages | None:
    """What over, under and about leave open of the age; None for several ages, and for what is none."""
    if way == "over":
        return Ages(ages.low, OLDEST)
    if way == "just":
        return Ages(ages.low, ages.low + FEW)
    if way == "nearly":
        return Ages(max(0, ages.low - NEARLY), ages.high)
    if way == "under":
        return Ages(0, ages.high)
    if way == "about":
        return ages if ages.high - ages.low > NEAR else Ages(max(0, ages.low - NEAR), ages.high + NEAR)
    return None
