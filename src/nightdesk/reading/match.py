"""What a resolver is given: the words a rule matched, their slots as values, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from nightdesk.reading.model import ReadingError
from nightdesk.reading.numerals import number
from nightdesk.reading.tables import Rule, context, key, lookup
from nightdesk.reading.tally import Number
from nightdesk.reading.years import year

Value = Mapping[str, Any]
_NUMBERS = ("n", "int", "cal", "native", "figures", "small", "tens")
_RAW = ("int2", "two", "both", "four", "yy", "year")
PLAN = 80  # so far before a day the words of a plan may stand
NEAR = 48  # and those that stand right before it
_SENTENCE_END = re.compile(r"[.!?。！？](?!\d)|\n")
# The same for a verb in the sentence: the stops of "5 a.m. they", "Dec. 20" and "No. 5" end none.
_ENDS = re.compile(
    r"[!?。！？…\n]|\.(?!(?<=\b[ap]\.)m\.)(?!(?<=\b[ap]\.m\.) [a-z])(?!(?<=\bNo\.) ?\d)"
    r"(?!(?<=\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\.) ?\d)"
)


_CLAUSE = re.compile(r"[，,]?[^，,]*")


class Impossible(ReadingError):
    """The words make a value that cannot be (31 February); the message says why."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a text is read against: the day of the contact and the country told of."""

    text: str
    on: date | None
    country: str | None
    named: Mapping[str, int] = field(default_factory=dict)  # country -> where the text first names it

    def country_at(self, end: int) -> str | None:
        """The report's country, else the one named by the end of this sentence; None when unknown."""
        if self.country is not None or not self.named:
            return self.country
        stop = _SENTENCE_END.search(self.text, end, end + 400)
        near = [c for c, first in self.named.items() if first < (stop.start() if stop else end + 400)]
        return near[0] if len(near) == 1 else None

    def day(self) -> date:
        """The day of the contact. Impossible when it is not known."""
        if self.on is None:
            raise Impossible("counted from the day of the contact, which is not known")
        return self.on


# Not frozen, as finds are not: it would take three times as long to make.
@dataclass(slots=True)
class Match:
    """A rule's find: offsets in the normal text, slots by name."""

    rule: Rule
    start: int
    end: int
    words: str
    slots: Mapping[str, Any]
    setting: Setting

    def get(self, name: str) -> Any:
        """The slot's value, or None when the rule did without it."""
        return self.slots.get(name)

    def whole(self, name: str) -> int | None:
        """A number slot as a whole number. None when it is absent or broken."""
        value = self.slots.get(name)
        if isinstance(value, Number):
            return int(value.low) if value.high is None and value.low == int(value.low) else None
        return value if isinstance(value, int) else None

    def future(self) -> bool:
        """Whether the words around it make it a deadline or a plan (까지, until, 之前)."""
        if self.get("forward"):
            return True
        plans, text = _around(self.rule.lang), self.setting.text
        if plans.after and plans.after.match(text, self.end):
            return True
        before = text[max(0, self.start - PLAN) : self.start]
        near = plans.near.search(before[-NEAR:]) if plans.near else None
        if near is not None and not self._over(_lasted(near[0])):
            return True
        return plans.before is not None and plans.before.search(before) is not None

    def _over(self, given: str) -> bool:
        """Whether it is over all the same: they were stuck till Monday; by Tuesday, at the next call on Friday it was gone."""
        past = self.told_past() if given == "given_until" else self._past_in(self._own_clause(given))
        return past and not (given and self._given(given))

    def _past_in(self, words: str) -> bool:
        past = _said(self.rule.lang, "past_said")
        return past is not None and past.search(words) is not None

    def _own_clause(self, given: str = "") -> str:
        """What stands behind it before the next comma; of a day by which something was so, what stands before it too."""
        before, after = self._clause()
        return f"{before.rsplit(',', maxsplit=1)[-1] if given else ''}  {after.split(',')[0]}"

    def _given(self, lasted: str) -> bool:
        """Whether somebody was given the time until then: they gave him until the 20th, he had to pay by Friday."""
        given, said = _said(self.rule.lang, lasted), self._sentence()[0]
        if lasted == "given_by":
            said += self._own_clause()
        return given is not None and given.search(said) is not None

    def _sentence(self) -> tuple[str, str]:
        """What stands before and behind it in its sentence, as far as a plan is looked for."""
        text = self.setting.text
        before = _ENDS.split(text[max(0, self.start - PLAN) : self.start])[-1]
        return before, _ENDS.split(text[self.end : self.end + PLAN])[0]

    def stands_alone(self) -> bool:
        """Whether nothing else is said in its sentence."""
        return not "".join(self._sentence()).strip(" .,")

    def _clause(self) -> tuple[str, str]:
        """The same of its clause, where the language's table says how one ends."""
        (before, after), lang = self._sentence(), self.rule.lang
        if end := _said(lang, "clause_end"):
            before = end.split(before)[-1]
        if stop := _said(lang, "clause_stop"):
            after = stop.split(after)[0]
        return before, after

    def or_so(self) -> bool:
        """Whether the words behind it say that the days beside it may be meant too (8월 20일 전후, 端午前后)."""
        said = _said(self.rule.lang, "or_so")
        return said is not None and said.match(self.setting.text, self.end) is not None

    def told_past(self) -> bool:
        """Whether a verb of the past stands in its clause (He was in the camp until autumn)."""
        before, after = self._clause()
        past, supposed = _said(self.rule.lang, "past_said"), _said(self.rule.lang, "supposed")
        if past is None or (supposed and supposed.search(before)):
            return False
        if (words := _said(self.rule.lang, "own_words")) and (own := words.search(before)):
            before, after = own[0], after.split(",")[0]
        if befell := _said(self.rule.lang, "befell_said"):
            if befell.search("".join(self._sentence())):
                return True
            after = "".join(_CLAUSE.findall(after)[:1])
        return past.search(f"{before} {after}") is not None

    def told_coming(self) -> bool:
        """Whether its clause, none of the past, speaks of what is to come (next list Sunday, Chuseok is Monday)."""
        day, coming = _said(self.rule.lang, "coming_day"), _said(self.rule.lang, "coming_said")
        reported = _said(self.rule.lang, "reported_said")
        if day is None or coming is None or reported is None:
            return False
        before, after = self._clause()
        if not day.search(before) and not coming.search(f"{before}  {after}"):
            return False
        return not self._told_of(reported, coming) and not self.told_past()

    def _told_of(self, reported: re.Pattern[str], coming: re.Pattern[str]) -> bool:
        """Whether it is the day of a telling: on Tuesday he said; not: he said the bridge stays shut Tuesday."""
        before, after = self._sentence()
        said = list(reported.finditer(before))
        if said and not coming.search(before[said[-1].end() :]):
            return True
        return reported.search(f"  {after}") is not None


