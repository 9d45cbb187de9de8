"""Ways to say a day less exactly, in sentences as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from nightdesk.disclosure.facts import Fact
from nightdesk.disclosure.grammar import sentence_at
from nightdesk.disclosure.model import Offer, ParagraphText
from nightdesk.disclosure.offers import cut, drop_sentence, offer
from nightdesk.disclosure.words import phrases, table, word

RECENT_DAYS = 60  # "recently" stays true for about so long
EN_BEFORE = re.compile(r"(?:as of\s+|(?:at\s+(?:about\s+)?\d{1,2}(?::\d\d)?\s*(?:a\.?m\.?|p\.?m\.?)\s+)?(?:(?:on|in|during|at|around)\s+)?)(?:the\s+)?(?:(?:early|late|night|morning|evening|afternoon|eve|(?:(?:shortly |just )?(?:before|after|at|around|about|near)|(?:in|during) the) (?:dawn|daybreak|sunrise|noon|midday|sunset|dusk|nightfall|midnight|(?:early|small) hours))\s+(?:of|on)\s+)?(?:the\s+)?$", re.IGNORECASE)  # fmt: skip
# Over three days, within the week; a dispute over 12 December lasts, and is over it.
EN_OVER, EN_LASTS = re.compile(r"\b(?:over|within)\s+(?:the\s+)?$", re.IGNORECASE), re.compile(r"\b(?:days?|weeks?|weekend)\b", re.IGNORECASE)  # fmt: skip
# Friday's raid, after last week's raid, a Friday raid: the day goes with the thing behind it, the preposition stays.
EN_OWNED = re.compile(r"['’]s(?=\s)")
# The 12 December raid, a Friday raid: it is the thing's own day; "on the 12 December police came" is none.
EN_THE = re.compile(r"(?<!\bon )(?<!\bof )(?P<article>\b(?:the|an?)\s+)$", re.IGNORECASE)
EN_THING = re.compile(
    r"\s+(?!(?:was|were|is|are|has|have|had|will|would|did|and|or|but|at|in|on|to|until|till|from|of|by|with|for|when|while|after|before|as|that|which|who|because|so|he|she|they|we|it|there|police|officers|agents)\b)[a-z]"
)
# Friday was quiet, the night of December 8 was cold: the day is what the sentence is about.
EN_SUBJECT = re.compile(r"\s+(?:was|were|is|are|has|had|will)\b")
EN_OPENED = re.compile(r"(?:after|before|since|until|till|by|from)\s+(?:the\s+)?", re.IGNORECASE)
EN_AFTER = re.compile(
    r"(?:\s+(?:morning|afternoon|evening|night|(?:(?:shortly |just )?(?:before|after|at|around|about) )(?:dawn|daybreak|sunrise|noon|midday|sunset|dusk|nightfall|midnight)\b))?(?:,?\s+at\s+(?:about\s+)?\d{1,2}(?::\d\d)?\s*(?:a\.?m\.?|p\.?m\.?)?)?"
)
EN_SINCE = re.compile(r"\b(?:since|from|after|before)\s+(?:the\s+)?$", re.IGNORECASE)
EN_RANGE = re.compile(r"\b(?:from|between)\s+$", re.IGNORECASE)
EN_TO = re.compile(r"\b(?:to|until|and|through)\b|[–-]")
# "between December 8 and December 13", "the weekend of 9 December": half of it cannot be said less exactly.
EN_STUCK = re.compile(
    r"\bbetween\s+(?:[^.;]{0,40}\band\s+)?(?:the\s+)?$|\bweek(?:end)? of\s+(?:the\s+)?$", re.IGNORECASE
)
EN_UNTIL = re.compile(
    r"\b(?:by|until|till)\s+(?:(?:noon|midnight|dawn|(?:the )?(?:morning|evening|end)|\d{1,2}(?::\d\d)?\s*(?:a\.?m\.?|p\.?m\.?))\s+(?:on|of)\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
# on Dec. 8 and 11, 8일과 11일: the day beside it has no month of its own, and goes with it.
EN_BESIDE = re.compile(r"\s+and\s+(?:on\s+)?(?:the\s+)?\d{1,2}(?:(?:st|nd|rd|th)\b|(?=[.,;]|$))")
KO_BESIDE = re.compile(r"(?:과|와|·|, ?)\s?\d{1,2}일")
KO_BEFORE_IT = re.compile(r"(?:지난\s?)?(?:\d{1,2}월\s?)?\d{1,2}일(?:과|와|·|, ?)\s?$")
# gave him until the 20th: "gave him by a set date" is no English.
EN_GIVEN = re.compile(
    r"\b(?:give|gives|gave|giving)\s+(?:him|her|them|me|us|you|(?:the|a)\s+\w+|[A-Z]\w+)\s$"
)
OPENING = re.compile(r"\b(?:Speaking|Reached|Contacted|Talking|Interviewed)\b[^.,;]{0,40}$")
KO_BEFORE = re.compile(r"(?:지난|이번|오는)\s*$")
KO_AFTER = re.compile(
    r"(?:자(?=[\s,]))?(?:\s?\([^)]{1,3}\))?(?:\s?(?:오전|오후|새벽|아침|저녁|밤|낮)(?:\s?\d{1,2}시(?:\s?\d{1,2}분)?)?|\s?\d{1,2}시(?:\s?\d{1,2}분)?)?(?:께|경|쯤)?"
)
KO_UNTIL = re.compile(r"\s?(?:까지|안으로|이전에|전까지)(?:는|만)?")
KO_SINCE = re.compile(r"\s?(?:부터|이후로|이후|이래)")
KO_NOW = re.compile(r"\s?현재(?=[\s,])")  # 12일 현재 쌀값은 -> 최근 쌀값은
KO_AT = re.compile(r"(?:에도|에는|에|엔)?\s*(?:들어(?:서|와)?(?=\s)\s*)?")  # 이달 들어 단속을 -> 단속을


def for_date(lang: str, paragraph: ParagraphText, fact: Fact, release: date) -> Iterator[Offer]:
    """'Recently' while that is true, the month, or that there was a date."""
    forms = {"en": english, "ko": korean}.get(lang)
    if forms is not None:
        yield from forms(paragraph, fact, release)
    else:
        yield offer(lang, paragraph, fact.span.start, fact.span.end, word("recently", lang), "say_recently")


def english(paragraph: ParagraphText, fact: Fact, release: date) -> Iterator[Offer]:
    """The preposition goes with the day: on 10 December -> recently, in December."""
    text, start, end = paragraph.text, fact.span.start, fact.span.end
    if own := owned(text, start, end):
        yield from of_its_day(paragraph, fact, release, *own)
        return
    end += matched(EN_AFTER, text[end:])
    end += matched(EN_BESIDE, text[end:])
    whole = EN_RANGE.search(text[:start]) and EN_TO.search(
        fact.span.words
    )  # between 8 and 14 December: one span
    if (
        is_subject(text, start, end)
        or (EN_STUCK.search(text[:start]) and not whole)
        or re.match(r"\s+of\s", text[end:])
    ):
        yield drop_sentence("en", paragraph, start)
        return
    ranged = EN_RANGE.search(text[:start]) if EN_TO.search(fact.span.words) else None
    start = ranged.start() if ranged else start
    until, since = EN_UNTIL.search(text[:start]), EN_SINCE.search(text[:start])
    if until:
        given = EN_GIVEN.search(text[: until.start()])
        said = word("given_deadline" if given else "deadline", "en")
        yield offer("en", paragraph, until.start(), end, said, "say_deadline")
        return
    if since:
        bare = start - (4 if text[:start].lower().endswith("the ") else 0)
        month = month_name(fact, "en")
        yield (
            offer("en", paragraph, bare, end, month, "say_month")
            if month
            else cut("en", paragraph, since.start(), end, "drop_day")
        )
        return
    over = EN_OVER.search(text[:start])
    if over and not EN_LASTS.search(fact.span.words):
        # The 12 December raid: what the row is over stands behind the day.
        attached = over[0].endswith("the ")
        yield (
            drop_sentence("en", paragraph, start)
            if attached
            else cut("en", paragraph, over.start(), end, "drop_day")
        )
        return
    before = over or EN_BEFORE.search(text[:start])
    start = before.start() if before else start
    if recent(fact, release):
        yield offer("en", paragraph, start, end, word("recently", "en"), "say_recently")
    yield from month_offer("en", paragraph, start, end, fact, release)
    if not recent(fact, release):
        yield cut("en", paragraph, start, end, "drop_day")


def owned(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the day stands whose something is, without its preposition; None where nothing is the day's."""
    behind = EN_OWNED.match(text, end) or EN_OWNED.match(text, end - 2)
    start += matched(EN_OPENED, text[start:end])
    if behind is None:
        return of_a_thing(text, start, end)
    return start - (4 if text[:start].lower().endswith("the ") else 0), behind.end()


