"""Ways to say a place less exactly, in sentences as people write them.

Belongs here: the wider name of a town, and how what is smaller than a town is left out with the words that lean
on it. Does not belong here: which places are too fine (rules.places), how fine one is (whereabouts).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nightdesk.disclosure.facts import Fact
from nightdesk.disclosure.grammar import sentence_at, swap
from nightdesk.disclosure.model import Interval, Offer, ParagraphText
from nightdesk.disclosure.offers import cut, drop_sentence, named, offer
from nightdesk.disclosure.whereabouts import key_of, name, wider
from nightdesk.values.places import gazetteer

# 혜산시 강안동에: the town in front of it keeps the particle. 단속조가 강안동에: it goes with the place.
KO_TOWN = re.compile(r"(?<![가-힣])(?P<town>[가-힣]{2,8}?)의? $")
# 혜산역 앞에서: what is in front of the place has nothing left to stand before.
_BESIDE = r"(?:\s?(?:쪽|앞|뒤|옆|근처|부근|인근|주변|건너편|맞은편))?"
# 강안동에 사는 주민이 -> 주민이: the verb that says no more than the place goes too.
KO_WHO = re.compile(
    _BESIDE
    + r"(?:에서?\s(?:사는|살던|살고 있(?:는|던)|거주하(?:는|던)|일하(?:는|던)|근무하(?:는|던)|있(?:는|던)|위치한|자리한|나온|온)|\s?출신(?:인|의)?)\s"
)
# 집은 강안동에 있다, 그는 강안동 출신이다: the sentence is about the place, and nothing is left without it.
KO_ABOUT = re.compile(
    _BESIDE + r"에(?:만|는|도)?\s(?:있|없|산다|살|거주|위치|자리)|\s?(?:출신|태생|거주자)(?:이|으로|도|만|$)"
)
KO_AWAY = re.compile(
    _BESIDE
    + r"(?:에서(?:부터|까지|만|는|도)?|에(?:까지|만|는|도)?|으?로(?:부터|까지|만|는|도)?|부터|까지|의)?(?![가-힣])\s*"
)
KO_HOUSE = re.compile(r"\s?\d{1,4}(?:호|반|번지)")  # 역전동 12호에서
KO_AND = re.compile(r"\s?(?:과|와|하고|이나|나),?\s+(?=[가-힣]+(?:동|리|구|시장|역)(?:에|의|\s))")
KO_AND_BEFORE = re.compile(r"[동리구장역](?P<joined>(?:과|와|하고|이나|나) |, ?)$")

PREPOSITION = re.compile(
    r"(?:,\s*)?\b(?:(?:next|close) )?(?P<how>in|into|at|on|from|of|near|to|towards?|through|across|around|outside|inside|throughout)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
# The comma behind a place of two names, before the verb whose subject stands before it.
CLOSED = re.compile(r",(?= (?:was|were|is|are|has|have|had|did|will)\b)")
# at the Hoeryong Grain Factory: without its own words the article and "at" have nothing to stand by.
TOWN_BEFORE = re.compile(
    r"\b(?P<how>in|at|on|from|of|near|to)\s+the\s+(?P<town>[A-Z][\w'’-]+)\s+$", re.IGNORECASE
)
TOWN_BEHIND = re.compile(r",\s+(?P<town>[A-Z][\w'’-]+(?: (?:City|County|Province|[A-Z][\w'’-]+ Province))?)")
# A broker living in Kangan-dong, who lives in Kangan-dong: these words go with the place.
EN_WHO = re.compile(
    r"(?:(?P<comma>,)?\s+who\s+(?:lives?|lived|resides?|resided|works?|worked|comes?|came|had come|is|was|are|were)|\s+(?:living|residing|based|located|working|employed|coming))\s+(?:in|at|on|near|from|for)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
# She lives in it, the house is in it: nothing is left of such a sentence.
EN_ABOUT = re.compile(
    r"\b(?:lives?|lived|living|resides?|resided|stays?|stayed|is|was|are|were|been|lies|lay|stands|stood)\s+(?:in|at|on|near|from|outside|inside|around)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
# sealed off Kangan-dong on Monday, Kangan-dong was quiet: the verb has nothing to act on, or nobody who acts.
EN_BEHIND = re.compile(
    r"\s*(?:$|[.,;:!?)”\"]|(?:and|or|but|on|in|at|for|to|with|from|by|after|before|during|when|while|as|since|until|that|which|where"
    r"|was|were|is|are|has|have|had|will|would|can|could|may|did|does)\b)"
)
# 회령시 보위부 is no 함경북도 보위부: an office of the town does not become one of the province.
KO_OFFICE = re.compile(
    r"\s?(?P<office>보위부|안전부|보안부|보안서|보안소|당위원회|인민위원회|검찰소|재판소|세관|병원|구류장|교화소|[가-힣]{0,6}(?:대학교?|학교|공장|기업소|농장|탄광|광산))"
)
EN_OFFICE = re.compile(
    r"\s+(?P<office>(?:(?:city|county|party|people['’]s|customs) )?(?:branch|department|office|bureau|police|customs|hospital|court|prosecutors?|committee|prison)\b|State Security(?: (?:department|branch|office|bureau))?)"
)
# seven were searched in Kangan-dong alone: of the place alone, not of the seven.
EN_ALONE = re.compile(r"\s+(?:alone|itself)\b")
# Hoeryong University of Education: one name.
EN_SCHOOL = re.compile(r"\b(?:University|College|Institute|Academy|School|Ministry|Department)$")
EN_OF = re.compile(r" of (?:[A-Z][\w'’-]+)(?: (?:and )?[A-Z][\w'’-]+)*")
# Hoeryong and Musan, both of one province: Residents of North Hamgyong Province.
TOWN_BESIDE = {
    "en": (re.compile(r"(?P<town>[A-Z][\w'’-]+) and $"), re.compile(r" and (?P<town>[A-Z][\w'’-]+)\b")),
    "ko": (re.compile(r"(?<![가-힣])(?P<town>[가-힣]{2,6}?)(?:과|와|·|, ?) ?$"), re.compile(r"(?:과|와|·|, ?) ?(?P<town>[가-힣]{2,6}?)(?=시|군|[에의을를은는이가] ?|에서| )")),
}  # fmt: skip
# Hyesan market: the market is the town's, and no Ryanggang Province market.
EN_ITS = re.compile(
    r"\s+(?P<kind>(?:market|bridge|square|dormitory|hotel|port|airport|border post|school|factory|clinic|street))(?=[.,;:!?)]|$| (?:in|on|at|was|were|is|are|has|had|and|or|but|for|to|by|from|since|that|where|when|after|before|until|yesterday|today|last|this)\b)"
)
EN_ARTICLE = re.compile(
    r"\b(?:the|an?|this|that|one|every|each|its|their|his|her|my|our|your|some|any|no) (?:[a-z]+ )?$",
    re.IGNORECASE,
)
BEGINS = re.compile(r"[.!?]\s+[\"“‘(]?$|[\"“]$")
EN_AT = re.compile(r"\b(?P<at>at) $")
# No. 12, Yokjon-dong: the house goes with the street.
EN_HOUSE = re.compile(r"(?<![\w.])(?:[Nn]o\.? ?)?\d{1,4}[A-Za-z]?,? $")
EN_AND = re.compile(r"\s+(?:and|or)\s+(?=[A-Z])")
# Between X and Y, both X and Y: one of the two cannot stay alone.
EN_PAIR = re.compile(r"\b(?:between|both(?: in)?|either(?: in)?)\s+(?:[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*\s+(?:and|or)\s+)?$", re.IGNORECASE)  # fmt: skip
EN_OWNS = re.compile(r"['’]s(?=\s)")  # Kangan-dong's market -> the market
EN_AND_BEFORE = re.compile(r"[A-Z][\w'’-]+(?P<joined>\s+(?:and|or)\s+)$")
# What joins a place to one before it, and to one behind.
JOINED = {"ko": (KO_AND_BEFORE, KO_AND), "en": (EN_AND_BEFORE, EN_AND)}
# near Kangan-dong station -> near the station.
EN_KIND = re.compile(
    r"\s+(?=(?:station|market|school|hospital|office|bridge|police|branch|prison|square|clinic|factory|street|area|district|neighbou?rhood)\b)"
)


def for_place(
    lang: str, paragraph: ParagraphText, fact: Fact, after: Interval | None = None
) -> Iterator[Offer]:
    """The town for anything finer, the province for a town."""
    key = str(fact.value)
    up = wider(key)
    if up and name(up, lang) != up:
        yield renamed(lang, paragraph, fact, name(up, lang), after)
    elif key not in gazetteer():
        yield cut_place(lang, paragraph, fact)


def for_fine_place(lang: str, paragraph: ParagraphText, fact: Fact) -> Iterator[Offer]:
    """The same, and the whole sentence left out: the last resort where the other edition cannot spare the place."""
    for less in for_place(lang, paragraph, fact):
        yield less
        if less.label_key == "drop_words":
            yield drop_sentence(lang, paragraph, fact.span.start)


def renamed(lang: str, paragraph: ParagraphText, fact: Fact, new: str, after: Interval | None) -> Offer:
    """The place under its wider name; when that already stands beside it, the finer one goes."""
    start, end = fact.span.start, fact.span.end
    text = paragraph.text
    tail = re.match(rf"[,\s]*(?:in )?{re.escape(new)}", text[end:])
    head = re.search(rf"{re.escape(new)}의?\s*$", text[:start])
    if tail:
        end += tail.end()
    elif head:
        start = head.start()
    start, end = with_town_beside(lang, text, start, end, str(fact.value))
    office = {"ko": KO_OFFICE, "en": EN_OFFICE}[lang].match(text, end) if lang in ("ko", "en") else None
    if office and not text[:start].lower().endswith("in "):
        return of_the_province(lang, paragraph, (start, office.end()), office, new, after)
    if lang == "en" and (kind := EN_ITS.match(text, end)):
        there = re.compile(rf" in {re.escape(new)}").match(text, kind.end())
        end = there.end() if there else kind.end()
        return offer(lang, paragraph, start, end, of_its_kind(text[:start], kind["kind"], new), "say_province", after)  # fmt: skip
    if lang == "en" and (
        at := EN_AT.search(text[:start])
    ):  # the bridge at Musan -> in North Hamgyong Province
        start, new = at.start("at"), f"in {new}"
    return offer(lang, paragraph, start, end, new, "say_province", after)


def of_its_kind(before: str, kind: str, wide: str) -> str:
    """at Hyesan market -> at a market in Ryanggang Province; the article that stands before stays."""
    article = "" if EN_ARTICLE.search(before) else "an " if kind[0] in "aeiou" else "a "
    said = f"{article}{kind} in {wide}"
    return said[0].upper() + said[1:] if not before or BEGINS.search(before) else said


def with_town_beside(lang: str, text: str, start: int, end: int, key: str) -> tuple[int, int]:
    """The place with a town of the same province that is joined to it."""
    for pattern, here in zip(TOWN_BESIDE.get(lang, ()), (text[:start], text[end:]), strict=False):
        beside = pattern.search(here) if here is not None else None
        if beside is None or (pattern is TOWN_BESIDE[lang][1] and beside.start()):
            continue
        other = key_of(beside["town"])
        if other in gazetteer() and wider(other) == wider(key):
            if pattern is TOWN_BESIDE[lang][0]:
                start = beside.start("town")
            else:
                end += beside.end("town")
    return start, end


def of_the_province(
    lang: str,
    paragraph: ParagraphText,
    at: tuple[int, int],
    office: re.Match[str],
    new: str,
    after: Interval | None,
) -> Offer:
    """the Hoeryong branch -> the branch in North Hamgyong Province; 회령시 보위부 -> 함경북도 내 보위부."""
    named_office = office["office"]
    said = f"{named_office} in {new}" if lang == "en" else f"{new} 내 {named_office}"
    return offer(lang, paragraph, *at, said, "say_province", after)


def cut_place(lang: str, paragraph: ParagraphText, fact: Fact) -> Offer:
    """A place smaller than a town left out, with its preposition or particle."""
    start, end = fact.span.start, fact.span.end
    if lang == "en":
        return cut_english(paragraph, start, end)
    if lang == "ko":
        return cut_korean(paragraph, start, end)
    return cut(lang, paragraph, start, end, "drop_words")


def cut_korean(paragraph: ParagraphText, start: int, end: int) -> Offer:
    """What leans on the place goes with it; a sentence that is about the place goes whole."""
    text = paragraph.text
    town = KO_TOWN.search(text[:start])
    if town and key_of(town["town"]) in gazetteer():
        return to_its_town(paragraph, town, end)
    if one := one_of_two("ko", paragraph, start, end):
        return one
    if house := KO_HOUSE.match(text, end):
        end = house.end()
    gone = KO_WHO.match(text, end) or (None if KO_ABOUT.match(text, end) else KO_AWAY.match(text, end))
    return cut("ko", paragraph, start, gone.end(), "drop_words") if gone else drop_sentence("ko", paragraph, start)  # fmt: skip


def to_its_town(paragraph: ParagraphText, town: re.Match[str], end: int) -> Offer:
    """혜산시 강안동에 -> 혜산시에; 혜산시 강안동을 -> 혜산시를."""
    start, after, said = swap(paragraph.text, town.start("town"), end, town["town"])
    if said == town["town"]:
        return Offer("ko", paragraph.id, town.end("town"), after, "", *named("drop_words"))
    return Offer("ko", paragraph.id, start, after, said, *named("drop_words"))


def cut_english(paragraph: ParagraphText, start: int, end: int) -> Offer:
    """An English place left out with its preposition, which stays where a town stands behind the place."""
    text = paragraph.text
    house = EN_HOUSE.search(text[:start])
    start = house.start() if house else start
    if EN_SCHOOL.search(text[start:end]) and (of := EN_OF.match(text, end)):
        end = of.end()
    if owns := EN_OWNS.match(text, end):
        return offer("en", paragraph, start, owns.end(), "the", "drop_words")
    before, behind = PREPOSITION.search(text[:start]), town_behind(text, end)
    if before and behind:
        return in_its_town(paragraph, before.start("how"), before["how"], behind)
    if behind:  # Kangan-dong, Hyesan, was sealed off -> Hyesan was sealed off
        closed = CLOSED.match(text, behind[1])
        return offer(
            "en", paragraph, start, closed.end() if closed else behind[1], text[slice(*behind)], "drop_words"
        )
    town = TOWN_BEFORE.search(text[:start])
    if town and key_of(town["town"]) in gazetteer():
        return of_its_town(paragraph, town, end)
    return one_of_two("en", paragraph, start, end) or leaning(paragraph, start, end, before)


def one_of_two(lang: str, paragraph: ParagraphText, start: int, end: int) -> Offer | None:
    """in Kangan-dong and Yokjon-dong -> in Yokjon-dong, 강안동과 역전동에서 -> 역전동에서; None when the place stands alone."""
    before, behind = JOINED[lang]
    joined, follows = before.search(paragraph.text[:start]), behind.match(paragraph.text, end)
    if not joined and not follows:
        return None
    if EN_PAIR.search(paragraph.text[:start]):
        return drop_sentence(lang, paragraph, start)
    first, last = (joined.start("joined"), end) if joined else (start, follows.end() if follows else end)
    return Offer(lang, paragraph.id, first, last, "", *named("drop_words"))


def leaning(paragraph: ParagraphText, start: int, end: int, before: re.Match[str] | None) -> Offer:
    """The place with what leans on it; the sentence where the verb leans on it."""
    text = paragraph.text
    who = EN_WHO.search(text[:start])
    if who and not re.match(r"\s+(?:and|or|but)\b", text[end:]):
        closed = who["comma"] and text[end : end + 1] == ","
        return cut("en", paragraph, who.start(), end + (1 if closed else 0), "drop_words")
    apart = text[:start].endswith(", ")
    if EN_ABOUT.search(text[:start]) or (not before and not apart and EN_BEHIND.match(text, end)):
        return drop_sentence("en", paragraph, start)
    kind = EN_KIND.match(text, end)
    if before and kind:
        return offer("en", paragraph, before.end("how") + 1, kind.end(), "the ", "drop_words")
    gone = EN_ALONE.match(text, end) or (None if before else re.compile(r",(?=\s)").match(text, end))
    end = gone.end() if gone else end
    return cut("en", paragraph, before.start() if before else start, end, "drop_words")


def of_its_town(paragraph: ParagraphText, town: re.Match[str], end: int) -> Offer:
    """at the Hoeryong Grain Factory -> in Hoeryong."""
    said = "in" if town["how"].lower() in ("at", "on") else town["how"].lower()
    return offer("en", paragraph, town.start("how"), end, f"{said} {town['town']}", "drop_words")


def town_behind(text: str, end: int) -> tuple[int, int] | None:
    """Where the town stands that a comma puts behind a small place: Hoeryong of Kangan-dong, Hoeryong."""
    behind = TOWN_BEHIND.match(text, end)
    if behind is None or key_of(behind["town"]) not in gazetteer():
        return None
    return behind.span("town")


def in_its_town(paragraph: ParagraphText, start: int, how: str, town: tuple[int, int]) -> Offer:
    """in Kangan-dong, Hoeryong -> in Hoeryong; the comma that closed the two goes before a verb."""
    text, end = paragraph.text, town[1]
    opens = how[:1].isupper() or sentence_at(text, start)[0] == start
    closed = not opens and CLOSED.match(text, end)
    said = f"{'in' if how.lower() in ('at', 'on', 'near') else how} {text[slice(*town)]}"
    return offer("en", paragraph, start, end + (1 if closed else 0), said, "drop_words")
