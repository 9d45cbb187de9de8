"""Days: the day of the contact, exact days and weeks, and relative days that have drifted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial

from nightdesk.disclosure.case import Case, Passage, attributions
from nightdesk.disclosure.exactness import WEEK, bounds, exact, length
from nightdesk.disclosure.facts import Fact, inside, said
from nightdesk.disclosure.findings import at, finding, interval
from nightdesk.disclosure.model import Finding, FindingSpan, Offer, ParagraphText, SealedReport, Severity
from nightdesk.disclosure.rules.common import by_value, circle, offers_of
from nightdesk.disclosure.when import for_date, without_contact_day
from nightdesk.disclosure.words import phrases

SOME = 500
# Between "told" and the day: who was told, and by what. A newsroom's own name has up to five words ("the Tumen
# River Post"). At most three such parts: without a bound, a row of capitals can be cut up in endless ways.
TOLD_WHOM = (
    r"(?:\s+(?:us|this newspaper|this paper|the \w+ ?\w*|(?:the )?[A-Z][\w'’-]*(?: [A-Z][\w'’-]*){0,4}"
    r"|by (?:phone|telephone))){0,3}\s+(?:on\s+)?(?:the\s+)?$"
)
# A day of a month that is not named.
BARE_DAY = re.compile(
    r"(?:on )?(?:the )?\d{1,2}(?:st|nd|rd|th)|(?:지난 )?\d{1,2}일|\d{1,2}[号號日]", re.IGNORECASE
)
NEAR = 160  # letters before the day that are looked at


def contact_days(case: Case) -> Iterator[Finding]:
    """Days in an attribution that are, or pass for, the day the source spoke."""
    for passage in case.passages:
        for facts in by_value(contact_facts(case, passage)):
            yield contact_day(case, passage, facts)


def contact_facts(case: Case, passage: Passage) -> list[Fact]:
    """Dates of the passage that name the day of a contact."""
    spoken = {report.on for report in passage.reports} or {report.on for report in case.evidence.reports}
    return [fact for one in passage.said.values() for fact in one.of("date")
            if inside(fact.span.start, fact.span.end, attributions(one))
            and (is_day(fact, spoken) or tied(one.paragraph.text, fact))]  # fmt: skip


def is_day(fact: Fact, days: Iterable[date]) -> bool:
    """Whether the fact is one of these single days."""
    return fact.data["first"] == fact.data["last"] and fact.data["first"] in days


def tied(text: str, fact: Fact) -> bool:
    """Whether a short span of days stands right beside the words for the talk."""
    if length(fact) is None or (length(fact) or 0) > WEEK:
        return False
    if fact.span.edition == "ko":
        rest = re.sub(r"^(?:에|에도)?\s*", "", text[fact.span.end :])
        if re.search(r"(?:소식통|취재원|제보자)(?:은|는|이|가|도)\s+(?:지난\s+)?$", text[: fact.span.start]):
            return True
        return rest.startswith(tuple(phrases("spoke", "ko") + phrases("spoke", "ko_verbs")))
    verbs = "|".join(phrases("spoke", "en"))
    return fact.span.edition == "en" and bool(
        re.search(rf"\b(?:{verbs}){TOLD_WHOM}", text[: fact.span.start][-NEAR:])
    )


def contact_day(case: Case, passage: Passage, facts: list[Fact]) -> Finding:
    """One finding over all editions, with the day left out on offer."""
    spans, offers = [], []
    for fact in facts:
        paragraph = passage.said[fact.span.edition].paragraph
        start, end, less = without_contact_day(fact.span.edition, paragraph, fact)
        spans.append(at(fact.span.edition, paragraph, start, end))
        offers.append(less)
    known = is_day(facts[0], {report.on for report in case.evidence.reports})
    return finding("contact day", "red", "contact_day" if known else "contact_day_named", spans, offers,
                   for_="source", reader="security", day=bounds(facts[0].data["first"], facts[0].data["last"]))  # fmt: skip


def exact_dates(case: Case) -> Iterator[Finding]:
    """Days and weeks outside the attribution."""
    for passage in case.passages:
        contact = set(contact_facts(case, passage))
        facts = [fact for fact in passage.facts("date") if fact not in contact and exact(fact)]
        for same in by_value(facts):
            yield exact_date(case, passage, same)


def exact_date(case: Case, passage: Passage, facts: list[Fact]) -> Finding:
    """The finding of one day or week."""
    severity, why_key = grade(passage, length(facts[0]) or 1)
    less = partial(for_date, release=case.draft.release_on)
    return finding("exact date", severity, why_key, [fact.span for fact in facts], offers_of(passage, facts, less),
                   for_="subject", reader="security", before=interval(passage.knowers),
                   when=bounds(facts[0].data["first"], facts[0].data["last"]), **circle(passage.knowers))  # fmt: skip


def grade(passage: Passage, days: int) -> tuple[Severity, str]:
    """A day few know of is red, their week amber; what everyone knows is a note."""
    knowers = passage.knowers
    if knowers is None:
        return "amber", "date_unknown"
    if passage.few:
        return ("red", "date_few") if days <= 2 else ("amber", "date_week")
    return (
        ("amber", "date_week" if days > 2 else "date_few")
        if knowers.high <= SOME
        else ("note", "date_public")
    )


def drifted(case: Case) -> Iterator[Finding]:
    """Words like 'last week' that meant one week when told and mean another when published."""
    for passage in case.passages:
        for report in passage.reports[:1] if passage.reports else ():
            facts = list(moved(case, passage, report))
            for same in by_value(fact for fact, _ in facts):
                then = {fact: old for fact, old in facts if fact in same}
                yield drift(case, passage, report, then)


def moved(
    case: Case, passage: Passage, report: SealedReport
) -> Iterator[tuple[Fact, tuple[date | None, date | None]]]:
    """Dates whose days then and now barely overlap."""
    contact = {fact.span for fact in contact_facts(case, passage)}
    for lang, one in passage.said.items():
        told = said(lang, one.paragraph, report.on, case.draft.country)
        then = {span_of(fact): fact for fact in told.of("date")}
        for fact in one.of("date"):
            old = then.get(span_of(fact))
            if old and fact.span not in contact and apart(old, fact) and meant_so(old, report, case):
                yield fact, (old.data["first"], old.data["last"])


def meant_so(old: Fact, report: SealedReport, case: Case) -> bool:
    """Whether the teller can have meant these days: a bare "the 18th" is the writer's own, unless the report tells of it."""
    if not BARE_DAY.fullmatch(old.span.words.strip()):
        return True
    told = said(report.lang, ParagraphText(report.id, report.text), report.on, case.draft.country)
    return any(one.data["first"] == old.data["first"] for one in told.of("date"))