def of_a_thing(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the day and its article stand that say which raid is meant; None for a day that is not said of a thing."""
    the, end = EN_THE.search(text[:start]), end + matched(EN_AFTER, text[end:])
    return (the.start("article"), end) if the and EN_THING.match(text, end) else None


def is_subject(text: str, start: int, end: int) -> bool:
    """Whether the day opens its sentence and is what it is about: nothing is left without it."""
    before = EN_BEFORE.search(text[:start])
    first = before.start() if before else start
    said = text[first:start].lower().startswith(("as of", "on ", "in ", "during ", "at ", "around "))
    return not said and sentence_at(text, start)[0] == first and EN_SUBJECT.match(text, end) is not None


def of_its_day(paragraph: ParagraphText, fact: Fact, release: date, start: int, end: int) -> Iterator[Offer]:
    """Friday's raid -> the recent raid, this month's raid; the raid, where it is long past."""
    near, month = recent(fact, release), month_name(fact, "en")
    if near:
        yield offer("en", paragraph, start, end, word("recent_one", "en"), "say_recently")
    if month:
        first = fact.data["first"]
        this = (first.year, first.month) == (release.year, release.month)
        yield offer(
            "en", paragraph, start, end, (word("this_month", "en") if this else month) + "’s", "say_month"
        )
    if not near:
        yield offer("en", paragraph, start, end, word("that_one", "en"), "drop_day")


def korean(paragraph: ParagraphText, fact: Fact, release: date) -> Iterator[Offer]:
    """지난주에는 -> 최근에는, 이달에는; 20일까지 -> 기한을 정해."""
    text, end = paragraph.text, fact.span.end
    before = KO_BEFORE_IT.search(text[: fact.span.start]) or KO_BEFORE.search(text[: fact.span.start])
    start = before.start() if before else fact.span.start
    end += matched(KO_AFTER, text[end:]) or matched(KO_BESIDE, text[end:])
    ranged = "부터" in fact.span.words  # 8일부터 13일까지 is one span, and 까지 no deadline
    until = KO_UNTIL.match(text[end:])
    if ranged:
        end += matched(re.compile(r"(?:\s?까지)?(?:\s?사이)?(?:에)?(?=\s|$)"), text[end:])
    if until and ranged:
        pass
    elif until:
        yield offer("ko", paragraph, start, end + until.end(), word("deadline", "ko"), "say_deadline")
        return
    if recent(fact, release):
        since = KO_SINCE.match(text[end:])
        at = re.match(r"에(?=\s)", text[end:])
        over = since.end() if since else at.end() if at else matched(KO_NOW, text[end:])
        yield offer("ko", paragraph, start, end + over, word("recently", "ko"), "say_recently")
    yield from month_offer("ko", paragraph, start, end, fact, release)
    if not recent(fact, release):
        yield cut("ko", paragraph, start, end + matched(KO_AT, text[end:]), "drop_day")


def month_offer(
    lang: str, paragraph: ParagraphText, start: int, end: int, fact: Fact, release: date
) -> Iterator[Offer]:
    """The month alone, when both ends of the span lie in one and a month says less."""
    month = month_name(fact, lang)
    if month:
        first = fact.data["first"]
        same = (first.year, first.month) == (release.year, release.month)
        after = paragraph.text[end:]  # 9월 3일 체포돼 -> 9월에 체포돼, but 이달 들어 -> 12월 들어
        bare = lang == "ko" and after.startswith(" ") and not after.startswith(" 들어")
        new = word("this_month", lang) if same else ("in " + month if lang == "en" else month + "에" * bare)
        yield offer(lang, paragraph, start, end, new, "say_month")


def month_name(fact: Fact, lang: str) -> str:
    """December, 12월; '' when the span is open or crosses months."""
    first, last = fact.data["first"], fact.data["last"]
    if not first or not last or (first.year, first.month) != (last.year, last.month):
        return ""
    return str(table("phrases")["months"]["en"][first.month - 1]) if lang == "en" else f"{first.month}월"


def recent(fact: Fact, release: date) -> bool:
    """Whether the whole span lies within the last weeks before publication."""
    last = fact.data["last"] or fact.data["first"]
    return bool(0 <= (release - last).days <= RECENT_DAYS)


def without_contact_day(lang: str, paragraph: ParagraphText, fact: Fact) -> tuple[int, int, Offer]:
    """The words that tie a day to the talk, and the offer that leaves the day out."""
    if lang == "ko":
        return korean_contact(paragraph, fact)
    if lang == "en":
        return english_contact(paragraph, fact)
    return fact.span.start, fact.span.end, cut(lang, paragraph, fact.span.start, fact.span.end, "drop_day")


def english_contact(paragraph: ParagraphText, fact: Fact) -> tuple[int, int, Offer]:
    """'told us on Friday' -> 'told us'; 'On Friday a source said' -> 'A source said'."""
    text, start, end = paragraph.text, fact.span.start, fact.span.end
    end += matched(EN_AFTER, text[end:])
    before = EN_BEFORE.search(text[:start])
    bare = before.start() if before else start
    opening = OPENING.search(text[:bare])
    if opening and text[end : end + 1] == ",":
        return bare, end, cut("en", paragraph, opening.start(), end, "drop_day")
    verbs = "|".join(phrases("spoke", "en"))
    verb = re.search(rf"\b(?:{verbs})\b[^.,;:“”\"]{{0,30}}$", text[:bare].rstrip())
    if verb:
        said = text[verb.start() : bare].rstrip()
        return verb.start(), end, offer("en", paragraph, verb.start(), end, said, "drop_day")
    return bare, end, cut("en", paragraph, bare, end, "drop_day")


def korean_contact(paragraph: ParagraphText, fact: Fact) -> tuple[int, int, Offer]:
    """'15일 본지에' -> '본지에'; '소식통은 15일 “…' -> '소식통은 “…'."""
    text, end = paragraph.text, fact.span.end
    before = KO_BEFORE.search(text[: fact.span.start])
    start = before.start() if before else fact.span.start
    end += matched(KO_AFTER, text[end:])
    end += matched(KO_AT, text[end:])
    after = next((one for one in phrases("spoke", "ko") if text.startswith(one, end)), "")
    if after:
        return start, end + len(after), offer("ko", paragraph, start, end + len(after), after, "drop_day")
    comma = matched(re.compile(r",\s*"), text[end:])
    return start, fact.span.end, cut("ko", paragraph, start, end + comma, "drop_day")


def matched(pattern: re.Pattern[str], text: str) -> int:
    """How far `pattern` reaches at the beginning of `text`."""
    match = pattern.match(text)
    return match.end() if match else 0
