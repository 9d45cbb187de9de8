"""`read`: every rule of every language the text is written in, then one reading a stretch.

The longest explanation wins; between equals the kind and rule that stand first. A quotation, and the
place inside a unit, may lie around or within another span; nothing else overlaps.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from nightdesk.reading import (
    bare,
    composed,
    labels,
    lent,
    named,
    open_ends,
    people,
    prices,
    quoted,
    ranges,
    told,
    unread,
)
from nightdesk.reading.find import Find
from nightdesk.reading.match import Setting, Value
from nightdesk.reading.model import Kind, Reading, ReadingError, Span, Unread
from nightdesk.reading.normal import Normal, normal
from nightdesk.reading.offers import Offer, Possible, said
from nightdesk.reading.tables import simplified, start
from nightdesk.values.languages import language

# Between two explanations of the same length, the kind that is dearer to miss.
RANK = {
    "money": 0,
    "recurrence": 1,
    "date": 2,
    "time": 3,
    "organisation": 4,
    "place": 5,
    "person": 5,
    "duration": 6,
    "quantity": 7,
}
OWN = -2  # the rank of a desk's own words: before every rule
FIGURES = -1  # of its own words that are a bare number: before every rule that explains no more
_LETTERS = ("[A-Za-z0-9]", "[가-힣]")
_SCRIPTS = (
    ("ko", re.compile("[가-힣]")),
    ("zh", re.compile("[\u3400-\u9fff]")),
    ("en", re.compile("[A-Za-z]")),
)
# "May 14", "November 5, 2023": letters, then the day; what a rule of days made of them.
_DAY_OF_MONTH = re.compile(
    r"(?:[A-Za-z]{3,9},? )?[A-Za-z]{3,9}\.? (?:the )?\d{1,2}(?:st|nd|rd|th)?(?:,? \d{4})?"
)
# A desk's own 300 says nothing of 300 yuan, 300 people or 1,300: what a rule reads around a bare number counts.
BARE_NUMBER = re.compile(
    r"[0-9](?:[0-9.,만천백억십萬万千百亿億十]|[ ](?=[0-9]))*|[〇零一二三四五六七八九十百千万萬亿億两兩]{2,}"
)
_IN = re.compile(r"\b(?:in|during|of|last|this)[ ]$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Term:
    """A desk's own word: it has a kind and a value here (a market, a unit), or, without a kind, is no value."""

    words: str
    kind: Kind | None
    value: Value


def read(
    text: str,
    lang: str | None,
    on: date | None,
    country: str | None = None,
    terms: Sequence[Term] = (),
    names: labels.Names | None = None,
    flagged: bool = True,
) -> Reading:
    """Everything `text` says in values, and the words no rule could read.

    `on` is the day of the contact; without it relative dates are unread. `country` (ISO 3166-1, as
    "KP") decides between currencies that share a word. `lang` None: by the letters. `names`: what tells
    Korean names that no table holds (docs/formats/reading.md, Names); it must be pure too. `flagged`
    False: the values alone, the same; stretches that no rule explains are not looked for.
    Raises ReadingError for a language nobody reads.
    """
    return _read(text, lang, on, country, terms, False, names, flagged)[0]


def alternatives(
    text: str,
    lang: str | None,
    on: date | None,
    country: str | None = None,
    terms: Sequence[Term] = (),
) -> tuple[Span, ...]:
    """What other rules made of the same stretches and `read` set aside for a longer or dearer reading."""
    return _read(text, lang, on, country, terms, True)[1]


