"""Who a person is without the name, as the text itself says it: the role beside the name, the ten years of an age.

Belongs here: the words that stand for a name, and what goes with it (Kim Chol Su, 42, a broker,). Does not belong
here: whether the name is a danger (rules.names), whether it is public (publicly).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from nightdesk.disclosure.apposition import NEGATED, apposed, of_several, said_before
from nightdesk.disclosure.describing import described
from nightdesk.disclosure.facts import Fact
from nightdesk.disclosure.grammar import sentence_at
from nightdesk.disclosure.model import Offer, ParagraphText
from nightdesk.disclosure.offers import named, offer
from nightdesk.disclosure.whereabouts import key_of
from nightdesk.disclosure.words import table
from nightdesk.values.places import gazetteer

ARTICLE = re.compile(r"(?:an?|the|one|another) ", re.IGNORECASE)
# What belongs to a name behind it, with the age in it.
BEHIND = {
    "en": re.compile(
        r"(?:,? \((?:aged )?(?P<in>\d{1,3})\)|, (?:aged )?(?P<age>\d{1,3})(?=[,.;]|$)|,? aged (?P<aged>\d{1,3})\b)?"
    ),
    "ko": re.compile(
        r"모?(?: ?\((?:(?P<first>[여녀남]) ?[·,/] ?)?(?P<in>\d{1,3})(?:살|세)?(?: ?[·,/] ?(?P<last>[여녀남]))?\))?"
        r"(?P<rank> (?:소위|중위|상위|대위|소좌|중좌|상좌|대좌|상사|중사|하사|상등병)(?![가-힣]{2}))?"
        r"(?:(?: ?씨| (?:동무|동지|선생|여사|군|양|옹|님))(?=[은는이가을를의도과와 .,]|에게|$))?"
    ),
    "zh": re.compile(r"(?:（(?P<in>\d{1,3})岁?）|，(?P<age>\d{1,3})岁(?=，))?"),
}
BEFORE = {
    "en": re.compile(
        r"\b(?:Mr|Mrs|Ms|Miss|Comrade|Madam|Madame|Auntie|Aunt|Uncle)\.? $"
        r"|\b(?:(?:First |Second |Senior |Junior |Staff )?(?:(?P<officer>Captain|Major|Colonel|Lieutenant|General|(?:Capt|Col|Lt|Gen|Maj)\.)|(?P<ranks>Private|Corporal|Sergeant|Sgt\.))) $"
    ),
    "ko": re.compile(r"(?!)"),
    "zh": re.compile(r"(?P<age>\d{1,3})岁的$"),
}
# Between a role and the name behind it. A comma there is closed by another mark behind the name.
GAP = {
    "en": re.compile(r"(?P<comma>,)? (?:(?P<verb>named|called|surnamed) )?"),
    "ko": re.compile(r"(?:인)? "),
    "zh": re.compile(""),
}
ENDS = (",", ".", ";", ")")
# a broker in his 40s surnamed Kim -> a broker in his 40s. Not in "he was named Kim", where the verb needs a word.
SURNAMED = re.compile(r"(?<!\bis)(?<!\bare)(?<!\bwas)(?<!\bwere)(?<!\bbeen)(?P<comma>,)? (?P<verb>named|called|surnamed) $")  # fmt: skip
# Somebody who is not said before: behind him "named" is no verb, as it is in "police named Kim as a suspect".
SOMEBODY = re.compile(r"\b(?:an?|another|one)\s[^.,;:]{1,40}$", re.IGNORECASE)
# What goes on behind such a name; "called Kim on Friday" and "called Kim a spy" tell of a call.
GOES_ON = {
    "named": re.compile(r"$|[.,;)]| (?:who|was|were|is|are|has|had|will|did|and|from|in|near|told|said|came|went|[a-z]{2,}ed)\b"),
    "called": re.compile(r"$|[.,;)]| (?:who|was|were|is|are|has|had|will|did|told|said|came|went)\b"),
}  # fmt: skip
PLACED = re.compile(
    r"(?:\b(?P<prep>in|at|from|of|near|to|around) )?(?P<place>[A-Z][\w'’-]+) $", re.IGNORECASE
)
# An article, or whose it is, further in front: a young farmer, the minister's driver.
DETERMINED = re.compile(
    r"(?:['’]s |s['’] |\b(?:an?|the|one|another|his|her|their|my|our) )(?:[\w-]+ ){0,3}$", re.IGNORECASE
)
# A rank beside a name goes with it: Captain O Se-jin, 오세진 대위.
RANKED = {"en": {"officer": "an officer", "ranks": "somebody in uniform"}, "ko": {"rank": "군인 한 명"}}
COUNTED = {"ko": "{} 한 명", "zh": "一名{}"}
# 一名叫王建国的商人 -> 一名商人
CALLED = re.compile(r"(?<!一)名叫$|叫做?$")
# Said of one already: 一名商人, 한 브로커.
BARE = {"zh": re.compile(r"一[名位个]$"), "ko": re.compile(r"(?<![가-힣])(?:한|어느|어떤) $")}


class Person(NamedTuple):
    """A name with all that belongs to it: where it stands, what the text says of who it is."""

    start: int
    end: int
    role: str = ""
    age: int | None = None
    sex: str = ""


def without_name(lang: str, paragraph: ParagraphText, fact: Fact) -> Iterator[Offer]:
    """The role that the text gives, the ten years of an age, or somebody."""
    text, name = paragraph.text, (fact.span.start, fact.span.end)
    if lang == "zh" and (called := CALLED.search(text[: name[0]])) and text.startswith("的", name[1]):
        yield offer(lang, paragraph, called.start(), name[1] + 1, "", "say_unnamed")
        return
    who = person(text, lang, *name)
    if lang == "en" and not who.role and (called := surnamed(text, who)):
        closing = called["comma"] and text.startswith(",", who.end)
        end = who.end + (1 if closing else 0)
        yield Offer(lang, paragraph.id, called.start(), end, "", *named("say_unnamed"))
        return
    if lang == "en" and not who.role and (named_so := apposed(text, who.start, who.end)):
        yield offer(lang, paragraph, who.start, *named_so, "say_unnamed")
        return
    if lang == "en" and not who.role and (spare := said_before(text, who.start, who.end)):
        yield Offer(lang, paragraph.id, spare[0], spare[1], "", *named("say_unnamed"))
        return
    if lang == "en" and not who.role and of_several(text, who.start):
        return
    # Behind "her" the role has no article, and "a resident in their sixties" no place.
    placed = lang != "en" or not who.role or ARTICLE.match(who.role)
    forms = [who.role, in_tens(lang, who) if who.age is not None and placed else ""]
    again = text.find(fact.span.words) < name[0]
    if not any(forms):
        # Nobody has seen a resident would be another thing to say.
        known = again or (lang == "en" and NEGATED.search(text, sentence_at(text, name[0])[0], name[0]))
        forms = [str(table("people")["somebody"][lang]["same" if known else "one"])]
    for form in filter(None, forms):
        yield offer(lang, paragraph, who.start, who.end, form, "say_unnamed")


def surnamed(text: str, name: Person) -> re.Match[str] | None:
    """The word that joins a name to whom the text describes in front; None where that word is the sentence's verb."""
    found = SURNAMED.search(text[: name.start])
    if found is None or found["verb"] == "surnamed":
        return found
    if found["comma"]:
        return found if text.startswith(ENDS, name.end) else None
    described = SOMEBODY.search(text[: found.start()])
    return found if described and GOES_ON[found["verb"]].match(text, name.end) else None


