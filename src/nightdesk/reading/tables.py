"""Reads the tables of data/*.toml and turns their rules into regular expressions.

A rule says which words make which kind; the resolver it names (`as`) computes the value. Belongs
here: how a table becomes a pattern. Does not belong here: any word of any language, any value.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, cast

from nightdesk.reading.first import Chars, edges, starts
from nightdesk.reading.model import Kind
from nightdesk.reading.numerals import FIGURES, any_of, native, pattern, sino, words

_SHAPE = re.compile(r"@([a-z]+)")  # a piece of a rule that has a name, from [shapes]
_PIECE = re.compile(r"\[[^\]]*\]|\\.|\{(?P<slot>[a-z][a-z_0-9]*)(?::(?P<name>[a-z][a-z_0-9]*))?\}| \??|_")
_FIXED = {
    "figures": FIGURES,
    "cal": r"(?:\d{1,4}(?!\d)|[일이삼사오육륙칠팔구십백천공영]{1,9})",  # a Korean number as calendars need it
    "int2": r"\d{1,2}(?!\d)",
    "two": r"\d{1,2}",
    "both": r"\d{2}",
    "four": r"(?:1[4-9]|20|21)\d{2}(?!\d)",
    "yy": r"(?:(?:1[4-9]|20|21)\d{2}|\d{2})",
    "clock": r"(?:[01]?\d|2[0-4])[:：][0-5]\d(?:[:：][0-5]\d)?",
    "year": r"(?:(?:1[4-9]|20|21)\d{2}|'\d{2})(?!\d)",
}
_ZH_NUMBER = "\\d零〇一二两兩三四五六七八九十百千万萬亿億"
LEFT = {
    # 오늘밤, 내일저녁: these days grow together with what follows them.
    # 몇 백 명 is no hundred.
    "ko": r"(?<!\d)(?<!\d[.,:/])(?<!몇 )(?<!제)(?:(?![가-힣])|(?<![가-힣])|(?<=엊)|(?<=오늘|내일|래일|어제|그제|모레"
    r"|어젯|요일|\d일|매일|이날|그날|전날|음날|튿날))",
    "zh": rf"(?:(?![{_ZH_NUMBER}])|(?<![{_ZH_NUMBER}]))(?<!\d[.,:/])",
    "en": r"(?<![A-Za-z0-9])(?<!\d[.,:/])",
    "shared": r"(?:(?![A-Za-z0-9])|(?<![A-Za-z0-9]))(?<!\d[.,:/])",
}
# A number or a Latin word is never cut short.
RIGHT = r"(?:(?<!\d)|(?!\d|[.,]\d))(?:(?<![A-Za-z])|(?![A-Za-z]))"
LANGS = ("ko", "zh", "en", "shared")


@dataclass(frozen=True)
class Rule:
    """One way of saying something of `kind`; `slots` maps each group to the table it comes from."""

    kind: Kind
    resolver: str
    lang: str
    pattern: str  # without the left edge: Start makes sure of it
    slots: Mapping[str, str]
    outline: str  # begins as `pattern` does, or in more ways, and is quickly looked through

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """Compiled when it is first tried: most texts want few of the rules."""
        return re.compile(self.pattern, _flags(self.lang))


def _flags(lang: str) -> re.RegexFlag:
    return re.IGNORECASE if lang == "en" else re.NOFLAG


# Rules that all want one of the same characters near by, with what finds them; None: no wish.
Batches = tuple[tuple[re.Pattern[str] | None, tuple[tuple[int, Rule], ...]], ...]
FEW = 3
NEAR = {"ko": 48, "zh": 48}  # how far ahead it pays to look; English spells its numbers out


@dataclass(frozen=True, slots=True)
class Start:
    """Where rules of a language can begin, and which ones at which two characters."""

    places: re.Pattern[str]
    rules: Mapping[
        str, Sequence[tuple[int, Rule, Chars, Chars]]
    ]  # by first character: place, what follows, wish
    near: int
    known: dict[str, Batches] = field(default_factory=dict)

    def at(self, two: str) -> Batches:
        """The rules that can begin with these two characters, or with the one that ends the text."""
        found = self.known.get(two)
        if found is None:
            able = [r for r in self.rules[two[0]] if r[2] is None or two[1:] in r[2]]
            found = self.known[two] = _batches((place, rule, wish) for place, rule, _, wish in able)
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
    """cur, sign, minor, tenth: word -> currency code, or the name of a shared word."""
    cur, sign, minor, tenth = {}, {}, {}, {}
    for code, row in currencies().items():
        if code == "shared":
            continue
        cur.update(dict.fromkeys(row.get(lang, ()), code))
        sign.update({word.lower() if lang == "en" else word: code for word in row["before"]})
        # HK $ and HKD$ are written too.
        dollars = [w[:-1] for w in row["before"] if w.endswith("$") and w != "$"]
        spaced = [f"{w} $" for w in dollars] + ([f"{code}$"] if dollars or code in ("USD", "MXN") else [])
        sign.update({word.lower() if lang == "en" else word: code for word in spaced})
        minor.update(dict.fromkeys(row.get("minor", {}).get(lang, ()), code))
        tenth.update(dict.fromkeys(row.get("tenth", {}).get(lang, ()), code))
    for name, row in currencies()["shared"].items():
        (minor if row.get("hundredth") else cur).update(dict.fromkeys(row.get(lang, ()), name))
    return {"cur": cur, "sign": sign, "minor": minor, "tenth": tenth}


def _slot(lang: str, slot: str) -> str:
    """The regular expression of one slot."""
    tongue = "en" if lang == "shared" else lang
    if slot in ("n", "small"):
        return pattern(tongue)
    if slot == "int":
        return sino(tongue)
    if slot == "native":
        return native(tongue)
    if slot == "nth_day":
        return rf"(?:\d{{1,2}}(?:st|nd|rd|th)|{_alternatives(lang, lookup(lang, 'nth_word'))})"
    return _FIXED.get(slot) or _alternatives(lang, _spelled(lang, slot))


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


def compile_say(lang: str, say: str) -> tuple[str, dict[str, str], str]:
    """One line of `say` as a regular expression, the table each of its groups comes from, and its outline."""
    slots: dict[str, str] = {}

    def piece(match: re.Match[str]) -> str:
        if match["slot"]:
            name = match["name"] or match["slot"]
            slots[name] = match["slot"]
            if outline:
                return outlined(lang, match["slot"]) or f"(?:{_slot(lang, match['slot'])})"
            return f"(?P<{name}>{_slot(lang, match['slot'])})"
        if match[0] == " ":
            return space(lang)
        return "[ \\t\u00a0]{0,2}" if match[0] in ("_", " ?") else match[0]

    outline = False
    body = _PIECE.sub(piece, _shaped(lang, say))
    outline = True
    brief = _PIECE.sub(piece, _shaped(lang, say, outline))
    return f"(?:{body}){RIGHT}", slots, brief


def _shaped(lang: str, say: str, outline: bool = False) -> str:
    """The rule with its named pieces written out; a piece may hold others. An outline does without looking ahead."""

    def piece(name: re.Match[str]) -> str:
        written = str(table(lang)["shapes"][name[1]])
        return "" if outline and written.startswith(("(?!", "(?=")) else written

    while _SHAPE.search(say):
        say = _SHAPE.sub(piece, say)
    return say


@cache
def outlined(lang: str, slot: str) -> str | None:
    """A Korean number by the letters it can have; None for what is not one."""
    if lang != "ko" or slot not in ("n", "int", "cal", "native", "small"):
        return None
    made = words("ko")
    native = [w for name in ("native_tens", "native_ones", "between") for w in made[name]]
    sino = [w for name in ("digit", "times", "big") for w in made[name]]
    known = {"native": native, "int": sino, "cal": sino}.get(slot, [*native, *sino])
    first = "".join(sorted({w[0] for w in known}))
    rest = "".join(sorted({c for w in known for c in w}))
    return rf"[\d{first}][\d{rest},.여점쩜 ]{{0,40}}"


@cache
def rules(lang: str) -> tuple[Rule, ...]:
    """Every rule of a language, in the order of its table; sums first."""
    return tuple(_rules(lang))


def _rules(lang: str) -> Iterator[Rule]:
    for resolver, says in table("money").get(lang, {}).items():
        for say in says:
            yield Rule("money", f"money_{resolver}", lang, *compile_say(lang, say))
    for row in table(lang)["rules"]:
        for say in row["say"]:
            yield Rule(cast(Kind, row["kind"]), row["as"], lang, *compile_say(lang, say))


@cache
def start(lang: str) -> Start:
    """The rules of a language by the character they can begin with."""
    by_char: dict[str, list[tuple[int, Rule, Chars, Chars]]] = {}
    for place, rule in enumerate(rules(lang)):
        chars, wish = edges(rule.outline, _flags(lang) == re.IGNORECASE)
        if chars is None:
            raise ValueError(f"a rule of {lang} may begin with anything: {rule.pattern[:80]}")
        for char, seconds in chars.items():
            hopeless = lang not in NEAR or wish is None or char in wish
            by_char.setdefault(char, []).append((place, rule, seconds, None if hopeless else wish))
    return Start(starts(LEFT[lang], frozenset(by_char)), by_char, NEAR.get(lang, 0))


def _batches(able: Iterable[tuple[int, Rule, Chars]]) -> Batches:
    """Looking for a wish costs as much as trying a rule or two: few rules with one wish are tried at once."""
    wishes: dict[Chars, list[tuple[int, Rule]]] = {}
    for place, rule, wish in able:
        wishes.setdefault(wish, []).append((place, rule))
    always = [one for wish, found in wishes.items() if wish is None or len(found) < FEW for one in found]
    rest = [
        (_any_char(w), tuple(found)) for w, found in wishes.items() if w is not None and len(found) >= FEW
    ]
    return ((None, tuple(always)), *rest) if always else tuple(rest)


@cache
def _any_char(wish: frozenset[str] | None) -> re.Pattern[str] | None:
    return re.compile("[" + "".join(re.escape(c) for c in sorted(wish)) + "]") if wish else None


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
