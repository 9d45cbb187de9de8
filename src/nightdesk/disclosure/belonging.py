"""Which words of sex and age in a paragraph belong to which description.

Words beside a description, with nothing but linking words between, are its own. What is left belongs to it where it
is the only person described and the words agree: a pronoun, a sentence about the same person. A relative's sex is
the described person's only in apposition. Belongs here: which description has which words. Does not belong
here: what makes a word somebody else's (others), how many that leaves (cells), what follows (rules).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from nightdesk.disclosure.describing import described, groups
from nightdesk.disclosure.facts import Fact, Said
from nightdesk.disclosure.others import another_s, claimed, comes_in, of_kin, of_theirs, points_back, several
from nightdesk.disclosure.traits import Traits, gathered
from nightdesk.disclosure.words import KEPT, table

KINDS = ("sex", "age", "kin")
TOKEN = re.compile(r"[A-Za-z'’-]+|[가-힣]+|[^\s\w]|\S+")
APART = 60  # characters between a description and its words at most, places and days aside
# Characters, places and days with them, that its words stand from a description at most. A long paragraph of people
# was gone through from each of them to every age in it.
REACH = 400
# Between a description and a relative's word that names the same person: "a broker, the wife of a miner".
APPOSED = re.compile(r"\s*,\s*(?:(?:a|an|the)\s+)?|인\s+|\s*[（(，]\s*")
# "At the mill" between somebody and an age does not make it the mill's.
WHERE = re.compile(r"\b(?:at|in) the (?:[\w.'’]+ ){1,3}(?=$|\W)")
BEFORE, AFTER = re.compile(r"\b(?:in|at|from|of|near|on) $"), re.compile(r"에서|에|의")  # a place's own words


@lru_cache(maxsize=KEPT)
def traits_of(one: Said, start: int, end: int) -> Traits:
    """What one edition's paragraph says of the person described from start to end."""
    facts = free(one)
    if not any(fact.data["sex"] if fact.kind != "age" else fact.data["ages"] for fact in facts):
        return Traits()
    clusters = people(one)
    start, end = next(((a, b) for a, b in clusters if a <= start and end <= b), (start, end))
    facts = tuple(fact for fact in facts if not of_theirs(one, fact, end))
    own = beside(one, facts, start, end)
    if len(clusters) <= 1:
        own += left_over(one, [fact for fact in facts if fact not in own], own)
    return gathered(own)


@lru_cache(maxsize=KEPT)
def free(one: Said) -> tuple[Fact, ...]:
    """The words of sex, age and kinship that no noun beside them has for somebody else."""
    return tuple(fact for fact in one.of(*KINDS) if not claimed(one, fact))


@lru_cache(maxsize=KEPT)
def people(one: Said) -> tuple[tuple[int, int], ...]:
    """Where somebody is described who does not act against others; descriptions that touch are of one person."""
    text, lang = one.paragraph.text, one.edition
    found: list[tuple[int, int]] = []
    for each in described(text, lang):
        if groups()[each.group].get("actor"):
            continue
        last = found[-1][1] if found else 0
        if found and (each.start < last or not text[last : each.start].strip()):
            found[-1] = found[-1][0], max(found[-1][1], each.end)
        else:
            found.append((each.start, each.end))
    return tuple(found)


def beside(one: Said, facts: Sequence[Fact], start: int, end: int) -> list[Fact]:
    """Facts in the description, and those next to it on either side, one after the other."""
    own = [fact for fact in facts if fact.kind != "kin" and within(fact, start, end)]
    reached = start - REACH, end + REACH
    nouns = [fact for fact in facts if within(fact, *reached) and not points_back(fact)]
    for fact in sorted(nouns, key=lambda fact: (-fact.span.end, fact.span.start)):
        if fact.span.end <= start and joined(one, fact, fact.span.end, start, own):
            own.append(fact)
            start = fact.span.start
    for fact in sorted(nouns, key=lambda fact: (fact.span.start, -fact.span.end)):
        if end <= fact.span.start and joined(one, fact, end, fact.span.start, own):
            own.append(fact)
            end = fact.span.end
    return own + [fact for fact in facts if fact not in own and any(
        each.kind == "age" and within(fact, each.span.start, each.span.end) for each in own)]  # fmt: skip


def joined(one: Said, fact: Fact, start: int, end: int, own: Sequence[Fact]) -> bool:
    """Whether nothing stands between that would make the fact somebody else's, and it says nothing else."""
    if any(fact.data.get("sex") and each.data.get("sex") not in (None, "", fact.data["sex"]) for each in own):
        return False
    text = one.paragraph.text
    if fact.kind == "kin":  # 其子 is always another's
        return not fact.span.words.startswith("其") and APPOSED.fullmatch(text, start, end) is not None
    if (
        fact.kind == "age" and start == fact.span.end
    ):  # 40대의, 四十多岁的: after anything else it is "somebody's"
        start += text.startswith(("의", "的"), start)
    return linked(one, start, end, fact.kind == "age" and one.edition == "en")


@lru_cache(maxsize=KEPT)
def linked(one: Said, start: int, end: int, elsewhere: bool = False) -> bool:
    """Whether only linking words, places and days stand between; with `elsewhere` a place in other words too."""
    text, between, at = one.paragraph.text, "", start
    for fact in one.of("place", "date"):
        if at <= fact.span.start and fact.span.end <= end:
            between += BEFORE.sub("", text[at : fact.span.start]) + " "
            after = AFTER.match(text, fact.span.end, end)
            at = after.end() if after else fact.span.end
    between += text[at:end]
    between = WHERE.sub("", between, count=1) if elsewhere else between
    return len(between) <= APART and all(
        word.lower() in links(one.edition) for word in TOKEN.findall(between)
    )


@cache
def links(lang: str) -> frozenset[str]:
    """data/phrases.toml [traits]."""
    return frozenset(table("phrases")["traits"][lang])


def left_over(one: Said, facts: Sequence[Fact], own: Sequence[Fact]) -> list[Fact]:
    """Sex and age said elsewhere in a paragraph about one person: where all of it agrees and nobody else comes in."""
    sex = [fact for fact in facts if fact.kind == "sex" and not several(one, fact)]
    agreed = {fact.data["sex"] for fact in (*sex, *own) if fact.data.get("sex")}
    found = sex if len(agreed) == 1 and not any(comes_in(one, fact) for fact in sex) else []
    kin = [fact for fact in facts if fact.kind == "kin"]
    ages = [fact for fact in facts
            if fact.kind == "age" and not another_s(one, fact, found) and not of_kin(one, fact, kin)]  # fmt: skip
    if not any(fact.kind == "age" for fact in own) and len({fact.value for fact in ages}) == 1:
        found = [*found, *ages]
    return found


def within(fact: Fact, start: int, end: int) -> bool:
    """Whether the fact stands from start to end."""
    return start <= fact.span.start and fact.span.end <= end