def person(text: str, lang: str, start: int, end: int) -> Person:
    """The name at [start, end) with its age, its courtesy and the role beside it."""
    title, tail = BEFORE[lang].search(text[:start]), BEHIND[lang].match(text, end)
    said = (
        {**(title.groupdict() if title else {}), **{k: v for k, v in tail.groupdict().items() if v}}
        if tail
        else {}
    )
    years = next((int(said[key]) for key in ("in", "age", "aged") if said.get(key)), None)
    bracket = said.get("first") or said.get("last") or ""
    sex = ("male" if bracket == "남" else "female") if bracket else ""
    of_rank = next((RANKED[lang][key] for key in ("officer", "ranks", "rank") if said.get(key)), "")
    whole = Person(title.start() if title else start, tail.end() if tail else end, of_rank, years, sex)
    found = before(text, lang, whole) or after(text, lang, whole) or whole
    return closed(text, lang, found, bool(said.get("age") or said.get("aged")))


def before(text: str, lang: str, name: Person) -> Person | None:
    """The role in front: a broker, Kim Chol Su, / Farmer Ri / 송금 브로커 김철수 / 商人王建国."""
    for start, end in roles(text, lang):
        gap = GAP[lang].fullmatch(text, end, name.start) if end <= name.start else None
        if gap is None or (lang == "en" and not joins(gap, text, name.end)):
            continue
        if lang == "en":
            end_of = name.end + (1 if gap["comma"] and text.startswith(", ", name.end) else 0)
            return english(text, start, end, name._replace(end=end_of))
        bare = BARE[lang].search(text[:start])
        role = COUNTED[lang].format(text[start:end])
        return name._replace(start=bare.start() if bare else start, role=role)
    return None


