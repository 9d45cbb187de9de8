"""Ways to say a day less exactly, in sentences as people write them.

Belongs here: English, and which language's way is taken. Does not belong here: Korean (days_korean).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from nightdesk.disclosure.days_korean import korean, korean_contact
from nightdesk.disclosure.facts import Fact
from nightdesk.disclosure.grammar import sentence_at
from nightdesk.disclosure.model import Offer, ParagraphText
from nightdesk.disclosure.months import matched, month_name, month_offer, over_by, recent
from nightdesk.disclosure.offers import cut, drop_sentence, offer
from nightdesk.disclosure.words import phrases, word

EN_BEFORE = re.compile(r"(?<![A-Za-z])(?:as of\s+|(?:at\s+(?:about\s+)?\d{1,2}(?::\d\d)?\s*(?:a\.?m\.?|p\.?m\.?)\s+)?(?:(?:on|in|during|at|around)\s+)?)(?:the\s+)?(?:(?:early|late|night|morning|evening|afternoon|eve|(?:(?:shortly |just )?(?:before|after|at|around|about|near)|(?:in|during) the) (?:dawn|daybreak|sunrise|noon|midday|sunset|dusk|nightfall|midnight|(?:early|small) hours))\s+(?:of|on)\s+)?(?:the\s+)?$", re.IGNORECASE)  # fmt: skip
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
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
EN_BESIDE = re.compile(
    rf"\s+and\s+(?:on\s+)?(?:the\s+)?(?:\d{{1,2}}(?:(?:st|nd|rd|th)\b|(?=[.,;]|$))|{WEEKDAY}\b(?!\s+(?:was|were|is|saw|had|brought)\b))"
)
EN_BEFORE_IT = re.compile(
    rf"(?:{WEEKDAY}|\d{{1,2}}(?:st|nd|rd|th)?|[A-Z][a-z]{{2,8}}\.? \d{{1,2}})\s+and\s+(?:on\s+)?(?:the\s+)?$"
)
# The deadline is Tuesday; the raid was on the 8th.
EN_IS = re.compile(r"\b(?:is|was|were|are|be|been)\s+$")
# The search lasted from Saturday to Tuesday: without the days it says nothing.
EN_LASTED = re.compile(
    r"\b(?:lasts?|lasted|ran|spanned)\s+(?:(?:from|between|until|till|to)\s+)?(?:the\s+)?$"
)
# Now they live in Chongjin: "recently" would not fit the verb.
EN_NOW = re.compile(r"now|currently|nowadays", re.IGNORECASE)
# A week earlier, two days before: counted from what was told before.
EN_EARLIER = re.compile(r"\b(?:earlier|before|beforehand)$", re.IGNORECASE)
# By and until of a day that is over say when, and no deadline, unless something was demanded.
EN_DEMAND = re.compile(
    r"\b(?:must|ha(?:ve|s|d) to|(?:was|were) to|told to|order|demand|deadline|gave|give|pay|hand (?:in|over)|should|ask|requir|instruct|warn|threat|promis|agree|due)"
)
UNTIL = re.compile(r"(?:until|till)\b", re.IGNORECASE)
# gave him until the 20th: "gave him by a set date" is no English.
EN_GIVEN = re.compile(
    r"\b(?:give|gives|gave|giving)\s+(?:him|her|them|me|us|you|(?:the|a)\s+\w+|[A-Z]\w+)\s$"
)
OPENING = re.compile(r"\b(?:Speaking|Reached|Contacted|Talking|Interviewed)\b[^.,;]{0,40}$")


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
    if alone := as_it_is(paragraph, start, end):
        yield alone
        return
    start, end = with_beside(text, start, end)
    # between 8 and 14 December: one span
    whole = EN_RANGE.search(text[:start]) and EN_TO.search(fact.span.words)
    stuck = EN_STUCK.search(text[:start]) and not whole
    if is_subject(text, start, end) or stuck or re.match(r"\s+of\s", text[end:]):
        yield drop_sentence("en", paragraph, start)
        return
    ranged = EN_RANGE.search(text[:start]) if EN_TO.search(fact.span.words) else None
    start = ranged.start() if ranged else start
    until, since = EN_UNTIL.search(text[:start]), EN_SINCE.search(text[:start])
    if until or UNTIL.match(fact.span.words):
        yield from english_until(paragraph, fact, release, until.start() if until else start, end)
    elif since:
        yield english_since(paragraph, fact, since.start(), end)
    else:
        yield from english_on(paragraph, fact, release, start, end)


def as_it_is(paragraph: ParagraphText, start: int, end: int) -> Offer | None:
    """What can be said in place of now, and of days that are counted from others; None for other days."""
    text, said = paragraph.text, paragraph.text[start:end]
    if EN_NOW.fullmatch(said):
        return cut("en", paragraph, start, end, "drop_day")
    if EN_LASTED.search(text[:start]):
        return drop_sentence("en", paragraph, start)
    return (
        offer("en", paragraph, start, end, word("earlier", "en"), "drop_day")
        if EN_EARLIER.search(said)
        else None
    )


def with_beside(text: str, start: int, end: int) -> tuple[int, int]:
    """The day with its hour, and with a day that is joined to it: Friday and Saturday."""
    end += matched(EN_AFTER, text[end:])
    end += matched(EN_BESIDE, text[end:])
    first = EN_BEFORE_IT.search(text[:start])
    if first and not EN_RANGE.search(text[: first.start()]):
        start = first.start()
    return start, end


def english_since(paragraph: ParagraphText, fact: Fact, since: int, end: int) -> Offer:
    """Since 3 September -> since September; nothing where the span crosses months."""
    text, start = paragraph.text, fact.span.start
    month = month_name(fact, "en")
    if not month:
        return cut("en", paragraph, since, end, "drop_day")
    bare = start - (4 if text[:start].lower().endswith("the ") else 0)
    return offer("en", paragraph, bare, end, month, "say_month")


def english_on(paragraph: ParagraphText, fact: Fact, release: date, start: int, end: int) -> Iterator[Offer]:
    """Recently, this month, or no day; the sentence where the day is what it says."""
    text = paragraph.text
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
    predicate = EN_IS.search(text[:start])
    if recent(fact, release) and not predicate:
        yield offer("en", paragraph, start, end, word("recently", "en"), "say_recently")
    yield from month_offer("en", paragraph, start, end, fact, release)
    if predicate:
        yield drop_sentence("en", paragraph, start)
    elif not recent(fact, release):
        yield cut("en", paragraph, start, end, "drop_day")


def demanded(text: str, start: int) -> bool:
    """Whether the sentence tells of what somebody was told to do, or had to."""
    return EN_DEMAND.search(text, *sentence_at(text, start)) is not None


def english_until(
    paragraph: ParagraphText, fact: Fact, release: date, start: int, end: int
) -> Iterator[Offer]:
    """By the 20th -> by a set date; held until Sunday -> until recently; by Thursday all had it -> all had it."""
    text = paragraph.text
    if not over_by(fact, release) or demanded(text, start):
        given = EN_GIVEN.search(text[:start])
        said = word("given_deadline" if given else "deadline", "en")
        yield offer("en", paragraph, start, end, said, "say_deadline")
    elif not UNTIL.match(text, start):
        yield cut("en", paragraph, start, end, "drop_day")
    elif recent(fact, release):
        yield offer("en", paragraph, start, end, word("until_recently", "en"), "say_recently")
    else:
        yield drop_sentence("en", paragraph, start)


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
