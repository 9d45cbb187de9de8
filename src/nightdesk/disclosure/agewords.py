"""Words that tell an age, by language, and the years that they leave open by themselves.

Belongs here: what is found as an age (AGE), and its own words. Does not belong here: what stands beside it (hedged),
an age that only the name before it makes one (named).
"""

from __future__ import annotations

import re

from nightdesk.disclosure.ages import Ages, decade, one
from nightdesk.disclosure.years import (
    EN_TEN,
    EN_TENS,
    EN_YEARS,
    HAN,
    KO_NATIVE,
    KO_SINO,
    KO_TENS,
    SINO,
    SINO_PAIRS,
    ZH_YEARS,
    en_years,
    ko_years,
    zh_years,
)

EN_NUMBER = rf"(?:\d{{1,2}}(?![\d.,]*\d)|{EN_YEARS})"
EN_PART = r"(?:very )?(?:early|mid|late)(?:[- ](?:to|or)[- ](?:mid|late))?[- ]"
EN_DECADE = rf"(?:{EN_PART})?(?:{'|'.join(EN_TENS)}|[1-9]0s)"
EN_HEDGE = rf"(?:(?:about|around|some|roughly|nearly|almost|approximately|over|under|only) |(?:between|from) {EN_NUMBER} (?:and|to) )?"
# What follows a number of years that stands without "years": "he was 45 when", but no "45 minutes late".
EN_ENDS = r"(?=[.,;:)!?”\"]|$| (?:when|and|at|in|then|now|last|this|by|or|who|with|from|living|working|was|is|had|has)\b)"
# "He was one who knew", "a man of one or two words": alone a small number in words is mostly no age.
EN_PLAIN = rf"(?!(?:one|two|three)\b(?! when\b|[.,;]))(?!(?:one|two)[.,;]? (?:or|and)\b){EN_NUMBER}"
EN_SOMEBODY = (
    "man",
    "woman",
    "boy",
    "girl",
    "lady",
    "person",
    "widow",
    "child",
    "broker",
    "son",
    "daughter",
    "husband",
    "wife",
    "brother",
    "sister",
)
KO_PART = "초중반|중후반|초반|중반|후반|[초말](?=[의에인]|[^가-힣]|$)"
# What may follow 45살 and 45세: particles and words of an age, and no 세대, 세기, 살림.
KO_ENDS = (
    r"(?:(?=이[다라며었고상하던]|였|[이]?라[고는]|가량|정도|미만|초과|쯤|안팎|짜리|배기|부터|까지|에[는도서]|인데|로서|때|난|된)"
    r"|(?![대기]|[가-힣]{2}))"
)
# A number of years alone is an age only beside words that are said of nothing else.
KO_BARE_ENDS = (
    r"(?= ?(?:안팎|전후|즈음|무렵)(?!의? ?[가-힣]+들)|의 (?:[남여녀]|주부|가장|아낙|사내|어머니|아버지)(?![가-힣]+들)"
    r"|난 |[을를이]? ?(?:훨씬 |훌쩍 |갓 |막 )?(?:넘긴|넘은|바라보는|앞둔) (?!(?:의 )?[가-힣]+들))"
)
FEASTS = {
    "환갑": (60, 61),
    "회갑": (60, 61),
    "칠순": (70, 70),
    "고희": (70, 70),
    "팔순": (80, 80),
    "구순": (90, 90),
}
AGE = {
    "en": re.compile(
        rf"\b{EN_NUMBER}[- ]years?(?:[- ]olds?| of age)\b|\b(?:at (?:the )?age of|ages?|aged) {EN_HEDGE}{EN_NUMBER}\b"
        rf"|\bin (?:his|her|their) {EN_DECADE}\b|\b(?:{'|'.join(EN_TEN)}|[2-9]0)[- ]?somethings?\b"
        rf"|{'|'.join(f'(?<= {who} )of {EN_HEDGE}{EN_PLAIN}{EN_ENDS}' for who in EN_SOMEBODY)}"
        rf"|(?:(?<=\bhe )|(?<=\bshe ))(?:is|was) {EN_HEDGE}{EN_PLAIN}{EN_ENDS}|\bturn(?:s|ed|ing) {EN_NUMBER}{EN_ENDS}",
        re.IGNORECASE,
    ),
    "ko": re.compile(
        rf"(?:(?<![가-힣\d])만 ?|(?<!\d))\d{{1,2}}(?: ?여 ?)?(?:살|세){KO_ENDS}"
        rf"|(?<!\d)[1-9]0대(?: ?(?:{KO_PART}))?(?=[의에인로이 가-힣,.)·/”]|$)"
        rf"|(?<![가-힣\d])(?:{SINO_PAIRS}|[{SINO[1:]}])?십대(?: ?(?:{KO_PART}))?(?=[의에인로 ,.)·/”]|$)"
        rf"|(?<![가-힣\d])(?:(?:{SINO_PAIRS}|[{SINO[1:]}])?십|[1-9]0) 대(?: (?:{KO_PART})|(?=의? [남여녀]))"
        rf"|(?<![가-힣])(?:{KO_NATIVE} ?살|(?:{KO_SINO}|[{HAN}]?十[{HAN}]{{0,2}}) ?[세살岁歲]){KO_ENDS}"
        rf"|나이(?:[는가도] ?| )(?:{KO_NATIVE}|{KO_SINO}|\d{{1,2}})(?=인|의|이|에|로|[ ,.)]|$)"
        rf"|(?<![가-힣])(?:{'|'.join(KO_TENS)}) ?(?:줄(?=의|에|[ ,.)]|$)|{KO_PART})"
        rf"|(?<![가-힣])(?:{KO_NATIVE}|{'|'.join(FEASTS)}){KO_BARE_ENDS}|(?<![가-힣])(?:{'|'.join(FEASTS)})(?=의? 노인|의 [남여녀])"
    ),
    "zh": re.compile(
        rf"(?:(?<!\d)\d{{1,3}}|{ZH_YEARS})[多来几余]?[周]?[岁歲]|(?<![上中下])[四五六七八九]旬(?!后)|(?:花甲|古稀)(?=老|之年|的[男女老])"
        rf"|(?:(?<=年近)|(?<=年过)|(?<=年逾)|(?<=年约)|(?<=年届))(?:\d\d|{ZH_YEARS})"
        rf"|(?:(?<!\d)\d\d|(?<![百千]){ZH_YEARS})(?=(?:出头|冒头|挂零|开外|(?:上下|左右)的[男女妇青老中])(?![个名元块]))"
    ),
}  # fmt: skip


