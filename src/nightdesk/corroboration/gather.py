"""From one account and its reading to the facts that are compared, and what sort of text it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from nightdesk.corroboration import denied, kinds, lexicon, parts
from nightdesk.corroboration.counted import ages
from nightdesk.corroboration.counting import counts
from nightdesk.corroboration.facts import AGE, Facts, Kind
from nightdesk.corroboration.model import Account
from nightdesk.corroboration.scanning import Scanned, cut_once, lower
from nightdesk.corroboration.words import analyse
from nightdesk.reading.model import Reading

HARM = frozenset({"death", "accident", "execution", "beating", "trial"})
HARMED = ("dead", "condemned", "missing", "hurt")
FEW = 14  # days: what is told of a longer stretch is told of no day
LONG = 60  # tokens: a text this long without a town, day or known act can still be about one event
WRITTEN = 900  # characters of English: from here a text is a written report, told by words, names and its day
DOCUMENT = 240  # the same where nobody is named who told it: no call note is that long without a teller


def is_document(account: Account) -> bool:
    """Whether a text is compared as a written report: its values are many, and most are not of the event."""
    told_by = account.source or account.via or account.basis
    return account.lang == "en" and len(account.text) >= (WRITTEN if told_by else DOCUMENT)


def gather(account: Account, reading: Reading) -> Facts:
    """The facts of `account`. `reading` must be of the same text, its offsets are looked up in it."""
    lang = account.lang
    if is_document(account):
        return _document(account)
    cut = cut_once(account.text) if lang == "en" else None
    told = Scanned(lower(account.text), lang, cut)
    found = told.first("acts")
    towns, districts = parts.places(reading, told, account.country.lower())
    deadlines, dates = parts.dates(reading, told, account.on)
    counted = list(counts(reading, told))
    words, shingles = analyse(account.text, lang, parts.signs(reading, told), cut)
    facts = Facts(
        kind="act",
        places=towns,
        districts=districts,
        dates=dates,
        deadlines=deadlines,
        sums=(*parts.sums(reading, told), *parts.weights(reading)),
        acts=frozenset(act for act in found if lexicon.act_class(act) != "survey"),
        parties=parts.parties(told),
        agencies=frozenset(told.first("agencies")),
        details=frozenset(told.first("details")),
        counts=frozenset((one.thing, one.number) for one in counted),
        denies=frozenset(denied.fields(reading, told, counted)),
        wrong=frozenset((*denied.values(reading, told, counted), *denied.undone(told))),
        hearsay=told.says("hearsay"),
        informed=told.says("informant"),
        again=told.says("again"),
        follow_up=told.says("follow_up"),
        words=words,
        shingles=shingles,
    )
    return replace(facts, kind=_kind(facts, found, reading, told))


def _document(account: Account) -> Facts:
    words, shingles = analyse(account.text, account.lang)
    years = frozenset((AGE, old) for old in ages(account.text))
    return Facts(kind="act", document=True, counts=years, words=words, shingles=shingles)


def _kind(facts: Facts, found: Mapping[str, int], reading: Reading, told: Scanned) -> Kind:
    """What sort of text this is; only acts and campaigns make events."""
    if not facts.acts and (told.says("spam") or _bitcoin(facts)):
        return "spam"
    if _is_survey(facts, found, reading):
        return "survey"
    if not _on_a_day(facts) and not _counts_harm(facts) and _is_habit(reading, told):
        return "pattern"
    if kinds.says("no_news", told) and not (facts.acts or facts.counts or _on_a_day(facts)):
        return "nothing"
    if not (facts.acts or facts.places or facts.dates or facts.sums or len(facts.words) >= LONG):
        return "nothing"
    return "campaign" if _goes_on(facts, reading, told) else _act_or_campaign(facts, found)


def _is_habit(reading: Reading, told: Scanned) -> bool:
    dates = (s for s in reading.spans if s.kind == "date")
    return told.says("habit") or kinds.says("habit", told) or any(kinds.recurs(s, told) for s in dates)


def _on_a_day(facts: Facts) -> bool:
    """Whether a day, or few, are told on which it happened."""
    return any(d.earliest and d.latest and (d.latest - d.earliest).days <= FEW for d in facts.dates)


def _goes_on(facts: Facts, reading: Reading, told: Scanned) -> bool:
    # "Since the start of May they are checking": no victim, no sum, a beginning without an end.
    starts = any(s.kind == "date" and parts.part(s, told) == "start" for s in reading.spans)
    return starts and not (facts.parties or facts.sums or _harmed(facts))


def _act_or_campaign(facts: Facts, found: Mapping[str, int]) -> Kind:
    # What a text names first is what it is about: "a sweep began; one household paid" is a campaign.
    # A patrol or a threat inside the story of one victim comes later in it. Who died on a day did so in no campaign.
    first = sorted((at, act) for act, at in found.items() if lexicon.act_class(act) != "survey")
    campaign = first and lexicon.act_class(first[0][1]) == "campaign"
    return "campaign" if campaign and not (_harmed(facts) and _on_a_day(facts)) else "act"


def _harmed(facts: Facts) -> bool:
    return bool(facts.acts & HARM) or _counts_harm(facts)


def _counts_harm(facts: Facts) -> bool:
    # Two men shot, "as every winter", are two men: so many people were harmed once, whatever is said of habit.
    return any(thing in HARMED and number for thing, number in facts.counts)


def _bitcoin(facts: Facts) -> bool:
    return any(s.currency == "BTC" for s in facts.sums) and not facts.places


def _is_survey(facts: Facts, found: Mapping[str, int], reading: Reading) -> bool:
    prices = sum(1 for s in reading.spans if s.kind == "money" and s.value.get("per"))
    return (prices >= 2 and prices > sum(s.currency != "kg" for s in facts.sums)) or (
        "survey" in found and not facts.acts and prices >= 1
    )
