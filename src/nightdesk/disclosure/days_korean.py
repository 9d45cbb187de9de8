"""Ways to say a day less exactly in a Korean sentence, with the particle that the day has.

Belongs here: what stands around a Korean day. Does not belong here: English (when), what is the same in both (months).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from nightdesk.disclosure.facts import Fact
from nightdesk.disclosure.grammar import sentence_at
from nightdesk.disclosure.model import Offer, ParagraphText
from nightdesk.disclosure.months import matched, month_offer, over_by, recent
from nightdesk.disclosure.offers import cut, drop_sentence, offer
from nightdesk.disclosure.words import phrases, word

# 8일과 11일, 금요일과 토요일: the day beside it goes with it.
KO_DAY = r"(?:\d{1,2}월\s?)?(?:\d{1,2}일|[월화수목금토일]요일)"
KO_BESIDE = re.compile(rf"(?:과|와|·|, ?)\s?{KO_DAY}")
KO_BEFORE_IT = re.compile(rf"(?:지난\s?)?{KO_DAY}(?:과|와|·|, ?)\s?$")
KO_LATER = re.compile(r"(?:뒤|후)(?:에)?$")
# By a day that is over says when, and no deadline, unless something was demanded; until it, where something lasted.
KO_DEMAND = re.compile(r"지 않으면|못 ?하면|안 내면|[해야와]야|마감|지시|명령|요구|시한|기한|약속")
KO_ORDERED = re.compile(r"[가-힣](?<!이)라(?:고|며|는)\s")
KO_LASTED = re.compile(r"있었|없었|않았|못했|살았|지냈|일했|머물렀|계속됐|이어졌|[살있]던")
# 12일이 마감이다, 10일은 장날이었다: the sentence is about the day. 마감은 12일이다: the day is what it says.
KO_TOPIC, KO_IS = (
    re.compile(r"[은는이가](?=\s)"),
    re.compile(r"(?:이(?:다|고|며|라|었|지만|던)|였|인 것|일 것)"),
)
KO_BEFORE = re.compile(r"(?:지난|이번|오는)\s*$")
KO_AFTER = re.compile(
    r"(?:자(?=[\s,]))?(?:\s?\([^)]{1,3}\))?(?:\s?(?:이른 |늦은 )?(?:오전|오후|새벽|아침|저녁|한밤중|밤중|한낮|밤|낮)(?:\s?\d{1,2}시(?:\s?\d{1,2}분)?)?|\s?\d{1,2}시(?:\s?\d{1,2}분)?)?(?:께|경|쯤)?"
)
KO_UNTIL = re.compile(r"\s?(?:까지|안으로|이전에|전까지)(?:는|만)?")
KO_SINCE = re.compile(r"\s?(?:부터|이후로|이후|이래)")
KO_NOW = re.compile(r"\s?현재(?=[\s,])")  # 12일 현재 쌀값은 -> 최근 쌀값은
KO_AT = re.compile(r"(?:에도|에는|에|엔)?\s*(?:들어(?:서|와)?(?=\s)\s*)?")  # 이달 들어 단속을 -> 단속을


def korean(paragraph: ParagraphText, fact: Fact, release: date) -> Iterator[Offer]:
    """지난주에는 -> 최근에는, 이달에는; 20일까지 -> 기한을 정해."""
    text, end = paragraph.text, fact.span.end
    before = KO_BEFORE_IT.search(text[: fact.span.start]) or KO_BEFORE.search(text[: fact.span.start])
    start = before.start() if before else fact.span.start
    end += matched(KO_AFTER, text[end:]) or matched(KO_BESIDE, text[end:])
    if KO_LATER.search(fact.span.words):  # 사흘 뒤 is counted from what was told before
        yield cut("ko", paragraph, start, end + matched(KO_AT, text[end:]), "drop_day")
        return
    ranged = "부터" in fact.span.words  # 8일부터 13일까지 is one span, and 까지 no deadline
    until = KO_UNTIL.match(text[end:])
    if ranged:
        end += matched(re.compile(r"(?:\s?까지)?(?:\s?사이)?(?:에)?(?=\s|$)"), text[end:])
    if until and ranged:
        pass
    elif until:
        yield korean_until(paragraph, fact, release, start, end + until.end())
        return
    about, is_day = KO_TOPIC.match(text, end), KO_IS.match(text, end)
    if is_day:
        yield from month_offer("ko", paragraph, start, end, fact, release)
    if about or is_day:
        yield drop_sentence("ko", paragraph, start)
        return
    if recent(fact, release):
        since = KO_SINCE.match(text[end:])
        at = re.match(r"에(?=\s)", text[end:])
        over = since.end() if since else at.end() if at else matched(KO_NOW, text[end:])
        yield offer("ko", paragraph, start, end + over, word("recently", "ko"), "say_recently")
    yield from month_offer("ko", paragraph, start, end, fact, release)
    if not recent(fact, release):
        over = matched(KO_SINCE, text[end:]) or matched(KO_AT, text[end:])
        yield cut("ko", paragraph, start, end + over, "drop_day")


def korean_until(paragraph: ParagraphText, fact: Fact, release: date, start: int, end: int) -> Offer:
    """20일까지 내라고 -> 기한을 정해 내라고; 내지 않으면 -> 기한 안에; 일요일까지 갇혀 있었다 -> 최근까지."""
    text = paragraph.text
    last = sentence_at(text, start)[1]
    if KO_ORDERED.search(text, end, last):
        return offer("ko", paragraph, start, end, word("deadline", "ko"), "say_deadline")
    if not KO_DEMAND.search(text, end, last):
        if KO_LASTED.search(text, end, last) and (recent(fact, release) or not over_by(fact, release)):
            return offer("ko", paragraph, start, end, word("until_recently", "ko"), "say_recently")
        if over_by(fact, release):
            return cut("ko", paragraph, start, end, "drop_day")
    return offer("ko", paragraph, start, end, word("set_date", "ko"), "say_deadline")


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