def said_age(words: str, lang: str) -> Ages | None:
    """The years that words found by AGE leave open; None when no table has them."""
    return {"en": english, "ko": korean, "zh": chinese}[lang](words.lower())


def english(words: str) -> Ages | None:
    """45-year-old, aged forty-five, of 45, in her late forties, in her 40s, forty-something."""
    tens = re.search(rf"({'|'.join(EN_TENS)})$|([1-9]0)s$|(\w+?)[- ]?somethings?$", words)
    if tens and tens.group(1):
        return decade((EN_TENS.index(tens.group(1)) + 1) * 10, words)
    if tens:
        return decade(en_years(tens.group(2) or tens.group(3)) or 0, words)
    numbers = re.findall(EN_NUMBER, words)
    years = en_years(numbers[-1]) if numbers else None
    return one(years) if years is not None else None


def korean(words: str) -> Ages | None:
    """45세, 40대 후반, 사십대, 이삼십대, 마흔다섯 살, 서른두세 살, 마흔 줄, 환갑."""
    if words in FEASTS:
        return Ages(*FEASTS[words])
    if set(words) & {*HAN, "十"}:
        return chinese(words)
    number, rest = of_number(re.sub(r"^(?:만|나이[는가도]?) ?", "", words))
    found = ko_years(number)
    if found is None:
        return None
    low, high = found
    if re.match(r" ?(?:대|여|줄|초|중|후|말)", rest):
        around = decade(low, words)
        return Ages(around.low, max(around.high, high)) if high > low else around
    return Ages(low, high)


def of_number(words: str) -> tuple[str, str]:
    """The number that Korean words begin with, and the rest."""
    found = re.match(rf"\d+|{KO_SINO}|{KO_NATIVE}", words)
    return (found.group(), words[found.end() :]) if found else ("", words)


def chinese(words: str) -> Ages | None:
    """45岁, 四十五岁, 四十五六岁, 四十多岁, 六旬."""
    if words in ("花甲", "古稀"):
        return one(60 if words == "花甲" else 70)
    number = re.match(rf"\d+|{ZH_YEARS}", words)
    found = zh_years(number.group()) if number else None
    if found is None:
        return None
    if words.endswith("旬"):
        return decade(found[0] * 10, "")
    return decade(found[0], "") if re.search("[多来几余]", words) else Ages(*found)