def _read(
    text: str,
    lang: str | None,
    on: date | None,
    country: str | None,
    terms: Sequence[Term],
    every: bool,
    names: labels.Names | None = None,
    flagged: bool = True,
) -> tuple[Reading, tuple[Span, ...]]:
    seen = normal(text)
    tongue = _language(lang, seen.text)
    langs = _languages(tongue, seen.text)
    listed = [find for code in langs if code != "shared" for find in named.finds(seen.text, code, country)]
    setting = Setting(seen.text, on, country, _countries(listed))
    listed += [find for code in langs if code != "shared" for find in people.finds(seen.text, code)]
    offered = list(_candidates(langs, setting, terms, listed))
    offered = list(_without_days_counted(offered, seen.text)) if "en" in langs else offered
    kept, taken = _settle(offered, len(seen.text))
    kept = list(quoted.settled(seen.text, kept, taken))
    kept = _composed(setting, tongue, sorted(kept, key=_place), taken)
    if names is not None and "ko" in langs and labels.unexplained(seen.text, taken):
        kept = labels.labelled(seen.text, kept, names(seen.text, kept), taken)
    aside = tuple(_aside(text, seen, _all_found(offered), kept)) if every else ()
    if flagged:
        kept.extend(unread.finds(seen.text, langs, taken))
    kept.sort(key=_place)
    reading = _reading(tongue, text, seen, tuple(prices.priced(seen.text, tuple(told.pointed(kept)))))
    return reading, aside


def _all_found(offered: Iterable[Offer]) -> Iterator[Find]:
    """What every explanation says, also those that none was asked for."""
    return (find for _, one in offered if (find := said(one)) is not None)


def _aside(text: str, seen: Normal, offered: Iterable[Find], kept: Iterable[Find]) -> Iterator[Span]:
    """Each explanation that was not kept, once, in order."""
    told = {(f.start, f.end, f.kind, repr(f.value)) for f in kept}
    for find in sorted(offered, key=lambda f: (f.start, -f.end)):
        named_ = (find.start, find.end, find.kind, repr(find.value))
        if find.kind is not None and named_ not in told:
            told.add(named_)
            start, end = seen.back(find.start, find.end)
            yield Span(start, end, text[start:end], find.kind, find.value)


def _place(find: Find) -> tuple[int, int]:
    return find.start, -find.end


def _composed(setting: Setting, tongue: str, kept: Sequence[Find], taken: bytearray) -> list[Find]:
    """The finds that mean one thing together made one, and their words marked as taken."""
    text = setting.text
    finds = composed.together(text, kept) if tongue == "en" else kept
    finds = list(ranges.joined(text, finds))
    finds = open_ends.opened(text, finds) if tongue == "en" else finds
    finds = list(lent.sums(text, tongue, list(finds), taken)) if tongue in lent.TONGUES else finds
    for find in finds:
        if find.kind != "quotation":
            taken[find.start : find.end] = b"\1" * (find.end - find.start)
    return bare.sums(setting, tongue, finds, taken)


def _language(lang: str | None, text: str) -> str:
    if lang is not None:
        try:
            return language(lang)
        except ValueError as error:
            raise ReadingError(str(error)) from error
    return next((code for code, script in _SCRIPTS if script.search(text)), "en")


def _languages(main: str, text: str) -> tuple[str, ...]:
    """The text's own language first, then every other whose letters stand in it."""
    others = [code for code, script in _SCRIPTS if code != main and script.search(text)]
    return (main, *others, "shared")


def _countries(names: Iterable[Find]) -> dict[str, int]:
    """Where the text first names each country that has a won of its own, by a place in it."""
    first: dict[str, int] = {}
    for find in names:
        country = find.value.get("country")
        if country in ("KP", "KR"):
            first[country] = min(find.start, first.get(country, find.start))
    return first


def _candidates(
    langs: Sequence[str], setting: Setting, terms: Sequence[Term], names: Iterable[Find]
) -> Iterator[Offer]:
    """Every explanation any rule has, with the rule's rank."""
    for term in terms:
        words = normal(term.words).text
        rank = FIGURES if BARE_NUMBER.fullmatch(words) else OWN
        for found in _whole(words).finditer(setting.text) if words.strip() and words in setting.text else ():
            yield rank, Find(found.start(), found.end(), term.kind, term.value)
    for find in quoted.finds(setting.text, langs):
        yield 0, find
    for find in names:
        yield RANK[str(find.kind)], find
    yield from _by_rules(langs[0], setting)
    for lang in langs[1:]:
        yield from _in_its_letters(lang, setting)


