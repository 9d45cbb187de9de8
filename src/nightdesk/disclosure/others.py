"""When a word of sex or age in a paragraph is another noun's, and not that of whom a description means.

Belongs here: the nouns and signs beside such a word that claim it for somebody else. Does not belong here: which
description has it (belonging).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from nightdesk.disclosure.facts import Fact, Said
from nightdesk.disclosure.grammar import sentence_at
from nightdesk.disclosure.words import table

# An age beside a noun of its own ("a 60-year-old neighbour", "a neighbour aged 60") is that noun's.
OTHERS = {
    "en": re.compile(r" +(?=[a-z])"),
    "ko": re.compile(r"(?:짜리|배기)?(?:의|인)? +(?=[가-힣])"),
    "zh": re.compile(r"的?(?=[一-鿿])"),
}
# Between a relative's word and an age of the relative: "his wife, aged 45", 딸(14세), 妻子四十五岁.
OF_KIN = re.compile(
    r"\s*(?:[,(（，]\s*|(?:은|는|이|가|도|인)\s+|,?\s(?:who\s)?(?:is|was)\s|今年|现年|当年|是)?\s*(?:now\s|만\s?)?"
)
SAID_OF = re.compile(
    r"(?:\b(?:is|was|are|were|be|who|he|she|they|now|still|only)|[,(.])\s*$|^\s*$", re.IGNORECASE
)
# A noun that brings in somebody who has not been told of; after "is" it says what the one told of is.
NEW = {"en": re.compile(r"(?<!\bis )(?<!\bwas )\b(?:a|an|another|one) (?:[\w-]+ ){0,2}$", re.IGNORECASE),
       "ko": re.compile(r"(?<![가-힣])(?:한|다른|어떤) (?:[가-힣\d]+ )?$"), "zh": re.compile(r"(?:一名|一位|一个|另一)[^，。]{0,6}$")}  # fmt: skip

# "The 45-year-old's", "a woman's": what follows is somebody beside them.
OWNER = {"en": re.compile(r"['’]s?\b"), "ko": re.compile(r"의 "), "zh": re.compile("的")}
# An age that is a noun itself ("a 9-year-old"): no noun of its own follows it.
ALONE = re.compile(r"(?! +(?!(?:who|was|were|is|has|had|and|or|in|at|from|by|with|on|to)\b)[a-z])")
POSSESSED = re.compile(r"\b(?:his|her|their|my|our|whose) $", re.IGNORECASE)
# 아이가 열두 살인 브로커: whoever the clause is about is not whom it stands before. An age itself is nobody.
SUBJECT = re.compile(r"(?<![가-힣])(?!나이|연령)[가-힣]+[이가은는] (?:올해 |이제 |겨우 |만 )?$")

# Characters before a word of sex or age in which a noun that claims it stands: a long paragraph was gone through for each.
AT_HAND = 80


def before(one: Said, fact: Fact) -> str:
    """What stands before the word, as far as it may belong to it."""
    start = fact.span.start
    return one.paragraph.text[max(0, start - AT_HAND) : start]


def points_back(fact: Fact) -> bool:
    """Whether the word is a pronoun: whom it means, the words beside it do not say."""
    return fact.kind == "sex" and fact.span.words.lower() in table("phrases")["traits"]["back_en"]


def several(one: Said, fact: Fact) -> bool:
    """Whether the word names several people, who are not the one described."""
    many = table("phrases")["traits"]["several_en"]
    return fact.span.words.lower() in many or one.paragraph.text.startswith("들", fact.span.end)


def comes_in(one: Said, fact: Fact) -> bool:
    """Whether the word brings in somebody else: "a woman", 한 여성, 여성 동료, "female colleague"."""
    text, words = one.paragraph.text, fact.span.words.lower()
    bare = one.edition == "ko" or words in ("male", "female")
    if bare and OTHERS[one.edition].match(text, fact.span.end):
        return True
    return not points_back(fact) and NEW[one.edition].search(before(one, fact)) is not None


def another_s(one: Said, fact: Fact, sex: Sequence[Fact]) -> bool:
    """Whether the age stands beside a noun that is nobody's known sex."""
    text, start, end = one.paragraph.text, fact.span.start, fact.span.end
    if one.edition == "en" and not fact.span.words.endswith("old"):
        return not SAID_OF.search(before(one, fact)) and all(text[each.span.end : start].strip() for each in sex
                                                        if each.span.end <= start)  # fmt: skip
    after = OTHERS[one.edition].match(text, end)
    return after is not None and all(each.span.start != after.end() for each in sex)


def of_kin(one: Said, fact: Fact, kin: Sequence[Fact]) -> bool:
    """Whether the age stands right behind a relative's word that does not name the one described."""
    text, start = one.paragraph.text, fact.span.start
    return any(each.span.end <= start and OF_KIN.fullmatch(text, each.span.end, start) for each in kin)


def claimed(one: Said, fact: Fact) -> bool:
    """Whether a noun beside the word has it for somebody else: "mother of a 9-year-old", 45세의 이웃, 아이가 열두 살인."""
    if fact.kind == "kin" or points_back(fact):
        return False
    text, end = one.paragraph.text, fact.span.end
    if one.edition == "en":
        return OWNER["en"].match(text, end) is not None or (
            a_noun(one, fact) and related_before(before(one, fact))
        )
    if (
        fact.kind == "age"
        and one.edition == "ko"
        and text.startswith("인 ", end)
        and SUBJECT.search(before(one, fact))
    ):
        return True
    return related_behind(one.edition).match(text, end) is not None


def a_noun(one: Said, fact: Fact) -> bool:
    """Whether an English age stands for somebody by itself: "a 9-year-old", and no "9-year-old girl"."""
    return (
        fact.kind == "age"
        and "year" in fact.span.words
        and ALONE.match(one.paragraph.text, fact.span.end) is not None
    )


def related_before(said: str) -> bool:
    """Whether words before an age say whose relative or neighbour somebody is: "mother of a", "married to a", "her"."""
    return POSSESSED.search(said) is not None or related_en().search(said) is not None


@cache
def related_en() -> re.Pattern[str]:
    """data/phrases.toml [traits] related_en, with of or to and an article behind."""
    words = "|".join(table("phrases")["traits"]["related_en"])
    return re.compile(rf"\b(?:{words}) (?:of|to|with) (?:an?|the|one|another|two|three) $", re.IGNORECASE)


@cache
def related_behind(lang: str) -> re.Pattern[str]:
    """Behind an age or a sex in Korean or Chinese: whoever is of that age, and a neighbour or relative of theirs."""
    words = "|".join(table("phrases")["traits"][f"related_{lang}"])
    somebody = r"(?:짜리|배기)?(?: ?[남여녀][성자])?의 " if lang == "ko" else r"(?:[男女][子性人])?的"
    return re.compile(rf"{somebody}(?:{words})")


def of_theirs(one: Said, fact: Fact, end: int) -> bool:
    """Whether a description that ends at `end` has somebody of its own, whom the word behind it tells of: "the broker's"."""
    text = one.paragraph.text
    return (
        fact.span.start >= end
        and OWNER[one.edition].match(text, end) is not None
        and fact.span.start < sentence_at(text, end)[1]
    )
