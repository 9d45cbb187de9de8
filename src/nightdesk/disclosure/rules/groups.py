"""Descriptions that fit few people, by the newsroom's own tables; and where there is no table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from nightdesk.disclosure.belonging import traits_of
from nightdesk.disclosure.case import Case, Passage
from nightdesk.disclosure.describing import Described, described, groups
from nightdesk.disclosure.estimates import interval, told
from nightdesk.disclosure.facts import Said
from nightdesk.disclosure.findings import at, finding
from nightdesk.disclosure.model import Finding, FindingSpan, GroupTable, Offer, SetFact
from nightdesk.disclosure.offers import offer
from nightdesk.disclosure.rules.judging import after, grade, gravity, table_for, tables_of
from nightdesk.disclosure.rules.suffice import KEYS, few_facts, fewest
from nightdesk.disclosure.rules.suffice import told as of_sets
from nightdesk.disclosure.rules.whom import Whom, less, unsaid
from nightdesk.disclosure.traits import Traits, merged

OF_A_SERVICE = re.compile(r"\b(?:in|of|from|with|by|joined) (?:the )?$")
SERVICES = ("guard", "army", "police", "militia")
# What says more of the narrow word and is not true of the wide one: a former teacher, 학교 교원.
LEANING = {
    "en": re.compile(r"\b(?:(?:an?|the) )?(?:former|retired|ex-|head|senior|trainee) ?$", re.IGNORECASE),
    "ko": re.compile(r"(?:(?<![가-힣])(?:[가-힣]{0,4}(?:학교|유치원|대학|병원)|전직|퇴직|퇴역) )$"),
    "zh": re.compile(r"(?:前|退休|退役)$"),
}
RETIRED = re.compile(r"former|retired|ex-|전직|퇴직|퇴역|前|退休|退役", re.IGNORECASE)
SERVING = ("soldiers", "workers", "officials")  # tables of the wide word that count those who serve now
QUANTIFIED = {
    "en": re.compile(r"\b(?:every|each|all|most|no|any|all the)\s$", re.IGNORECASE),
    "ko": re.compile(r"(?:모든|온|매|각) $"),
    "zh": re.compile(r"(?:每个|每名|所有|各)$"),
}
QUANTIFIED_BEHIND = {
    "en": re.compile(r"(?!)"), "ko": re.compile(r"마다|들? ?(?:모두|전부|전원)"), "zh": re.compile(r"们?(?:都|全)"),
}  # fmt: skip
KO_CLAUSE = re.compile(r"[을를이가] (?:\S+ )*?\S+[긴한된린난낸둔은는] ")  # 10월에 손전화를 빼앗긴 남성
# Where somebody works, behind what he is.
WORKS_AT = re.compile(
    r" (?:at|in|of|with) (?:the|an?|his|her|their) (?:[\w'’-]+ ){0,3}?(?:hospital|clinic|school|kindergarten|college|university|factory|mine|mill|company|market|station|farm|office|bureau|branch|department|bank|shop|hotel|restaurant|unit|brigade|depot|port)\b"
)
# A time behind these belongs to who it is (whose phone was taken six months ago), behind a bare noun to what was done.
CLAUSE = re.compile(r"\b(?:who|whose|sent|forced|with)\b")


@dataclass(frozen=True, slots=True)
class Match:
    """A description at its place, over the words that belong to it, with its table."""

    said: Said
    described: Described
    start: int
    end: int
    table: GroupTable | None
    told: Traits


def small_groups(case: Case) -> Iterator[Finding]:
    """One finding a passage and group; of overlapping descriptions the smallest counts."""
    for passage in case.passages:
        found = [match for one in passage.said.values() for match in matches(case, one)]
        for group in dict.fromkeys(match.described.group for match in found):
            yield from of_group(case, passage, [match for match in found if match.described.group == group])


def matches(case: Case, one: Said) -> list[Match]:
    """Descriptions in one paragraph that do not overlap, smallest group first."""
    known = [match_of(case, one, d) for d in described(one.paragraph.text, one.edition)]
    kept: list[Match] = []
    for match in sorted(known, key=lambda m: (m.table is None, m.table.high if m.table else 0, m.start)):
        if all(match.end <= other.start or other.end <= match.start for other in kept):
            kept.append(match)
    return sorted(kept, key=lambda m: m.start)


def match_of(case: Case, one: Said, description: Described) -> Match:
    """The description with its table, and with the time that qualifies it: 'six months ago'."""
    start, end = description.start, description.end
    times = [s for s in one.reading.spans if s.kind in ("date", "duration")]
    text = one.paragraph.text
    for span in times:
        if (
            one.edition == "en"
            and CLAUSE.search(text[start:end])
            and span.start - end in (0, 1, 2, 4)
            and re.fullmatch(r"\s*(?:in )?", text[end : span.start])
        ):
            end = span.end
        if (
            one.edition == "ko"
            and span.end <= start
            and re.fullmatch(r"(?:에|쯤|께)?\s+", text[span.end : start])
        ):
            clause = KO_CLAUSE.search(text[description.start : description.end])
            start = span.start if clause or clause_start(text, span.end, start) else start
    traits = traits_of(one, description.start, description.end)
    return Match(one, description, start, end, table_for(case, description.group, traits.who), traits)


def clause_start(text: str, end: int, start: int) -> bool:
    """Whether a Korean time belongs to the description: it has 에 and another word stands before it."""
    return (
        text[end:start].strip() in ("", "에", "쯤", "께")
        and bool(text[:end].strip())
        and "전" in text[max(0, end - 2) : end]
    )


def of_group(case: Case, passage: Passage, found: list[Match]) -> Iterator[Finding]:
    """The finding of one group in one passage, if it is one, and what the tables do not say of its sex and age."""
    group = found[0].described.group
    if groups()[group].get("actor"):
        return
    spans = [at(m.said.edition, m.said.paragraph, m.start, m.end) for m in found]
    whom = Whom(case, passage, SetFact("group", group, tuple(spans)), tables_of(case, group),
                merged([match.told for match in found]))  # fmt: skip
    few = whom.few()
    sets = few_facts(few)
    offers = [one for match in found for one in broader(case, match)] + list(less(whom, sets))
    if sets:
        yield finding("small group", "red", KEYS[len(sets[0].facts)], spans, offers, for_="subject",
                      before=fewest(few), suffice=sets, **of_sets(sets, fewest(few)))  # fmt: skip
    elif known := gravest(case, found):
        yield from counted(case, known, spans, offers)
    else:
        yield uncounted(group, spans, offers)
    yield from unsaid(whom)


def gravest(case: Case, found: list[Match]) -> GroupTable | None:
    """Of the tables of several who are described alike, the one that says the gravest."""
    known = [match.table for match in found if match.table]
    return min(known, key=lambda one: gravity(one, case.on), default=None)


def uncounted(group: str, spans: list[FindingSpan], offers: list[Offer]) -> Finding:
    """No table is a finding too: unknown is not many."""
    if groups()[group].get("occupation"):
        return finding("occupation", "note", "no_table", spans, offers, for_="subject", group=group)
    return finding("small group", "note", "no_table_group", spans, offers, for_="subject", group=group)


def counted(
    case: Case, known: GroupTable, spans: list[FindingSpan], offers: list[Offer]
) -> Iterator[Finding]:
    """What a table says that no set of facts is shown to suffice by: of another place, or not small, or too old."""
    severity, why_key = grade(known, case.on)
    if severity:
        yield finding("small group", severity, why_key, spans, offers, for_="subject", before=interval(known),
                      **told(known))  # fmt: skip


def broader(case: Case, match: Match) -> Iterator[Offer]:
    """A wider word that is still true, with the interval of its own table when there is one."""
    row = groups()[match.described.group].get("broader")
    lang = match.said.edition
    if not isinstance(row, dict) or lang not in row:
        return
    text = match.said.paragraph.text
    if lang == "en" and is_a_service(text, match):
        return  # a sergeant in the border guard: the service, and nobody in it
    before, end = text[: match.start], match.end
    if QUANTIFIED[lang].search(before[-12:]) or QUANTIFIED_BEHIND[lang].match(text, end):
        return  # every leader is not every resident
    if lang == "en" and (works := WORKS_AT.match(text, end)):
        end = works.end()  # a nurse at the county hospital is no "resident at the county hospital"
    leaning = LEANING[lang].search(text[max(0, match.start - 24) : match.start])
    if leaning and RETIRED.search(leaning[0]) and str(row.get("table", "")) in SERVING:
        leaning = None  # a former border guard was a soldier: a former soldier
    whole = replace(match, start=match.start - (len(leaning[0]) if leaning else 0), end=end)
    yield offer(lang, match.said.paragraph, whole.start, whole.end, wider_word(row[lang], whole),
                "say_broader", after(case, str(row.get("table", "")), match.told.who))  # fmt: skip


def is_a_service(text: str, match: Match) -> bool:
    """Whether one is said with "the" to be in it or of it: no border guard, the border guard."""
    words = text[match.start : match.end].lower()
    the = words.startswith("the ") or text.endswith("the ", 0, match.start)
    before = text[max(0, match.start - 24) : match.start]
    return the and words.endswith(SERVICES) and OF_A_SERVICE.search(before) is not None


def wider_word(forms: object, match: Match) -> str:
    """Singular or plural (English), with 들 (Korean), as the words replaced were."""
    many = match.described.plural
    if isinstance(forms, list):
        one, several = str(forms[0]), str(forms[1])
        words = match.said.paragraph.text[match.start : match.end].lower()
        bare = one.split(" ", 1)[1]
        if many:
            of = words.startswith("the ") and match.said.paragraph.text.endswith("of ", 0, match.start)
            return f"the {several}" if of else several  # one of the smugglers -> one of the residents
        if words.startswith(("a ", "an ", "one ")) or match.described.group == "phone_seized":
            return one
        return (
            "the " if words.startswith("the ") else "another " if words.startswith("another ") else ""
        ) + bare
    return str(forms) + ("들" if many and match.said.edition == "ko" else "")