def _in_its_letters(lang: str, setting: Setting) -> Iterator[Offer]:
    """What another language's rules find where a letter of it stands: bare figures are the text's own.

    Else a sentence in English added to a Korean note would change what the figures before it mean.
    """
    script = dict(_SCRIPTS).get(lang)
    for rank, find in _by_rules(lang, setting):
        if script is None or script.search(setting.text, find.start, find.end):
            yield rank, find


@lru_cache(maxsize=4096)
def _whole(words: str) -> re.Pattern[str]:
    """These words, not cut out of the middle of longer ones; what Korean hangs on behind may follow."""
    left = next((f"(?<!{letters})" for letters in _LETTERS if re.match(letters, words)), "")
    right = f"(?!{_LETTERS[0]})" if re.match(_LETTERS[0], words[-1]) else ""
    if BARE_NUMBER.fullmatch(words):
        left, right = f"(?<![0-9][.,]){left}", f"{right}(?![.,][0-9])"
    return re.compile(left + re.escape(words) + right)


def _by_rules(lang: str, setting: Setting) -> Iterator[Offer]:
    """Each rule of the language, tried only where it can begin."""
    if lang == "zh" and (simple := simplified(setting.text)) is not setting.text:
        setting = replace(setting, text=simple)
    begin, text = start(lang), setting.text
    may_match = begin.gate.at
    for place in begin.places.finditer(text):
        at = place.start()
        for rule in may_match(text, at):
            if found := rule.match(text, at):
                yield RANK.get(rule.kind, 8), Possible(rule, found, setting)


def _without_days_counted(offered: Sequence[Offer], text: str) -> Iterator[Offer]:
    """All but counts that begin with the day of a date: in "May 14 inspectors came" the day is the 14th.

    After "in" the month is whole: "in May 14 inspectors came" counts fourteen.
    """
    dated = bytearray(len(text) + 1)
    for _, one in offered:
        day = _DAY_OF_MONTH.fullmatch(text, one.start, one.end) and _is_one_of(one, ("date", None))
        if day and not _IN.search(text[max(0, one.start - 8) : one.start]):
            dated[one.start + 1 : one.end] = b"\1" * (one.end - one.start - 1)
    return (o for o in offered if not dated[o[1].start] or o[0] < 0 or not _is_one_of(o[1], ("quantity",)))


def _is_one_of(one: Find | Possible, kinds: tuple[Kind | None, ...]) -> bool:
    find = said(one)
    return find is not None and find.kind in kinds


def _settle(offered: Iterable[Offer], length: int) -> tuple[list[Find], bytearray]:
    """One reading a stretch: the desk's own terms (a bare number among the rules), then the longest, then the dearest kind.

    What a rule matched is valued only here, where nothing longer has taken its stretch.
    """
    taken, own, kept = bytearray(length), bytearray(length), []
    ordered = [(rank != OWN, f.start - f.end, rank, f.start, n, f) for n, (rank, f) in enumerate(offered)]
    ordered.sort()
    for _, _, rank, start_, _, one in ordered:
        if isinstance(one, Find) and one.inside:
            if one.kind == "quotation" or own.find(1, start_, one.end) < 0:
                kept.append(one)
        elif taken.find(1, start_, one.end) < 0 and (find := said(one)) is not None:
            taken[start_ : find.end] = b"\1" * (find.end - start_)
            if rank < 0:
                own[start_ : find.end] = taken[start_ : find.end]
            kept.append(find)
    return kept, taken


def _reading(lang: str, text: str, seen: Normal, finds: Iterable[Find]) -> Reading:
    spans, missed = [], []
    for find in finds:
        start, end = seen.back(find.start, find.end)
        if find.kind is None and find.why:
            missed.append(Unread(start, end, text[start:end], find.why))
        elif find.kind is None:
            continue  # the desk's own word: no value
        else:
            spans.append(Span(start, end, text[start:end], find.kind, _as_given(find, text[start:end])))
    return Reading(lang, tuple(spans), tuple(missed))


def _as_given(find: Find, words: str) -> Value:
    """The value; a quotation gives its words as they were typed."""
    return {**find.value, "words": words[1:-1]} if find.kind == "quotation" else find.value
