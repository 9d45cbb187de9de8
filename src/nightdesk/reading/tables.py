"""Reads the tables of data/*.toml and turns their rules into regular expressions.

A rule says which words make which kind; the resolver it names (`as`) computes the value. Belongs
here: how a table becomes a pattern. Does not belong here: any word of any language, any value.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, cast

from nightdesk.reading.first import Beginnings, beginnings, starts
from nightdesk.reading.hours import hours
from nightdesk.reading.model import Kind
from nightdesk.reading.numerals import any_of, pattern, sino, tens, words
from nightdesk.reading.years import spoken

_PIECE = re.compile(r"\[[^\]]*\]|\\.|\{(?P<slot>[a-z][a-z_0-9]*)(?::(?P<name>[a-z][a-z_0-9]*))?\}| \??|_")
_FIXED = {
    "int2": r"\d{1,2}(?!\d)",
    "two": r"\d{1,2}",
    "both": r"\d{2}",
    "four": r"(?:1[4-9]|20|21)\d{2}(?!\d)",
    "yy": r"(?:(?:1[4-9]|20|21)\d{2}|\d{2})",
    "clock": r"(?:[01]?\d|2[0-4])[:：][0-5]\d(?:[:：][0-5]\d)?",
    "figures4": r"(?:[01]?\d|2[0-4])[0-5]\d(?!\d)",
    "year": r"(?:(?:1[4-9]|20|21)\d{2}|'\d{2})(?!\d)",
}
_ZH_NUMBER = "\\d零〇一二两兩三四五六七八九十百千万萬亿億"
LEFT = {
    # 오늘밤, 내일저녁: these days grow together with what follows them.
    "ko": r"(?<!\d)(?<!\d[.,:/])(?:(?![가-힣])|(?<![가-힣])|(?<=오늘)|(?<=내일)|(?<=어제))",
    "zh": rf"(?:(?![{_ZH_NUMBER}])|(?<![{_ZH_NUMBER}]))(?<!\d[.,:/])",
    "en": r"(?<![A-Za-z0-9])(?<!\d[.,:/])",
    "shared": r"(?:(?![A-Za-z0-9])|(?<![A-Za-z0-9]))(?<!\d[.,:/])",
}
# A number or a Latin word is never cut short.
RIGHT = r"(?:(?<!\d)|(?!\d|[.,]\d))(?:(?<![A-Za-z])|(?![A-Za-z]))"
KEPT = 20_000  # beginnings remembered with their rules
LANGS = ("ko", "zh", "en", "shared")


@dataclass(frozen=True, slots=True)
class Rule:
    """One way of saying something of `kind`; `slots` maps each group to the table it comes from."""

    kind: Kind
    resolver: str
    lang: str
    pattern: str  # without the left edge: Start makes sure of it
    slots: Mapping[str, str]
    say: str

    @property
    def regex(self) -> re.Pattern[str]:
        """The pattern, compiled when it is first wanted: most rules never are."""
        return _compiled(self.pattern, self.lang)


@cache
def _compiled(pattern: str, lang: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE if lang == "en" else re.NOFLAG)


Matcher = Callable[[str, int], "re.Match[str] | None"]


class Start:
    """Where rules of a language can begin, and which ones at which letters."""

    def __init__(
        self, places: re.Pattern[str], by_beginning: Mapping[str, tuple[int, ...]], made: tuple[Rule, ...]
    ):
        self.places = places
        self._by_beginning = by_beginning
        self._rules = made
        self._known: dict[str, tuple[tuple[Rule, Matcher], ...]] = {}

    def rules(self, letters: str) -> tuple[tuple[Rule, Matcher], ...]:
        """The rules that can begin with these letters (folded), in the order of the table, ready to match."""
        found = self._known.get(letters)
        if found is None:
            numbers = {
                n for size in range(1, len(letters) + 1) for n in self._by_beginning.get(letters[:size], ())
            }
            found = tuple((self._rules[n], self._rules[n].regex.match) for n in sorted(numbers))
            if len(self._known) < KEPT:
                self._known[letters] = found
        return found


@cache
def table(name: str) -> Mapping[str, Any]:
    """One file of data/, by its name without the ending."""
    return tomllib.loads((files("nightdesk.reading") / "data" / f"{name}.toml").read_text("utf-8"))


@cache
def currencies() -> Mapping[str, Any]:
    """The table of currencies that values keeps."""
    return tomllib.loads((files("nightdesk.values") / "data" / "currencies.toml").read_text("utf-8"))


def key(said: str, lang: str) -> str:
    """How a word is looked up: spaces do not matter, nor case in English."""
    said = said.strip().replace("\u00a0", " ")
    return " ".join(said.lower().split()) if lang == "en" else "".join(said.split())


@cache
def lookup(lang: str, name: str) -> Mapping[str, Any]:
    """The word table `name` of a language, by key. Currency words come from values."""
    made = _money_words(lang).get(name)
    source = made if made is not None else _words(lang, name)
    return {key(variant, lang): value for word, value in source.items() for variant in _variants(word, lang)}


@cache
def _money_words(lang: str) -> Mapping[str, Mapping[str, str]]:
    """cur, sign, minor, tenth, code: word -> currency code, or the name of a shared word."""
    cur, sign, minor, tenth, codes = {}, {}, {}, {}, {}
    for code, row in currencies().items():
        if code == "shared":
            continue
        codes[code.lower() if lang == "en" else code] = code
        cur.update(dict.fromkeys(row.get(lang, ()), code))
        sign.update({word.lower() if lang == "en" else word: code for word in row["before"]})
        # HK $ and HKD$ are written too; but "a $5 fine" names no dollar of Australia.
        dollars = [w[:-1] for w in row["before"] if w.endswith("$") and w != "$"]
        spaced = [f"{w} $" for w in dollars if w not in ("A", "S")] + (
            [f"{code}$"] if dollars or code in ("USD", "MXN") else []
        )
        sign.update({word.lower() if lang == "en" else word: code for word in spaced})
        minor.update(dict.fromkeys(row.get("minor", {}).get(lang, ()), code))
        tenth.update(dict.fromkeys(row.get("tenth", {}).get(lang, ()), code))
    for name, row in currencies()["shared"].items():
        (minor if row.get("hundredth") else cur).update(dict.fromkeys(row.get(lang, ()), name))
    return {"cur": cur, "sign": sign, "minor": minor, "tenth": tenth, "code": codes}


@cache
def _slot(lang: str, slot: str) -> str:
    """The regular expression of one slot."""
    tongue = "en" if lang == "shared" else lang
    if slot in ("n", "small"):
        return pattern(tongue)
    if slot == "tens":
        return tens()
    if slot == "hours":
        return hours()
    if slot in ("any_year", "spoken_year"):
        return spoken() if slot == "spoken_year" else f"(?:{_FIXED['year']}|{spoken()})"
    if slot == "int":
        return sino(tongue)
    if slot == "nth_day":
        return rf"(?:\d{{1,2}}(?:st|nd|rd|th)|{_alternatives(lang, lookup(lang, 'nth_word'))})"
    if lang == "en" and slot in ("sign", "code"):
        return _signs(_spelled(lang, slot))
    return _FIXED.get(slot) or _alternatives(lang, _spelled(lang, slot))


def _signs(spelled: list[str]) -> str:
    """Signs and codes in any case, but for codes that are also words: "all 500 people" is no sum in lek."""
    careful = {word for word in spelled if word in context("en")["capital_codes"]}
    capitals = any_of([word.upper() for word in careful] or ["\0"])
    return f"(?:{_alternatives('en', [w for w in spelled if w not in careful])}|(?-i:{capitals}))"


def _spelled(lang: str, name: str) -> list[str]:
    made = _money_words(lang).get(name)
    source = made if made is not None else _words(lang, name)
    return [variant for word in source for variant in _variants(word, lang)]


def _words(lang: str, name: str) -> Mapping[str, Any]:
    """A word table of the language, or the one that all share. KeyError when nobody has it."""
    own = table(lang)["words"]
    return cast(Mapping[str, Any], own[name] if name in own else table("shared")["words"][name])


def _variants(word: str, lang: str) -> set[str]:
    """A Chinese word as it stands in the table, and in traditional letters."""
    if lang != "zh":
        return {word}
    letters = table("zh")["traditional"]["letters"]
    return {word, "".join(letters.get(c, c) for c in word)}


def _alternatives(lang: str, options: Any) -> str:
    return any_of(options).replace("\\ ", space(lang))


def space(lang: str) -> str:
    """What a space in a rule stands for: never a line break, so that no reading crosses lines."""
    return "[ \\t\u00a0]{1,2}" if lang == "en" else "[ \\t\u00a0]{0,2}"


def _expanded(lang: str, say: str, group: Callable[[str, str], str]) -> str:
    """A line of `say` as a regular expression, its slots as `group` writes them."""

    def piece(match: re.Match[str]) -> str:
        if match["slot"]:
            return group(match["name"] or match["slot"], match["slot"])
        if match[0] == " ":
            return space(lang)
        return "[ \\t\u00a0]{0,2}" if match[0] in ("_", " ?") else match[0]

    return _PIECE.sub(piece, say)


def compile_say(lang: str, say: str) -> tuple[str, dict[str, str]]:
    """One line of `say` as a regular expression, with the table each of its groups comes from."""
    slots: dict[str, str] = {}

    def group(name: str, slot: str) -> str:
        slots[name] = slot
        return f"(?P<{name}>{_slot(lang, slot)})"

    return f"(?:{_expanded(lang, say, group)}){RIGHT}", slots


@cache
def rules(lang: str) -> tuple[Rule, ...]:
    """Every rule of a language, in the order of its table; sums first."""
    return tuple(_rules(lang))


def _rules(lang: str) -> Iterator[Rule]:
    for resolver, says in table("money").get(lang, {}).items():
        for say in says:
            pattern_, slots = compile_say(lang, say)
            yield Rule("money", f"money_{resolver}", lang, pattern_, slots, say)
    for row in table(lang)["rules"]:
        for say in row["say"]:
            pattern_, slots = compile_say(lang, say)
            yield Rule(cast(Kind, row["kind"]), row["as"], lang, pattern_, slots, say)


@cache
def start(lang: str) -> Start:
    """The rules of a language by how they can begin."""
    by_beginning: dict[str, set[int]] = {}
    for number, rule in enumerate(rules(lang)):
        for letters, _ in _begins(rule):
            letters = letters.rstrip(".,") if "0" in letters else letters  # 1, may go on as 1,000
            if not letters:
                raise ValueError(f"a rule of {lang} may begin with anything: {rule.say[:80]}")
            by_beginning.setdefault(letters, set()).add(number)
    chars = frozenset(
        c for letters in by_beginning for c in ("0123456789" if letters[0] == "0" else letters[0])
    )
    return Start(starts(LEFT[lang], chars), {k: tuple(v) for k, v in by_beginning.items()}, rules(lang))


def _begins(rule: Rule) -> Beginnings:
    """How a rule can begin: from its line, with what its slots can begin with."""
    groups = {name: _slot_begins(rule.lang, slot) for name, slot in rule.slots.items()}
    return beginnings(_expanded(rule.lang, rule.say, lambda name, slot: f"(?P<{name}>x)"), groups)


@cache
def _slot_begins(lang: str, slot: str) -> Beginnings:
    return beginnings(_slot(lang, slot))


@cache
def context(lang: str) -> Mapping[str, Any]:
    """The words around a reading that change it, of one language."""
    return cast(Mapping[str, Any], table(lang)["context"])


__all__ = [
    "Rule",
    "compile_say",
    "context",
    "currencies",
    "key",
    "lookup",
    "rules",
    "space",
    "table",
    "words",
]
