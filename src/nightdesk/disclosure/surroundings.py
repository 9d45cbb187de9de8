"""What stands around a sum and must go or stay with it: 'a fine of', 'more than', 이상, 씩."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Swallowed by a band, which says no more: about RMB 20,000 -> tens of thousands of yuan.
ABOUT = {
    "en": re.compile(
        r"(?:about|around|roughly|approximately|some|more than|(?<!hand )(?<!hands )(?<!handed )(?<!turn )(?<!turned )over|at least|as much as|exactly)\s+$",
        re.IGNORECASE,
    ),
    "ko": re.compile(
        r"(?:약|대략|무려|최소|적어도|자그마치|(?<![가-힣])모두|(?<![가-힣])총|도합|합쳐서?|통틀어)\s*$"
    ),
}
ABOUT_AFTER = {
    "ko": re.compile(r"\s?(?:이상|가량|정도|안팎|남짓|쯤|넘게)"),
    "en": re.compile(r"\s+or (?:more|so)\b"),
}
# Below the sum: the band might not be true any more, so only 'money' is on offer.
BELOW = {
    "en": re.compile(r"(?:less than|under|below|up to|at most|nearly|almost|close to)\s+$", re.IGNORECASE),
    "ko": re.compile(r"(?:최대|거의)\s*$"),
}
BELOW_AFTER = {"ko": re.compile(r"\s?(?:미만|이하|가까이)"), "en": re.compile(r"\s+or less\b")}
NOUN = {
    "en": re.compile(
        r"\b(?:fine|bribe|fee|payment|debt|ransom|sum|total|deposit|loan|price|salary|wages?|pension|rent|tax|compensation|reward|allowance|savings|bail) of $"
    ),
    "ko": re.compile(
        r"(?:벌금|뇌물|몸값|수수료|빚|보증금|현금|돈|값|월급|봉급|임금|노임|연금|월세|집세|세금|보상금|포상금|치료비|학비)(?:으로)?\s+$"
    ),
}
BARE = {"en": re.compile(r"\b(?:a|an|the|this|that|another)\s+$", re.IGNORECASE), "ko": re.compile(r"(?!)")}
# a RMB 500 bribe, but not: the RMB 500 that an aunt had sent.
ADJECTIVE = re.compile(
    r"\s+(?!(?:that|which|who|whom|he|she|they|it|we|his|her|their|a|an|the|in|on|at|to|from|for|by|with|and|or|but|was|were|is|are|had|has|sent|paid|taken)\b)[a-z]"
)
EACH = re.compile(r"\s?씩|\s?(?:짜리|어치)")
NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an offer on a sum replaces, and which offers make a sentence."""

    start: int
    end: int
    noun: str = ""  # '벌금 ', 'fine of ' before the sum: it can stand alone
    bare: bool = False  # 'a RMB 500 bribe': the sum goes without a word in its place
    each: bool = False  # '2천 위안씩': 'money' would make no sense
    band: bool = True


def surroundings(lang: str, text: str, start: int, end: int) -> Surroundings:
    """The sum at start to end with what belongs to it."""
    below = BELOW.get(lang, NEVER).search(text[:start]) or BELOW_AFTER.get(lang, NEVER).match(text[end:])
    before = ABOUT.get(lang, NEVER).search(text[:start]) or BELOW.get(lang, NEVER).search(text[:start])
    after = ABOUT_AFTER.get(lang, NEVER).match(text[end:]) or BELOW_AFTER.get(lang, NEVER).match(text[end:])
    start = before.start() if before else start
    end += after.end() if after else 0
    noun = NOUN.get(lang, NEVER).search(text[:start])
    bare = bool(BARE.get(lang, NEVER).search(text[:start])) and bool(ADJECTIVE.match(text, end))
    each = lang == "ko" and bool(EACH.match(text[end:]))
    return Surroundings(start, end, noun.group() if noun else "", bare, each, not below and not bare)
