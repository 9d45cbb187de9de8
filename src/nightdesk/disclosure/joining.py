"""Findings in English text that are parts of one: "eight to ten weeks", "the District Court in Luleå".

Belongs here: what stands between two findings, and the small words beside one that belong to it. Does not belong here:
finding anything by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from nightdesk.disclosure.capitals import words_of
from nightdesk.disclosure.figures import any_of
from nightdesk.disclosure.heads import Found, leftwards, together
from nightdesk.disclosure.model import FindingClass
from nightdesk.disclosure.words import table

NAMES = frozenset[FindingClass](["small group", "unit or rank", "place too fine"])
MEASURED = frozenset[FindingClass](["exact date", "exact sum", "age"])
RANGE = re.compile(r"(?: ?[-–—/] ?| (?:to|and|or|until|by|per|of) | ?\(|, )")
SEATED = re.compile(r",? (?:in|at|of|for|on|against|and)(?: the)? ")
BRACKETED = re.compile(r" \([A-ZÀ-Þ][\w .-]{1,30}\)")
NUMBER = re.compile(r"\b[Nn]os?\.? ?$")
SHORT = 9  # characters of a number that is no case's: a house's, a bed's, "nos. 2 and 4"
OPENS = re.compile(r"(?<![\w’'-])([A-ZÀ-Þ][\w’'-]+) $")
# What stands before a name and belongs to it: a spouse, a small title, what a case is called by.
LEADS = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr)\.? (?:and|&) |(?:\b(?:[Uu]niv\.-)?(?:[Pp]rof|[Dd]{1,2}r|[Mm]ag|[Ii]ng|[Dd]ipl|[Dd]ott|sc|med|iur|univ|arch|habil|rer|nat|h\.c)\.(?:a|ssa)? )+"
    r"|\b(?:In [Rr]e|Ex [Pp]arte|[Bb]aby|imam|sheikh|shaykh|ustadh|ustaz|haji|hajji|mullah|maulana|pandit|tante|tía|tío|don|doña|pan|pani|mjr|kpt|daw|mgr|barba|nonna|nonno|babu) )$"
)
# Somebody's other name: Predrag a.k.a. "Peđa"; a rank that is over: Major (Rtd.) Page.
ALSO = re.compile(r",? \(?(?:aka|a\.k\.a\.|alias|dite?|viuda de|@) [\"“‘(]?| \((?:retd|rtd|retired)\.?\) ")
COMPANY = re.compile(
    r"r\.l\.|p\.A\.|(?: \([A-Z]\w*\))? (?:(?:Pvt|Pte|Pty|Sdn|Co)\.?,? )?(?:(?:Ltd|Limited|Inc|Bhd|Plc|PLC|LLP|LLC|NV|BV)\b\.?|et al\b\.?)"
    r"| \([Aa] (?:[Cc]hild|[Mm]inor)\)"
)
DATED = re.compile(r",? dtd?\. ")
NEARBY = re.compile(r",? near (?:the )?")
# 5 Lenin Street in the village of Kish: what an address goes on with.
WITHIN = re.compile(
    r",? (?:in|of|at|on|off)(?: the)?(?: (?:village|town|city|settlement|hamlet|district|municipality) of)? "
)
LONGEST = 24  # characters of the words for "about" that may stand before a number


@cache
def before() -> re.Pattern[str]:
    """Words for how exactly a number is meant, at the end of a text."""
    words = sorted(table("heads")["about"], key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?i:{'|'.join(map(re.escape, words))}) $")


@cache
def institution() -> re.Pattern[str]:
    """Small words that make a name one of a place to work: "district police department"."""
    nouns = "|".join(sorted(words_of("institutions", "heads"), key=lambda word: (-len(word), word)))
    return re.compile(rf"((?: [a-z-]+){{0,2}}?)((?: (?:{nouns})\b)+)")


@cache
def rooms() -> re.Pattern[str]:
    """A room, a bed or a vehicle before its number: "cell no. ", "Flat "."""
    return re.compile(rf"\b(?:{any_of('rooms', file='heads', either_case=True)}) (?:[Nn]os?\.? ?)?$")


@cache
def particles() -> re.Pattern[str]:
    """A small word before a surname."""
    return re.compile(rf"(?<![\w'’-])(?:{any_of('particles', file='heads')}) $")


@cache
def parts_of_address() -> re.Pattern[str]:
    """What parts the number of a flat from its house."""
    return re.compile(rf",? (?:at )?(?:(?:{any_of('address_parts', file='heads', either_case=True)})\.? ?)?")


def widened(text: str, found: Iterable[Found]) -> Iterator[Found]:
    """Findings in order, with what belongs to them, those that are one put together."""
    whole = (with_more(text, one) for one in found)
    return together(whole, lambda last, one: one[0] < last[1] or are_one(text, last, one))


def with_more(text: str, one: Found) -> Found:
    """A number with its "about", a name with the institution it names."""
    start, end, class_ = one
    if end - start < SHORT and (room := rooms().search(text, max(0, start - LONGEST), start)):
        return leftwards(text, room.start()), end, "place too fine"
    if (
        text[start].isdigit()
        and end - start < SHORT
        and (number := NUMBER.search(text, max(0, start - 6), start))
    ):
        return leftwards(text, number.start()), end, class_
    if class_ in MEASURED:
        about = before().search(text[max(0, start - LONGEST) : start])
        return (start - len(about[0]) if about else start), end, class_
    if class_ in ("unit or rank", "small group", "place too fine") and text[start].isupper():
        more = institution().match(text, end)
        if more and not any(word in words_of("stops", "heads") for word in more[1].split()):
            end, class_ = more.end(), "unit or rank"
        if class_ == "unit or rank" and (more := BRACKETED.match(text, end)):
            end = more.end()
    if class_ in NAMES and (more := COMPANY.match(text, end)):
        end = more.end()
    if class_ in ("small group", "unit or rank") and (
        first := OPENS.search(text, max(0, start - LONGEST), start)
    ):
        start -= len(first[0]) if first[1].lower() not in words_of("stops", "heads") else 0
    if one[2] == "small group" and (more := LEADS.search(text, max(0, start - LONGEST), start)):
        start = more.start()
    while class_ == "small group" and (particle := particles().search(text, max(0, start - LONGEST), start)):
        start = particle.start()
    return start, end, class_


def are_one(text: str, last: Found, one: Found) -> bool:
    """Whether nothing parts two findings but a word that joins them."""
    if last[2] in MEASURED and one[2] in MEASURED:
        return bool(RANGE.fullmatch(text, last[1], one[0]))
    if one[2] == "exact date" and DATED.fullmatch(text, last[1], one[0]):
        return True  # no. 744, dt. 2.5.2017
    if (
        last[2] == "small group"
        and one[2] in ("small group", "verbatim words")
        and ALSO.fullmatch(text, last[1], one[0])
    ):
        return True
    short = last[2] == "place too fine" and one[1] - one[0] < SHORT
    if short and parts_of_address().fullmatch(text, last[1], one[0]):
        return True
    if last[2] == one[2] == "place too fine":
        within = any(map(str.isdigit, text[slice(*last[:2])])) and WITHIN.fullmatch(text, last[1], one[0])
        return bool(within or NEARBY.fullmatch(text, last[1], one[0]))
    if last[2] == "unit or rank" and one[2] == "place too fine" and NEARBY.fullmatch(text, last[1], one[0]):
        return True
    if last[2] in ("unit or rank", "occupation") and one[2] in (
        "unit or rank",
        "small group",
        "place too fine",
    ):
        return (
            text[last[0]].isupper()
            and text[one[0]].isupper()
            and bool(SEATED.fullmatch(text, last[1], one[0]))
        )
    return False