def joins(gap: re.Match[str], text: str, end: int) -> bool:
    """Whether what stands between a role and the name behind it makes them one: the broker called Kim on Friday is two."""
    if gap["comma"] and not text.startswith(ENDS, end):
        return False
    return gap["verb"] not in GOES_ON or GOES_ON[gap["verb"]].match(text, end) is not None


def english(text: str, start: int, end: int, name: Person) -> Person:
    """The role with its article: where it has one further in front, what stands there stays."""
    words = text[start:end]
    if ARTICLE.match(words) or DETERMINED.search(text[:start]):
        return name._replace(start=start, role=words[0].lower() + words[1:])
    place = PLACED.search(text[:start])
    if place and not place["prep"] and key_of(place["place"]) in gazetteer():
        start = place.start("place")
        words = f"{place['place']} {words[0].lower()}{words[1:]}"
    else:
        words = words[0].lower() + words[1:]
    return name._replace(start=start, role=f"{'an' if words[0] in 'aeiouAEIO' else 'a'} {words}")


def after(text: str, lang: str, name: Person) -> Person | None:
    """The role behind: Kim Chol Su, a broker, / 김철수 지배인."""
    gap = {"en": ", ", "ko": " ", "zh": ""}[lang]
    for start, end in roles(text, lang):
        if text[name.end : start] != gap or start < name.end:
            continue
        words = text[start:end]
        if lang != "en":
            return name._replace(end=end, role=COUNTED[lang].format(words))
        if ARTICLE.match(words) and text.startswith(ENDS, end):
            return name._replace(end=end + (1 if text.startswith(", ", end) else 0), role=words)
    return None


def closed(text: str, lang: str, who: Person, comma: bool) -> Person:
    """With the comma that closed an age or a role: Kim Chol Su, 42, was."""
    mark = {"en": ", ", "zh": "，"}.get(lang)
    return who._replace(end=who.end + 1) if mark and comma and text.startswith(mark, who.end) else who


@lru_cache(maxsize=64)
def roles(text: str, lang: str) -> tuple[tuple[int, int], ...]:
    """Where one person is called what he is, the longest first. Kept: every name of a paragraph asks."""
    found = [(one.start, one.end) for one in described(text, lang) if not one.plural]
    found += [match.span() for match in nouns(lang).finditer(text)]
    return tuple(sorted(found, key=lambda at: at[0] - at[1]))


@cache
def nouns(lang: str) -> re.Pattern[str]:
    """The words of data/people.toml [roles]."""
    words = "|".join(sorted(map(re.escape, table("people")["roles"][lang]), key=len, reverse=True))
    if lang == "en":
        return re.compile(rf"\b(?:(?:an?|the|one|another) )?(?:{words})\b", re.IGNORECASE)
    return re.compile(rf"(?<![가-힣])(?:{words})" if lang == "ko" else words)


def in_tens(lang: str, who: Person) -> str:
    """Of an age the ten years alone, with the sex where the text gives it."""
    tens, somebody = (who.age or 0) // 10, table("people")["somebody"][lang]
    if not 1 <= tens <= 9:
        return str(somebody["child" if tens == 0 else "one"])
    if lang == "zh":
        return f"一名{tens}0至{tens}9岁的居民"
    if lang == "ko":
        sex = {"male": "남성", "female": "여성"}.get(who.sex, "주민")
        return f"{tens}0대 {sex} 한 명"
    noun = next((one for one in ("woman", "man") if re.search(rf"\b{one}\b", who.role)), "resident")
    whose = {"woman": "her", "man": "his"}.get(noun, "their")
    return f"a {noun} in {whose} {table('people')['tens']['en'][str(tens)]}"