def span_of(fact: Fact) -> tuple[int, int]:
    """Where the words stand."""
    return fact.span.start, fact.span.end


def apart(old: Fact, new: Fact) -> bool:
    """Whether less than half of the shorter span is shared; long and open spans do not drift."""
    days = (old.data["first"], old.data["last"], new.data["first"], new.data["last"])
    if any(one is None for one in days) or (length(new) or 0) > 31:
        return False
    shared = (min(days[1], days[3]) - max(days[0], days[2])).days + 1
    return bool(shared * 2 < min(length(old) or 1, length(new) or 1))


def drift(
    case: Case, passage: Passage, report: SealedReport, then: dict[Fact, tuple[date | None, date | None]]
) -> Finding:
    """The finding. What is offered is said of the days the source meant, not of what the words mean now."""
    facts = list(then)
    meant = [replace(fact, data={**fact.data, "first": old[0], "last": old[1]}) for fact, old in then.items()]
    offers: Iterator[Offer] = offers_of(passage, meant, partial(for_date, release=case.draft.release_on))
    spans: list[FindingSpan] = [fact.span for fact in facts]
    return finding("relative date drifted", "amber", "drifted", spans, offers, for_="subject", reader="participant",
                   told=report.on.isoformat(), then=bounds(*then[facts[0]]), release=case.draft.release_on.isoformat(),
                   now=bounds(facts[0].data["first"], facts[0].data["last"]))  # fmt: skip
