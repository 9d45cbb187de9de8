"""From one account and its reading to the facts that are compared.

Belongs here: choosing, among everything a reading found, what belongs to the event itself (not the
deadline, not the next call, not a price, not what happened a year ago). Does not belong here:
comparing (compare.py) and finding values in words (nightdesk.reading).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from nightdesk.corroboration import lexicon, words
from nightdesk.corroboration.model import Account
from nightdesk.corroboration.when import bounds
from nightdesk.reading.model import Reading, Span
from nightdesk.values.dates import DateSpan, span
from nightdesk.values.places import ancestors, gazetteer

Kind = Literal["act", "campaign", "pattern", "survey", "spam", "nothing"]
RECENT = timedelta(days=62)  # older dates are what the event is compared with, unless nothing newer is said
VAGUE = timedelta(days=93)  # a season
LONG = 60  # tokens: a text this long without a town, day or known act can still be about one event
NEAR = 14  # characters around a sum or date in which a word says what part it plays


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum that changed hands or should have. `role` is '' when the words do not say."""

    amount: Decimal
    currency: str
    role: str = ""

    def __str__(self) -> str:
        return f"{self.currency} {self.amount.normalize():f}"


@dataclass(frozen=True, slots=True)
class Facts:
    """What one account says, in values that can be compared."""

    kind: Kind
    places: frozenset[str] = frozenset()  # gazetteer keys of towns, counties or provinces
    districts: frozenset[str] = frozenset()
    dates: tuple[DateSpan, ...] = ()  # of the event
    deadlines: frozenset[date] = frozenset()
    sums: tuple[Sum, ...] = ()
    acts: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()
    agencies: frozenset[str] = frozenset()
    details: frozenset[str] = frozenset()
    counts: frozenset[tuple[str, int]] = frozenset()
    hearsay: bool = False
    follow_up: bool = False
    tokens: tuple[str, ...] = ()
    shingles: frozenset[str] = field(default=frozenset(), repr=False)


def gather(account: Account, reading: Reading) -> Facts:
    """The facts of `account`. `reading` must be of the same text, its offsets are looked up in it."""
    text, lang = account.text.lower(), account.lang
    if len(text) != len(account.text):  # a few letters grow when lowered; offsets must keep pointing right
        text = "".join(c.lower() if len(c.lower()) == 1 else c for c in account.text)
    found = lexicon.mentions("acts", text, lang)
    towns, districts = _places(reading, account.country.lower())
    deadlines, dates = _dates(reading, text, lang, account.on)
    told = words.tokens(text, lang)
    facts = Facts(
        kind="act",
        places=towns,
        districts=districts,
        dates=dates,
        deadlines=deadlines,
        sums=tuple(_sums(reading, text, lang)),
        acts=frozenset(act for act in found if lexicon.act_class(act) != "survey"),
        parties=_parties(text, lang),
        agencies=frozenset(lexicon.mentions("agencies", text, lang)),
        details=frozenset(lexicon.mentions("details", text, lang)),
        counts=frozenset(_counts(reading, lang)),
        hearsay=lexicon.says("hearsay", text, lang),
        follow_up=lexicon.says("follow_up", text, lang),
        tokens=told,
        shingles=words.shingles(text, lang),
    )
    return _as_kind(facts, _kind(facts, found, reading, text, lang))


def _as_kind(facts: Facts, kind: Kind) -> Facts:
    values = {name: getattr(facts, name) for name in Facts.__slots__}
    return Facts(**{**values, "kind": kind})


def _kind(facts: Facts, found: Mapping[str, int], reading: Reading, text: str, lang: str) -> Kind:
    """What sort of text this is; only acts and campaigns make events."""
    if not facts.acts and (lexicon.says("spam", text, lang) or _bitcoin(facts)):
        return "spam"
    if _is_survey(facts, found, reading):
        return "survey"
    if lexicon.says("habit", text, lang) and not facts.dates:
        return "pattern"
    if not (
        facts.acts or len(facts.tokens) >= LONG or (facts.places and facts.dates and len(facts.tokens) > 5)
    ):
        return "nothing"
    return "campaign" if _goes_on(facts, reading, text, lang) else _act_or_campaign(found)


def _goes_on(facts: Facts, reading: Reading, text: str, lang: str) -> bool:
    # "Since the start of May they are checking": no victim, no sum, a beginning without an end.
    starts = any(s.kind == "date" and _part(s, text, lang) == "start" for s in reading.spans)
    return starts and not facts.parties and not facts.sums


def _act_or_campaign(found: Mapping[str, int]) -> Kind:
    # What a text names first is what it is about: "a sweep began; one household paid" is a campaign.
    # A patrol or a threat inside the story of one victim comes later in it.
    first = sorted((at, act) for act, at in found.items() if lexicon.act_class(act) != "survey")
    return "campaign" if first and lexicon.act_class(first[0][1]) == "campaign" else "act"


def _bitcoin(facts: Facts) -> bool:
    return any(s.currency == "BTC" for s in facts.sums) and not facts.places


def _is_survey(facts: Facts, found: Mapping[str, int], reading: Reading) -> bool:
    prices = sum(1 for s in reading.spans if s.kind == "money" and s.value.get("per"))
    return (prices >= 2 and prices > len(facts.sums)) or (
        "survey" in found and not facts.acts and prices >= 1
    )


# -- places ------------------------------------------------------------------------------------------