def _lasted(plan: str) -> str:
    """Where nothing but "until" or "by" makes it a plan (they were stuck till Monday): who was given the time, by its name."""
    said = plan.lower()
    if said.startswith(("until", "till", "through", "thru")):
        return "given_until"
    return "given_by" if said.startswith("by") else ""


@dataclass(frozen=True, slots=True)
class _Plans:
    """What makes a day one of a plan: behind it, right before it, and further before it."""

    after: re.Pattern[str] | None = None
    near: re.Pattern[str] | None = None
    before: re.Pattern[str] | None = None


# The rest is sought without regard to case.
_AS_THEY_STAND = ("clause_end", "clause_stop", "befell_said", "supposed", "own_words")


@cache
def _said(lang: str, name: str) -> re.Pattern[str] | None:
    """Words around a reading, by their name in the language's table; None where it has none."""
    if (words := context(lang).get(name)) is None:
        return None
    return re.compile(words, re.NOFLAG if name in _AS_THEY_STAND else re.IGNORECASE)


@cache
def _around(lang: str) -> _Plans:
    if lang == "shared":
        return _Plans()
    row = context(lang)
    after, near, before = (row.get(name) for name in ("future_after", "future_near", "future_before"))
    return _Plans(
        re.compile(rf"[ \t]{{0,2}}(?:{after})") if after else None,
        re.compile(near, re.IGNORECASE) if near else None,
        re.compile(before, re.IGNORECASE) if before else None,
    )


def match(rule: Rule, found: re.Match[str], setting: Setting) -> Match | None:
    """The rule's find with its slots valued; None when a number in it makes no sense."""
    slots: dict[str, Any] = {}
    for name, said in found.groupdict().items():
        if said is None:
            continue
        table = rule.slots.get(name)
        value = said if table is None else _reader(rule.lang, table)(said)
        if value is None:
            return None
        slots[name] = value
    words = found[0].rstrip()
    return Match(rule, found.start(), found.start() + len(words), words, slots, setting)


@cache
def _reader(lang: str, slot: str) -> Callable[[str], Any]:
    """What makes a value of the words of a slot."""
    tongue = "en" if lang == "shared" else lang
    if slot in _NUMBERS:
        return lambda said: number(said, tongue)
    if slot in ("any_year", "spoken_year"):
        return year
    if slot in ("hours", "figures4", "clock"):
        return str
    if slot in _RAW:
        return _figures
    if slot == "nth_day":
        return lambda said: _nth_day(said, lang)
    known = lookup(lang, slot)
    return lru_cache(maxsize=1024)(lambda said: known.get(key(said, lang)))  # words come back as numbers do


def _figures(said: str) -> int:
    return int(said.strip("'")) + (2000 if said.startswith("'") else 0)


def _nth_day(said: str, lang: str) -> Any:
    figures = said.rstrip("stndrhSTNDRH")
    return int(figures) if figures.isdigit() else lookup(lang, "nth_word").get(key(said, "en"))


def plain(amount: Decimal) -> str:
    """A decimal without exponent or needless zeros: 3.50E+4 is 35000."""
    text = format(amount, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
