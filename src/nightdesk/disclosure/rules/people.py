"""Ages, families, ranks: words that pick one person out of any list. Names are in rules.names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nightdesk.disclosure.agewords import AGE
from nightdesk.disclosure.case import Case, Passage
from nightdesk.disclosure.facts import Fact
from nightdesk.disclosure.findings import finding
from nightdesk.disclosure.model import Finding, FindingClass, Offer, ParagraphText, Severity
from nightdesk.disclosure.offers import cut, drop_sentence, offer
from nightdesk.disclosure.rules.common import by_value, offers_of
from nightdesk.disclosure.words import table

EN_AGE = re.compile(
    r"\d+[- ]year[- ]old [a-z]|(?:aged|of) |in (?:his|her|their) | ?\(", re.IGNORECASE
)  # fmt: skip
KO_AGE_OF = re.compile(r"(?:의|인| ?(?:난|된|먹은|짜리|배기))?(?=\s)")  # 다섯 살 난 딸 -> 딸
EN_AGES = re.compile(r"(?:, \d{1,2})*,? and \d{1,2}\b")  # aged 9 and 12
# Now in his 60s, 지금은 60대인: without the age the word would be said of something else.
EN_NOW, KO_NOW = (
    re.compile(r"\b(?:now|then|still|already) $"),
    re.compile(r"(?<![가-힣])(?:지금|현재|이제|당시)(?:은|는)? $"),
)
KO_NUMBER = re.compile(r"(?:(?<![가-힣])(?:두|세|네|다섯|여섯|일곱|여덟|아홉|열)|\d) $")
KO_AGES = re.compile(rf"(?:{AGE['ko'].pattern})(?:과|와|, ?) ?$")
KO_AGES_BEHIND = re.compile(rf"(?:과|와|, ?) ?(?:{AGE['ko'].pattern})")
RULES: dict[str, tuple[FindingClass, Severity, str]] = {
    "age": ("age", "amber", "age"),
    "kin": ("kinship", "note", "kinship"),
    "rank": ("unit or rank", "amber", "rank"),
}


def people(case: Case) -> Iterator[Finding]:
    """One finding a passage and value."""
    for passage in case.passages:
        for kind in RULES:
            for facts in by_value(passage.facts(kind)):
                yield of_person(passage, kind, facts)


def of_person(passage: Passage, kind: str, facts: list[Fact]) -> Finding:
    """The finding; these words have no number of their own."""
    class_, severity, why_key = RULES[kind]
    return finding(class_, severity, why_key, [fact.span for fact in facts], offers_of(passage, facts, less),
                   for_="subject", reader="security")  # fmt: skip


def less(lang: str, paragraph: ParagraphText, fact: Fact) -> Iterator[Offer]:
    """A wider word for a relative, an age left out where the sentence allows it, else the sentence."""
    start, end, text = fact.span.start, fact.span.end, paragraph.text
    if fact.kind == "kin" and lang == "ko" and KO_NUMBER.search(text[:start]):
        yield drop_sentence(lang, paragraph, start)  # 두 딸 are no 두 가족: those would be two families
        return
    if fact.kind == "kin":
        wide = str(table("phrases")["kin"][lang][fact.span.words.lower()])
        yield offer(lang, paragraph, start, end, wide, "say_kin")
        return
    if fact.kind == "age" and (spare := may_go(lang, text, *fact.hull)):
        yield cut(lang, paragraph, *spare, "drop_words")
    else:
        yield drop_sentence(lang, paragraph, start)


def with_ages_beside(text: str, start: int, end: int) -> tuple[int, int]:
    """아홉 살과 열두 살 난 두 딸: one age cannot go without the one it is joined to."""
    if behind := KO_AGES_BEHIND.match(text, end):
        end = behind.end()
    before = KO_AGES.search(text[:start])
    return (before.start() if before else start), end


def may_go(lang: str, text: str, start: int, end: int) -> tuple[int, int] | None:
    """What can be left out of an age's sentence, which can be printed without it; None where it cannot."""
    if lang == "en":
        more, now = EN_AGES.match(text, end), EN_NOW.search(text[:start])
        spare = (now.start() if now else start, more.end() if more else end)
        return spare if EN_AGE.match(text, start) else None
    start, end = with_ages_beside(text, start, end)
    now = KO_NOW.search(text[:start])
    start = now.start() if now else start
    of = KO_AGE_OF.match(text, end) if lang == "ko" else None
    if of:
        return start, of.end()
    return (
        (start, end)
        if text[start:end].strip()[:1] in ("(", "（", "·") or text[:start].endswith("(")
        else None
    )
