"""Where and when a file was taken, by its own metadata, beside what the text and the words under it say.

Nothing here passes a file: that both agree is no finding, and that a file says nothing stands in `cannot_estimate`.
Belongs here: both values laid side by side. Does not belong here: reading the metadata (disclosure.taken), that a
location stands in it at all (surface).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from nightdesk.disclosure.case import Case
from nightdesk.disclosure.exactness import bounds, exact
from nightdesk.disclosure.facts import Fact, Said, said
from nightdesk.disclosure.findings import finding
from nightdesk.disclosure.grammar import language_of
from nightdesk.disclosure.model import AttachedFile, Finding, ParagraphText, Severity
from nightdesk.disclosure.taken import day_of, point_of
from nightdesk.disclosure.whereabouts import COARSE, lies_in
from nightdesk.values.coordinates import Near, Point, middles, near, nearest
from nightdesk.values.places import ancestors, gazetteer

# Kilometres: a county of the DPRK reaches at most about so far from its middle. Judged, not measured.
APART = 50
# Behind a country: a thing of it. 중국 땅, 중국 내 and 中国境内 are places.
OF_THINGS = {
    "ko": re.compile(
        r"(?: ?(?:산|제)(?=[ 의])|(?:의)? (?!내|땅|쪽|측|안|국경|현지|영토|전역|각지|동북|북|남|동|서|[가-힣]{1,4}(?:성|시|현|구)(?![가-힣]))[가-힣])"
    ),
    "zh": re.compile(r"(?:的|产|制)?(?:手机|电话|货|商品|产品|车|人民币|钱|衣|药|酒|电视|影)"),
    "en": re.compile(
        r"(?:['’]s)? (?:phones?|handsets?|SIM|goods|yuan|trucks?|cars?|rice|medicines?|tea|clothes|films?|dramas?)\b"
    ),
}
CREDIT = ""  # the id of the words with a file: a paragraph's is never empty
# So much older than the story, a photo is of the archive and shows nothing that is told.
OLD = timedelta(days=90)
SLACK = timedelta(days=1)  # a clock in another zone, or one that was never set to the minute


def taken(case: Case) -> Iterator[Finding]:
    """At most one finding a file about its place, and one about its day."""
    for one in case.evidence.files:
        facts = told(case, one)
        spot, day = spot_of(one), day_taken(one)
        if spot is not None:
            yield from of_place(one, spot, [fact for fact in facts if fact.kind == "place"])
        if day is not None:
            old = case.draft.release_on - day > OLD
            yield from of_day(
                one, day, [fact for fact in facts if fact.kind == "date"], "note" if old else "amber"
            )


def uncompared(case: Case) -> bool:
    """Whether a file says nothing of its place or of its day: then there was nothing to lay beside the text."""
    return any(spot_of(one) is None or day_taken(one) is None for one in case.evidence.files)


class Spot(NamedTuple):
    """A point, how far off it may be in kilometres, and the town that is nearest to it."""

    point: Point
    off: int
    town: Near


def spot_of(file: AttachedFile) -> Spot | None:
    """Where the file says that it was taken, or had said before it was cleaned: then its town stands for it."""
    if (point := point_of(file.metadata)) is not None:
        return Spot(point, 0, nearest(point))
    kept = file.taken_near
    return Spot(middles()[kept.key], kept.high, kept) if kept is not None and kept.key in middles() else None


def day_taken(file: AttachedFile) -> date | None:
    """The day on which the file says that it was taken, or had said so before it was cleaned."""
    return day_of(file.metadata) or file.taken_on


def told(case: Case, file: AttachedFile) -> list[Fact]:
    """Places and days of every paragraph and of the words with the file; no country that only says whose a thing is."""
    words = said(
        language_of(file.credit),
        ParagraphText(CREDIT, file.credit),
        case.draft.release_on,
        case.draft.country,
    )
    said_in = [(one, one.of("place", "date")) for passage in case.passages for one in passage.said.values()]
    return [
        fact
        for one, facts in [*said_in, (words, words.of("place", "date"))]
        for fact in facts
        if not made_there(one, fact)
    ]


def made_there(one: Said, fact: Fact) -> bool:
    """Whether a country is only where a thing comes from: 중국 손전화, 中国手机, a China phone."""
    if fact.kind != "place" or fact.data["level"] != "country" or one.edition not in OF_THINGS:
        return False
    return OF_THINGS[one.edition].match(one.paragraph.text, fact.span.end) is not None


def of_place(file: AttachedFile, spot: Spot, places: Sequence[Fact]) -> Iterator[Finding]:
    """The text says another place, one less fine, or one of which nobody knows where it lies."""
    away = {fact: least(reached(str(fact.value), spot.point), spot) for fact in places}
    close = [fact for fact, low in away.items() if low is not None and low <= APART]
    if any(fact.data["level"] not in COARSE for fact in close):
        return
    known = [low for low in away.values() if low is not None]
    here = spot.town
    values: dict[str, Any] = {"name": file.name, "place": here.key, "low": here.low, "high": here.high}
    if close or not places:
        yield beside("taken_place_finer" if close else "taken_place_alone", close, values | named(close))
    elif known:
        yield beside("taken_elsewhere", places, values | named(places) | {"away": min(known)})
    else:
        yield beside("taken_unplaced", places, values | named(places))


def least(town: Near | None, spot: Spot) -> int | None:
    """The kilometres from the photo to the town at least; None where nobody knows its middle.

    No town is nearer to the photo than the nearest one, however far off its point may be.
    """
    return None if town is None else max(0, town.low - spot.off, spot.town.low)


@lru_cache(maxsize=1024)
def reached(key: str, point: Point) -> Near | None:
    """How far a place is: the nearest town of it, or the town that it lies in; None where nobody knows a middle.

    Kept, because a story names a place in many paragraphs.
    """
    towns = [one for one in middles() if one == key or lies_in(one, key)]
    towns = towns or [up for up in above(key) if up in middles()][:1]
    return min((near(one, point) for one in towns), key=lambda one: (one.low, one.key), default=None)


def above(key: str) -> tuple[str, ...]:
    """What a place lies in, nearest first; nothing for a place that no gazetteer has."""
    return ancestors(key) if key in gazetteer() else ()


def named(places: Sequence[Fact]) -> dict[str, Any]:
    """The places of these facts, each once, for a sentence."""
    return {"places": list(dict.fromkeys(str(fact.value) for fact in places))}


def of_day(file: AttachedFile, day: date, dates: Sequence[Fact], severity: Severity) -> Iterator[Finding]:
    """The text says other days, or only a longer time, or none."""
    holding = [fact for fact in dates if holds(fact, day)]
    if any(exact(fact) for fact in holding):
        return
    why = "taken_day_finer" if holding else "taken_other_day" if dates else "taken_day_alone"
    said_days = list(
        dict.fromkeys(bounds(fact.data["first"], fact.data["last"]) for fact in holding or dates)
    )
    yield beside(
        why, holding or dates, {"name": file.name, "day": day.isoformat(), "days": said_days}, severity
    )


def holds(fact: Fact, day: date) -> bool:
    """Whether the day lies in the time that is told, give or take a day; a time open at one end goes on there."""
    first, last = fact.data["first"] or date.min, fact.data["last"] or date.max
    # Days are taken from one another: none may lie before the first there is, nor behind the last.
    return bool(first - day <= SLACK and day - last <= SLACK)


def beside(
    why_key: str, facts: Sequence[Fact], values: dict[str, Any], severity: Severity = "amber"
) -> Finding:
    """The finding; words under the file are no paragraph of the story, so they have no span."""
    spans = [fact.span for fact in facts if fact.span.paragraph != CREDIT]
    return finding("photo or file", severity, why_key, spans, for_="carrier", reader="security", **values)
