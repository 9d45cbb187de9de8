"""From one account and its reading to the facts that are compared, and what sort of text it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from nightdesk.corroboration import lexicon, parts, words
from nightdesk.corroboration.facts import Facts, Kind
from nightdesk.corroboration.model import Account
from nightdesk.reading.model import Reading

LONG = 60  # tokens: a text this long without a town, day or known act can still be about one event


def gather(account: Account, reading: Reading) -> Facts:
    """The facts of `account`. `reading` must be of the same text, its offsets are looked up in it."""
    text, lang = account.text.lower(), account.lang
    if len(text) != len(account.text):  # a few letters grow when lowered; offsets must keep pointing right
        text = "".join(c.lower() if len(c.lower()) == 1 else c for c in account.text)
    found = lexicon.mentions("acts", text, lang)
    towns, districts = parts.places(reading, account.country.lower())
    deadlines, dates = parts.dates(reading, text, lang, account.on)
    told = words.tokens(text, lang)
    facts = Facts(
        kind="act",
        places=towns,
        districts=districts,
        dates=dates,
        deadlines=deadlines,
        sums=tuple(parts.sums(reading, text, lang)),
        acts=frozenset(act for act in found if lexicon.act_class(act) != "survey"),
        parties=parts.parties(text, lang),
        agencies=frozenset(lexicon.mentions("agencies", text, lang)),
        details=frozenset(lexicon.mentions("details", text, lang)),
        counts=frozenset(parts.counts(reading, lang)),
        hearsay=lexicon.says("hearsay", text, lang),
        follow_up=lexicon.says("follow_up", text, lang),
        tokens=told,
        shingles=words.shingles(text, lang),
        text=text,
    )
    return replace(facts, kind=_kind(facts, found, reading, text, lang))


def _kind(facts: Facts, found: Mapping[str, int], reading: Reading, text: str, lang: str) -> Kind:
    """What sort of text this is; only acts and campaigns make events."""
    if not facts.acts and (lexicon.says("spam", text, lang) or _bitcoin(facts)):
        return "spam"
    if _is_survey(facts, found, reading):
        return "survey"
    if lexicon.says("habit", text, lang) and not facts.dates:
        return "pattern"
    placed = facts.places and (facts.dates or facts.sums) and len(facts.tokens) > 5
    if not (facts.acts or placed or len(facts.tokens) >= LONG):
        return "nothing"
    return "campaign" if _goes_on(facts, reading, text, lang) else _act_or_campaign(found)


def _goes_on(facts: Facts, reading: Reading, text: str, lang: str) -> bool:
    # "Since the start of May they are checking": no victim, no sum, a beginning without an end.
    starts = any(s.kind == "date" and parts.part(s, text, lang) == "start" for s in reading.spans)
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