def _places(reading: Reading, country: str) -> tuple[frozenset[str], frozenset[str]]:
    """Finest towns or provinces named in `country` (a top key of the gazetteer), and districts by name."""
    values = [s.value for s in reading.spans if s.kind in ("place", "organisation")]
    districts = {str(v["name"]) for v in values if v.get("level") == "district" and v.get("name")}
    named = {key for v in values if (key := _town(v))}
    above = {up for key in named for up in ancestors(key)}
    inside = named - above
    at_home = {key for key in inside if country in ancestors(key)}
    # A relay's town across the border is where the words came through, not where it happened.
    return frozenset(at_home or inside), frozenset(districts)


def _town(value: Mapping[str, Any]) -> str | None:
    """The gazetteer key a place, or a unit in its place, points at: never a whole country."""
    found = (value.get(name) for name in ("key", "place", "parent"))
    key = next((str(k) for k in found if k in gazetteer()), None)
    return key if key and gazetteer()[key].level != "country" else None


# -- dates -------------------------------------------------------------------------------------------


def _dates(
    reading: Reading, text: str, lang: str, on: date | None
) -> tuple[frozenset[date], tuple[DateSpan, ...]]:
    """Deadlines (their last day), and the days the event may have been on."""
    deadlines: set[date] = set()
    recent: list[DateSpan] = []
    older: list[DateSpan] = []
    for s in reading.spans:
        when = bounds(s.value) if s.kind == "date" else None
        if when is None or _vague(when):
            continue
        part = _part(s, text, lang)
        if part == "deadline" and when.latest:
            deadlines.add(when.latest)
        elif part != "contact" and not _ahead(when, on) and part != "deadline":
            when = span(when.earliest, on or when.latest) if part == "start" else when
            (recent if _recent(when, on) else older).append(when)
    return frozenset(deadlines), tuple(recent) or tuple(_not_background(older, on))


def _part(s: Span, text: str, lang: str) -> str:
    if "contact" in lexicon.mentions("dates", _sentence(text, s.start, s.end), lang):
        return "contact"
    # The word stands beside the day, behind it in Korean and Chinese; further off it belongs to something else.
    beside = text[max(0, s.start - 9) : s.end] if lang == "en" else text[s.start : s.end + 4]
    close = lexicon.mentions("dates", beside, lang)
    return "deadline" if "deadline" in close else "start" if "start" in close else "event"


def _sentence(text: str, start: int, end: int) -> str:
    left = max(text.rfind(mark, 0, start) for mark in ".。!?！？\n")
    right = min((i for mark in ".。!?！？\n" if (i := text.find(mark, end)) >= 0), default=len(text))
    return text[left + 1 : right]


def _vague(when: DateSpan) -> bool:
    # "This year" overlaps with everything in it and so says nothing.
    return bool(when.earliest and when.latest and when.latest - when.earliest > VAGUE)


def _ahead(when: DateSpan, on: date | None) -> bool:
    return bool(on and when.earliest and when.earliest > on)


def _recent(when: DateSpan, on: date | None) -> bool:
    last = when.latest or on
    return on is None or last is None or last >= on - RECENT


def _not_background(older: list[DateSpan], on: date | None) -> list[DateSpan]:
    # "This time last year" and "half a year ago" (vague by weeks) are what the event is told against.
    return [w for w in older if w.earliest and w.latest and (w.latest - w.earliest).days <= 31]


# -- sums, parties, counts ---------------------------------------------------------------------------


def _sums(reading: Reading, text: str, lang: str) -> Iterator[Sum]:
    for s in reading.spans:
        if s.kind != "money" or s.value.get("per") or s.value.get("amount") is None:
            continue
        try:
            yield Sum(Decimal(str(s.value["amount"])), str(s.value.get("currency", "")), _role(s, text, lang))
        except InvalidOperation:
            continue  # a reading without an amount (an unknown sum) compares with nothing


def _role(s: Span, text: str, lang: str) -> str:
    around = text[s.end : s.end + NEAR] if lang == "ko" else text[max(0, s.start - 24) : s.start]
    # Nearest word wins: behind the sum in Korean, before it in English and Chinese.
    found = lexicon.mentions("sums", around, lang) if lang == "ko" else _last("sums", around, lang)
    if not found:
        return ""
    return (
        min(found, key=lambda k: (found[k], k)) if lang == "ko" else max(found, key=lambda k: (found[k], k))
    )


def _last(section: str, text: str, lang: str) -> dict[str, int]:
    rows = lexicon.patterns(section, lang)
    return {key: hits[-1].end() for key, pattern in rows if (hits := list(pattern.finditer(text)))}


def _parties(text: str, lang: str) -> frozenset[str]:
    found = lexicon.mentions("parties", text, lang)
    retired = lexicon.patterns("retired", lang)[0][1]
    if "broker" in found and any(_beside(hit.start(), text, lang) for hit in retired.finditer(text)):
        found["retired_broker"] = found["broker"]
    if "retired_broker" in found:
        found.pop("broker", None)
    if len(found) > 1:
        found.pop("household", None)  # "a broker's household" is the broker
    return frozenset(found)


def _beside(at: int, text: str, lang: str) -> bool:
    reach = 30 if lang == "en" else 12
    return "broker" in lexicon.mentions("parties", text[max(0, at - reach) : at + reach], lang)


def _counts(reading: Reading, lang: str) -> Iterator[tuple[str, int]]:
    for s in reading.spans:
        number = s.value.get("count")
        if s.kind == "quantity" and isinstance(number, int | str) and str(number).isdigit():
            told = f"{s.value.get('of') or ''} {s.words}".lower()
            yield from ((thing, int(number)) for thing in list(lexicon.mentions("counts", told, lang))[:1])
